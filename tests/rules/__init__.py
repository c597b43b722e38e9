"""What became of each rule of the programs' texts, and which tests show it: `make rules`."""
