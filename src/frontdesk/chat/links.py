"""The providers that are set up, in the order they are asked, and what guards each of them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

import structlog

from frontdesk.chat.circuit import Circuit
from frontdesk.llm.base import Chunk, Fault, Prompt, Provider, ProviderError, Usage

log = structlog.get_logger()

CHARS_PER_TOKEN = 4  # where a provider does not tell; too many rather than too few for English


@dataclass(slots=True)
class Link:
    """One provider. `kind` names it in metrics (`gemini`); `concurrency` is how many of its
    requests may be under way in this process. Nobody waits for a place: the next one answers.
    """

    kind: str
    provider: Provider
    concurrency: int
    circuit: Circuit = field(default_factory=Circuit)
    under_way: int = 0

    def is_free(self, at: datetime) -> bool:
        return self.under_way < self.concurrency and self.circuit.is_closed(at)

    @contextmanager
    def place(self) -> Iterator[None]:
        self.under_way += 1
        try:
            yield
        finally:
            self.under_way -= 1


class ModelCounts(Protocol):
    """What is counted about models; `operations.metrics` does."""

    def count_model_failure(self, kind: str, fault: str) -> None: ...

    def count_model_tokens(self, kind: str, prompt_tokens: int, output_tokens: int) -> None: ...

    def count_refusal(self, reason: str) -> None: ...

    def count_over_budget(self, scope: str) -> None: ...


def record_failure(
    link: Link, counts: ModelCounts, error: ProviderError | TimeoutError, at: datetime
) -> None:
    if isinstance(error, ProviderError):
        fault, seconds = error.kind, error.retry_after_seconds
    else:
        fault, seconds = Fault.UNAVAILABLE, None
    link.circuit.record_failure(fault, seconds, at)
    counts.count_model_failure(link.kind, fault.value)
    log.warning("model_failed", model=link.provider.name, kind=fault.value)


@dataclass(slots=True)
class Meter:
    """What one request uses: as the provider tells, or else as long as it looks."""

    prompt: Prompt
    chars: int = 0
    told: Usage | None = None

    def note(self, chunk: Chunk) -> None:
        self.chars += len(chunk.text)
        self.told = chunk.usage or self.told

    def read(self, *, reached: bool) -> Usage:
        """`reached` says that the provider worked on it, even where nothing came back."""
        if self.told is not None:
            return self.told
        if not (reached or self.chars):
            return Usage()
        asked = len(self.prompt.system) + sum(len(turn.text) for turn in self.prompt.turns)
        return Usage(asked // CHARS_PER_TOKEN, self.chars // CHARS_PER_TOKEN)


def free_links(links: Sequence[Link], at: datetime) -> list[Link]:
    return [link for link in links if link.is_free(at)]
