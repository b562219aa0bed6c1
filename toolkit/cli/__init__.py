"""The `dragoman` command: one thin file a command over plain functions of the toolkit."""
