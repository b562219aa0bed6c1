"""Text as code points: scripts, casing, folding with a map back, spans, sentences."""
