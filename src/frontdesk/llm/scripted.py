"""A provider that does what a test told it to: the chain's double, not Gemini's (see llmock)."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, field

from frontdesk.llm.base import Chunk, Prompt, ProviderError

Step = str | ProviderError | asyncio.Event


@dataclass(slots=True)
class Scripted:
    """Plays one script a call, the last one again and again.

    A script is a list of steps: text is sent, an event is waited for, an error is raised. `prompts`
    holds what it was asked.
    """

    scripts: Sequence[Sequence[Step]]
    name: str = "scripted"
    prompts: list[Prompt] = field(default_factory=list)

    async def stream(self, prompt: Prompt) -> AsyncGenerator[Chunk, None]:
        script = self.scripts[min(len(self.prompts), len(self.scripts) - 1)]
        self.prompts.append(prompt)
        for step in script:
            if isinstance(step, ProviderError):
                raise step
            if isinstance(step, asyncio.Event):
                await step.wait()
            else:
                yield Chunk(step)
