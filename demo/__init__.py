"""One year of one company, played against the local cloud and checked to the credit."""
