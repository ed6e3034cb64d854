"""Level 2, learning: tests of classes, attempts, the bank of questions, and what all that says."""
