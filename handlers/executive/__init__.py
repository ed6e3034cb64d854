"""What executives read."""
