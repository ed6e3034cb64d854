"""What is sent by itself: rules relative to a date, and to whom."""
