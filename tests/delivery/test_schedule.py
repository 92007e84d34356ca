"""The retry schedule: outlasts three days, spreads out, listens to Retry-After."""

from datetime import timedelta

import pytest

from frontdesk.delivery.schedule import DELAYS_SECONDS, next_try_at, read_retry_after
from tests.support.clock import START


def test_it_is_the_documented_list() -> None:
    hours = 3600
    assert (
        0,
        5,
        5 * 60,
        30 * 60,
        2 * hours,
        5 * hours,
        10 * hours,
        14 * hours,
        20 * hours,
        24 * hours,
    ) == DELAYS_SECONDS


@pytest.mark.parametrize("chance", [0.0, 0.5, 0.999])
def test_the_last_try_comes_after_three_days_whatever_the_jitter(chance: float) -> None:
    at, tries = START, 0
    while (following := next_try_at(tries, at, chance=chance)) is not None:
        at, tries = following, tries + 1
    assert tries == 10
    assert at - START > timedelta(hours=72)


def test_jitter_spreads_by_a_tenth() -> None:
    assert next_try_at(2, START, chance=0.0) == START + timedelta(seconds=300)
    assert next_try_at(2, START, chance=0.5) == START + timedelta(seconds=315)


def test_retry_after_makes_the_wait_longer_up_to_a_day_and_never_shorter() -> None:
    def wait(seconds: float) -> float:
        at = next_try_at(2, START, chance=0.0, retry_after_seconds=seconds)
        assert at is not None
        return (at - START).total_seconds()

    assert wait(1) == 300
    assert wait(3600) == 3600
    assert wait(10**9) == 86_400
    assert wait(float("inf")) == 86_400


def test_retry_after_adds_no_try() -> None:
    assert next_try_at(10, START, chance=0.0, retry_after_seconds=60) is None


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Mon, 23 Nov 2026 09:10:00 GMT", 600.0),
        ("Mon, 23 Nov 2026 08:00:00 GMT", 0.0),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("٣", None),
        ("9" * 5000, float("inf")),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: str, seconds: float | None) -> None:
    assert read_retry_after(value, START) == seconds
