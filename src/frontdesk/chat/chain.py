"""The answering chain: a model on a leash, then the project's own knowledge, then an offer."""

import asyncio
import json
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

import structlog

from frontdesk.chat.budget import Budget
from frontdesk.chat.cache import KnowledgeCache
from frontdesk.chat.conduct import contradicts
from frontdesk.chat.extraction import make_extraction_prompt, read_extraction
from frontdesk.chat.figures import find_figures
from frontdesk.chat.grounding import Ground, Objection, build_ground, clean, object_to
from frontdesk.chat.links import (
    Link,
    Meter,
    ModelCounts,
    free_links,
    record_failure,
)
from frontdesk.chat.model import Author, Message, ReplySource, Source
from frontdesk.chat.prompt import make_prompt
from frontdesk.chat.retrieval.replying import KnowledgeReply
from frontdesk.chat.sentences import SentenceSplitter
from frontdesk.chat.sources import Entry, build_entries, find_sources
from frontdesk.chat.talk import Line, Talk
from frontdesk.clock import Clock
from frontdesk.errors import Unavailable
from frontdesk.llm.base import Fault, Prompt, Provider, ProviderError
from frontdesk.projects.model import Knowledge, Project

log = structlog.get_logger()

MAX_MODEL_SENTENCES = 6
MAX_REPLY_CHARS = 8000
# The form waits for it, and the visitor reads the reply meanwhile.
EXTRACT_SECONDS = 2.0


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


class Refused(NamedTuple):
    """A sentence that a model was not let say."""

    reason: Objection
    text: str


class Spent(NamedTuple):
    """A model was asked; what that used."""

    model: str
    tokens: int


ReplyPart = Said | Refused | Spent


