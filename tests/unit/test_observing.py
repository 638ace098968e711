from pathlib import Path

from acobot.observing import Several, Step, Stopwatch, Unobserved
from tests.fakes import make_assistant


class Noting(Unobserved):
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.steps: list[tuple[Step, float]] = []
        self.ends: list[tuple[str, float, float]] = []

    def step(self, step: Step, seconds: float) -> None:
        self.steps.append((step, seconds))

    def answered(self, status: str, confidence: float, seconds: float) -> None:
        self.ends.append((status, confidence, seconds))


def test_each_step_has_its_own_time_and_the_answer_the_whole() -> None:
    times = iter([10.0, 11.0, 13.5, 14.0])
    observer = Noting()
    watch = Stopwatch(observer, lambda: next(times))
    watch(Step.ENCODING)
    watch(Step.SEARCHING)
    watch.stop("answered", 0.5)
    assert observer.steps == [(Step.ENCODING, 1.0), (Step.SEARCHING, 2.5)]
    assert observer.ends == [("answered", 0.5, 4.0)]


def test_an_answer_tells_of_every_step_in_order_and_how_it_ended(tmp_path: Path) -> None:
    assistant = make_assistant(tmp_path, {"cats.md": "# Cats\n\nCats sleep all day long.\n"})
    assistant.ask("Do cats sleep?")  # nobody watches yet
    assistant.observer = observer = Noting()
    answer = assistant.ask("Do cats sleep all day long?")
    ((status, confidence, seconds),) = observer.ends
    assert [step for step, _ in observer.steps] == list(Step)
    assert (status, confidence) == (answer.status, answer.confidence)
    assert sum(taken for _, taken in observer.steps) <= seconds


def test_of_small_talk_only_what_was_done_is_told(tmp_path: Path) -> None:
    assistant = make_assistant(tmp_path, {"cats.md": "# Cats\n\nCats sleep all day long.\n"})
    assistant.observer = observer = Noting()
    assistant.ask("Hello!")
    assert [step for step, _ in observer.steps] == [Step.UNDERSTANDING, Step.ENCODING]
    assert [status for status, _, _ in observer.ends] == ["small_talk"]


def test_an_answer_that_was_kept_ends_like_the_one_that_was_found(tmp_path: Path) -> None:
    assistant = make_assistant(tmp_path, {"cats.md": "# Cats\n\nCats sleep all day long.\n"})
    assistant.observer = observer = Noting()
    assistant.ask("Do cats sleep all day long?")
    assistant.ask("Do cats sleep all day long?")
    first, second = observer.ends
    assert first[:2] == second[:2]
    assert [step for step, _ in observer.steps] == [*Step, Step.UNDERSTANDING]


def test_several_are_all_told_the_same() -> None:
    both = Noting(), Noting()
    several = Several(both)
    several.step(Step.READING, 0.5)
    several.answered("answered", 0.9, 1.0)
    for one in both:
        assert (one.steps, one.ends) == ([(Step.READING, 0.5)], [("answered", 0.9, 1.0)])
