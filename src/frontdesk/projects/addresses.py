"""Hosts, origins and page addresses in one written form each, so that texts can be compared.

Browsers follow the WHATWG URL standard; what reaches us from one is already in its form. What
people write into a projects file is not. Both come out of here the same, or as ValueError with a
sentence for people.
"""

import re
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address
from typing import NamedTuple

import idna

DEFAULT_PORTS = {"http": 80, "https": 443}

_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?", re.ASCII)
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*", re.ASCII)
_HOST_AND_PORT = re.compile(r"(\[[^\[\]]*\]|[^:]*)(?::([0-9]{1,5}))?", re.ASCII)
_ORIGIN = re.compile(r"(https?)://([\x21-\x7e]+)", re.ASCII | re.IGNORECASE)
_PAGE_URL = re.compile(r"(https?://[^/\\?#]*)([^?#]*)(?:[?#].*)?", re.ASCII | re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x20\x7f]")
_PATH_BYTE = re.compile(rb"%([0-9A-Fa-f]{2})|(.)", re.DOTALL)
# What stands in a browser's `location.pathname` as it is: printable ASCII without the path
# percent-encode set, and without the three that change their meaning when decoded.
_PLAIN = frozenset(range(0x21, 0x7F)) - frozenset(b'"#<>?^`{}' + b"/\\%")

_HOST_FORM = "Write a host name such as palmgrove.example, without https:// and without a port."


class Origin(NamedTuple):
    """Where a page comes from, as in the header of that name (RFC 6454, 6.2)."""

    scheme: str
    host: str
    port: int

    @property
    def has_default_port(self) -> bool:
        return DEFAULT_PORTS[self.scheme] == self.port


class PageUrl(NamedTuple):
    origin: Origin
    path: str


def normalise_host(text: str) -> str:
    """Lower case, punycode (UTS 46), without the last dot; IPv6 compressed in its brackets.

    A name whose last label is a number is an IPv4 address in four decimals or nothing at all:
    browsers write all others (`0x7f.1`) so before they use them.
    """
    if text.startswith("[") and text.endswith("]") and "%" not in text:
        return f"[{IPv6Address(text[1:-1]).compressed}]"
    if not text.isascii():
        try:
            text = idna.encode(text, uts46=True, std3_rules=True).decode("ascii")
        except idna.IDNAError:
            raise ValueError(_HOST_FORM) from None
    host = text.lower().removesuffix(".")
    labels = host.split(".")
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise ValueError(_HOST_FORM)
    return str(IPv4Address(host)) if _NUMBER.fullmatch(labels[-1]) else host


def normalise_site_host(text: str) -> str:
    """A host name, or `*.` and one: every name below that, at any depth."""
    text = text.strip()
    if not text.startswith("*."):
        return normalise_host(text)
    parent = normalise_host(text[2:])
    if _is_address(parent) or ("." not in parent and parent != "localhost"):
        raise ValueError("A wildcard needs a name of your own below it, such as *.brand.example.")
    return f"*.{parent}"


# Every request of a widget says its host, and there are few of them.
@lru_cache(maxsize=4096)
def parse_host_and_port(text: str) -> tuple[str, int | None]:
    """`location.host`: a host, and the port where it is not the scheme's own."""
    match = _HOST_AND_PORT.fullmatch(text)
    if match is None or not text.isascii():
        raise ValueError(_HOST_FORM)
    port = None if match[2] is None else int(match[2])
    if port is not None and port > 65535:
        raise ValueError("That is not a port.")
    return normalise_host(match[1]), port


@lru_cache(maxsize=4096)
def parse_origin(text: str) -> Origin:
    """`https://brand.example`; without user, path, `null` and everything that is not http(s)."""
    match = _ORIGIN.fullmatch(text)
    if match is None:
        raise ValueError("That is not the origin of a page.")
    scheme = match[1].lower()
    host, port = parse_host_and_port(match[2])
    return Origin(scheme, host, DEFAULT_PORTS[scheme] if port is None else port)


def parse_page_url(text: str) -> PageUrl:
    """`location.href`, its path normalised; query and fragment are left away."""
    match = _PAGE_URL.fullmatch(text)
    if match is None or _CONTROL.search(text):
        raise ValueError("That is not the address of a page.")
    return PageUrl(parse_origin(match[1]), normalise_path(match[2]))


def path_on(host: str, url: str | None) -> str:
    """A page's path, `/` where it is not on the host or no address at all."""
    try:
        page = parse_page_url(url or "")
    except ValueError:
        return "/"
    return page.path[:200] if page.origin.host == host else "/"


def normalise_path(path: str) -> str:
    r"""A path in the form of a browser's `location.pathname`, and a little further.

    As there: `\` is `/`, `.` and `..` are walked, also when written `%2e`, other letters are
    percent-encoded UTF-8. Further: what needs no escape has none, escapes are upper case, several
    slashes are one and the last one goes. `%2F` and `%5C` stay: to a browser they are letters.
    """
    escaped = _PATH_BYTE.sub(_write_byte, path.replace("\\", "/").encode())
    segments: list[str] = []
    for segment in escaped.decode("ascii").split("/"):
        if segment == "..":
            del segments[-1:]
        elif segment not in {"", "."}:
            segments.append(segment)
    return "/" + "/".join(segments)


def normalise_path_prefix(path: str) -> str:
    if "?" in path or "#" in path or _CONTROL.search(path):
        raise ValueError("A path prefix is a path alone: no spaces, no ? and no #.")
    return normalise_path(path)


def is_below(path: str, prefix: str) -> bool:
    """Whether a path is the prefix or goes on from it at a segment border; both normalised."""
    return prefix == "/" or path == prefix or path.startswith(f"{prefix}/")


@lru_cache(maxsize=4096)
def list_host_patterns(host: str) -> tuple[str, ...]:
    """All site hosts that stand for this one, the closest first.

    `a.brand.example`: itself, `*.brand.example`, `*.example`.
    """
    if _is_address(host):
        return (host,)
    labels = host.split(".")
    return (host, *("*." + ".".join(labels[start:]) for start in range(1, len(labels))))


def _write_byte(match: re.Match[bytes]) -> bytes:
    escape, plain = match.groups()
    if plain == b"/":
        return plain
    byte = int(escape, 16) if plain is None else plain[0]
    return bytes([byte]) if byte in _PLAIN else b"%%%02X" % byte


def _is_address(host: str) -> bool:
    return host.startswith("[") or host.rpartition(".")[2].isdigit()
