"""The glossary in the formats of other tools: a file a format, and an import that is a preview first."""
