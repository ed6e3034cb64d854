"""Checks of a form before it is taken: one family per file, all findings at once."""
