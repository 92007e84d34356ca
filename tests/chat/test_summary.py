"""Three lines for sales, by rules and by a model on its leash."""

import json
from datetime import UTC, datetime

import pytest

from frontdesk.chat.links import Link
from frontdesk.chat.summary import ModelSummariser, read_summary, summarise
from frontdesk.leads.model import Qualification
from frontdesk.llm.base import Fault, ProviderError
from frontdesk.llm.scripted import Scripted
from frontdesk.storage.base import Storage
from tests.chat.conftest import Talk, Talks
from tests.support.samples import make_project

VISIT = datetime(2026, 11, 28, 5, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("topics", "wanted", "lines"),
    [
        ([], Qualification(), ["Wants: not said.", "Budget: not said.", "Next step: call back."]),
        (
            ["price", "payment_plan", "visit"],
            Qualification(configuration="3 BHK", purpose="to live in", budget="up to 1.5 crore"),
            [
                "Wants: 3 BHK, to live in; asked about price, payment plan.",
                "Budget: up to 1.5 crore.",
                "Next step: call to arrange a visit.",
            ],
        ),
        (
            ["visit"],
            Qualification(visit_at=VISIT, call_at="today after 6 pm"),
            [
                "Wants: not said.",
                "Budget: not said.",
                "Next step: confirm the visit on Saturday 28 November at 11 am.",
            ],
        ),
        (
            [],
            Qualification(call_at="today after 6 pm"),
            [
                "Wants: not said.",
                "Budget: not said.",
                "Next step: call today after 6 pm.",
            ],
        ),
    ],
)
def test_rules_say_what_was_said(
    topics: list[str], wanted: Qualification, lines: list[str]
) -> None:
    assert summarise(make_project(), topics, wanted).split("\n") == lines


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (
            {"wants": "A 3 BHK to live in.", "budget": "Up to 1.5 crore."},
            "Wants: A 3 BHK to live in.\nBudget: Up to 1.5 crore.",
        ),
        ({"wants": "A 3 BHK.", "budget": "Up to 2 crore."}, None),  # nobody said that
        ({"wants": "A 3 BHK."}, None),
        ({"wants": 3, "budget": "x"}, None),
        ({"wants": "", "budget": "Not said."}, None),
        ("A 3 BHK.", None),
    ],
)
def test_a_model_may_say_no_figure_that_the_visitor_did_not(
    reply: object, expected: str | None
) -> None:
    assert read_summary(reply, "3 BHK under 1.5 crore for us") == expected


def test_no_json_is_no_summary() -> None:
    assert read_summary("Sure! Here it is:", "3 BHK") is None


async def start(talks: Talks, model: Scripted) -> Talk:
    talk = await talks.start(links=[Link("scripted", model, 100)])
    object.__setattr__(talk.chat, "summariser", ModelSummariser(talk.chat.chain))
    return talk


async def test_a_model_writes_while_the_form_is_filled_in(talks: Talks, storage: Storage) -> None:
    written = json.dumps({"wants": "A 3 BHK for the family.", "budget": "Not said."})
    model = Scripted([[written]])
    talk = await start(talks, model)
    await talk.ask("I want a 3 BHK for my family, call me on 98765 43210")
    await talk.chat.close()
    # What they want and the summary; the reply itself needed no model.
    assert [prompt.schema is not None for prompt in model.prompts] == [True, True]
    summary = await talk.chat.summary(
        talk.project, talk.conversation.id, Qualification(call_at="today after 6 pm")
    )
    assert summary.split("\n") == [
        "Wants: A 3 BHK for the family.",
        "Budget: Not said.",
        "Next step: call today after 6 pm.",
    ]


async def test_a_model_that_fails_leaves_the_rules(talks: Talks) -> None:
    talk = await start(talks, Scripted([[ProviderError(Fault.REJECTED, "HTTP 403")]]))
    await talk.ask("I want a 3 BHK under 1.5 crore, call me on 98765 43210")
    await talk.chat.close()
    summary = await talk.chat.summary(talk.project, talk.conversation.id, Qualification())
    assert summary.split("\n")[:2] == [
        "Wants: 3 BHK.",
        "Budget: up to 1.5 crore.",
    ]


async def test_a_talk_without_words_has_no_summary(talks: Talks) -> None:
    talk = await talks.start()
    assert await talk.chat.summary(talk.project, talk.conversation.id, Qualification()) == ""
