"""What the counter and the centre share: rules, tables, queries, acts and sync. No Qt, no PDF, no HTTP."""
