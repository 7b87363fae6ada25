"""The counter: window, command line, letters, devices."""
