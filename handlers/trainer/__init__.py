"""What trainers do: their classes, who is in them, what was said about them."""
