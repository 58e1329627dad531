"""What goes back to those who spoke, and whether they were heard."""
