"""The OpenAI-compatible adapter against llmock, a server nobody here wrote, and by hand-made
streams of what other servers send (vLLM, llama.cpp, Ollama)."""

import json
from collections.abc import AsyncIterator, Callable
from typing import Any, cast

import httpx2
import pytest
from openai.types.chat import ChatCompletionChunk
from openai.types.chat.completion_create_params import CompletionCreateParamsStreaming
from pydantic import TypeAdapter

from frontdesk.llm.base import Chunk, Fault, Prompt, ProviderError, Role, Turn, Usage
from frontdesk.llm.http import make_client
from frontdesk.llm.openai import OpenAi, request_body
from frontdesk.outbound.operators import OperatorClient
from tests.support.model_server import ModelServer

PROMPT = Prompt(
    "Answer from the facts.",
    (
        Turn(Role.VISITOR, "What does a 2 BHK cost?"),
        Turn(Role.DESK, "₹84 lakh."),
        Turn(Role.VISITOR, "And 3 BHK?"),
    ),
)
SCHEMA = {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}
KEY = "test-key-that-must-not-leak"


@pytest.fixture
async def client(model_server: ModelServer) -> AsyncIterator[OperatorClient]:
    async with make_client([model_server.url], first_token_seconds=20) as client:
        yield client


@pytest.fixture
def openai(client: OperatorClient, model_server: ModelServer) -> OpenAi:
    return OpenAi(client, KEY, f"{model_server.url}/v1", "gpt-4o-mini")


async def collect(openai: OpenAi) -> list[Chunk]:
    return [chunk async for chunk in openai.stream(PROMPT)]


def answering(reply: Callable[[httpx2.Request], httpx2.Response], key: str = KEY) -> OpenAi:
    client = cast(OperatorClient, httpx2.AsyncClient(transport=httpx2.MockTransport(reply)))
    return OpenAi(client, key, "https://model.example/v1/", "small")


def streaming(*pieces: dict[str, Any] | str) -> OpenAi:
    body = "".join(
        f"data: {piece if isinstance(piece, str) else json.dumps(piece)}\n\n" for piece in pieces
    )
    headers = {"Content-Type": "text/event-stream"}
    return answering(lambda _: httpx2.Response(200, text=body, headers=headers))


def piece(
    text: str | None, reason: str | None = None, usage: dict[str, int] | None = None
) -> dict[str, Any]:
    """As OpenAI's own library reads it."""
    delta = {} if text is None else {"content": text}
    chunk = {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "small",
        "choices": [{"index": 0, "delta": delta, "finish_reason": reason}],
        "usage": usage,
    }
    ChatCompletionChunk.model_validate(chunk)
    return chunk


@pytest.mark.parametrize("prompt", [PROMPT, PROMPT._replace(schema=SCHEMA)])
def test_the_request_is_one_that_openais_types_accept(prompt: Prompt) -> None:
    body = request_body(prompt, "small")
    adapter: TypeAdapter[Any] = TypeAdapter(CompletionCreateParamsStreaming)
    read = adapter.validate_python(body)
    assert set(read) == set(body)  # nothing in it that OpenAI does not know
    assert [m["role"] for m in body["messages"]] == ["system", "user", "assistant", "user"]
    assert body["messages"][0]["content"] == PROMPT.system


async def test_a_reply_streams_and_its_tokens_are_counted(
    openai: OpenAi, model_server: ModelServer
) -> None:
    text = "3 BHK homes start at ₹1.12 crore, टैक्स अलग।"
    model_server.script({"type": "reply", "text": text})
    chunks = await collect(openai)
    assert "".join(chunk.text for chunk in chunks) == text
    assert chunks[-1].usage
    assert chunks[-1].usage.output_tokens > 0


