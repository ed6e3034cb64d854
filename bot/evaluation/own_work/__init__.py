"""The training unit's own work: how good a course is, and how good the year was."""
