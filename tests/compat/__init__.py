"""The version before this one, side by side with it on one table (F13)."""
