"""`python -m acobot`: the same command line as `acobot`."""

from acobot.cli import main

main()
