"""One year of three companies, played against the local cloud and checked to the credit."""
