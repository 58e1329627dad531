"""Taking rows away as files: as seen on the screen, safe to open, and on record."""
