"""The first page, Today, and the demonstration."""
