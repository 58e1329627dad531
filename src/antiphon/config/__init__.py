"""Settings, root URLs and the entry points of servers."""
