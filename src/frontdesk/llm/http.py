"""What every provider that is reached over HTTP has in common."""

import json
import re
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple

import httpx2

from frontdesk.llm.base import Chunk, Fault, ProviderError
from frontdesk.llm.events import EventReader
from frontdesk.outbound.operators import OperatorClient

MAX_ERROR_BYTES = 65536


def make_client(
    servers: Iterable[str], first_token_seconds: float, max_connections: int = 500
) -> OperatorClient:
    """A client for model providers. A stream that is silent for longer than this is dead."""
    timeout = httpx2.Timeout(first_token_seconds, pool=1.0)
    return OperatorClient(servers, timeout=timeout, max_connections=max_connections)


# Makes pieces of one event's data, and None where nothing more is to come. Raises ProviderError.
ReadEvent = Callable[[bytes], Iterator[Chunk | None]]


async def stream_chunks(
    client: OperatorClient, url: str, headers: dict[str, str], body: Any, read: ReadEvent
) -> AsyncGenerator[Chunk, None]:
    """The reply in pieces: what came together is one. Closing it ends the request.

    Raises ProviderError, also what `read` raises: what it read before that is given first.
    """
    try:
        async with client.stream("POST", url, headers=headers, json=body) as response:
            if response.status_code != 200:
                raise await _http_error(response)
            if not response.headers.get("content-type", "").startswith("text/event-stream"):
                raise ProviderError(Fault.UNAVAILABLE, "the reply is no stream of events")
            events = EventReader()
            async for part in response.aiter_bytes():
                joined = _join(events.feed(part), read)
                if joined.chunk.text or joined.chunk.usage:
                    yield joined.chunk
                if joined.fault is not None:
                    raise joined.fault
                if joined.is_last:
                    return
    except httpx2.HTTPError as error:
        # The class alone: the text of a transport error may hold the URL.
        raise ProviderError(Fault.UNAVAILABLE, type(error).__name__) from None


class _Joined(NamedTuple):
    chunk: Chunk
    fault: ProviderError | None = None
    is_last: bool = False


def _join(events: Iterable[bytes], read: ReadEvent) -> _Joined:
    text, usage = "", None
    try:
        for data in events:
            for chunk in read(data):
                if chunk is None:
                    return _Joined(Chunk(text, usage), is_last=True)
                text += chunk.text
                usage = chunk.usage or usage
    except ProviderError as fault:
        return _Joined(Chunk(text, usage), fault)
    return _Joined(Chunk(text, usage))


async def _http_error(response: httpx2.Response) -> ProviderError:
    """Of the reply's text only the names of enums are kept."""
    body = b""
    async for part in response.aiter_bytes():
        body += part
        if len(body) > MAX_ERROR_BYTES:
            break
    try:
        error = json.loads(body)["error"]
        name, details = error.get("status") or error.get("code") or "", error.get("details")
    except (ValueError, TypeError, KeyError, AttributeError):
        name, details = "", None
    code = response.status_code
    if code == 429:
        kind = Fault.RATE_LIMITED
    elif code >= 500 or code == 408:
        kind = Fault.UNAVAILABLE
    else:
        kind = Fault.REJECTED
    seconds = _retry_delay(details)
    if seconds is None:
        seconds = _retry_after(response.headers)
    return ProviderError(kind, f"HTTP {code} {word(name)}", seconds)


def _retry_delay(details: Any) -> float | None:
    """google.rpc.RetryInfo: `{"@type": "…/google.rpc.RetryInfo", "retryDelay": "17s"}`."""
    for detail in details if isinstance(details, list) else []:
        if isinstance(detail, dict) and str(detail.get("@type", "")).endswith(".RetryInfo"):
            return _seconds(str(detail.get("retryDelay", "")))
    return None


def _retry_after(headers: httpx2.Headers) -> float | None:
    """RFC 9110, 10.2.3: seconds, or a date, read by the server's own clock."""
    text = headers.get("retry-after", "")
    seconds = _seconds(text)
    if seconds is not None or not text:
        return seconds
    try:
        until = parsedate_to_datetime(text)
        now = parsedate_to_datetime(headers.get("date", ""))
        return max(0.0, (until - now).total_seconds())
    except (ValueError, TypeError):
        return None


def _seconds(text: str) -> float | None:
    match = re.fullmatch(r"(\d{1,6}(?:\.\d{1,9})?)s?", text.strip())
    return float(match[1]) if match else None


def word(text: object) -> str:
    """An enum's name as we may log it; anything else a provider sends here is not let through."""
    return str(text) if re.fullmatch(r"[A-Za-z_]{1,60}", str(text)) else "unknown"
