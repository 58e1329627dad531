"""What every feature's API is written with: routers, shapes made from rows, problems as sentences."""
