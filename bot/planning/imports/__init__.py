"""Files about the plan: which columns they have, and what they would change."""
