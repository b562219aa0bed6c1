"""Entries, packs and policies: what names there are and which one a house style takes."""
