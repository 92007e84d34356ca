"""A browser that signed in before is told by its cookie, for that account and for a while."""

import pytest

from frontdesk.accounts.known_browsers import KNOWN_FOR, KnownBrowsers
from tests.accounts.support import EMAIL
from tests.support.clock import SteppedClock


@pytest.fixture
def browsers(clock: SteppedClock) -> KnownBrowsers:
    return KnownBrowsers("s" * 32, clock)


def test_each_browser_has_an_id_of_its_own(browsers: KnownBrowsers) -> None:
    first, second = browsers.issue(EMAIL), browsers.issue(EMAIL)
    assert browsers.find(first, EMAIL)
    assert browsers.find(first, EMAIL) == browsers.find(first, EMAIL.upper())
    assert browsers.find(first, EMAIL) != browsers.find(second, EMAIL)
    assert EMAIL not in first


def test_what_was_not_signed_here_is_unknown(browsers: KnownBrowsers, clock: SteppedClock) -> None:
    cookie = browsers.issue(EMAIL)
    foreign = KnownBrowsers("t" * 32, clock).issue(EMAIL)
    for forged in ("", "x", cookie[:-1], cookie + "x", foreign, "é", "[1,2,3]"):
        assert browsers.find(forged, EMAIL) is None, forged
    assert browsers.find(cookie, "other@agency.example") is None


def test_it_is_forgotten_after_a_while(browsers: KnownBrowsers, clock: SteppedClock) -> None:
    cookie = browsers.issue(EMAIL)
    clock.step(seconds=KNOWN_FOR.total_seconds() - 1)
    assert browsers.find(cookie, EMAIL)
    clock.step(seconds=1)
    assert browsers.find(cookie, EMAIL) is None
