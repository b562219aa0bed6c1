"""Mentions of entities in a text: found by one automaton, resolved by the sentence around them."""
