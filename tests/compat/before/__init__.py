"""As it was at 6a484eb: see keep.py."""
