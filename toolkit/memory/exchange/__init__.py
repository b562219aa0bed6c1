"""Translations from and for other programs: TMX, bilingual XLIFF, lines of JSON, tables."""
