"""Security headers by kind of reply: a page, data, or an asset.

A reply that sets one of these itself keeps its own (the tag's files may be used by every site).
"""

from collections.abc import Iterable
from enum import Enum
from functools import lru_cache

HeaderList = list[tuple[bytes, bytes]]

# Form posts need an Origin to be checked against, which `no-referrer` would turn into `null`.
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"
NO_FEATURES = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"


class Kind(Enum):
    PAGE = "page"
    DATA = "data"
    ASSET = "asset"


_ALWAYS = {"X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin"}
_BY_KIND: dict[Kind, dict[str, str]] = {
    Kind.PAGE: {
        "Content-Security-Policy": PAGE_POLICY,
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": NO_FEATURES,
        "Referrer-Policy": "same-origin",
        "X-Frame-Options": "DENY",
        "Cache-Control": "no-store",
    },
    Kind.DATA: {
        "Content-Security-Policy": DATA_POLICY,
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
    },
    Kind.ASSET: {},
}
# Two years, as browsers' preload lists ask for; names below this one are the operator's to decide.
_PRODUCTION = {"Strict-Transport-Security": "max-age=63072000"}
_DATA_TYPES = (
    b"application/json",
    b"application/problem+json",
    b"text/event-stream",
    b"text/plain",
)


def kind_of(content_type: bytes) -> Kind:
    """A reply without a body, such as a redirect, is data."""
    if content_type.startswith(b"text/html"):
        return Kind.PAGE
    if not content_type or content_type.startswith(_DATA_TYPES):
        return Kind.DATA
    return Kind.ASSET


class SecurityHeaders:
    """The headers that a reply still needs."""

    def __init__(self, *, is_production: bool) -> None:
        self._missing: dict[Kind, HeaderList] = {
            kind: [
                (name.lower().encode(), value.encode())
                for name, value in {
                    **_ALWAYS,
                    **_BY_KIND[kind],
                    **(_PRODUCTION if is_production else {}),
                }.items()
            ]
            for kind in Kind
        }
        # What routes set themselves is the same few sets of names, over and over.
        self._find_missing = lru_cache(maxsize=256)(self._find_missing_uncached)

    def missing_from(self, headers: Iterable[tuple[bytes, bytes]]) -> HeaderList:
        names: list[bytes] = []
        content_type = b""
        for name, value in headers:
            names.append(name)
            if name == b"content-type":
                content_type = value
        return self._find_missing(content_type, tuple(names))

    def _find_missing_uncached(self, content_type: bytes, names: tuple[bytes, ...]) -> HeaderList:
        return [header for header in self._missing[kind_of(content_type)] if header[0] not in names]
