import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest

from frontdesk.chat.budget import Budget, Limits
from frontdesk.chat.chain import Chain
from frontdesk.chat.links import Link
from frontdesk.chat.live import Delta, Done, Failed, ReplyEvent
from frontdesk.chat.model import Conversation
from frontdesk.chat.retrieval.answering import KnowledgeDesk
from frontdesk.chat.service import Chat
from frontdesk.leads.model import Attribution
from frontdesk.llm.base import Provider
from frontdesk.llm.scripted import Scripted, Step
from frontdesk.operations.metrics import Metrics
from frontdesk.projects.model import Knowledge, Project
from frontdesk.storage.base import Storage
from tests.chat.evaluation.run import load_projects
from tests.support.clock import SteppedClock

NO_LIMITS = Limits()


async def until(condition: Callable[[], bool]) -> None:
    """Let everything else run until the condition holds."""
    async with asyncio.timeout(60):
        while not condition():  # noqa: ASYNC110 - what it looks at is not ours to signal
            await asyncio.sleep(0)


@dataclass(frozen=True, slots=True)
class Talk:
    """A project with its knowledge, and a conversation in it."""

    chat: Chat
    project: Project
    knowledge: Knowledge
    conversation: Conversation

    async def send(self, text: str, message_id: str = "m_0123456789abcdef") -> list[ReplyEvent]:
        events = await self.chat.answer(
            self.project, self.knowledge, self.conversation, message_id, text
        )
        return [event async for event in events]

    async def ask(self, text: str, message_id: str = "m_0123456789abcdef") -> Done:
        """The reply, after checking that its pieces make its text."""
        events = await self.send(text, message_id)
        done = events[-1]
        assert isinstance(done, Done)
        assert "".join(e.text for e in events if isinstance(e, Delta)) == done.message.text
        assert not any(isinstance(event, Failed) for event in events)
        return done


@dataclass(frozen=True, slots=True)
class Talks:
    """Starts talks over one store; `answered` counts what made the replies."""

    storage: Storage
    clock: SteppedClock
    answered: list[str]
    metrics: Metrics

    async def start(
        self,
        provider: Provider | Sequence[Sequence[Step]] | None = None,
        *,
        links: Sequence[Link] = (),
        limits: Limits = NO_LIMITS,
        project_id: str = "saffron-heights",
        first_words_seconds: float = 30.0,
        total_seconds: float = 60.0,
    ) -> Talk:
        if isinstance(provider, Sequence):
            provider = Scripted(provider)
        project, knowledge = load_projects()[project_id]
        await self.storage.save_project(project.id, project)
        await self.storage.save_knowledge(project.id, knowledge)
        if provider is not None:
            links = [Link("scripted", provider, 100)]
        budget = Budget(self.storage, limits)
        chain = Chain(links, self.clock, budget, self.metrics, first_words_seconds, total_seconds)
        chat = Chat(self.storage, self.clock, chain, KnowledgeDesk(), self.answered.append)
        conversation = await chat.start(
            project, f"https://{project.id}.example/", "en-IN", Attribution()
        )
        return Talk(chat, project, knowledge, conversation)


@pytest.fixture
def talks(storage: Storage, clock: SteppedClock) -> Talks:
    return Talks(storage, clock, [], Metrics())
