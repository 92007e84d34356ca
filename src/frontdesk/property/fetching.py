"""Reading a page from the web as a polite stranger: robots.txt, pauses, limits, nothing twice.

https://www.rfc-editor.org/rfc/rfc9309 (robots), RFC 9110, 13.1 (conditional requests).
"""

import asyncio
import codecs
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import urlsplit

from protego import Protego

from frontdesk.outbound.client import Fetched, Outbound
from frontdesk.outbound.network import OutboundError

AGENT = "Frontdesk"
MAX_PAGE_BYTES = 2_000_000
MAX_ROBOTS_BYTES = 512_000
TIMEOUT_SECONDS = 20.0
PAUSE_SECONDS = 1.0
MAX_PAUSE_SECONDS = 10.0
ROBOTS_SECONDS = 3600.0
_HOSTS_KEPT = 2000
# Encodings of text alone: Python knows others too, and punycode takes the square of a body's length.
_ENCODING = re.compile(
    r"(?:x-)?(?:utf|us-?ascii|iso-?8859|latin|windows|cp|koi8|mac|shift_?jis|sjis|euc|gb|big5|tis|"
    r"iso-?2022-jp)[\w-]*",
    re.IGNORECASE,
)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{2,40})""", re.IGNORECASE)


class FetchError(Exception):
    """The page was not read; `reason` tells a person why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class FetchedPage(NamedTuple):
    """`is_unchanged` says that the page is what `etag` or `last_modified` stood for."""

    url: str
    status_code: int
    text: str
    etag: str
    last_modified: str
    is_unchanged: bool


@dataclass(slots=True)
class _Host:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0
    robots: Protego | None = None
    robots_until: float = 0.0


class PageFetcher:
    """One for the process: it knows when each host was last asked."""

    def __init__(self, outbound: Outbound, *, pause_seconds: float = PAUSE_SECONDS) -> None:
        self._outbound = outbound
        self._pause_seconds = pause_seconds
        self._hosts: dict[str, _Host] = {}

    async def fetch(self, url: str, *, etag: str = "", last_modified: str = "") -> FetchedPage:
        """Raises FetchError."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        host = self._find_host(origin)
        async with host.lock:
            await self._obey(url)
            headers = {"Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1"}
            if etag:
                headers["If-None-Match"] = etag
            elif last_modified:
                headers["If-Modified-Since"] = last_modified
            fetched = await self._get(url, MAX_PAGE_BYTES, host, headers, self._obey)
        kind = fetched.headers.get("content-type", "text/html").lower()
        is_text = kind.startswith(("text/", "application/xhtml", "application/xml"))
        if not is_text and fetched.status_code == 200:
            raise FetchError("What stands there is no page of text.")
        return FetchedPage(
            fetched.url,
            fetched.status_code,
            read_text(fetched.body, kind),
            fetched.headers.get("etag", "")[:200],
            fetched.headers.get("last-modified", "")[:60],
            fetched.status_code == 304,
        )

    async def _obey(self, url: str) -> None:
        """Raises FetchError where the robots.txt of the page's own host asks not to read it; a page
        that is redirected to is asked for no less politely than one that was named."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        robots = await self._robots(origin, self._find_host(origin))
        if robots is not None and not robots.can_fetch(url, AGENT):
            raise FetchError("The site's robots.txt asks not to read this page.")

    def _find_host(self, origin: str) -> _Host:
        if len(self._hosts) >= _HOSTS_KEPT and origin not in self._hosts:
            for name in [name for name, host in self._hosts.items() if not host.lock.locked()]:
                del self._hosts[name]
        return self._hosts.setdefault(origin, _Host())

    async def _robots(self, origin: str, host: _Host) -> Protego | None:
        """What robots.txt says; None where there is none. Where it cannot be had, nobody is asked
        (RFC 9309, 2.3.1.4)."""
        now = asyncio.get_running_loop().time()
        if now < host.robots_until:
            return host.robots
        fetched = await self._get(f"{origin}/robots.txt", MAX_ROBOTS_BYTES, host, {})
        if fetched.status_code >= 500:
            raise FetchError("The site's robots.txt cannot be read now, so no page is asked for.")
        is_there = fetched.status_code == 200
        host.robots = Protego.parse(read_text(fetched.body, "")) if is_there else None
        host.robots_until = now + ROBOTS_SECONDS
        return host.robots

    async def _get(
        self,
        url: str,
        max_bytes: int,
        host: _Host,
        headers: dict[str, str],
        before_redirect: Callable[[str], Awaitable[None]] | None = None,
    ) -> Fetched:
        loop = asyncio.get_running_loop()
        wait = host.free_at - loop.time()
        if wait > 0:
            await asyncio.sleep(wait)
        try:
            return await self._outbound.fetch(
                url,
                max_bytes=max_bytes,
                timeout_seconds=TIMEOUT_SECONDS,
                headers=headers,
                before_redirect=before_redirect,
            )
        except OutboundError as error:
            raise FetchError(str(error)) from None
        finally:
            asked = host.robots.crawl_delay(AGENT) if host.robots is not None else None
            pause = min(max(self._pause_seconds, asked or 0.0), MAX_PAUSE_SECONDS)
            host.free_at = loop.time() + pause


def read_text(body: bytes, content_type: str) -> str:
    """Bytes as text: by byte order mark, Content-Type, `<meta charset>`, UTF-8, Windows-1252."""
    for mark, name in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):  # fmt: skip
        if body.startswith(mark):
            return body.decode(name, "replace")
    named = re.search(r"charset=[\"']?([\w-]{2,40})", content_type)
    in_page = _CHARSET.search(body[:4096])
    names = (named and named[1], in_page and in_page[1].decode("ascii"))
    for name in filter(_ENCODING.fullmatch, filter(None, names)):
        try:
            return body.decode(name, "replace")
        except (LookupError, ValueError):
            continue
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        # A page cut at the limit may end inside a character.
        text = body.decode("utf-8", "replace")
        is_cut = "\ufffd" not in text.rstrip("\ufffd")
        return text if is_cut else body.decode("cp1252", "replace")
