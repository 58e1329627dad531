"""What engagement is about: an asset or a disease area, and the questions at its decision points."""
