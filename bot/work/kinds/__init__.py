"""The kinds of long work, one per file."""
