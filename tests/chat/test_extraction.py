"""A model reads what a visitor wants, in the visitor's own words or not at all."""

import json
from typing import Any

import pytest

from frontdesk.chat.budget import Limits
from frontdesk.chat.extraction import SCHEMA, read_extraction
from frontdesk.chat.live import Done
from frontdesk.chat.talk import Line
from frontdesk.llm.base import Fault, ProviderError
from frontdesk.llm.gemini import request_body
from frontdesk.llm.scripted import Scripted
from tests.chat.conftest import Talks
from tests.support.clock import START

SAID = (
    "We are a family of four and my cousin wants the larger flat, maybe three rooms",
    "our pocket allows 1.05 crore all in, and we shift after Diwali. Savita here",
)
LINES = [Line(text, START) for text in SAID]
NOTHING = dict.fromkeys([*SCHEMA["required"]], "")


def read(**found: Any) -> Any:
    return read_extraction({**NOTHING, **found}, LINES)


def test_the_visitors_own_words_are_taken() -> None:
    talk = read(
        name="Savita",
        configuration="three rooms",
        budget="1.05 crore",
        timeline="after Diwali",
        purpose="to live in",
    )
    assert talk.name == "Savita"
    assert talk.phone is None
    wanted = talk.qualification
    assert (wanted.configuration, wanted.budget) == ("three rooms", "1.05 crore")
    assert (wanted.timeline, wanted.purpose) == ("after Diwali", "to live in")


@pytest.mark.parametrize(
    "found",
    [
        {"name": "Rohit"},
        {"configuration": "3 BHK"},
        {"budget": "1.5 crore"},
        {"budget": "2 crore"},
        {"budget": "our pocket"},
        {"timeline": "within 6 months"},
        {"call_at": "tomorrow"},
        {"purpose": "to resell"},
        {"purpose": 5},
        {"budget": ["1.05 crore"]},
        {"name": "x" * 500},
        {"phone": "+919876543210"},
    ],
)
def test_what_they_did_not_write_is_not(found: dict[str, Any]) -> None:
    assert read(**found) is None


@pytest.mark.parametrize("found", [None, [], "text", 5, {}])
def test_another_form_is_nothing(found: Any) -> None:
    assert read_extraction(found, LINES) is None


async def test_the_chain_asks_for_json_and_counts_it(talks: Talks) -> None:
    reply = json.dumps({**NOTHING, "budget": "1.05 crore"})
    model = Scripted([[reply[:9], reply[9:]]])
    talk = await talks.start(model)
    found = await talk.chat.chain.extract(talk.project.id, LINES)
    assert found
    assert found.qualification
    assert found.qualification.budget == "1.05 crore"
    (prompt,) = model.prompts
    assert SAID[0] not in prompt.system
    config = request_body(prompt, "gemini-2.5-flash")["generationConfig"]
    assert config["responseMimeType"] == "application/json"
    assert config["responseSchema"] == SCHEMA
    spent = await talks.storage.get_spent(talk.project.id, talks.clock().date())
    assert spent.project_tokens > 0


@pytest.mark.parametrize(
    "script", [[ProviderError(Fault.UNAVAILABLE, "down")], ["not JSON"], ["[]"], [""]]
)
async def test_a_model_that_does_not_help_does_not_harm(talks: Talks, script: list[Any]) -> None:
    talk = await talks.start([script])
    assert await talk.chat.chain.extract(talk.project.id, LINES) is None


async def test_it_keeps_to_the_budget(talks: Talks) -> None:
    model = Scripted([["{}"]])
    talk = await talks.start(model, limits=Limits(project_day_tokens=1))
    await talks.storage.spend(talk.project.id, talks.clock().date(), 1)
    assert await talk.chat.chain.extract(talk.project.id, LINES) is None
    assert model.prompts == []


async def test_the_form_is_filled_with_what_the_model_found(talks: Talks) -> None:
    found = json.dumps({**NOTHING, "configuration": "the larger flat", "name": "Rohit"})
    talk = await talks.start([[found]])
    events = await talk.send("my cousin likes the larger flat, please arrange a site visit")
    done = events[-1]
    assert isinstance(done, Done)
    assert done.form is not None
    assert done.talk
    assert done.talk.name is None
    assert done.talk.qualification
    assert done.talk.qualification.configuration == "the larger flat"
