"""Engines as a server uses them: shared by requests that come at the same time."""
