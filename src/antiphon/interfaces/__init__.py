"""What people and programs touch: thin, one call, then an answer."""
