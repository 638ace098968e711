"""How the reader is made; never imported by acobot itself. See README.md."""
