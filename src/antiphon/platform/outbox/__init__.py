"""Letters: written with the change that asks for them, delivered in the background, forgotten when they arrive."""
