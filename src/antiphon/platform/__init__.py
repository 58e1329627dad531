"""What every feature stands on: members, audit, files, runs, tasks, the UI kit."""
