"""`python -m toolkit` is the `dragoman` command."""

from toolkit.cli.main import run

run()
