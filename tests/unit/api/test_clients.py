from __future__ import annotations

import time

import pytest

from acobot.api import clients
from acobot.api.clients import MovingWindow, client_name


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_so_many_are_allowed_in_any_window(clock: Clock) -> None:
    window = MovingWindow(2, 60, clock)
    first = window.hit("a")
    assert (first.allowed, first.left, first.seconds) == (True, 1, 60)
    clock.now += 20
    assert window.hit("a").allowed
    clock.now += 30
    refused = window.hit("a")
    assert (refused.allowed, refused.left, refused.seconds) == (False, 0, 10)
    clock.now += 10  # the first is a window ago
    assert window.hit("a").allowed
    assert not window.hit("a").allowed
    assert window.hit("b").allowed


def test_a_hit_that_is_taken_back_does_not_count(clock: Clock) -> None:
    window = MovingWindow(2, 60, clock)
    for _ in range(5):
        assert window.hit("a").left == 1
        window.take_back("a")
    assert len(window) == 0
    window.take_back("a")
    window.hit("a")
    window.hit("a")
    window.take_back("a")
    assert [window.hit("a").allowed for _ in range(2)] == [True, False]


def test_old_clients_are_forgotten_and_cost_nothing(clock: Clock) -> None:
    window = MovingWindow(60, 60, clock)
    for number in range(clients.MOST_CLIENTS):
        window.hit(str(number))
    clock.now += 61
    window.hit("new")
    assert len(window) == 1


def test_many_clients_cost_no_more_than_few(clock: Clock) -> None:
    window = MovingWindow(60, 60, clock)
    for number in range(500_000):
        clock.now += 1e-6
        window.hit(str(number))
    assert len(window) == clients.MOST_CLIENTS
    started = time.process_time()
    for _ in range(50):
        window.hit("one")
    assert time.process_time() - started < 0.05  # it was 48 ms for each


def test_the_window_follows_no_clock_that_can_be_set_back() -> None:
    assert MovingWindow(1, 60)._clock is time.monotonic


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
        ("2001:db8:1:3::1", "2001:db8:1:3::"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::"),
        ("testclient", "testclient"),
        ("x" * 1000, "x" * 64),
    ],
)
def test_one_customer_is_one_client(host: str, name: str) -> None:
    assert client_name(host) == name
