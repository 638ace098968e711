"""How fast and how large acobot is, beside the usual forty lines: `make bench`."""
