"""Prepaid training credits: bought once, spent by many, proven to the last one."""
