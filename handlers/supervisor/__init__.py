"""Conversations of line managers."""
