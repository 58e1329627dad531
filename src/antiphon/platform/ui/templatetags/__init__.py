"""Words templates use beyond Django's own."""
