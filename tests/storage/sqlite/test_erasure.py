"""What was erased is not in the file either, where the file is nobody's but ours to look at."""

from contextlib import nullcontext
from pathlib import Path

import pytest

from frontdesk.model import EVERY_PROJECT
from frontdesk.privacy.model import Identity
from frontdesk.storage.base import Storage
from frontdesk.storage.sqlite import privacy
from tests.contracts.capturing import capture
from tests.contracts.test_chat import make_conversation, make_message
from tests.contracts.test_privacy import of_conversation
from tests.storage.sqlite.test_schema import read
from tests.support.samples import PHONE, make_lead

SAID = "Is there a school near the lake? " * 50


async def fill_and_erase(storage: Storage, path: Path) -> bytes:
    await storage.start_conversation("palm-grove", make_conversation())
    await storage.add_message("palm-grove", make_message(text=SAID))
    lead = of_conversation(make_lead(email="asha@example.com"), "conversation_1")
    await capture(storage, lead, key="a key of hers")
    await storage.erase_person(EVERY_PROJECT, Identity(phone=PHONE))
    await storage.close()
    return read(path)


async def test_nothing_of_a_person_is_left_in_the_file(storage: Storage, path: Path) -> None:
    content = await fill_and_erase(storage, path)
    for trace in (PHONE, "Asha Rao", "asha@example.com", "a key of hers", "school near the lake"):
        assert trace.encode() not in content


async def test_without_overwriting_there_would_be(
    storage: Storage, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    monkeypatch.setattr(privacy, "_overwriting", lambda _connection: nullcontext())
    assert b"Asha Rao" in await fill_and_erase(storage, path)
