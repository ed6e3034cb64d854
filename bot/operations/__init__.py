"""What looks after an installation: doctor, health, backup, restore, release."""
