"""The demonstration: real public comments, an invented organisation, and a story that leads through the line."""
