"""What could tell who a person is: numbers, dates, names, places and institutions, each by its own rules."""
