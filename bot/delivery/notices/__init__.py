"""Notices: one per file, each rendered when it is sent, in the reader's language."""
