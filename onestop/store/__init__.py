"""Tables, unit of work, the chain of acts, numbers, search. The only SQL that writes."""
