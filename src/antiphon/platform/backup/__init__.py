"""Backups: one file with everything an instance is, which proves on restoring that nothing is missing or altered."""
