"""The words of a workspace: shipped packs, its own entries and codebooks."""
