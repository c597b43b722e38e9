"""Checks an export of the journal: with Python alone, without AWS, without a network."""