@dataclass(frozen=True, slots=True)
class Chain:
    """`links` are asked in their order; without any, knowledge answers everything.

    A model gets `first_words_seconds` for its first sentence and as long for each silence after,
    and `total_seconds` for everything. The next one is asked only while nothing was said, and only
    in what is left of the first model's time: a visitor waits once.
    """

    links: Sequence[Link]
    clock: Clock
    budget: Budget
    counts: ModelCounts
    first_words_seconds: float
    total_seconds: float
    grounds: KnowledgeCache[Ground] = field(default_factory=KnowledgeCache)
    entries: KnowledgeCache[tuple[Entry, ...]] = field(default_factory=KnowledgeCache)

    async def answer(self, asked: Asked) -> AsyncGenerator[ReplyPart, None]:
        """The reply's sentences, each as soon as it may be said; at least one. Beside them, what a
        model was not let say and what it used.

        A model that fails before its first sentence is not noticed; one that fails later, or says
        what is not so, is completed from the project's knowledge.
        """
        said: list[str] = []
        whole = False
        started = asyncio.get_running_loop().time()
        prompt: Prompt | None = None
        for link in await self._open_links(asked):
            prompt = prompt or make_prompt(asked.project, asked.knowledge, asked.history)
            meter = Meter(prompt)
            try:
                with link.place():
                    async with aclosing(self._ask(link.provider, asked, meter, started)) as parts:
                        async for part in parts:
                            if isinstance(part, Said):
                                said.append(part.text)
                            whole = not isinstance(part, Refused)
                            yield part
                link.circuit.record_success()
                failure = None
            except (ProviderError, TimeoutError) as error:
                failure = error
                record_failure(link, self.counts, error, self.clock())
            usage = meter.read(reached=not isinstance(failure, ProviderError))
            self.counts.count_model_tokens(link.kind, *usage)
            yield Spent(link.provider.name, sum(usage))
            if failure is None or said or self._is_late(started):
                whole = whole and failure is None
                break
        if not whole:
            for text in complete(asked.known, said):
                yield Said(text, asked.known.source)

    async def read(self, project_id: str, prompt: Prompt, seconds: float) -> Any:
        """A model's JSON reply to a prompt with a schema, from the first that is free and within
        the day's budget; None where there is none, it fails or it takes longer than `seconds`.

        Nothing in it is checked: what a visitor may see of it is the caller's care.
        """
        at, text = self.clock(), ""
        links = free_links(self.links, at)
        try:
            if not links or await self.budget.exhausted(project_id, 0, at) is not None:
                return None
        except Unavailable:
            return None
        link, meter = links[0], Meter(prompt)
        failure: ProviderError | TimeoutError | None = None
        try:
            with link.place():
                async with (
                    asyncio.timeout(seconds),
                    aclosing(link.provider.stream(prompt)) as chunks,
                ):
                    async for chunk in chunks:
                        meter.note(chunk)
                        text += chunk.text
            link.circuit.record_success()
        except (ProviderError, TimeoutError) as error:
            failure = error
            record_failure(link, self.counts, error, at)
        usage = meter.read(reached=not isinstance(failure, ProviderError))
        self.counts.count_model_tokens(link.kind, *usage)
        await self.budget.spend(project_id, sum(usage), at)
        try:
            return None if failure else json.loads(text)
        except ValueError:
            return None

    async def extract(self, project_id: str, lines: Sequence[Line]) -> Talk | None:
        """What the visitor said about themselves, in words that they wrote; None where no model
        helps. The rules of talk.py come first, and phone numbers from them alone.
        """
        found = await self.read(project_id, make_extraction_prompt(lines), EXTRACT_SECONDS)
        return read_extraction(found, lines)

    def sources(self, asked: Asked, text: str) -> tuple[Source, ...]:
        """The facts and answers that a reply was made from."""
        entries = self.entries.get(
            asked.project.id, asked.knowledge, asked.today, lambda: build_entries(asked.knowledge)
        )
        return find_sources(entries, text)

    async def _open_links(self, asked: Asked) -> list[Link]:
        """Whom to ask; nobody where a model could do no better or the budget is used up."""
        at = self.clock()
        links = free_links(self.links, at) if asked.known.wants_model else []
        if not links:
            return []
        used = sum(message.tokens for message in asked.history)
        try:
            exhausted = await self.budget.exhausted(asked.project.id, used, at)
        except Unavailable:
            return []
        if exhausted is not None:
            self.counts.count_over_budget(exhausted.value)
            log.warning("model_over_budget", project_id=asked.project.id, scope=exhausted.value)
            return []
        return links

    def _is_late(self, started: float) -> bool:
        return asyncio.get_running_loop().time() >= started + self.first_words_seconds

    async def _ask(
        self, provider: Provider, asked: Asked, meter: Meter, started: float
    ) -> AsyncGenerator[Said | Refused, None]:
        """The model's sentences that may be said; a Refused ends them.

        Raises ProviderError or TimeoutError; what came before may still be said.
        """
        ground = self.grounds.get(
            asked.project.id,
            asked.knowledge,
            asked.today,
            lambda: build_ground(asked.project, asked.knowledge),
        )
        visitor_text = "\n".join(m.text for m in asked.history if m.author is Author.VISITOR)
        said: set[str] = set()
        async with aclosing(self._sentences(provider, meter, started)) as sentences:
            async for raw in sentences:
                sentence = clean(raw)
                objection = object_to(ground, raw, visitor_text)
                if objection is None and contradicts(asked.known.text, sentence):
                    objection = Objection.CONTRADICTION
                if objection is not None:
                    self.counts.count_refusal(objection.value)
                    log.warning(
                        "model_sentence_refused", model=provider.name, reason=objection.value
                    )
                    yield Refused(objection, raw)
                    return
                if not sentence or sentence in said:
                    continue  # a piece that was sent twice, or a model that goes round in circles
                said.add(sentence)
                yield Said(sentence, ReplySource.MODEL)
                if len(said) == MAX_MODEL_SENTENCES:
                    return
        if not said:
            raise ProviderError(Fault.MALFORMED, "an empty reply")

    async def _sentences(
        self, provider: Provider, meter: Meter, started: float
    ) -> AsyncGenerator[str, None]:
        splitter = SentenceSplitter()
        loop = asyncio.get_running_loop()
        end = started + self.total_seconds
        first = started + self.first_words_seconds
        async with aclosing(provider.stream(meter.prompt)) as chunks:
            while True:
                silence = first if first else loop.time() + self.first_words_seconds
                try:
                    async with asyncio.timeout_at(min(silence, end)):
                        chunk = await anext(chunks)
                except StopAsyncIteration:
                    break
                meter.note(chunk)
                if meter.chars > MAX_REPLY_CHARS:
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
