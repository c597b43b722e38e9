"""Hand-written fakes for the ports; tests/contract puts them on trial with the real ones."""
