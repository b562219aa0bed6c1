"""The entry point: commands by name, errors as one line, exit codes."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from toolkit import __version__
from toolkit.errors import DragomanError

COMMANDS = {
    "batch": "Do the same to every text of an archive, and go on where it stopped.",
    "check": "Compare a translation with its source: names, sides, numbers, negation, links.",
    "eval": "Measure translations against references: names, sides, chrF, BLEU.",
    "glossary": "Add to the glossary, check, compare and count it.",
    "keys": "Make, list and revoke keys to the server.",
    "lint": "List mixed usages, contested terms and unresolved names of a text.",
    "memory": "Search the translation memory, add to it, keep its names by the glossary.",
    "models": "List, install, verify and remove the models that translate.",
    "names": "Find a name in any script, show an entity.",
    "restyle": "Put the names of a text into a house style; the language stays.",
    "serve": "Answer over HTTP.",
    "translate": "Translate a text, its names by the glossary.",
    "transliterate": "Write names or texts in another language's letters.",
}
"""Every command with its line of help; its module is loaded only when it is called."""


_UsageError: Any = typer.BadParameter.__base__
"""click's UsageError, wherever typer keeps its click."""


class _Commands(TyperGroup):
    """Lists commands without importing them; imports the one that is called."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> TyperCommand | None:
        return TyperCommand(cmd_name, help=COMMANDS[cmd_name]) if cmd_name in COMMANDS else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        name, _stub, rest = super().resolve_command(ctx, args)
        command = typer.main.get_command(import_module(f"toolkit.cli.{name}").app)
        command.name = name
        return name, command, rest


app = typer.Typer(
    cls=_Commands,
    help="Contested names, consistent in English, Armenian, Azerbaijani and Russian.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"dragoman {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Show the version."),
    debug: bool = typer.Option(False, "--debug", help="Show tracebacks."),
) -> None:
    """Options before the command."""


def run(arguments: list[str] | None = None) -> None:
    """Run the command line and leave the process with the exit code of DESIGN: 0, 1, 2, 3 or 4."""
    words = sys.argv[1:] if arguments is None else arguments
    sys.exit(_run(words))


def _run(words: list[str]) -> int:
    try:
        code: Any = typer.main.get_command(app)(args=words, prog_name="dragoman", standalone_mode=False)
        sys.stdout.flush()
    except DragomanError as error:
        if "--debug" in words:
            raise
        return _fail(str(error), error.exit_code)
    except _UsageError as error:
        path = error.ctx.command_path if error.ctx else "dragoman"
        return _fail(f"{error.format_message()} (see `{path} --help`)", 2)
    except (KeyboardInterrupt, typer.Abort):
        return _fail("stopped", 130)
    except BrokenPipeError:
        # The reader has gone (`| head`); Python would complain once more when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except Exception as error:
        if "--debug" in words:
            raise
        return _fail(f"a fault in dragoman: {type(error).__name__} (run again with --debug and report it)", 70)
    return code if isinstance(code, int) else 0


def _fail(line: str, code: int) -> int:
    sys.stderr.write(f"dragoman: {' '.join(line.removeprefix('dragoman: ').split())}\n")
    return code
