"""A small change to a function, and a test must notice: `make mutants`."""
