"""A server under steady load for minutes, while what can go wrong goes wrong in turns. `make soak MINUTES=30`."""
