"""What a party says is told only from a source that names it."""

from pathlib import Path

import numpy as np
import pytest

from acobot.evidence.scoring import Scored
from acobot.evidence.unheard import is_unheard
from acobot.languages import load_language
from tests.fakes import make_assistant

TRAMS = (
    "---\ntitle: Trams\npublisher: Harbour Trust\ndate: 2024-03-01\n---\n\n# Trams\n\n"
    "Rosa Pell of the National Union of Drivers expects fewer trams. RAC members pay less for the garden city line.\n"
)


def _is_unheard(folder: Path, question: str, tag: str) -> bool:
    version = make_assistant(folder, {"trams.md": TRAMS}).version()
    version.language = load_language(tag)
    stored = version.corpus.passage(0)
    sentence = stored.sentences[0]
    best = Scored(stored, sentence, stored.text_of(sentence), np.zeros(0, dtype=np.float32), 0.0)
    return is_unheard(question, best, version)


@pytest.mark.parametrize(
    ("question", "unheard"),
    [
        ("Does Karl Voss expect fewer trams?", True),
        ("What does the Transport Users Council say about trams?", True),
        ("Why did the Royal College of Nursing argue for trams?", True),
        ("What is Karl Voss's view of the trams?", True),
        ("According to Karl Voss, will there be fewer trams?", True),
        ("What does UNISON think of the trams?", True),
        ("Does Gard Ency expect fewer trams?", True),  # parts of "garden", "agency" name nobody
        ("Does Rosa Pell expect fewer trams?", False),
        ("Does Mrs Pell expect fewer trams?", False),  # half of a name is enough
        ("What does the Harbour Trust say about trams?", False),  # who published it
        ("What does the NUD say about trams?", False),  # short for what is there
        ("What does the Royal Automobile Club say?", False),  # what is there is short for it
        ("Does Parliament want fewer trams?", False),  # a word may be another's, in other words
        ("Will there be trams to Karl Voss Square?", False),  # nobody's view
        ("Do I think there will be trams?", False),
        ("what does karl voss say about trams", False),
    ],
)
def test_a_source_that_does_not_name_a_party_does_not_tell_what_it_says(
    tmp_path: Path, question: str, *, unheard: bool
) -> None:
    assert _is_unheard(tmp_path, question, "en") is unheard


@pytest.mark.parametrize(
    ("question", "unheard"),
    [
        ("Was sagt Karl Voss zu den Bahnen?", True),
        ("Laut Karl Voss, was wird aus den Bahnen?", True),
        ("Was ist Karl Voss’ Meinung zu den Bahnen?", True),
        ("Was sagt Rosa Pell zu den Bahnen?", False),
        ("Was sagt die Stadt zu den Bahnen?", False),
    ],
)
def test_so_it_is_in_german(tmp_path: Path, question: str, *, unheard: bool) -> None:
    assert _is_unheard(tmp_path, question, "de") is unheard
