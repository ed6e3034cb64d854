"""The annual training plan from draft to what was held of it, and outlines of courses."""
