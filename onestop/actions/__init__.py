"""What people do: each kind of act with its decide and its fold."""
