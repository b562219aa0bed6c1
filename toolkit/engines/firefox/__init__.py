"""The `firefox` engine: Mozilla's Firefox Translations models, run by a decoder of our own on numpy.

Read in this order: `marian` (the file), `architecture` (what must be in it), `vocabulary` (text to pieces and back),
`network` (the arithmetic), `search` (greedy) and `beam`, `alignment`, `forms`, `guide`, `held` and `attempts` (decoding
held to given names), `parts` (a model read from its folder), `engine` (the whole behind the Protocol of engines).
"""
