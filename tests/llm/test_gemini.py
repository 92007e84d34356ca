"""Gemini's adapter against llmock, a server nobody here wrote, and against Google's own types."""

import json
from collections.abc import AsyncIterator, Callable
from typing import Any, cast

import httpx2
import pytest
from google.genai import types

from frontdesk.llm.base import Chunk, Fault, Prompt, ProviderError, Role, Turn, Usage
from frontdesk.llm.gemini import Gemini, request_body
from frontdesk.llm.http import make_client
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
KEY = "test-key-that-must-not-leak"


@pytest.fixture
async def client(model_server: ModelServer) -> AsyncIterator[OperatorClient]:
    async with make_client([model_server.base_url], first_token_seconds=20) as client:
        yield client


@pytest.fixture
def gemini(client: OperatorClient, model_server: ModelServer) -> Gemini:
    return Gemini(client, KEY, model_server.base_url, "gemini-2.5-flash")


async def collect(gemini: Gemini) -> list[Chunk]:
    return [chunk async for chunk in gemini.stream(PROMPT)]


def answering(reply: Callable[[httpx2.Request], httpx2.Response]) -> Gemini:
    client = cast(OperatorClient, httpx2.AsyncClient(transport=httpx2.MockTransport(reply)))
    return Gemini(client, KEY, "https://model.example", "gemini-2.5-flash")


def streaming(*pieces: types.GenerateContentResponse | str) -> Gemini:
    """A Gemini whose reply is made of Google's own types; text is sent as it is."""
    body = "".join(
        f"data: {piece if isinstance(piece, str) else piece.model_dump_json(by_alias=True, exclude_none=True)}\r\n\r\n"  # noqa: E501
        for piece in pieces
    )
    headers = {"Content-Type": "text/event-stream"}
    return answering(lambda _: httpx2.Response(200, text=body, headers=headers))


def piece(text: str, reason: types.FinishReason | None = None) -> types.GenerateContentResponse:
    content = types.Content(role="model", parts=[types.Part(text=text)])
    return types.GenerateContentResponse(
        candidates=[types.Candidate(content=content, finish_reason=reason)]
    )


def test_the_request_is_one_that_googles_types_accept() -> None:
    body = request_body(PROMPT, "gemini-2.5-flash")
    system = types.Content.model_validate(body.pop("systemInstruction"))
    contents = [types.Content.model_validate(entry) for entry in body.pop("contents")]
    safety = [types.SafetySetting.model_validate(entry) for entry in body.pop("safetySettings")]
    config = types.GenerationConfig.model_validate(body.pop("generationConfig"))
    assert body == {}
    assert system.parts
    assert system.parts[0].text == PROMPT.system
    assert [content.role for content in contents] == ["user", "model", "user"]
    assert {setting.category for setting in safety} <= set(types.HarmCategory)
    assert {setting.threshold for setting in safety} <= set(types.HarmBlockThreshold)
    assert config.thinking_config
    assert config.thinking_config.thinking_budget == 0
    assert config.max_output_tokens == PROMPT.max_output_tokens


def test_only_the_model_that_can_stop_thinking_is_told_to() -> None:
    assert "thinkingConfig" not in request_body(PROMPT, "gemini-2.0-flash")["generationConfig"]


async def test_a_reply_streams_and_its_tokens_are_counted(
    gemini: Gemini, model_server: ModelServer
) -> None:
    model_server.script({"type": "reply", "text": "3 BHK homes start at ₹1.12 crore, टैक्स अलग।"})
    chunks = await collect(gemini)
    assert "".join(chunk.text for chunk in chunks) == "3 BHK homes start at ₹1.12 crore, टैक्स अलग।"
    assert chunks[-1].usage
    assert chunks[-1].usage.output_tokens > 0


