"""From a page to what visitors are told, and back when the page changes."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from weakref import WeakValueDictionary

import pytest

from frontdesk.errors import Conflict, Invalid, NotFound
from frontdesk.projects.model import Fact, FactsMode, FactState, Knowledge
from frontdesk.projects.model import Site as ProjectSite
from frontdesk.property.compare import Change
from frontdesk.property.schedule import ReadingSchedule
from frontdesk.property.service import Facts, FactsReport
from tests.property.conftest import Site
from tests.support.clock import SteppedClock

P = "palm-grove"


def changes(report: FactsReport) -> dict[str, Change]:
    return {row.key: row.change for row in report.rows}


async def known(facts: Facts) -> dict[str, tuple[str, FactState]]:
    knowledge = await facts.projects.knowledge(P)
    return {fact.key: (fact.value, fact.state) for fact in knowledge.facts}


async def set_mode(facts: Facts, mode: FactsMode) -> None:
    project = await facts.projects.storage.get_project(P)
    await facts.projects.save(project.model_copy(update={"facts_mode": mode}))


async def detect(facts: Facts, site: Site) -> FactsReport:
    return await facts.detect(P, [site.url])


async def test_what_is_found_waits_and_is_approved_with_its_source(
    facts: Facts, site: Site, clock: SteppedClock
) -> None:
    site.sells("₹ 1.18 Cr onwards")
    report = await detect(facts, site)
    assert changes(report)["price"] is Change.NEW
    assert await known(facts) == {}  # nobody has approved anything
    (row,) = [row for row in report.rows if row.key == "price"]
    assert row.found[0].url == site.url
    assert "₹ 1.18 Cr onwards" in row.found[0].read_from
    report = await facts.approve(P, "price", "", "₹1.18 crore onwards")
    assert changes(report)["price"] is Change.SAME
    (fact,) = (await facts.projects.knowledge(P)).facts
    assert fact == Fact(
        key="price", value="₹1.18 crore onwards", source=site.url, as_of=clock().date()
    )


async def test_a_page_that_leads_off_the_projects_sites_is_not_believed(
    facts: Facts, site: Site
) -> None:
    project = await facts.projects.storage.get_project(P)
    await facts.projects.save(
        project.model_copy(
            update={
                "facts_mode": FactsMode.OVERRIDE,
                "sites": (ProjectSite(host="127.0.0.1", path_prefix="/palm"),),
            }
        )
    )
    page = site.url + "palm"
    site.sells("₹ 1.18 Cr", "/palm/home")
    site.pages["/palm"] = (302, "/palm/home")
    await facts.detect(P, [page])
    assert (await known(facts))["price"][0] == "₹1.18 crore"
    site.sells("₹ 9 Cr", "/rival")
    site.pages["/palm"] = (302, "/rival?who=me")
    report = await facts.detect(P, [page])
    (state,) = [one for one in report.pages if one.url == page]
    assert state.fault == f"It leads to {site.url}rival, which is on no site of the project."
    assert (await known(facts))["price"][0] == "₹1.18 crore"


async def test_a_changed_price_is_told_and_the_approved_one_stays(facts: Facts, site: Site) -> None:
    site.sells("₹ 1.18 Cr")
    await detect(facts, site)
    await facts.approve(P, "price", "", "₹1.18 crore")
    site.sells("₹ 1.31 Cr")
    report = await detect(facts, site)
    assert changes(report)["price"] is Change.CHANGED
    assert (await known(facts))["price"] == ("₹1.18 crore", FactState.APPROVED)
    with pytest.raises(Conflict):
        await facts.approve(P, "price", "", "₹1.18 crore")  # the page no longer says so
    site.pages["/"] = (200, "<h1>3 BHK flat in Baner, Pune</h1><p>1,046 sq ft carpet</p>")
    assert changes(await detect(facts, site))["price"] is Change.GONE


async def test_the_same_in_other_words_is_the_same(facts: Facts, site: Site) -> None:
    await facts.add(P, "price", "", "Rs 1,18,00,000", "Price list", None)
    site.sells("₹ 1.18 Cr")
    assert changes(await detect(facts, site))["price"] is Change.SAME


async def test_a_rejected_value_is_not_said_and_not_proposed_again(
    facts: Facts, site: Site
) -> None:
    site.sells("₹ 1.18 Cr")
    await detect(facts, site)
    report = await facts.reject(P, "price", "", "₹1.18 crore")
    assert changes(report)["price"] is Change.REJECTED
    await set_mode(facts, FactsMode.OVERRIDE)
    await detect(facts, site)
    assert (await known(facts))["price"] == ("₹1.18 crore", FactState.REJECTED)
    site.sells("₹ 1.31 Cr")
    await detect(facts, site)
    values = [
        (f.value, f.state) for f in (await facts.projects.knowledge(P)).facts if f.key == "price"
    ]
    assert sorted(values) == [
        ("₹1.18 crore", FactState.REJECTED),
        ("₹1.31 crore", FactState.APPROVED),
    ]


@pytest.mark.parametrize(
    ("mode", "first", "second"),
    [
        (FactsMode.PROPOSE, None, None),
        (FactsMode.APPROVE, "₹1.18 crore", "₹1.18 crore"),
        (FactsMode.OVERRIDE, "₹1.18 crore", "₹1.31 crore"),
    ],
)
async def test_the_project_says_what_needs_a_person(
    facts: Facts, site: Site, mode: FactsMode, first: str | None, second: str | None
) -> None:
    await set_mode(facts, mode)
    for price, expected in (("₹ 1.18 Cr", first), ("₹ 1.31 Cr", second)):
        site.sells(price)
        await detect(facts, site)
        assert (await known(facts)).get("price", (None,))[0] == expected


async def test_what_somebody_overrode_is_never_replaced(facts: Facts, site: Site) -> None:
    await set_mode(facts, FactsMode.OVERRIDE)
    await facts.override(P, "price", "", "₹1.10 crore for early buyers", "Sales", None)
    site.sells("₹ 1.18 Cr")
    report = await detect(facts, site)
    assert changes(report)["price"] is Change.CHANGED
    assert (await known(facts))["price"] == ("₹1.10 crore for early buyers", FactState.OVERRIDDEN)


async def test_a_contradiction_is_told_and_never_approved_by_itself(
    facts: Facts, site: Site
) -> None:
    await set_mode(facts, FactsMode.OVERRIDE)
    offer = '{"@type":"Apartment","name":"A","offers":{"price":9900000,"priceCurrency":"INR"}}'
    ld = f'<script type="application/ld+json">{offer}</script>'
    site.sells("₹ 1.18 Cr")
    status, text = site.pages["/"]
    site.pages["/"] = (status, ld + text)
    report = await detect(facts, site)
    (row,) = [row for row in report.rows if row.key == "price"]
    assert row.change is Change.CONFLICT
    assert {one.value for one in row.found} == {"₹99 lakh", "₹1.18 crore"}
    assert "price" not in await known(facts)


@pytest.mark.parametrize(
    "wall",
    [
        (503, "down"),
        (404, "<h1>Not found</h1>"),
        (200, "<title>Just a moment...</title><p>Verify you are human</p>"),
        (200, "<title>Shoes</title><h1>Shoes</h1><p>₹ 4,999</p>"),
    ],
)
async def test_a_page_that_is_away_keeps_what_it_said(
    facts: Facts, site: Site, wall: tuple[int, str]
) -> None:
    site.sells("₹ 1.18 Cr")
    await detect(facts, site)
    site.pages["/"] = wall
    report = await detect(facts, site)
    (page,) = [page for page in report.pages if page.url == site.url]
    assert page.fault
    assert changes(report)["price"] is Change.NEW


async def test_pages_of_others_are_not_read(facts: Facts, site: Site) -> None:
    for url in ("https://other.example/", "file:///etc/passwd", "nonsense"):
        with pytest.raises(Invalid) as caught:
            await facts.detect(P, [url])
        assert caught.value.code == "page_not_on_site"
    with pytest.raises(NotFound):
        await facts.detect("nowhere")
    assert site.asked == []


async def test_two_do_not_read_at_once(facts: Facts, site: Site, clock: SteppedClock) -> None:
    at = clock()
    assert await facts.projects.storage.begin_reading(P, at, at + timedelta(minutes=5))
    with pytest.raises(Conflict) as caught:
        await detect(facts, site)
    assert caught.value.code == "reading_now"
    clock.step(minutes=6)
    site.sells("₹ 1 Cr")
    await detect(facts, site)
    await detect(facts, site)  # the turn ended with the reading


async def test_the_schedule_reads_what_is_due_and_what_was_changed(
    facts: Facts, site: Site, clock: SteppedClock
) -> None:
    site.sells("₹ 1.18 Cr")
    await detect(facts, site)
    schedule = ReadingSchedule(facts, timedelta(hours=24))
    site.asked.clear()
    assert await schedule.look() == 0
    clock.step(hours=25)
    assert await schedule.look() == 1
    assert "/" in site.paths()
    assert site.asked[-1][1].get("if-none-match")
    clock.step(hours=1)
    project = await facts.projects.storage.get_project(P)
    await facts.projects.save(project.model_copy(update={"updated_at": clock()}))
    clock.step(minutes=1)
    assert await schedule.look() == 1
    await set_mode(facts, FactsMode.OFF)
    clock.step(hours=30)
    assert await schedule.look() == 0


async def test_facts_are_added_and_forgotten(facts: Facts) -> None:
    await facts.add(P, "parking", "", "Two covered spaces", "", None)
    with pytest.raises(Conflict):
        await facts.add(P, "parking", "", "Two covered spaces", "", None)
    report = await facts.add(P, "parking", "", "Visitors park outside", "", None)
    assert changes(report) == {"parking": Change.UNSEEN}
    await facts.remove(P, "parking", "", "Two covered spaces")
    knowledge: Knowledge = await facts.projects.knowledge(P)
    assert [fact.value for fact in knowledge.facts] == ["Visitors park outside"]


async def test_no_change_of_two_processes_is_lost(facts: Facts) -> None:
    """Each has its own locks, as in a process of its own: who comes too late is told."""
    other = replace(facts, _locks=WeakValueDictionary())
    adding = [
        each.add(P, f"fact_{number}", "", f"of {name}", "", None)
        for number in range(10)
        for name, each in (("one", facts), ("other", other))
    ]
    said = await asyncio.gather(*adding, return_exceptions=True)
    refused = [one for one in said if isinstance(one, BaseException)]
    assert {getattr(one, "code", one) for one in refused} <= {"changed_meanwhile"}
    kept = (await facts.projects.storage.get_knowledge(P)).facts
    assert len(kept) == len(said) - len(refused)
