"""Dragoman's toolkit: contested names in English, Armenian, Azerbaijani and Russian.

Nothing heavy is imported here; each part imports what it needs where it is used.
"""

__version__ = "0.1.0"
