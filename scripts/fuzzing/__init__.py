"""Made-up and damaged updates, given to the front desk on a real database."""
