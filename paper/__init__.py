"""What is done to a page, for counter and centre. No Qt, no SQL."""
