"""Text byte for byte, time to the millisecond, on every way in and out."""

from datetime import UTC, datetime, timedelta, timezone
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frontdesk.chat.model import Author, Message
from frontdesk.clock import as_instant
from frontdesk.errors import Invalid
from frontdesk.leads.model import Attribution
from frontdesk.model import EVERY_PROJECT, new_id
from frontdesk.privacy.model import Identity
from frontdesk.projects.destinations import HttpDestination
from frontdesk.projects.model import Knowledge
from frontdesk.storage.base import Storage
from tests.contracts.capturing import capture, phone
from tests.contracts.test_chat import make_conversation, make_message
from tests.support.clock import START
from tests.support.naughty_strings import NAUGHTY_STRINGS
from tests.support.samples import later, make_lead, make_project

# One store serves all examples of a test: each makes new ids, so none meets another.
examples = settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
numbers = count()
times = st.datetimes(
    min_value=datetime(1970, 1, 2),  # noqa: DTZ001  the zone is drawn beside it
    max_value=datetime(9999, 12, 30),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30))]),
)

TEXTS = {
    "emoji": "Is there a pool? 🏊🏽‍♀️👨‍👩‍👧‍👦",
    "right to left": "كم السعر؟ \u202eabc\u202c",
    "combining": "e\u0301 is not é, and क्षि stays क्षि",
    "NUL": "before\0after\0",
    "controls": "\x01\x1f\x7f\x85\u2028\u2029\ufeff",
    "line ends": "a\r\nb\nc\rd",
    "quotes": """'; DROP TABLE leads; -- "$where" {"$gt": ""} \\u0000 \\""",
    "spaces": "  \u00a0 kept \t ",
    "beyond the first plane": "𝕳𐍈\U0010ffff",
    "nothing": "",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
async def test_text_comes_back_as_it_was_given(storage: Storage, text: str) -> None:
    lead = make_lead(name=text).model_copy(update={"email": text})
    (enquiry,) = lead.enquiries
    asked = enquiry.model_copy(update={"note": text, "attribution": Attribution(utm_campaign=text)})
    lead = lead.model_copy(update={"enquiries": (asked,)})
    await capture(storage, lead)
    stored = await storage.get_lead("palm-grove", lead.id)
    assert stored == lead
    assert stored.name.encode() == text.encode()
    await storage.start_conversation("palm-grove", make_conversation())
    await storage.add_message("palm-grove", make_message(text=text))
    (message,) = (await storage.list_messages("palm-grove", "conversation_1")).items
    assert message.text.encode() == text.encode()


async def test_naughty_strings_come_back_byte_for_byte(storage: Storage) -> None:
    """As messages, as what is known, as names and notes of leads, as idempotency keys."""
    assert len(NAUGHTY_STRINGS) > 150
    await storage.start_conversation("palm-grove", make_conversation())
    for number, text in enumerate(NAUGHTY_STRINGS):
        await storage.add_message("palm-grove", make_message(f"m_{number}", text=text))
        lead = make_lead(name=text, email=text, phone=phone(10_000 + number))
        (enquiry,) = lead.enquiries
        asked = enquiry.model_copy(update={"note": text, "page_url": text})
        lead = lead.model_copy(update={"enquiries": (asked,)})
        assert (await capture(storage, lead, key=f"{number} {text}"[:255])).lead == lead
        stored = await storage.get_lead("palm-grove", lead.id)
        assert [stored.name.encode(), stored.enquiries[0].note.encode()] == [text.encode()] * 2
    said = (await storage.list_messages("palm-grove", "conversation_1", limit=1000)).items
    assert [one.text.encode() for one in said] == [text.encode() for text in NAUGHTY_STRINGS]
    for number, text in enumerate(NAUGHTY_STRINGS):
        replayed = await capture(storage, make_lead(), key=f"{number} {text}"[:255])
        assert replayed.lead.name == text
    person = await storage.find_person(EVERY_PROJECT, Identity(phone=phone(10_000)))
    assert [lead.name for lead in person.leads] == [NAUGHTY_STRINGS[0]]


async def test_any_key_of_a_mapping_comes_back(storage: Storage) -> None:
    """Some stores give dots and dollars in names a meaning of their own."""
    names = {"contact.mobile": "phone", "$set": "name", "": "=", "a\0b": "=x", "ключ": "email"}
    destination = HttpDestination(id="crm", url="https://crm.example/", headers=names, fields=names)
    project = make_project("urban-nest", destinations=(destination,))
    await storage.save_project("urban-nest", project)
    assert await storage.get_project("urban-nest") == project


@examples
@given(text=st.text(), at=times)
async def test_whatever_is_said_comes_back(storage: Storage, text: str, at: datetime) -> None:
    conversation = make_conversation(new_id("conversation", START))
    await storage.start_conversation("palm-grove", conversation)
    said = Message(
        id="m_1",
        conversation_id=conversation.id,
        project_id="palm-grove",
        author=Author.VISITOR,
        text=text,
        at=at,
    )
    await storage.add_message("palm-grove", said)
    assert (await storage.list_messages("palm-grove", conversation.id)).items == (said,)


@examples
@given(name=st.text(), email=st.none() | st.text(), at=times)
async def test_whatever_lead_comes_in_comes_back(
    storage: Storage, name: str, email: str | None, at: datetime
) -> None:
    lead = make_lead(name=name, email=email, at=at, phone=phone(next(numbers)))  # never merged
    await capture(storage, lead)
    assert await storage.get_lead("palm-grove", lead.id) == lead


async def test_time_is_kept_to_the_millisecond_in_utc(storage: Storage) -> None:
    india = timezone(timedelta(hours=5, minutes=30))
    at = datetime(2026, 11, 23, 15, 55, 0, 123_999, tzinfo=india)
    lead = make_lead(at=at)
    await capture(storage, lead)
    stored = await storage.get_lead("palm-grove", lead.id)
    assert stored.created_at == datetime(2026, 11, 23, 10, 25, 0, 123_000, tzinfo=UTC)
    assert stored.created_at.tzinfo is UTC
    assert stored == lead


async def test_times_given_as_arguments_are_cut_to_the_millisecond_too(storage: Storage) -> None:
    await capture(storage, make_lead())
    until = later(minutes=1) + timedelta(microseconds=1999)
    (claimed,) = await storage.claim_deliveries(later(microseconds=1), until, 1)
    assert claimed.delivery.due_at == as_instant(until)
    assert await storage.find_next_due_at() == as_instant(until)


async def test_text_that_is_not_unicode_is_refused(storage: Storage) -> None:
    """A lone surrogate: half of a character, which no UTF-8 can say."""
    lone = "half \ud83d"
    lead = make_lead().model_copy(update={"name": lone})
    with pytest.raises(Invalid) as caught:
        await capture(storage, lead, key="form-1")
    assert caught.value.code == "invalid_text"
    with pytest.raises(Invalid) as caught:
        await storage.find_member(lone)
    assert caught.value.code == "invalid_text"
    with pytest.raises(Invalid) as caught:
        await capture(storage, make_lead(), key=lone)
    assert caught.value.code == "invalid_text"
    # Nothing of it was stored, and the store goes on.
    whole = make_lead()
    assert (await capture(storage, whole, key="form-1")).lead == whole


async def test_large_knowledge_comes_back_whole(storage: Storage) -> None:
    answers = [{"question": f"Question {n}?", "answer": "₹" * 2000} for n in range(500)]
    knowledge = Knowledge.model_validate({"answers": answers, "updated_at": START})
    await storage.save_knowledge("palm-grove", knowledge)
    assert await storage.get_knowledge("palm-grove") == knowledge
