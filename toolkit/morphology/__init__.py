"""Forms of names: one file a language, the same nouns in each (see base)."""
