"""What is said to whom; no rules, no SQL."""
