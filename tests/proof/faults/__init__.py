"""F2 to F20 of docs/proof.toml: what may go wrong around the product, and what it does then."""
