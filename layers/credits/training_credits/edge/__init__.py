"""How Lambda reaches us: requests in, answers and problems out. Only importer of Powertools."""
