"""Files of competencies, of what posts require, and of their training frameworks."""
