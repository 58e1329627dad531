"""Pages about programs: tokens, and what the API can do."""
