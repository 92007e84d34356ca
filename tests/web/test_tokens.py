from datetime import timedelta

import pytest
from starlette.requests import Request

from frontdesk.errors import Unauthenticated
from frontdesk.web.tokens import ConversationTokens, bearer_token
from tests.support.clock import START, SteppedClock

SECRET = "a secret of at least thirty-two characters"
ORIGIN = "https://palm-grove.example"
EXPIRES = START + timedelta(hours=1)


def issue(clock: SteppedClock, secret: str = SECRET) -> str:
    return ConversationTokens(secret, clock).issue("conversation_1", "palm-grove", ORIGIN, EXPIRES)


def test_a_token_says_what_it_was_issued_for(clock: SteppedClock) -> None:
    claims = ConversationTokens(SECRET, clock).verify(issue(clock))
    assert (claims.conversation_id, claims.project_id, claims.origin, claims.expires_at) == (
        "conversation_1",
        "palm-grove",
        ORIGIN,
        EXPIRES,
    )


def test_it_holds_until_it_expires_and_not_after(clock: SteppedClock) -> None:
    tokens = ConversationTokens(SECRET, clock)
    token = issue(clock)
    clock.step(minutes=60, milliseconds=-1)
    tokens.verify(token)
    clock.step(milliseconds=1)
    with pytest.raises(Unauthenticated) as caught:
        tokens.verify(token)
    assert caught.value.code == "expired_token"


def test_another_secret_makes_no_token_of_ours(clock: SteppedClock) -> None:
    with pytest.raises(Unauthenticated) as caught:
        ConversationTokens(SECRET, clock).verify(issue(clock, "another secret, just as long as it"))
    assert caught.value.code == "invalid_token"


@pytest.mark.parametrize("at", range(0, 120, 7))
def test_no_changed_character_goes_unnoticed(clock: SteppedClock, at: int) -> None:
    token = issue(clock)
    forged = token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :]
    with pytest.raises(Unauthenticated):
        ConversationTokens(SECRET, clock).verify(forged)


@pytest.mark.parametrize("junk", ["", ".", "a.b", "नमस्ते", "\x00", "x" * 10_000, "W10.AAAA"])
def test_junk_is_an_invalid_token(clock: SteppedClock, junk: str) -> None:
    with pytest.raises(Unauthenticated) as caught:
        ConversationTokens(SECRET, clock).verify(junk)
    assert caught.value.code == "invalid_token"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Bearer abc", "abc"),
        ("bearer  abc ", "abc"),
        ("Bearer", None),
        ("Bearer ", None),
        ("Basic abc", None),
        ("", None),
    ],
)
def test_bearer_token(header: str, expected: str | None) -> None:
    scope = {"type": "http", "headers": [(b"authorization", header.encode())]}
    assert bearer_token(Request(scope)) == expected
