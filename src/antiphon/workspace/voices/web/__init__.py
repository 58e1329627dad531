"""Pages of voices."""
