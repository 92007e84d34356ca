import asyncio

import pytest

from frontdesk.errors import NotFound
from frontdesk.property.detect import detect_html
from frontdesk.property.model import Findings, PageFindings
from frontdesk.storage.base import Storage
from tests.support.clock import START
from tests.support.samples import later, make_project

HTML = "<h1>3 BHK flat in Baner, Pune</h1><p>Price: ₹ 1.18 Cr</p><p>1,046 sq ft carpet</p>"


def make_findings(project_id: str = "palm-grove") -> Findings:
    url = f"https://{project_id}.example/"
    detection = detect_html(HTML, url, START.date())
    assert detection.facts
    page = PageFindings(url=url, detection=detection, read_at=START, tried_at=START, etag='"a"')
    return Findings(project_id=project_id, pages=(page,), tried_at=START)


async def test_findings_are_none_until_they_are_saved_whole(storage: Storage) -> None:
    assert await storage.get_findings("palm-grove") == Findings(project_id="palm-grove")
    await storage.save_findings("palm-grove", make_findings())
    assert await storage.get_findings("palm-grove") == make_findings()
    await storage.save_project("palm-grove", make_project(hosts=("new.example",)))
    assert await storage.get_findings("palm-grove") == make_findings()
    empty = Findings(project_id="palm-grove", tried_at=later(hours=1))
    await storage.save_findings("palm-grove", empty)
    assert await storage.get_findings("palm-grove") == empty


async def test_findings_of_a_missing_project_are_not_found(storage: Storage) -> None:
    for act in (
        storage.get_findings("nowhere"),
        storage.save_findings("nowhere", make_findings("nowhere")),
        storage.begin_reading("nowhere", later(), later(minutes=5)),
    ):
        with pytest.raises(NotFound):
            await act


async def test_one_of_several_gets_the_turn_until_it_ends(storage: Storage) -> None:
    begun = await asyncio.gather(
        *(storage.begin_reading("palm-grove", later(), later(minutes=5)) for _ in range(8))
    )
    assert sorted(begun) == [False] * 7 + [True]
    assert not await storage.begin_reading("palm-grove", later(minutes=4), later(minutes=9))
    assert await storage.begin_reading("palm-grove", later(minutes=5), later(minutes=10))
    assert await storage.begin_reading("coral-bay", later(), later(minutes=5))


async def test_a_turn_that_is_ended_is_free_and_no_other_is_ended(storage: Storage) -> None:
    assert await storage.begin_reading("palm-grove", later(), later(minutes=5))
    await storage.end_reading("palm-grove", later(minutes=4), later(minutes=1))
    assert not await storage.begin_reading("palm-grove", later(minutes=1), later(minutes=6))
    await storage.end_reading("palm-grove", later(minutes=5), later(minutes=1))
    assert await storage.begin_reading("palm-grove", later(minutes=1), later(minutes=6))
    await storage.end_reading("nowhere", later(), later())
