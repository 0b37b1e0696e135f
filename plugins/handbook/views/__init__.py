"""Views: values for pages, exports and checks, computed from the book; sorting and filtering happen here."""
