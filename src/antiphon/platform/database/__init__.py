"""Rules that the database itself holds, on SQLite and on PostgreSQL alike."""