async def test_the_key_is_in_a_header_and_nowhere_else() -> None:
    seen: list[httpx2.Request] = []

    def reply(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        return httpx2.Response(500)

    with pytest.raises(ProviderError) as caught:
        await collect(answering(reply))
    assert seen[0].headers["x-goog-api-key"] == KEY
    assert KEY not in str(seen[0].url)
    assert KEY not in seen[0].content.decode()
    assert KEY not in repr(caught.value)
    assert seen[0].url.path == "/v1beta/models/gemini-2.5-flash:streamGenerateContent"
    assert seen[0].url.params["alt"] == "sse"


@pytest.mark.parametrize(
    ("behavior", "kind"),
    [
        ({"type": "fail", "status": 429, "retry_after": 7}, Fault.RATE_LIMITED),
        ({"type": "fail", "status": 500}, Fault.UNAVAILABLE),
        ({"type": "fail", "status": 503}, Fault.UNAVAILABLE),
        ({"type": "fail", "status": 403}, Fault.REJECTED),
        ({"type": "fail", "status": 400}, Fault.REJECTED),
        ({"type": "stream_fault", "kind": "disconnect", "after_chunks": 0}, Fault.UNAVAILABLE),
        ({"type": "stream_fault", "kind": "disconnect", "after_chunks": 2}, Fault.UNAVAILABLE),
        ({"type": "stream_fault", "kind": "truncate", "after_chunks": 2}, Fault.CUT),
        ({"type": "stream_fault", "kind": "malformed", "after_chunks": 1}, Fault.MALFORMED),
        ({"type": "reply", "text": "Half a", "finish_reason": "length"}, Fault.CUT),
        ({"type": "reply", "text": "No", "finish_reason": "content_filter"}, Fault.BLOCKED),
    ],
)
async def test_every_fault_of_the_protocol_is_told_apart(
    gemini: Gemini, model_server: ModelServer, behavior: dict[str, Any], kind: Fault
) -> None:
    model_server.script(behavior, {"type": "reply", "text": "One two three four five six seven."})
    with pytest.raises(ProviderError) as caught:
        await collect(gemini)
    assert caught.value.kind is kind


async def test_a_rate_limit_says_when_to_come_back(
    gemini: Gemini, model_server: ModelServer
) -> None:
    model_server.script({"type": "fail", "status": 429, "retry_after": 7})
    with pytest.raises(ProviderError) as caught:
        await collect(gemini)
    assert caught.value.retry_after_seconds == 7


async def test_the_retry_delay_of_googles_status_comes_before_the_header() -> None:
    status = {
        "error": {
            "code": 429,
            "message": "Quota exceeded for you@example.com",
            "status": "RESOURCE_EXHAUSTED",
            "details": [
                {"@type": "type.googleapis.com/google.rpc.Help"},
                {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "17.5s"},
            ],
        }
    }
    with pytest.raises(ProviderError) as caught:
        await collect(
            answering(lambda _: httpx2.Response(429, json=status, headers={"Retry-After": "3"}))
        )
    assert caught.value.retry_after_seconds == 17.5
    assert str(caught.value) == "rate_limited: HTTP 429 RESOURCE_EXHAUSTED"


@pytest.mark.parametrize(
    "body", ["", "<html>bad gateway</html>", "[]", '{"error": "text"}', '{"error": {"details": 3}}']
)
async def test_an_error_page_of_any_kind_is_an_error(body: str) -> None:
    with pytest.raises(ProviderError) as caught:
        await collect(answering(lambda _: httpx2.Response(502, text=body)))
    assert caught.value.kind is Fault.UNAVAILABLE


async def test_a_stalled_stream_ends_by_the_read_time_out(model_server: ModelServer) -> None:
    model_server.script(
        {"type": "stream_fault", "kind": "stall", "after_chunks": 1, "stall_seconds": 600},
        {"type": "reply", "text": "One two three four five."},
    )
    async with make_client([model_server.base_url], first_token_seconds=0.3) as client:
        gemini = Gemini(client, KEY, model_server.base_url, "gemini-2.5-flash")
        with pytest.raises(ProviderError) as caught:
            await collect(gemini)
    assert caught.value.kind is Fault.UNAVAILABLE


async def test_no_server_at_all_is_unavailable(client: OperatorClient) -> None:
    with pytest.raises(ProviderError) as caught:
        await collect(Gemini(client, KEY, "http://127.0.0.1:1", "gemini-2.5-flash"))
    assert caught.value.kind is Fault.UNAVAILABLE


async def test_googles_own_types_are_read() -> None:
    last = piece(" world", types.FinishReason.STOP)
    last.usage_metadata = types.GenerateContentResponseUsageMetadata(
        prompt_token_count=12, candidates_token_count=5
    )
    thought = piece("thinking aloud")
    assert thought.candidates
    assert thought.candidates[0].content
    assert thought.candidates[0].content.parts
    thought.candidates[0].content.parts[0].thought = True
    chunks = await collect(streaming(thought, piece("Hello"), last))
    assert chunks == [Chunk("Hello world", Usage(12, 5))]


@pytest.mark.parametrize("reason", [r for r in types.FinishReason if r != "STOP"])
async def test_no_other_finish_reason_is_a_whole_reply(reason: types.FinishReason) -> None:
    with pytest.raises(ProviderError) as caught:
        await collect(streaming(piece("Half a sentence", reason)))
    assert caught.value.kind in {Fault.CUT, Fault.BLOCKED}


async def test_what_came_before_the_fault_is_given_with_it() -> None:
    cut = piece("Two.", types.FinishReason.MAX_TOKENS)
    chunks = streaming(piece("One. "), cut, piece("Three.")).stream(PROMPT)
    assert await anext(chunks) == Chunk("One. Two.")
    with pytest.raises(ProviderError) as caught:
        await anext(chunks)
    assert caught.value.kind is Fault.CUT


async def test_a_blocked_prompt_is_told_apart() -> None:
    blocked = types.GenerateContentResponse(
        prompt_feedback=types.GenerateContentResponsePromptFeedback(
            block_reason=types.BlockedReason.SAFETY
        )
    )
    with pytest.raises(ProviderError) as caught:
        await collect(streaming(blocked))
    assert caught.value.kind is Fault.BLOCKED


async def test_an_error_inside_the_stream_is_an_error() -> None:
    error = json.dumps({"error": {"code": 503, "message": "x", "status": "UNAVAILABLE"}})
    with pytest.raises(ProviderError) as caught:
        await collect(streaming(piece("Hello"), error))
    assert caught.value.kind is Fault.UNAVAILABLE


@pytest.mark.parametrize(
    "text", ["nonsense", "[1, 2]", '"text"', "null", '{"candidates": {"a": 1}}', '{"error": 5}']
)
async def test_pieces_that_are_no_reply_are_malformed(text: str) -> None:
    with pytest.raises(ProviderError) as caught:
        await collect(streaming(text))
    assert caught.value.kind is Fault.MALFORMED


async def test_a_reply_that_is_no_event_stream_is_an_error() -> None:
    with pytest.raises(ProviderError) as caught:
        await collect(answering(lambda _: httpx2.Response(200, text="<html></html>")))
    assert caught.value.kind is Fault.UNAVAILABLE
