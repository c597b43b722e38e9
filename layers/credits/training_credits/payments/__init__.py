"""How money is taken: by card, at a payment provider."""
