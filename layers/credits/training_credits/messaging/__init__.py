"""How others are told: our event bus, and mail."""
