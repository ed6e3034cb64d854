"""What the desk knows, as tables, pictures and printed sheets."""
