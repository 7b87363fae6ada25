"""Functions that read and return frozen rows."""
