"""The versions of the schema. `KNOWN` lets a start-up decide without loading the migration machinery."""

HEAD = "0006"
KNOWN = ("0001", "0002", "0003", "0004", "0005", "0006")
