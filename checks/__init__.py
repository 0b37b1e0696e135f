"""The checks: executable rules over the book. Imports the handbook; the handbook's core never imports this."""
