"""The way out to addresses that others have chosen."""
