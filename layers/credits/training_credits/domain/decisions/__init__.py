"""Decisions: from what was read to the one `Change` to commit, or a refusal. Pure."""
