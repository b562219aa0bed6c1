"""Getting an engine to obey the glossary: a ladder of steps, strongest first; `ladder.py` climbs it."""
