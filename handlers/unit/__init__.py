"""What the training unit does in the chat."""
