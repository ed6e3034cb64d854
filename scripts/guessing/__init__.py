"""Guessing who gave which anonymous answer, from one copy of everything there is."""
