"""Glossaries that clients upload: kept in a store, laid over the packs of the server."""
