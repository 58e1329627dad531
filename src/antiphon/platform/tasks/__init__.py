"""Work done in the background: at least once, by name, with ids only."""
