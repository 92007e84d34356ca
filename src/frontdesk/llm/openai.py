"""Any server that speaks OpenAI's chat completions: OpenAI, vLLM, llama.cpp, Ollama and others.

https://platform.openai.com/docs/api-reference/chat/create
"""

import json
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

from frontdesk.llm.base import Chunk, Fault, Prompt, ProviderError, Role, Usage
from frontdesk.llm.http import stream_chunks, word
from frontdesk.outbound.operators import OperatorClient


@dataclass(frozen=True, slots=True)
class OpenAi:
    """`base_url` ends where `/chat/completions` begins, `/v1` included. A local server may need no
    key: with an empty one none is sent.
    """

    client: OperatorClient
    api_key: str
    base_url: str
    model: str

    @property
    def name(self) -> str:
        return self.model

    async def stream(self, prompt: Prompt) -> AsyncGenerator[Chunk, None]:
        url = f"{self.base_url.rstrip('/')}/chat/completions"
        headers = {"Authorization": f"Bearer {self.api_key}"} if self.api_key else {}
        reason: str | None = None

        def read(data: bytes) -> Iterator[Chunk | None]:
            nonlocal reason
            if data.strip() == b"[DONE]":
                yield None
                return
            try:
                chunk, finish = _parse(json.loads(data))
            except (ValueError, TypeError, AttributeError, KeyError, IndexError):
                raise ProviderError(Fault.MALFORMED, "a piece is not a reply") from None
            # Not the end yet: what was spent comes after it, in a piece without choices.
            reason = finish or reason
            yield chunk

        body = request_body(prompt, self.model)
        chunks = stream_chunks(self.client, url, headers, body, read)
        async with aclosing(chunks):
            async for chunk in chunks:
                yield chunk
        if reason is None:
            raise ProviderError(Fault.CUT, "the stream ended without a finish reason")
        if reason != "stop":
            kind = Fault.BLOCKED if reason == "content_filter" else Fault.CUT
            raise ProviderError(kind, f"finish reason {word(reason)}")


def request_body(prompt: Prompt, model: str) -> dict[str, Any]:
    """A CreateChatCompletionRequest, with nothing in it that only OpenAI's own servers know.

    `max_tokens` is the old name of `max_completion_tokens`, and the one that every server takes.
    """
    body: dict[str, Any] = {
        "model": model,
        "messages": [
            {"role": "system", "content": prompt.system},
            *(
                {
                    "role": "user" if turn.role is Role.VISITOR else "assistant",
                    "content": turn.text,
                }
                for turn in prompt.turns
            ),
        ],
        "temperature": prompt.temperature,
        "max_tokens": prompt.max_output_tokens,
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    if prompt.schema is not None:
        schema = {**prompt.schema, "additionalProperties": False}
        body["response_format"] = {
            "type": "json_schema",
            "json_schema": {"name": "reply", "schema": schema, "strict": True},
        }
    return body


def _parse(piece: Any) -> tuple[Chunk, str | None]:
    """One chat.completion.chunk: its text and its finish reason."""
    if "error" in piece:
        error = piece["error"]
        name = (error.get("code") or error.get("type")) if isinstance(error, dict) else ""
        raise ProviderError(Fault.UNAVAILABLE, f"error in the stream: {word(name)}")
    usage = None
    if counts := piece.get("usage"):
        usage = Usage(
            int(counts.get("prompt_tokens") or 0), int(counts.get("completion_tokens") or 0)
        )
    choice = (piece["choices"] or [{}])[0]
    delta = choice.get("delta") or {}
    # A model that thinks aloud does so in `reasoning_content`, which is not for visitors.
    text = delta.get("content") or ""
    if not isinstance(text, str):
        raise TypeError("content is text")
    return Chunk(text, usage), choice.get("finish_reason")
