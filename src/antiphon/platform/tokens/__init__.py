"""Keys for programs: a token acts as the member who made it, in one workspace, until a day."""
