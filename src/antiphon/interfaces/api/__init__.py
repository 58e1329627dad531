"""The API: every feature's operations under one address, described in OpenAPI."""
