"""The process in which all files are read: `python -m acobot.sources.reader_process BYTES`.

Takes from standard input a line of JSON (ending, size, pick, wording) and so many bytes; gives a line of JSON: a
draft, or if `words` are asked for all words of the file, or the reason of a refusal. BYTES is the address space it may
take. Ends when its input does.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from collections.abc import Callable
from dataclasses import astuple
from typing import Any, BinaryIO

from acobot.sources.picking import EVERYTHING, Pick
from acobot.sources.record import Draft, UnreadableError
from acobot.sources.wording import NO_WORDS, Wording

MODULES = {
    ".md": "acobot.sources.markdown",
    ".txt": "acobot.sources.plain_text",
    ".html": "acobot.sources.html",
    ".htm": "acobot.sources.html",
    ".pdf": "acobot.sources.pdf",
    ".docx": "acobot.sources.word",
    ".xlsx": "acobot.sources.sheets.workbook",
    ".csv": "acobot.sources.sheets.separated",
    ".pptx": "acobot.sources.slides",
    ".odt": "acobot.sources.opendocument",
    ".rtf": "acobot.sources.rtf",
    ".epub": "acobot.sources.epub",
    ".eml": "acobot.sources.mail",
}
_AGAIN = "open it in the program that made it and save it again"


def read_bytes(ending: str, raw: bytes, pick: Pick = EVERYTHING, wording: Wording = NO_WORDS) -> Draft:
    """The draft of a file, read here and now, without any bounds. Raises `UnreadableError`."""
    module = importlib.import_module(MODULES[ending])
    draft: Draft = _bounded(lambda: module.read(raw, pick, wording))
    try:
        draft.text.encode()
    except UnicodeEncodeError as error:  # as an encoding may have it that an e-mail names
        half = ord(draft.text[error.start])
        raise UnreadableError(f"it holds half a character (U+{half:04X}); save it as UTF-8") from None
    return draft


def all_words(ending: str, raw: bytes) -> list[str]:
    """All words that stand anywhere in a file, read here and now. Raises `UnreadableError`."""
    module = importlib.import_module("acobot.sources.all_words")
    words: list[str] = _bounded(lambda: module.words_of(ending, raw))
    return words


def _bounded(read: Callable[[], Any]) -> Any:
    """What a reader gives; whatever it raises is the file's fault. Raises `UnreadableError`."""
    try:
        return read()
    except UnreadableError:
        raise
    except MemoryError:
        raise UnreadableError("reading it takes too much memory; split it into smaller files") from None
    except RecursionError:
        raise UnreadableError(f"it is nested too deeply to be read; {_AGAIN}") from None
    except Exception as error:  # a library of which we cannot know every error; the file is to blame for it
        raise UnreadableError(f"it is damaged, or not as its format asks ({type(error).__name__}); {_AGAIN}") from None


def serve(requests: BinaryIO, replies: BinaryIO) -> None:
    """Answers requests until there are no more."""
    while header := requests.readline():
        request = json.loads(header)
        raw = requests.read(request["size"])
        try:
            if request.get("words"):
                reply: dict[str, Any] = {"words": all_words(request["ending"], raw)}
            else:
                wording = Wording(*request["wording"])
                reply = _as_json(read_bytes(request["ending"], raw, _pick(*request["pick"]), wording))
        except UnreadableError as error:
            reply = {"refused": str(error)}
        replies.write(json.dumps(reply).encode() + b"\n")
        replies.flush()


def _pick(selector: str, keep: list[str], drop: list[str]) -> Pick:
    return Pick(selector, tuple(keep), tuple(drop))


def _as_json(draft: Draft) -> dict[str, Any]:
    return {
        "text": draft.text,
        "blocks": [astuple(block) for block in draft.blocks],
        "asks": [astuple(ask) for ask in draft.asks],
        "said": dict(draft.said),
        "pages": draft.pages,
        "warnings": [astuple(one) for one in draft.warnings],
        "page_name": draft.page_name,
        "kept": sorted(draft.kept),
    }


def _limit_memory(size: int) -> None:
    try:
        import resource
    except ImportError:  # not a Unix; there only time is bounded
        return
    resource.setrlimit(resource.RLIMIT_AS, (size, size))


def main() -> None:
    """Serves standard input, and lets nothing but replies onto what was standard output."""
    _limit_memory(int(sys.argv[1]))
    with os.fdopen(os.dup(1), "wb") as replies:
        os.dup2(2, 1)
        serve(sys.stdin.buffer, replies)


if __name__ == "__main__":
    main()
