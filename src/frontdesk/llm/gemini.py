"""Gemini over its REST protocol, streamed.

https://ai.google.dev/api/generate-content#method:-models.streamgeneratecontent
"""

import json
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

from frontdesk.llm.base import Chunk, Fault, Prompt, ProviderError, Role, Usage
from frontdesk.llm.http import stream_chunks, word
from frontdesk.outbound.operators import OperatorClient

HARM_CATEGORIES = (
    "HARM_CATEGORY_HARASSMENT",
    "HARM_CATEGORY_HATE_SPEECH",
    "HARM_CATEGORY_SEXUALLY_EXPLICIT",
    "HARM_CATEGORY_DANGEROUS_CONTENT",
)
# Reasons that are about how the reply came about and not about what is in it; all others are the
# provider's rules (SAFETY, RECITATION, BLOCKLIST, PROHIBITED_CONTENT, SPII, LANGUAGE, …).
CUT_REASONS = frozenset({
    "MAX_TOKENS", "OTHER", "FINISH_REASON_UNSPECIFIED", "CONTINUATION",
    "MALFORMED_FUNCTION_CALL", "MALFORMED_RESPONSE", "UNEXPECTED_TOOL_CALL", "TOO_MANY_TOOL_CALLS",
    "MISSING_THOUGHT_SIGNATURE",
})  # fmt: skip
# The least that a model must be let think; its thoughts come out of the same tokens.
LEAST_THOUGHT_TOKENS = 128


@dataclass(frozen=True, slots=True)
class Gemini:
    """`client` is shared and outlives every request; its time-outs bound connect and read."""

    client: OperatorClient
    api_key: str
    base_url: str
    model: str

    @property
    def name(self) -> str:
        return self.model

    async def stream(self, prompt: Prompt) -> AsyncGenerator[Chunk, None]:
        url = f"{self.base_url.rstrip('/')}/v1beta/models/{self.model}:streamGenerateContent"
        # The key in a header, never in the URL: URLs end up in logs.
        headers = {"x-goog-api-key": self.api_key}
        finished = False

        def read(data: bytes) -> Iterator[Chunk]:
            nonlocal finished
            try:
                chunk, reason = _parse(json.loads(data))
            except (ValueError, TypeError, AttributeError, KeyError, IndexError):
                raise ProviderError(Fault.MALFORMED, "a piece is not a reply") from None
            yield chunk
            if reason == "STOP":
                finished = True
            elif reason:
                kind = Fault.CUT if reason in CUT_REASONS else Fault.BLOCKED
                raise ProviderError(kind, f"finish reason {word(reason)}")

        body = request_body(prompt, self.model)
        chunks = stream_chunks(self.client, f"{url}?alt=sse", headers, body, read)
        async with aclosing(chunks):
            async for chunk in chunks:
                yield chunk
        if not finished:
            raise ProviderError(Fault.CUT, "the stream ended without a finish reason")


def request_body(prompt: Prompt, model: str) -> dict[str, Any]:
    """A GenerateContentRequest."""
    thinking = _thinking(model)
    config: dict[str, Any] = {
        "temperature": prompt.temperature,
        "maxOutputTokens": prompt.max_output_tokens + thinking.get("thinkingBudget", 0),
        "candidateCount": 1,
    }
    if thinking:
        config["thinkingConfig"] = thinking
    if prompt.schema is not None:
        config["responseMimeType"] = "application/json"
        config["responseSchema"] = prompt.schema
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


def _thinking(model: str) -> dict[str, Any]:
    """As little as the model can: thinking costs seconds before the first word, and the facts are
    all there. https://ai.google.dev/gemini-api/docs/thinking
    """
    if "2.5-flash" in model:
        return {"thinkingBudget": 0}
    if "2.5-pro" in model:
        return {"thinkingBudget": LEAST_THOUGHT_TOKENS}
    if model.startswith("gemini-3"):
        return {"thinkingLevel": "LOW"}
    return {}


def _parse(piece: Any) -> tuple[Chunk, str | None]:
    """One GenerateContentResponse: its text and its finish reason."""
    if "error" in piece:  # an error after the 200 comes as an event of its own
        status = piece["error"].get("status", "")
        limited = status == "RESOURCE_EXHAUSTED"
        kind = Fault.RATE_LIMITED if limited else Fault.UNAVAILABLE
        raise ProviderError(kind, f"error in the stream: {word(status)}")
    blocked = (piece.get("promptFeedback") or {}).get("blockReason")
    if blocked:
        raise ProviderError(Fault.BLOCKED, f"prompt blocked: {word(blocked)}")
    usage = None
    if counts := piece.get("usageMetadata"):
        # Thoughts are paid for as output. The prompt's count holds what was cached.
        output = int(counts.get("candidatesTokenCount", 0))
        usage = Usage(
            int(counts.get("promptTokenCount", 0)),
            output + int(counts.get("thoughtsTokenCount", 0)),
        )
    candidate = (piece.get("candidates") or [{}])[0]
    parts = (candidate.get("content") or {}).get("parts") or []
    text = "".join(part.get("text", "") for part in parts if not part.get("thought"))
    return Chunk(text, usage), candidate.get("finishReason")
