"""The commands of the maintainers, a module each; like :mod:`handbook.cli` they stand at the end and may know the checks."""
