"""Courses, classes and who is in them."""
