"""What the product promises, and the proofs: `make proof`."""
