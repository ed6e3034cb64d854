"""What is told to people, and how it reaches them."""
