"""Audiences: who is meant, as a rule that people write, count, explain and save."""
