"""What can be done: load, decide, commit."""
