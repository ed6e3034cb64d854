"""An invented administration of 300 officers in three regions and three languages."""
