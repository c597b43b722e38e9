"""Crash at every call: before it, after it, or with its answer unheard; then called again."""
