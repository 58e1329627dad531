"""Pages of engagements."""
