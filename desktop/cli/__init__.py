"""One file per family of `motcua` sub-commands: parse, call, print."""
