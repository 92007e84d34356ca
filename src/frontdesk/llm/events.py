"""Server-sent events out of bytes.

https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
"""

from frontdesk.llm.base import Fault, ProviderError

MAX_EVENT_BYTES = 1_000_000


class EventReader:
    """`feed` it what arrives; it gives back the data of the events that are complete. Types and ids
    are of no use here, and an event without its end is none.
    """

    def __init__(self) -> None:
        self._rest = b""
        self._data: list[bytes] = []

    def feed(self, part: bytes) -> list[bytes]:
        """Raises ProviderError for an event without measure."""
        lines = (self._rest + part).splitlines(keepends=True)
        # A line without its end is not one yet, and `\r` may be half of an end.
        self._rest = lines.pop() if lines and not lines[-1].endswith(b"\n") else b""
        events: list[bytes] = []
        for line in (line.rstrip(b"\r\n") for line in lines):
            name, _, value = line.partition(b":")
            if name == b"data":
                self._data.append(value.removeprefix(b" "))
            elif not line and self._data:
                events.append(b"\n".join(self._data))
                self._data = []
        if len(self._rest) + sum(map(len, self._data)) > MAX_EVENT_BYTES:
            raise ProviderError(Fault.MALFORMED, "an event without measure")
        return events
