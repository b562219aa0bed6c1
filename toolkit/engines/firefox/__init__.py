"""The `firefox` engine: Mozilla's Firefox Translations models, run by a decoder of our own on numpy.

Read in this order: `marian` (the file), `architecture` (what must be in it), `vocabulary` (text to pieces and back),
`layers`, `encoded`, `network` (the arithmetic), `shortlist`, `guide`, `track`, `search` (greedy), `beam`, `scoring`,
`alignment`; decoding held to given names: `borders` (of words), `watch` (over a batch), `forbidden`, `forms`, `looks`,
`placed`, `writing` (a form), `attempts`, `held` (the guide of a sentence); `parts` (a model read from its folder),
`split`, `engine` (the whole behind the Protocol of engines).
"""
