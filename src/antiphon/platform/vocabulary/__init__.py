"""A workspace's own view of the shipped content: what it added, what it hides, its own codebooks."""
