"""Long work: what it is doing, how far it is, and where to go on after a stop."""
