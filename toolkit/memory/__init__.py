"""The translation memory: stored sentences in four languages, with names, numbers, months and weekdays as slots."""
