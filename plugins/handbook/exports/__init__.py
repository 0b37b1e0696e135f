"""Exports: the book as files for other programs. Rows are values; files are rows turned into bytes."""
