"""Devices as adapters, each with a fake that ships."""
