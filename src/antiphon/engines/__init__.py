"""The engines: hard thinking in plain Python, without Django, network or clock."""
