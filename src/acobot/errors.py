"""Every error that acobot raises on purpose; takes and gives nothing else.

    AcobotError                     something that a user can understand and mend
    ├── SettingsError               a setting or flag has a value that cannot be used
    │   ├── PackError               a language or policy pack is missing, or says what cannot be used
    │   └── MissingLibraryError     a library that only some need is not installed
    ├── SourcesError                source files that cannot be read, each named with the reason
    │   └── DraftError              a source that says of itself that it is not published
    ├── ModelError                  the embedding model is missing, damaged or not loadable
    ├── IndexFault                  something is wrong with the index on disk
    │   ├── NoIndexError            there is no index yet
    │   ├── DamagedIndexError       a file of the index is missing or not what was written
    │   ├── UnreadableIndexError    a file of the index cannot be read now, which may pass
    │   ├── UnknownVersionError     no version of the index has this id
    │   ├── WrongModelError         the index was made by another model, or another format
    │   └── IndexWriteError         the index cannot be written (disk full, no right)
    │       └── BuildingError       another build is at work in the index folder
    ├── PortError                   the address to serve on cannot be used
    ├── RequestError                what a client sent cannot be answered
    │   ├── QuestionError           the question is empty, too long or not text
    │   ├── SourceChoiceError       a question names a source that does not exist
    │   ├── UnknownSourceError      no source has this id
    │   ├── RemovedSourceError      a source had this id, but was taken out
    │   ├── UnknownModelError       a client of the chat asks a model that is not here
    │   └── NotInstalledError       an address whose library this service does not have
    └── QuoteError                  a quote is not word for word in its source: a fault of ours, never shown

Each class carries its exit code (for the command line) and its HTTP status and problem type (RFC 9457), so there is one
table for both faces: this file. What a client is told is in the catalogue of the service's language.
"""

from __future__ import annotations

import shlex
import sys
from dataclasses import dataclass
from typing import Protocol

MOST_REPEATED = 200  # characters of a value that a client sent


class Texts(Protocol):
    """Where the words of a key come from: the catalogue of a language."""

    def say(self, key: str, **values: object) -> str:
        """The text of a key with its values in their places."""

    def number(self, number: int) -> str:
        """A whole number as it is written."""


class AcobotError(Exception):
    """Something that a user can understand and mend; the message names what and how."""

    exit_code = 1
    status = 500
    slug = "internal-error"


class SettingsError(AcobotError):
    """A setting or flag has a value that cannot be used."""

    exit_code = 2


class PackError(SettingsError):
    """A language or policy pack is missing, or says what cannot be used; the message names its file and line."""


class MissingLibraryError(SettingsError):
    """A library that only some need is not installed; the message says what wants it, and the command that installs it.

    That is the library alone: asked for acobot's own extra, pip would install all that building needs beside it.
    """

    def __init__(self, wanted_by: str, library: str) -> None:
        command = f"{shlex.quote(sys.executable)} -m pip install {library}"
        super().__init__(f"{wanted_by} needs {library}, which is not installed; run: {command}")


@dataclass(frozen=True, slots=True)
class SourceProblem:
    """One file that cannot be read: its path under the folder, the line if known, the reason and the mend."""

    path: str
    reason: str
    line: int | None = None

    def __str__(self) -> str:
        return f"{self.path}, line {self.line}: {self.reason}" if self.line else f"{self.path}: {self.reason}"


class SourcesError(AcobotError):
    """Source files that cannot be read; `problems` names each with its reason."""

    exit_code = 3

    def __init__(self, message: str, problems: tuple[SourceProblem, ...] = ()) -> None:
        self.problems = problems
        super().__init__("\n".join([message, *(f"  {problem}" for problem in problems)]))


class DraftError(SourcesError):
    """A source that says of itself that it is not published."""


class ModelError(AcobotError):
    """The embedding model is missing, damaged or cannot be loaded."""

    exit_code = 4


class IndexFault(AcobotError):
    """Something is wrong with the index on disk."""

    exit_code = 5
    status = 503
    slug = "no-index"


class NoIndexError(IndexFault):
    """There is no index yet: nothing has been built."""


class DamagedIndexError(IndexFault):
    """A file of the index is missing or is not what was written."""


class UnreadableIndexError(IndexFault):
    """A file of the index cannot be read now: too many open files, or a fault of the disk, which may pass."""


class UnknownVersionError(IndexFault):
    """No version of the index has this id, or there is none to go back to."""


class WrongModelError(IndexFault):
    """The index was made by another model or in another format."""


class IndexWriteError(IndexFault):
    """The index cannot be written: a full disk, a missing right, or another build at work."""

    exit_code = 6


class BuildingError(IndexWriteError):
    """Another build is at work in the index folder."""


class PortError(AcobotError):
    """The address to serve on is in use or not allowed."""

    exit_code = 7


class RequestError(AcobotError):
    """What a client sent cannot be answered as it is: a text's key with its values, put in words where it is told.

    `pointer` leads to the value that is wrong, where it is one of the request's (RFC 6901).
    """

    exit_code = 2
    status = 422
    slug = "invalid-request"

    def __init__(self, key: str, *, pointer: str = "", **values: object) -> None:
        self.key = key
        self.pointer = pointer
        self.values = values
        told = ", ".join(
            f"{name} {f'{value:,}' if isinstance(value, int) else value}" for name, value in values.items()
        )
        super().__init__(f"{key}: {told}" if told else key)

    def said(self, texts: Texts) -> str:
        """The error in the words of a language."""
        shown = {
            name: texts.number(one) if isinstance(one, int) else shortened(one) for name, one in self.values.items()
        }
        return texts.say(self.key, **shown)


def shortened(value: object) -> str:
    """A value as it is repeated to who sent it: enough to know it by, however long it was."""
    said = str(value)
    return said if len(said) <= MOST_REPEATED else f"{said[: MOST_REPEATED - 1]}…"


class QuestionError(RequestError):
    """The question is empty, too long or not text."""

    slug = "invalid-question"


class SourceChoiceError(RequestError):
    """A question names a source that does not exist."""

    slug = "unknown-source-ids"


class UnknownSourceError(RequestError):
    """No source has this id."""

    status = 404
    slug = "unknown-source"


class RemovedSourceError(RequestError):
    """A source had this id, but was taken out."""

    status = 410
    slug = "removed-source"


class UnknownModelError(RequestError):
    """A client of the chat asks a model that is not here."""

    status = 404
    slug = "unknown-model"


class NotInstalledError(RequestError):
    """The service does not have the library that an address takes."""

    status = 404
    slug = "not-installed"


class QuoteError(AcobotError):
    """A quote is not word for word in its source: a fault of the program, logged and never shown."""
