"""People of a workspace: who is in it, who is asked in, which of one's workspaces one acts in; its settings."""
