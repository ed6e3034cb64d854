"""What training brought about: indicators, costs, the return on them, draws of lots compared."""
