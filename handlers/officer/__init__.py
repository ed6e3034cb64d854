"""What every officer does in the chat."""
