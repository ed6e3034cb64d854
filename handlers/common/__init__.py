"""What conversations of every role share."""
