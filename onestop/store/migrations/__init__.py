"""The versions of the schema. `KNOWN` lets a start-up decide without loading the migration machinery."""

HEAD = "0001"
KNOWN = ("0001",)
