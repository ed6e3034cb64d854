"""Rollcall: the training desk of a Customs administration, in a chat."""

__version__ = "0.1.0"
