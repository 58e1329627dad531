"""What programs may do."""
