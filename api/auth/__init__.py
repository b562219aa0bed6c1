"""Who asks: principals, keys and what they may do."""
