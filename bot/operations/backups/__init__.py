"""Backups: everything Rollcall keeps, as one file that no database product owns."""
