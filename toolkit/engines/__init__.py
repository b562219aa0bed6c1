"""Engines turn sentences of one language into drafts of another; they know nothing of glossaries."""
