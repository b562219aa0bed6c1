"""How much a request may send and ask for: bodies, characters, work at once, time."""
