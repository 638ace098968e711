"""Invented publishers and authors, and questions that ask for one's view: so that the reader minds who says it."""

from __future__ import annotations

import random

from acobot.languages import load_language
from acobot.question.topic import content_words

_PLACES = ["Harrowgate", "Northern", "Wessex", "Alderton", "Tamar Valley", "Midland", "Carrow", "Penwick", "Eastmoor"]
_BODIES = [
    "Institute for Public Life",
    "Policy Review",
    "Council",
    "Foundation",
    "Gazette",
    "Society of Librarians",
    "Health Observatory",
    "Research Centre",
    "Workers' Union",
    "Chamber of Trade",
    "Patients' Forum",
    "Housing Network",
    "Data Office",
    "Post",
    "Education Trust",
]
_KNOWN = [
    "House of Lords Library",
    "Department for Transport",
    "Ministry of Justice",
    "The Health Foundation",
    "Nuffield Trust",
    "Institute for Government",
    "Resolution Foundation",
    "The Economist",
    "The Conversation",
    "Local Government Chronicle",
    "British Medical Association",
    "Royal College of Nursing",
    "Citizens Advice",
    "Public Finance",
    "National Audit Office",
    "Cabinet Office",
]
_FIRST = ["Anna", "Dana", "James", "Priya", "Tom", "Ruth", "Owen", "Leila", "Grace", "Martin", "Chidi", "Helen", "Sam"]
_LAST = ["Whitlock", "Okafor", "Hale", "Merriman", "Patel", "Lindqvist", "Doyle", "Ashworth", "Novak", "Price", "Rowe"]
_WAYS = [
    "According to {party}, {question}",
    "What does {party} say about {topic}?",
    "What does {party} think about {topic}?",
    "What is {party}'s view on {topic}?",
    "{question} What does {party} say?",
    "In the view of {party}: {question}",
    "{party} on {topic}",
    "{party} view {topic}",
    "What did {party} write about {topic}?",
    "Does {party} say anything about {topic}?",
]


def invent_party(rng: random.Random) -> tuple[str, tuple[str, ...]]:
    """A source's publisher and author as they are read, and the names by which one of them may be asked for."""
    publisher = rng.choice(_KNOWN) if rng.random() < 0.5 else f"{rng.choice(_PLACES)} {rng.choice(_BODIES)}"
    if rng.random() < 0.5:
        return publisher, (publisher,)
    author = f"{rng.choice(_FIRST)} {rng.choice(_LAST)}"
    if rng.random() < 0.3:
        house = rng.choice(_KNOWN)
        return f"{publisher}. {author} ({house})", (publisher, author, house)
    return f"{publisher}. {author}", (publisher, author)


def ask_party(question: str, party: str, rng: random.Random) -> str:
    """A question made into one for a party's view of the same."""
    named = party if party.startswith(("The ", "Citizens")) or rng.random() < 0.5 else f"the {party}"
    small = question[:1].lower() + question[1:] if question[1:2].islower() else question
    words = content_words(question, load_language("en"))
    topic = " ".join(words[:5]).lower() if words else small.rstrip("?")
    return rng.choice(_WAYS).format(party=named, question=small, topic=topic)
