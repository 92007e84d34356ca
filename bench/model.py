"""A model that costs nothing: Gemini's streaming protocol, twenty short pieces at once.

With BENCH_MODEL_SECONDS it sends six sentences instead, so many seconds apart.
"""

import asyncio
import json
import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
SENTENCE = "Yes, there is a garden, a pool and a long walk along the lake below the towers here."


def chunk(text: str, *, last: bool) -> bytes:
    candidate: dict[str, Any] = {
        "content": {"role": "model", "parts": [{"text": text}]},
        "index": 0,
    }
    if last:
        candidate["finishReason"] = "STOP"
    usage = {"promptTokenCount": 100, "candidatesTokenCount": 20, "totalTokenCount": 120}
    return f"data: {json.dumps({'candidates': [candidate], 'usageMetadata': usage})}\n\n".encode()


PIECES = (SENTENCE.split() * 2)[:20]
INTERVAL_SECONDS = float(os.environ.get("BENCH_MODEL_SECONDS", "0"))
SENTENCES = [
    f"There is a {one} and a {other}.\n"
    for one, other in [
        ("garden", "pool"),
        ("pool", "walk"),
        ("walk", "lake"),
        ("lake", "garden"),
        ("garden", "walk"),
        ("pool", "lake"),
    ]
]
SLOW_STREAM = [chunk(text, last=i == len(SENTENCES) - 1) for i, text in enumerate(SENTENCES)]
STREAM = [chunk(word + " ", last=i == len(PIECES) - 1) for i, word in enumerate(PIECES)]


async def app(scope: MutableMapping[str, Any], receive: Any, send: Send) -> None:
    if scope["type"] == "lifespan":
        return
    while (await receive()).get("more_body"):
        pass
    headers = [(b"content-type", b"text/event-stream")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    for piece in SLOW_STREAM if INTERVAL_SECONDS else STREAM:
        if INTERVAL_SECONDS:
            await asyncio.sleep(INTERVAL_SECONDS)
        await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body", "body": b""})
