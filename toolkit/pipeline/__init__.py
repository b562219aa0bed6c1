"""The four verbs: restyle, translate, check and lint, over one spine."""
