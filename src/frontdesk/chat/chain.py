"""The answering chain: a model on a leash, then the project's own knowledge, then an offer."""

import asyncio
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import structlog

from frontdesk.chat.cache import KnowledgeCache
from frontdesk.chat.circuit import Circuit
from frontdesk.chat.figures import find_figures
from frontdesk.chat.grounding import Ground, build_ground, clean, object_to
from frontdesk.chat.model import Author, Message, ReplySource
from frontdesk.chat.prompt import make_prompt
from frontdesk.chat.retrieval.answering import KnowledgeReply
from frontdesk.chat.sentences import SentenceSplitter
from frontdesk.clock import Clock
from frontdesk.llm.base import Fault, Prompt, Provider, ProviderError
from frontdesk.projects.model import Knowledge, Project

log = structlog.get_logger()

MAX_MODEL_SENTENCES = 6


class Asked(NamedTuple):
    """One message to be answered. `history` ends with it; `known` is what knowledge says to it."""

    project: Project
    knowledge: Knowledge
    today: date
    history: Sequence[Message]
    known: KnowledgeReply


class Said(NamedTuple):
    text: str
    source: ReplySource


class Ungrounded(Exception):
    """The model said what the project does not."""


@dataclass(frozen=True, slots=True)
class Chain:
    """`provider` is None where no model is set up.

    The model gets `first_words_seconds` for its first sentence and as long for each silence after,
    and `total_seconds` for everything.
    """

    provider: Provider | None
    clock: Clock
    first_words_seconds: float
    total_seconds: float
    circuit: Circuit = field(default_factory=Circuit)
    grounds: KnowledgeCache[Ground] = field(default_factory=KnowledgeCache)

    async def answer(self, asked: Asked) -> AsyncGenerator[Said, None]:
        """The reply's sentences, each as soon as it may be said; at least one.

        A model that fails before its first sentence is not noticed; one that fails later, or says
        what is not so, is completed from the project's knowledge.
        """
        said: list[str] = []
        whole = False
        provider = self.provider if asked.known.wants_model else None
        if provider is not None and self.circuit.is_closed(self.clock()):
            try:
                async with aclosing(self._ask(provider, asked)) as sentences:
                    async for text in sentences:
                        said.append(text)
                        yield Said(text, ReplySource.MODEL)
                whole = True
                self.circuit.record_success()
            except ProviderError as error:
                self._record(provider, error.kind, error.retry_after_seconds)
            except TimeoutError:
                self._record(provider, Fault.UNAVAILABLE, None)
            except Ungrounded as error:
                self.circuit.record_success()
                log.warning("model_sentence_refused", model=provider.name, reason=str(error))
        if not whole:
            for text in complete(asked.known, said):
                yield Said(text, asked.known.source)

    def _record(self, provider: Provider, kind: Fault, retry_after_seconds: float | None) -> None:
        self.circuit.record_failure(kind, retry_after_seconds, self.clock())
        log.warning("model_failed", model=provider.name, kind=kind.value)

    async def _ask(self, provider: Provider, asked: Asked) -> AsyncGenerator[str, None]:
        """The model's sentences that may be said.

        Raises ProviderError, TimeoutError or Ungrounded; what came before may still be said.
        """
        ground = self.grounds.get(
            asked.project.id,
            asked.knowledge,
            asked.today,
            lambda: build_ground(asked.project, asked.knowledge),
        )
        visitor_text = "\n".join(m.text for m in asked.history if m.author is Author.VISITOR)
        prompt = make_prompt(asked.project, asked.knowledge, asked.history)
        count = 0
        async with aclosing(self._sentences(provider, prompt)) as sentences:
            async for raw in sentences:
                objection = object_to(ground, raw, visitor_text)
                if objection is not None:
                    raise Ungrounded(objection.value)
                sentence = clean(raw)
                if sentence:
                    count += 1
                    yield sentence
                if count == MAX_MODEL_SENTENCES:
                    return
        if not count:
            raise ProviderError(Fault.MALFORMED, "an empty reply")

    async def _sentences(self, provider: Provider, prompt: Prompt) -> AsyncGenerator[str, None]:
        splitter = SentenceSplitter()
        loop = asyncio.get_running_loop()
        started = loop.time()
        end = started + self.total_seconds
        first = started + self.first_words_seconds
        async with aclosing(provider.stream(prompt)) as chunks:
            while True:
                silence = first if first else loop.time() + self.first_words_seconds
                try:
                    async with asyncio.timeout_at(min(silence, end)):
                        chunk = await anext(chunks)
                except StopAsyncIteration:
                    break
                for sentence in splitter.feed(chunk.text):
                    first = 0.0
                    yield sentence
        if splitter.rest():
            yield splitter.rest()


def complete(known: KnowledgeReply, said: Sequence[str]) -> Iterator[str]:
    """What knowledge adds to what was already said: nothing twice, and never nothing at all."""
    figures = {(f.kind, f.value) for text in said for f in find_figures(text)}
    for sentence in known.sentences:
        own = {(f.kind, f.value) for f in find_figures(sentence)}
        if not said or not own or not own <= figures:
            yield sentence
