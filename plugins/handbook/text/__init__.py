"""Reading what a text says: numerals, figures, citations and words. Pure functions, no data."""