@pytest.mark.parametrize(
    ("behavior", "kind"),
    [
        ({"type": "fail", "status": 429, "retry_after": 7}, Fault.RATE_LIMITED),
        ({"type": "fail", "status": 500}, Fault.UNAVAILABLE),
        ({"type": "fail", "status": 503}, Fault.UNAVAILABLE),
        ({"type": "fail", "status": 401}, Fault.REJECTED),
        ({"type": "fail", "status": 404}, Fault.REJECTED),
        ({"type": "stream_fault", "kind": "disconnect", "after_chunks": 0}, Fault.UNAVAILABLE),
        ({"type": "stream_fault", "kind": "disconnect", "after_chunks": 3}, Fault.UNAVAILABLE),
        ({"type": "stream_fault", "kind": "truncate", "after_chunks": 3}, Fault.CUT),
        ({"type": "stream_fault", "kind": "malformed", "after_chunks": 2}, Fault.MALFORMED),
        ({"type": "reply", "text": "Half a", "finish_reason": "length"}, Fault.CUT),
        ({"type": "reply", "text": "No", "finish_reason": "content_filter"}, Fault.BLOCKED),
    ],
)
async def test_every_fault_of_the_protocol_is_told_apart(
    openai: OpenAi, model_server: ModelServer, behavior: dict[str, Any], kind: Fault
) -> None:
    model_server.script(behavior, {"type": "reply", "text": "One two three four five six seven."})
    with pytest.raises(ProviderError) as caught:
        await collect(openai)
    assert caught.value.kind is kind
    if "retry_after" in behavior:
        assert caught.value.retry_after_seconds == 7


async def test_the_key_is_in_a_header_and_nowhere_else() -> None:
    seen: list[httpx2.Request] = []

    def reply(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        return httpx2.Response(500)

    with pytest.raises(ProviderError) as caught:
        await collect(answering(reply))
    assert seen[0].headers["authorization"] == f"Bearer {KEY}"
    assert str(seen[0].url) == "https://model.example/v1/chat/completions"
    assert KEY not in seen[0].content.decode()
    assert KEY not in repr(caught.value)


async def test_a_server_without_a_key_is_sent_none() -> None:
    seen: list[httpx2.Request] = []

    def reply(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        return httpx2.Response(500)

    with pytest.raises(ProviderError):
        await collect(answering(reply, key=""))
    assert "authorization" not in seen[0].headers


async def test_what_was_spent_comes_after_the_end() -> None:
    spent = {
        **piece(None),
        "choices": [],
        "usage": {"prompt_tokens": 12, "completion_tokens": 5, "total_tokens": 17},
    }
    chunks = await collect(streaming(piece("Hello"), piece(None, "stop"), spent, "[DONE]"))
    assert chunks == [Chunk("Hello", Usage(12, 5))]


async def test_a_server_that_never_says_done_has_ended_by_its_reason() -> None:
    assert await collect(streaming(piece("Hello", "stop"))) == [Chunk("Hello")]


async def test_what_a_model_thinks_is_not_what_it_says() -> None:
    thought = piece(None)
    thought["choices"][0]["delta"] = {"reasoning_content": "The user wants", "content": None}
    assert await collect(streaming(thought, piece("Hello", "stop"))) == [Chunk("Hello")]


@pytest.mark.parametrize(
    "text",
    [
        "nonsense",
        "[1, 2]",
        '"text"',
        "null",
        "{}",
        '{"choices": {"a": 1}}',
        '{"choices": [{"delta": {"content": 5}}]}',
        '{"choices": [{"delta": []}]}',
    ],
)
async def test_pieces_that_are_no_reply_are_malformed(text: str) -> None:
    with pytest.raises(ProviderError) as caught:
        await collect(streaming(text))
    assert caught.value.kind in {Fault.MALFORMED, Fault.CUT}


async def test_an_error_inside_the_stream_is_an_error() -> None:
    error = json.dumps({"error": {"message": "out of memory for you@example.com", "code": 500}})
    with pytest.raises(ProviderError) as caught:
        await collect(streaming(piece("Hello"), error))
    assert caught.value.kind is Fault.UNAVAILABLE
    assert "example" not in str(caught.value)


async def test_done_without_a_reason_is_a_cut() -> None:
    with pytest.raises(ProviderError) as caught:
        await collect(streaming(piece("Hello"), "[DONE]"))
    assert caught.value.kind is Fault.CUT


async def test_a_letter_may_lie_on_both_sides_of_a_cut() -> None:
    """UTF-8 that a network splits anywhere is the same text."""
    data = f"data: {json.dumps(piece('₹84 लाख', 'stop'), ensure_ascii=False)}\n\n".encode()

    class Bytewise(httpx2.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            for position in range(len(data)):
                yield data[position : position + 1]

    headers = {"Content-Type": "text/event-stream"}
    reply = httpx2.Response(200, headers=headers, stream=Bytewise())
    assert await collect(answering(lambda _: reply)) == [Chunk("₹84 लाख")]
