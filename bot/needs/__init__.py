"""What posts require, what people lack, what they say they need, and what is made of it."""
