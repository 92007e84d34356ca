"""Signing in through a provider that nobody here wrote, and tokens that do not hold."""

import base64
import hashlib
from collections.abc import AsyncIterator, Iterator
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from frontdesk.accounts.model import Role
from frontdesk.accounts.openid import (
    Errand,
    Metadata,
    OpenIdSignIn,
    Provider,
    read_errand,
    write_errand,
)
from frontdesk.clock import system_clock
from frontdesk.errors import Unauthenticated, Unavailable
from frontdesk.outbound.client import Outbound
from frontdesk.storage.base import Storage
from tests.accounts.support import add_member, make_accounts
from tests.support.clock import SteppedClock

# The provider runs in a thread of this process, and uses parts of authlib that are going away.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

REDIRECT_URI = "https://desk.example/dashboard/sign-in/callback"
OWNER = "nandini@agency.example"
CLIENT_ID = "frontdesk"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    from oidc_provider_mock import User, run_server_in_thread

    users = [
        User(sub=OWNER, claims={"email": OWNER, "email_verified": True}),
        User(sub="stranger", claims={"email": "x@elsewhere.example", "email_verified": True}),
        User(sub="unverified", claims={"email": OWNER, "email_verified": False}),
    ]
    with run_server_in_thread(user_claims=users) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
async def openid(issuer: str, storage: Storage, clock: SteppedClock) -> AsyncIterator[OpenIdSignIn]:
    await add_member(make_accounts(storage, clock), Role.OWNER)
    outbound = Outbound([urlsplit(issuer).netloc])
    provider = Provider(issuer=issuer, client_id=CLIENT_ID, client_secret="s3cret", name="Test")
    yield OpenIdSignIn(provider, storage, outbound, clock, REDIRECT_URI)
    await outbound.close()


async def sign_in_at_provider(url: str, subject: str) -> tuple[str, str]:
    """As a browser would; the state and the code that it is sent back with."""
    async with httpx2.AsyncClient() as browser:
        reply = await browser.post(url, data={"sub": subject})
    assert reply.status_code == 302, reply.text
    query = parse_qs(urlsplit(reply.headers["location"]).query)
    return query["state"][0], query["code"][0]


def now_as(clock: SteppedClock) -> None:
    """The provider reads the real time."""
    clock.at = system_clock()


async def test_a_member_is_let_in_by_a_verified_address(
    openid: OpenIdSignIn, clock: SteppedClock
) -> None:
    now_as(clock)
    url, errand = await openid.begin("/dashboard/leads")
    asked = parse_qs(urlsplit(url).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert errand.verifier not in url
    state, code = await sign_in_at_provider(url, OWNER)
    assert (await openid.finish(errand, state, code)).email == OWNER


@pytest.mark.parametrize(
    ("subject", "code"), [("stranger", "not_a_member"), ("unverified", "openid_refused")]
)
async def test_nobody_else_is(
    openid: OpenIdSignIn, clock: SteppedClock, subject: str, code: str
) -> None:
    now_as(clock)
    url, errand = await openid.begin("/dashboard")
    state, given = await sign_in_at_provider(url, subject)
    with pytest.raises(Unauthenticated) as caught:
        await openid.finish(errand, state, given)
    assert caught.value.code == code


async def test_another_browsers_state_is_refused(openid: OpenIdSignIn, clock: SteppedClock) -> None:
    now_as(clock)
    url, errand = await openid.begin("/dashboard")
    state, code = await sign_in_at_provider(url, OWNER)
    other = errand.model_copy(update={"state": "another"})
    with pytest.raises(Unauthenticated):
        await openid.finish(other, state, code)


async def test_the_code_is_bound_to_the_browser(openid: OpenIdSignIn, clock: SteppedClock) -> None:
    """The provider here does not look; RFC 7636, 4.2 says what one that does will compute."""
    now_as(clock)
    url, errand = await openid.begin("/dashboard")
    digest = hashlib.sha256(errand.verifier.encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    assert parse_qs(urlsplit(url).query)["code_challenge"] == [challenge]


async def test_a_provider_that_is_away_is_said_so(storage: Storage, clock: SteppedClock) -> None:
    outbound = Outbound(["127.0.0.1:1"])
    provider = Provider(issuer="http://127.0.0.1:1", client_id="x", client_secret="y", name="Test")
    with pytest.raises(Unavailable) as caught:
        await OpenIdSignIn(provider, storage, outbound, clock, REDIRECT_URI).begin("/dashboard")
    assert caught.value.code == "openid_unreachable"
    await outbound.close()


KEY = RSAKey.generate_key(2048, {"kid": "one"})
OTHER_KEY = RSAKey.generate_key(2048, {"kid": "one"})


def make_token(clock: SteppedClock, key: RSAKey = KEY, alg: str = "RS256", **claims: object) -> str:
    seconds = int(clock().timestamp())
    complete = {
        "iss": "https://id.example",
        "aud": CLIENT_ID,
        "sub": "1",
        "exp": seconds + 300,
        "iat": seconds,
        "nonce": "n" * 32,
        "email": OWNER,
        **claims,
    }
    return jwt.encode(
        {"alg": alg, "kid": "one"},
        {name: value for name, value in complete.items() if value is not None},
        key,
        algorithms=[alg],
    )


@pytest.fixture
def verifier(storage: Storage, clock: SteppedClock) -> OpenIdSignIn:
    provider = Provider(
        issuer="https://id.example", client_id=CLIENT_ID, client_secret="s", name="Test"
    )
    return OpenIdSignIn(provider, storage, Outbound(), clock, REDIRECT_URI)


def metadata(clock: SteppedClock) -> Metadata:
    return Metadata(
        authorization_endpoint="https://id.example/authorize",
        token_endpoint="https://id.example/token",
        keys={"keys": [KEY.as_dict(private=False)]},
        read_at=clock(),
    )


def test_a_token_that_holds_is_taken(verifier: OpenIdSignIn, clock: SteppedClock) -> None:
    claims = verifier._verify(make_token(clock), metadata(clock), "n" * 32)
    assert claims["email"] == OWNER


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "https://evil.example"},
        {"aud": "another-client"},
        {"exp": 1},
        {"exp": None},
        {"nonce": "another"},
        {"nonce": None},
        {"sub": None},
        {"azp": "another-client"},
        {"key": OTHER_KEY},
    ],
)
def test_one_that_does_not_is_refused(
    verifier: OpenIdSignIn, clock: SteppedClock, wrong: dict[str, object]
) -> None:
    token = make_token(clock, **wrong)  # type: ignore[arg-type]
    with pytest.raises(Unauthenticated):
        verifier._verify(token, metadata(clock), "n" * 32)


@pytest.mark.parametrize("token", ["", "a.b.c", "e30.e30."])
def test_what_is_no_token_is_refused(
    verifier: OpenIdSignIn, clock: SteppedClock, token: str
) -> None:
    with pytest.raises(Unauthenticated):
        verifier._verify(token, metadata(clock), "n" * 32)


def test_an_errand_survives_the_browser() -> None:
    errand = Errand(state="s", nonce="n", verifier="v", next_path="/dashboard")
    assert read_errand(write_errand(errand)) == errand
