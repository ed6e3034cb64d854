"""Messages to many: drafted, approved, sent a few at a time, corrected, accounted for."""
