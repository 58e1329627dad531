"""The audit trail: what was done, by whom, when; written with the change, never altered."""
