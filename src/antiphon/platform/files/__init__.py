"""Files that people brought: kept once, as they were, found by their content."""
