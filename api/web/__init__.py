"""The page for the newsroom: a template, plain ES modules, one style sheet and the words in four languages."""
