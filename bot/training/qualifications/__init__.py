"""Curricula, what was earned by them and until when, what a post requires, and who owes what."""
