"""Answers made by hand, for every part that an answer can have: they look the same whatever the sources say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from acobot.answer import LimitSaid, Role, Signpost, Status, beyond_note, source_href
from acobot.index import Store
from acobot.policies import Sign
from tests.fakes import ENGLISH, UK, make_assistant
from tests.handmade import HandmadeAssistant, Said

PLACE = "When do owls hunt?"
TEXTS = {
    "_site.yaml": "subject: owls\nindependent_of: the owls or their friends\n",
    "post.md": """---
title: Owls in short
publisher: The Owl Post
author: A. Bird
published: 2018-04-16
updated: 2021-09-09
url: https://example.org/owls
kind: summary
summary_of: Owls, a short guide
---

## When do owls hunt?

Most owls hunt at night, and sleep in hollow trees by day. An owl sees ten times as well in the dark as a person.
""",
    "field.md": """---
title: Notes from the field
publisher: The Society for the Study of Birds of Prey
published: 2017-08-10
url: https://example.org/field
---

## What an owl does

An owl will:

- turn its head by 270 degrees,
- fly without a sound.

Some owls hunt by day. An owl lives for twenty years.

## Who counts them?

Owls are counted in the Great Owl Count (GOC) every spring. The GOC takes a week in May.
""",
}
HUNT = Said("post", "Most owls hunt at night, and sleep in hollow trees by day.", emphasis="at night")
SEE = Said("post", "An owl sees ten times as well in the dark as a person.", Role.ALSO, 2)
BY_DAY = Said("field", "Some owls hunt by day.", Role.ALSO, 2)
TURN = Said("field", "turn its head by 270 degrees,", emphasis="270 degrees")
COUNT = Said("field", "The GOC takes a week in May.")
WILL = Said("field", "An owl will:", Role.CONTEXT)
TOLD = "The source quoted was published on 16 April 2018; things may have changed since."
ALSO_ASKED = ("How long does an owl live?", "do owls see well")

SIGNS = {sign: Signpost(sign, UK.texts.signs[sign]) for sign in Sign} if UK else {}
ALONE, MORE, LIST = "When do owls hunt at all?", "How well do owls see?", "What does an owl do with its head?"
SHORT = "How long does it take to count owls?"
AGAINST, BESIDE = "Do owls hunt by day or by night?", "What do owls do, and when?"
LIMIT, ELSEWHERE = "What became of the owls?", "Where can I see owls today?"
CRISIS, MEDICAL, MEDICAL_ONLY = "I want to die. When do owls hunt?", "I am ill. When do owls hunt?", "What is my dose?"
QUESTIONS = (ALONE, MORE, LIST, SHORT, AGAINST, BESIDE, LIMIT, ELSEWHERE, CRISIS, MEDICAL, MEDICAL_ONLY)


def make_answers(folder: Path) -> HandmadeAssistant:
    """An assistant over these sources that answers QUESTIONS as it is told here."""
    make_assistant(folder, TEXTS)
    made = HandmadeAssistant(Store(folder / "index"))
    beyond = beyond_note(ENGLISH, made.version().corpus.last_date)
    said: dict[str, Any] = {"notes": (TOLD,), "suggestions": ALSO_ASKED}
    made.add(ALONE, HUNT, **said)
    made.add(MORE, HUNT, SEE, BY_DAY, **{**said, "notes": (beyond, TOLD), "cautions": (beyond,)})
    made.add(LIST, TURN, WILL, SEE, **said)
    made.add(SHORT, COUNT, searched_for="How long does it take to count (Great Owl Count) owls?", **said)
    made.add(AGAINST, HUNT, BY_DAY, differing={"the time of day": (1, 2)}, **said)
    made.add(BESIDE, TURN, WILL, SEE, BY_DAY, differing={"the time of day": (3, 4)}, **said)
    nearest = made.answers[MORE].citations
    source = made.version().corpus.source("post")
    start = source.text.index(PLACE)
    for question, see in (
        (LIMIT, source_href(source, start, start + len(PLACE))),
        (ELSEWHERE, "https://www.example.org/owls/today"),
    ):
        say = "The sources end in April 2018, and do not say what came after."
        limit = LimitSaid(say, see)
        told: dict[str, Any] = {"notes": (beyond,), "cautions": (beyond,), "suggestions": ALSO_ASKED}
        made.add(question, answer=say, limit=limit, nearest=nearest, **told)
    made.add(CRISIS, HUNT, signposts=(SIGNS[Sign.CRISIS],), **said)
    made.add(MEDICAL, HUNT, signposts=(SIGNS[Sign.MEDICAL],), **said)
    only = SIGNS[Sign.MEDICAL]
    made.add(MEDICAL_ONLY, status=Status.SIGNPOSTED, signposts=(only,), answer=only.text)
    return made
