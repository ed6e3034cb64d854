"""Conversations of the focal points of offices."""
