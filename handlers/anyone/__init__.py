"""Conversations anybody can hold, strangers too."""
