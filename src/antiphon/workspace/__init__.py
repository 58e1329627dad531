"""Everything one organisation does; a workspace sees only its own rows."""
