"""The exchange between counter and centre."""
