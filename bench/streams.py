"""Many replies open at once in one process: how late their pieces come.

The model (`bench/model.py`, BENCH_MODEL_SECONDS apart) sends a sentence at fixed distances. A piece
is late by what it came after its place in that row, counted from the one of its stream that came
soonest; so the figure holds the service's delay and the machine's, and no constant.
"""

import asyncio
import time
from functools import partial
from typing import NamedTuple

from bench.load import Request
from bench.subjects import message_of


class Streams(NamedTuple):
    opened: int
    complete: int
    pieces: int
    median_ms: float
    p99_ms: float
    own_p99_ms: float  # how late this process itself was to wake: the machine's share of it


class Stream(asyncio.Protocol):
    def __init__(self, request: Request, port: int) -> None:
        self.request = request.encode(port)
        self.at: list[float] = []
        self.is_complete = False
        self.done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        self.at += [time.perf_counter()] * data.count(b"event: delta")
        if b"event: done" in data:
            self.is_complete = True
            self.transport.close()

    def connection_lost(self, _: Exception | None) -> None:
        if not self.done.done():
            self.done.set_result(None)

    def delays(self, interval: float) -> list[float]:
        places = [at - place * interval for place, at in enumerate(self.at)]
        return [(place - min(places)) * 1000 for place in places]


async def open_streams(
    port: int,
    talks: list[tuple[str, dict[str, str]]],
    *,
    interval: float,
    over_seconds: float,
) -> Streams:
    """One stream for each conversation, begun one after another over so many seconds."""
    loop = asyncio.get_running_loop()
    started = loop.time()
    streams: list[Stream] = []
    naps: list[float] = []
    sleeper = asyncio.create_task(_nap(naps))
    for number, talk in enumerate(talks):
        stream = Stream(message_of(*talk), port)
        await loop.create_connection(partial(_itself, stream), "127.0.0.1", port)
        streams.append(stream)
        await asyncio.sleep(started + over_seconds * number / len(talks) - loop.time())
    async with asyncio.timeout(120):
        await asyncio.gather(*(stream.done for stream in streams))
    sleeper.cancel()
    delays = sorted(delay for stream in streams for delay in stream.delays(interval))
    return Streams(
        len(streams),
        sum(stream.is_complete for stream in streams),
        len(delays),
        delays[len(delays) // 2],
        delays[int(len(delays) * 0.99)],
        sorted(naps)[int(len(naps) * 0.99)],
    )


def _itself(stream: Stream) -> Stream:
    return stream


async def _nap(naps: list[float]) -> None:
    """Notes, until cancelled, how many milliseconds late a sleeper of five wakes."""
    while True:
        before = time.perf_counter()
        await asyncio.sleep(0.005)
        naps.append((time.perf_counter() - before - 0.005) * 1000)
