"""The versions of the schema. `KNOWN` lets a start-up decide without loading the migration machinery."""

HEAD = "0002"
KNOWN = ("0001", "0002")
