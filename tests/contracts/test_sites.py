"""The last lead of each site, and pages that are on none of a project's sites."""

from datetime import datetime

import pytest

from frontdesk.leads.model import SiteLead
from frontdesk.model import EVERY_PROJECT, Scope
from frontdesk.privacy.model import Identity
from frontdesk.projects.model import Site, TurnedAway
from frontdesk.storage.base import TURNED_AWAY_KEPT, Storage
from tests.contracts.capturing import capture
from tests.support.samples import later, make_lead, make_project

SITE = Site(host="palm-grove.example")
OTHER = Site(host="palm-grove.example", path_prefix="/offers")


@pytest.fixture(autouse=True)
async def projects(storage: Storage) -> None:
    for project_id in ("palm-grove", "coral-bay"):
        await storage.save_project(project_id, make_project(project_id))


def make_turned_away(
    project_id: str = "palm-grove",
    origin: str = "https://stray.example",
    path: str = "/",
    at: datetime | None = None,
) -> TurnedAway:
    seen_at = at or later()
    return TurnedAway(
        project_id=project_id,
        origin=origin,
        path=path,
        first_seen_at=seen_at,
        last_seen_at=seen_at,
    )


async def last_leads(storage: Storage, scope: Scope = EVERY_PROJECT) -> list[SiteLead]:
    return [*(await storage.list_site_leads(scope)).items]


async def test_the_latest_lead_of_each_site_is_known(storage: Storage) -> None:
    first, second = make_lead(), make_lead(at=later(hours=2), phone="+919000000007")
    await capture(storage, first, site=SITE)
    await capture(storage, second, site=OTHER)
    late = make_lead(at=later(hours=1), phone="+919000000008")
    await capture(storage, late, site=SITE)
    # One that was written offline comes later and is the older.
    await capture(storage, make_lead(at=later(hours=-1), phone="+919000000009"), site=SITE)
    await capture(storage, make_lead("coral-bay"), site=Site(host="coral-bay.example"))
    mine, offers = await last_leads(storage, Scope(projects=frozenset({"palm-grove"})))
    assert (mine.host, mine.path_prefix, mine.lead_id) == (SITE.host, "/", late.id)
    assert mine.at == late.enquiries[0].at
    assert mine.page == late.enquiries[0].page_url.partition("?")[0]
    assert (offers.path_prefix, offers.lead_id) == ("/offers", second.id)


async def test_an_enquiry_that_joins_a_lead_is_the_last_one(storage: Storage) -> None:
    lead = make_lead()
    await capture(storage, lead, site=SITE)
    again = make_lead(at=later(days=1))
    await capture(storage, again, site=SITE)
    (last,) = await last_leads(storage)
    assert (last.lead_id, last.at) == (lead.id, again.enquiries[0].at)


async def test_a_lead_that_is_erased_leaves_only_its_time(storage: Storage) -> None:
    lead = make_lead()
    await capture(storage, lead, site=SITE)
    await storage.erase_person(EVERY_PROJECT, Identity(phone=lead.phone))
    (last,) = await last_leads(storage)
    assert (last.at, last.lead_id, last.page) == (lead.enquiries[0].at, None, None)
    await capture(storage, make_lead(at=later(hours=1)), site=SITE)
    assert (await last_leads(storage))[0].lead_id is not None


async def test_pages_elsewhere_are_counted_by_origin(storage: Storage) -> None:
    await storage.record_turned_away("palm-grove", make_turned_away(path="/first"))
    newest = make_turned_away(path="/latest", at=later(minutes=5))
    await storage.record_turned_away("palm-grove", newest)
    late = make_turned_away(path="/late-news", at=later(minutes=-5))
    await storage.record_turned_away("palm-grove", late)
    await storage.record_turned_away("coral-bay", make_turned_away("coral-bay"))
    (seen,) = (await storage.list_turned_away(Scope(projects=frozenset({"palm-grove"})))).items
    assert seen == newest.model_copy(update={"count": 3, "first_seen_at": later(minutes=-5)})


async def test_a_flood_of_origins_pushes_out_no_other_project_s(storage: Storage) -> None:
    await storage.record_turned_away("coral-bay", make_turned_away("coral-bay"))
    for number in range(TURNED_AWAY_KEPT + 3):
        seen = make_turned_away(origin=f"https://{number:02d}.example", at=later(minutes=number))
        await storage.record_turned_away("palm-grove", seen)
    kept = (await storage.list_turned_away(EVERY_PROJECT, limit=100)).items
    assert [one.origin for one in kept if one.project_id == "palm-grove"] == [
        f"https://{number:02d}.example" for number in range(3, TURNED_AWAY_KEPT + 3)
    ]
    assert len(kept) == TURNED_AWAY_KEPT + 1
