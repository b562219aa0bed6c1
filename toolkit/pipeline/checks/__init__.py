"""What can be wrong with a translation, a module a question; `check.py` asks them all."""
