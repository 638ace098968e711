"""The command line: parse, call once, print, and map to an exit code. `acobot --help` is its documentation."""

from __future__ import annotations

import io
import sys
import tempfile
import traceback
from collections.abc import Sequence

from acobot.cli import calibrating, exporting, fetching, learning, maintaining, reading  # noqa: F401  they add their commands
from acobot.cli.commands import app
from acobot.cli.output import print_error
from acobot.errors import AcobotError, QuoteError, RequestError
from acobot.settings import read_settings

__all__ = ["app", "main"]

FAULT = 70  # exit code of a fault of the program itself, as sysexits.h has it


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs a command, by default that of the process; leaves with its exit code.

    An error that the user can mend is printed in words. A fault of the program is named, and its trace kept in a file.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal that lacks a character is no reason to fail
    try:
        app(arguments)
    except Exception as error:
        if isinstance(error, AcobotError) and not isinstance(error, QuoteError):  # nobody but us can mend the latter
            print_error(_in_words(error) if isinstance(error, RequestError) else error)
            sys.exit(error.exit_code)
        print_error(
            f"a fault of acobot itself ({type(error).__name__}: {error}); please report it with {_keep_trace()}"
        )
        sys.exit(FAULT)


def _in_words(error: RequestError) -> str:
    """What cannot be asked, in the words of the language that the settings name."""
    from acobot.languages import load_language

    return error.said(load_language(read_settings().language).catalogue)


def _keep_trace() -> str:
    """Writes the trace of the exception at hand to a file, and gives its name."""
    with tempfile.NamedTemporaryFile("w", prefix="acobot-", suffix=".txt", encoding="utf-8", delete=False) as file:
        file.write(traceback.format_exc())
    return file.name
