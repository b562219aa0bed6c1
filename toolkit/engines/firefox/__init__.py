"""The `firefox` engine: Mozilla's Firefox Translations models, run by a decoder of our own on numpy.

Read in this order: `marian` (the file), `architecture` (what must be in it), `vocabulary` (text to pieces and
back), `network` (the arithmetic), `batches`, `search` (greedy and beam), `alignment`, `held` (decoding held to
given names), `engine` (the whole behind the Protocol of engines).
"""
