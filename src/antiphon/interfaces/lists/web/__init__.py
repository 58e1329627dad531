"""Pages of kept views."""
