"""Measured by hand or by `make bench`, never in tests: ratios against peers in one run, and our own targets."""
