"""What a change of the glossary does: to the names of the seed texts, by policy, and to what is ambiguous."""
