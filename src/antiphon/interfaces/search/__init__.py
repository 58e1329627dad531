"""Ask before you ask: what is already known on a question, before anybody is bothered."""
