"""Rollcall killed while fifty officers answer: the world it stands in, and the oracle."""
