"""Gemini over its REST protocol, streamed.

https://ai.google.dev/api/generate-content#method:-models.streamgeneratecontent
"""

import json
import re
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

import httpx2

from frontdesk.llm.base import Chunk, Fault, Prompt, ProviderError, Role, Usage

HARM_CATEGORIES = (
    "HARM_CATEGORY_HARASSMENT",
    "HARM_CATEGORY_HATE_SPEECH",
    "HARM_CATEGORY_SEXUALLY_EXPLICIT",
    "HARM_CATEGORY_DANGEROUS_CONTENT",
)
# Reasons that end a reply which began well and ran out of room, not of leave.
CUT_REASONS = frozenset({"MAX_TOKENS", "OTHER", "FINISH_REASON_UNSPECIFIED", "CONTINUATION"})
MAX_ERROR_BYTES = 65536


@dataclass(frozen=True, slots=True)
class Gemini:
    """`client` is shared and outlives every request; its time-outs bound connect and read."""

    client: httpx2.AsyncClient
    api_key: str
    base_url: str
    model: str

    @property
    def name(self) -> str:
        return self.model

    async def stream(self, prompt: Prompt) -> AsyncGenerator[Chunk, None]:
        url = f"{self.base_url.rstrip('/')}/v1beta/models/{self.model}:streamGenerateContent"
        try:
            async with self.client.stream(
                "POST",
                url,
                params={"alt": "sse"},
                # The header, never the URL: URLs end up in logs.
                headers={"x-goog-api-key": self.api_key},
                json=request_body(prompt, self.model),
            ) as response:
                if response.status_code != 200:
                    raise await _http_error(response)
                async with aclosing(_read_reply(response)) as chunks:
                    async for chunk in chunks:
                        yield chunk
        except httpx2.HTTPError as error:
            # The class alone: the text of a transport error may hold the URL.
            raise ProviderError(Fault.UNAVAILABLE, type(error).__name__) from None


def make_client(first_token_seconds: float) -> httpx2.AsyncClient:
    """A client for model providers. A stream that is silent for longer than this is dead."""
    timeout = httpx2.Timeout(first_token_seconds, pool=1.0)
    limits = httpx2.Limits(max_connections=200, max_keepalive_connections=20)
    # Not from the environment: a proxy variable must not send the key somewhere else unasked.
    return httpx2.AsyncClient(timeout=timeout, limits=limits, trust_env=False)


def request_body(prompt: Prompt, model: str) -> dict[str, Any]:
    config: dict[str, Any] = {
        "temperature": prompt.temperature,
        "maxOutputTokens": prompt.max_output_tokens,
        "candidateCount": 1,
    }
    if "2.5-flash" in model:
        # Thinking costs seconds before the first word, and the facts are all there.
        config["thinkingConfig"] = {"thinkingBudget": 0}
    return {
        "systemInstruction": {"parts": [{"text": prompt.system}]},
        "contents": [
            {
                "role": "user" if turn.role is Role.VISITOR else "model",
                "parts": [{"text": turn.text}],
            }
            for turn in prompt.turns
        ],
        "generationConfig": config,
        "safetySettings": [
            {"category": category, "threshold": "BLOCK_MEDIUM_AND_ABOVE"}
            for category in HARM_CATEGORIES
        ],
    }


async def _read_reply(response: httpx2.Response) -> AsyncGenerator[Chunk, None]:
    finished = False
    async for event in httpx2.EventSource(response):
        try:
            chunk, reason = _parse(json.loads(event.data))
        except (ValueError, TypeError, AttributeError, KeyError, IndexError):
            raise ProviderError(Fault.MALFORMED, "a piece is not a reply") from None
        if chunk.text or chunk.usage:
            yield chunk
        if reason == "STOP":
            finished = True
        elif reason:
            kind = Fault.CUT if reason in CUT_REASONS else Fault.BLOCKED
            raise ProviderError(kind, f"finish reason {_word(reason)}")
    if not finished:
        raise ProviderError(Fault.CUT, "the stream ended without a finish reason")


def _parse(piece: Any) -> tuple[Chunk, str | None]:
    """One GenerateContentResponse: its text and its finish reason."""
    if "error" in piece:  # an error after the 200 comes as an event of its own
        status = piece["error"].get("status", "")
        raise ProviderError(Fault.UNAVAILABLE, f"error in the stream: {_word(status)}")
    blocked = piece.get("promptFeedback", {}).get("blockReason")
    if blocked:
        raise ProviderError(Fault.BLOCKED, f"prompt blocked: {_word(blocked)}")
    usage = None
    if counts := piece.get("usageMetadata"):
        usage = Usage(
            int(counts.get("promptTokenCount", 0)), int(counts.get("candidatesTokenCount", 0))
        )
    candidates = piece.get("candidates") or [{}]
    parts = candidates[0].get("content", {}).get("parts", [])
    text = "".join(part.get("text", "") for part in parts if not part.get("thought"))
    return Chunk(text, usage), candidates[0].get("finishReason")


async def _http_error(response: httpx2.Response) -> ProviderError:
    """The google.rpc.Status of a reply that is not 200. Of its text only `status` is kept."""
    body = b""
    async for part in response.aiter_bytes():
        body += part
        if len(body) > MAX_ERROR_BYTES:
            break
    try:
        status = json.loads(body)["error"]
        name, details = str(status.get("status", "")), status.get("details", [])
    except (ValueError, TypeError, KeyError, AttributeError):
        name, details = "", []
    code = response.status_code
    if code == 429:
        kind = Fault.RATE_LIMITED
    elif code >= 500 or code == 408:
        kind = Fault.UNAVAILABLE
    else:
        kind = Fault.REJECTED
    return ProviderError(kind, f"HTTP {code} {_word(name)}", _retry_after(response, details))


def _retry_after(response: httpx2.Response, details: Any) -> float | None:
    """google.rpc.RetryInfo (`{"retryDelay": "17s"}`), else the Retry-After header in seconds."""
    delays = [
        detail.get("retryDelay", "")
        for detail in (details if isinstance(details, list) else [])
        if isinstance(detail, Mapping) and str(detail.get("@type", "")).endswith(".RetryInfo")
    ]
    for text in [*delays, response.headers.get("retry-after", "")]:
        if match := re.fullmatch(r"(\d{1,6}(?:\.\d{1,9})?)s?", str(text).strip()):
            return float(match[1])
    return None


def _word(text: object) -> str:
    """An enum's name as we may log it; anything else a provider sends here is not let through."""
    return str(text) if re.fullmatch(r"[A-Z_]{1,60}", str(text)) else "unknown"
