"""Checks of entries, terms, packs and policies beyond what their models hold; one module a subject."""
