"""What a language model's provider promises, whichever it is."""

from collections.abc import AsyncGenerator, Mapping
from enum import StrEnum
from typing import Any, NamedTuple, Protocol


class Role(StrEnum):
    VISITOR = "visitor"
    DESK = "desk"


class Turn(NamedTuple):
    role: Role
    text: str


class Prompt(NamedTuple):
    """`system` is ours alone; what visitors and projects say stands in `turns`, as data.

    `turns` is never empty, begins and ends with the visitor and alternates. With a `schema` (JSON
    Schema, of the part that every provider knows: a flat object, everything in it required) the
    reply is one JSON value after it, as far as the provider keeps its promise.
    """

    system: str
    turns: tuple[Turn, ...]
    max_output_tokens: int = 400
    temperature: float = 0.2
    schema: Mapping[str, Any] | None = None


class Usage(NamedTuple):
    """Tokens, as the provider counts them."""

    prompt_tokens: int = 0
    output_tokens: int = 0


class Chunk(NamedTuple):
    """A piece of the reply. `usage` is for the whole request so far; the last one told counts."""

    text: str
    usage: Usage | None = None


class Fault(StrEnum):
    """Why a provider did not give a whole reply."""

    RATE_LIMITED = "rate_limited"  # 429
    UNAVAILABLE = "unavailable"  # 5xx, refused or dropped connection, time-out
    REJECTED = "rejected"  # any other 4xx: key, model name or request is wrong
    BLOCKED = "blocked"  # the provider's own safety rules, on the way in or out
    CUT = "cut"  # ended without a finish reason, or at the token limit
    MALFORMED = "malformed"  # not the protocol


class ProviderError(Exception):
    """No whole reply. `retry_after_seconds` is what the provider asked for, if it did.

    The message is safe to log: it holds no key, no prompt and no reply.
    """

    def __init__(self, kind: Fault, reason: str, retry_after_seconds: float | None = None) -> None:
        super().__init__(f"{kind}: {reason}")
        self.kind = kind
        self.retry_after_seconds = retry_after_seconds


class Provider(Protocol):
    """Speaks to one model. `name` is for logs and metrics (`gemini-2.5-flash`)."""

    @property
    def name(self) -> str: ...

    def stream(self, prompt: Prompt) -> AsyncGenerator[Chunk, None]:
        """The reply in pieces, as they come. Ends normally only when the reply is whole.

        Raises ProviderError, before the first piece or after any. Closing the iterator ends the
        request.
        """
        ...
