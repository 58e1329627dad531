"""Views of a list that people keep under a name."""
