"""Who owes which form about what, by when; and what the answers say."""
