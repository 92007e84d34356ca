import pytest
from starlette.requests import Request
from starlette.types import Scope

from frontdesk.web.client import TrustedProxies, client_address


def seen(
    peer: str | None, headers: list[tuple[bytes, bytes]], proxies: list[str]
) -> tuple[str, str]:
    """The address and scheme that the rest of the application sees."""
    scope: Scope = {
        "type": "http",
        "client": None if peer is None else (peer, 1234),
        "scheme": "http",
        "headers": headers,
    }
    TrustedProxies(proxies)(scope)
    return client_address(Request(scope)), scope["scheme"]


@pytest.mark.parametrize(
    ("peer", "forwarded", "proxies", "expected"),
    [
        ("198.51.100.7", "203.0.113.9", [], "198.51.100.7"),
        ("198.51.100.7", "203.0.113.9", ["10.0.0.0/8"], "198.51.100.7"),
        ("10.0.0.1", "203.0.113.9", ["10.0.0.0/8"], "203.0.113.9"),
        # The caller wrote the first one himself; the proxy added the second.
        ("10.0.0.1", "1.1.1.1, 203.0.113.9", ["10.0.0.0/8"], "203.0.113.9"),
        ("10.0.0.1", "203.0.113.9, 10.0.0.2", ["10.0.0.0/8"], "203.0.113.9"),
        ("10.0.0.1", "203.0.113.9, junk", ["10.0.0.0/8"], "10.0.0.1"),
        ("10.0.0.1", "", ["10.0.0.0/8"], "10.0.0.1"),
        ("10.0.0.1", "2001:db8:1:2:3::4", ["10.0.0.1"], "2001:db8:1:2::"),
        ("2001:db8:1:2:aaaa::4", "", [], "2001:db8:1:2::"),
        ("::ffff:198.51.100.7", "", [], "198.51.100.7"),
        ("testclient", "", [], "unknown"),
        (None, "203.0.113.9", ["10.0.0.0/8"], "unknown"),
    ],
)
def test_client_address(
    peer: str | None, forwarded: str, proxies: list[str], expected: str
) -> None:
    headers = [(b"x-forwarded-for", forwarded.encode())] if forwarded else []
    assert seen(peer, headers, proxies)[0] == expected


def test_several_header_lines_are_one_list() -> None:
    headers = [(b"x-forwarded-for", b"1.1.1.1"), (b"x-forwarded-for", b"203.0.113.9")]
    assert seen("10.0.0.1", headers, ["10.0.0.1"])[0] == "203.0.113.9"


@pytest.mark.parametrize(("peer", "scheme"), [("10.0.0.1", "https"), ("198.51.100.7", "http")])
def test_the_scheme_is_believed_from_a_trusted_proxy_only(peer: str, scheme: str) -> None:
    headers = [(b"x-forwarded-proto", b"https")]
    assert seen(peer, headers, ["10.0.0.0/8"])[1] == scheme
