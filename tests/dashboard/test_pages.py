"""What the pages show, to whom, and how they are made."""

import re

import pytest

from frontdesk.accounts.model import Role
from frontdesk.analytics.model import Event, EventKind, Sighting
from frontdesk.delivery.model import DeliveryState
from frontdesk.model import EVERY_PROJECT, Scope
from frontdesk.storage.base import Storage
from tests.dashboard.conftest import Desk, Person
from tests.dashboard.filled import CONSENT, Filled
from tests.dashboard.markup import Markup
from tests.dashboard.site import PUBLIC_URL
from tests.support.clock import START
from tests.support.samples import make_lead, make_project

PLACES = ["/dashboard", "/dashboard/leads", "/dashboard/projects", "/dashboard/deliveries"]
TAG = f"&lt;script async src=&#34;{PUBLIC_URL}/widget.js&#34;&gt;&lt;/script&gt;"
ONE_PROJECT = Scope(projects=frozenset({"coral-bay"}))


def every_page(filled: Filled) -> list[str]:
    return [
        *PLACES,
        "/dashboard/leads?project=palm-grove",
        f"/dashboard/leads/{filled.dead_lead.id}",
        f"/dashboard/leads/{filled.talked_lead.id}",
        "/dashboard/projects/palm-grove",
        "/dashboard/projects/urban-nest",
        "/dashboard/projects/palm-grove/facts",
        "/dashboard/projects/urban-nest/facts",
        "/dashboard/projects/palm-grove/destinations",
        "/dashboard/projects/urban-nest/destinations",
        "/dashboard/projects/palm-grove/rules",
        "/dashboard/settings/models",
        "/dashboard/projects/palm-grove/answers?question=2+BHK+price",
        "/dashboard/projects/urban-nest/answers?question=helipad",
        "/dashboard/deliveries?state=dead",
        "/dashboard/deliveries?state=waiting",
        "/dashboard/deliveries?state=delivered",
    ]


async def dead_delivery_id(storage: Storage) -> str:
    page = await storage.list_deliveries(EVERY_PROJECT, state=DeliveryState.DEAD)
    return page.items[0].id


async def test_strangers_see_no_page(desk: Desk, filled: Filled) -> None:
    stranger = desk.visit()
    for path in [*every_page(filled), "/dashboard/nothing", "/dashboard/"]:
        reply = await stranger.get(path)
        assert reply.status_code == 303, path
        assert reply.headers["Location"].startswith("/dashboard/sign-in"), path
        assert not reply.content, path
    for path in ("/dashboard/sign-out", "/dashboard/leads/x/deliveries/y/retry"):
        reply = await stranger.post(path, {})
        assert reply.headers["Location"] == "/dashboard/sign-in", path


async def test_every_page_is_small_uncached_and_has_nothing_inline(
    desk: Desk, filled: Filled
) -> None:
    person = await desk.let_in()
    for path in every_page(filled):
        reply = await person.get(path)
        assert reply.status_code == 200, path
        assert reply.headers["Cache-Control"] == "no-store"
        assert len(reply.content) < 100_000, path
        assert Markup(reply.text).inline == [], path
    for control in ("<p style='a'>", "<p onclick=x>", "<style>", "<script>x</script>"):
        assert Markup(control).inline, "the control: it is found where it is"


async def test_every_link_leads_somewhere(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in()
    seen: set[str] = set()
    waiting = [*PLACES]
    while waiting:
        path = waiting.pop()
        if path in seen or len(seen) > 160:
            continue
        seen.add(path)
        links = [link.partition("#")[0] for link in Markup(await person.read(path)).links]
        # The API is not in this application; its export is tried in tests/leads.
        waiting += [link for link in links if not link.startswith("/v1/leads/export?")]
    assert len(seen) > 60


async def test_empty_pages_say_what_to_do_next(desk: Desk) -> None:
    person = await desk.let_in()
    overview = await person.read("/dashboard")
    assert "/dashboard/import-projects" in overview
    assert TAG in overview
    assert TAG in await person.read("/dashboard/leads")
    assert "/dashboard/import-projects" in await person.read("/dashboard/projects")
    assert "A delivery begins" in await person.read("/dashboard/deliveries")


async def test_the_steps_to_the_first_lead_are_ticked_off_and_go_with_it(
    desk: Desk, storage: Storage
) -> None:
    person = await desk.let_in()
    assert await steps_done(person) == [False, False, False]
    await storage.save_project("palm-grove", make_project())
    assert await steps_done(person) == [True, False, False]
    loaded = Event("event-1", "palm-grove", EventKind.LOADED, START, START.date(), "/")
    await storage.record_events("palm-grove", [loaded], make_sighting())
    assert await steps_done(person) == [True, True, False]
    lead = make_lead()
    await storage.capture_lead(
        "palm-grove", lead, [], idempotency_key="key-1", fingerprint="f", merge_since=START
    )
    assert await steps_done(person) == []


async def steps_done(person: Person) -> list[bool]:
    html = await person.read("/dashboard")
    steps = html.partition('<ol class="steps">')[2].partition("</ol>")[0]
    return [step.startswith(' class="done"') for step in steps.split("<li")[1:]]


def make_sighting() -> Sighting:
    return Sighting(
        project_id="palm-grove",
        host="palm-grove.example",
        path_prefix="/",
        page="https://palm-grove.example/",
        version="1",
        last_event=EventKind.LOADED,
        first_seen_at=START,
        last_seen_at=START,
    )


async def test_the_overview_puts_first_what_needs_a_person(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in()
    text = words(await person.read("/dashboard"))
    assert "1 lead has not reached its sales system" in text
    assert "2 deliveries failed and will be tried again" in text
    assert "2 sites carry the tag and belong to no project" in text
    assert text.index("Needs a person") < text.index("How things stand")
    assert "2 waiting to be delivered" in text
    assert "39 delivered" in text


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


async def test_leads_come_by_the_page_each_once(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in()
    path, seen = "/dashboard/leads", []
    while True:
        html = await person.read(path)
        seen += re.findall(r'href="/dashboard/leads/(lead_[0-9a-f]+)"', html)
        following = re.search(r'href="([^"]+)">Next page', html)
        if not following:
            break
        path = following[1].replace("&amp;", "&")
    assert len(seen) == len(set(seen)) == 60
    assert seen[0] == filled.talked_lead.id


async def test_a_project_filter_is_a_link(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in()
    html = await person.read("/dashboard/leads?project=coral-bay")
    assert len(re.findall(r'href="/dashboard/leads/lead_', html)) == 20
    assert "Palm Grove" not in html
    unknown = await person.read("/dashboard/leads?project=nowhere")
    assert "No leads yet for nowhere" in unknown


async def test_one_lead_shows_all_that_is_known(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in()
    html = await person.read(f"/dashboard/leads/{filled.talked_lead.id}")
    assert 'href="tel:+919876543210"' in html
    assert "+91 98765 43210" in html
    assert 'href="mailto:asha%40mail.example"' in html
    text = words(html)
    for shown in (
        "Site visit",
        "After 6 in the evening, please. Hindi is fine.",
        "Campaign diwali-2026",
        "Google click Cj0KCQ-invented",
        f"Given, version 3, 23 Nov 2026, 08:55 UTC {CONSENT}",
        "2 BHK kitne ka hai?",
        "2 BHK homes start at ₹84 lakh (price list of 1 November).",
        "Their id CRM-90417",
        "201 Accepted.",
    ):
        assert shown in text, shown
    assert text.index("2 BHK kitne") < text.index("see one on Saturday")
    assert text.count("Delivered") == 2


async def test_a_failed_delivery_shows_each_try(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in()
    html = await person.read(f"/dashboard/leads/{filled.dead_lead.id}")
    text = words(html)
    assert "This lead has not reached crm" in text
    assert text.count("503 The CRM is not available.") == 2
    assert "422 The CRM refused the lead: the project is unknown to it." in text
    assert "&lt;h1&gt;503&lt;/h1&gt;" in html


async def test_sales_may_send_again_and_viewers_may_not(
    desk: Desk, filled: Filled, storage: Storage
) -> None:
    delivery_id = await dead_delivery_id(storage)
    lead_page = f"/dashboard/leads/{filled.dead_lead.id}"
    path = f"{lead_page}/deliveries/{delivery_id}/retry"
    viewer = desk.visit()
    await desk.add_member(Role.VIEWER, email="viewer@agency.example")
    await viewer.sign_in("viewer@agency.example")
    for page in (lead_page, "/dashboard/deliveries"):
        assert "Retry now" not in await viewer.read(page)
    reply = await viewer.post(path, {"csrf_token": await viewer.csrf_token()})
    assert reply.status_code == 403
    assert "Not for this account" in reply.text
    assert desk.woken == 0

    sales = await desk.let_in(Role.SALES)
    assert "Retry now" in await sales.read(lead_page)
    assert "Retry now" in await sales.read("/dashboard/deliveries")
    assert (await sales.post(path, {"csrf_token": "wrong"})).status_code == 403
    reply = await sales.post(path, {"csrf_token": await sales.csrf_token()})
    assert reply.headers["Location"] == f"{lead_page}?notice=retrying#deliveries"
    assert "It is due now" in await sales.read(f"{lead_page}?notice=retrying")
    delivery = await storage.find_delivery(EVERY_PROJECT, delivery_id)
    assert delivery is not None
    assert (delivery.state, delivery.due_at) == (DeliveryState.WAITING, desk.clock())
    assert desk.woken == 1


async def test_what_was_delivered_is_not_sent_again(
    desk: Desk, filled: Filled, storage: Storage
) -> None:
    person = await desk.let_in()
    page = await storage.list_deliveries(EVERY_PROJECT, lead_id=filled.talked_lead.id)
    lead_page = f"/dashboard/leads/{filled.talked_lead.id}"
    path = f"{lead_page}/deliveries/{page.items[0].id}/retry"
    reply = await person.post(path, {"csrf_token": await person.csrf_token()})
    assert reply.headers["Location"] == f"{lead_page}?notice=not_retryable#deliveries"
    assert desk.woken == 0


async def test_a_member_sees_the_projects_of_the_scope_and_no_other(
    desk: Desk, filled: Filled, storage: Storage
) -> None:
    delivery_id = await dead_delivery_id(storage)
    person = await desk.let_in(Role.OWNER, ONE_PROJECT)
    for path in every_page(filled):
        reply = await person.get(path)
        assert "Palm Grove" not in reply.text, path
        assert "sahyadri" not in reply.text, path
        assert "Unknown sites" not in reply.text, path
    for path in (
        f"/dashboard/leads/{filled.dead_lead.id}",
        "/dashboard/projects/palm-grove",
        "/dashboard/projects/unheard-of",
    ):
        reply = await person.get(path)
        assert reply.status_code == 404, path
    foreign, unknown = [
        await person.get(f"/dashboard/projects/{name}") for name in ("palm-grove", "unheard-of")
    ]
    assert foreign.text == unknown.text
    path = f"/dashboard/leads/{filled.dead_lead.id}/deliveries/{delivery_id}/retry"
    reply = await person.post(path, {"csrf_token": await person.csrf_token()})
    assert reply.status_code == 404
    assert desk.woken == 0
    assert "Coral Bay" in await person.read("/dashboard/projects/coral-bay")


async def test_no_secret_of_a_destination_is_shown(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in()
    html = await person.read("/dashboard/projects/palm-grove/destinations")
    assert "Authorization: ••••" in html
    for path in ("", "/destinations"):
        html = await person.read(f"/dashboard/projects/palm-grove{path}")
        assert "POST https://hooks.crm.example/…" in html
        assert "s3cr3t" not in html


async def test_a_project_shows_its_sites_tag_facts_and_answers(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in()
    html = await person.read("/dashboard/projects/palm-grove")
    assert TAG in html
    assert "data-project=&#34;palm-grove&#34;" in html
    text = words(html)
    for shown in (
        "*.sahyadri.example/palm-grove",
        "sahyadri.example by hand",
        "RERA",
        "₹84 lakh onwards",
        "Are pets allowed? Yes, with a leash in shared areas.",
    ):
        assert shown in text, shown
    other = words(await person.read("/dashboard/projects/urban-nest"))
    assert "leads are kept here and sent nowhere" in other
    assert "Nothing is known yet" in other


@pytest.mark.parametrize(
    "path",
    [
        "/dashboard/nothing",
        "/dashboard/leads/lead_unknown",
        "/dashboard/projects/unknown",
        "/dashboard/static/dashboard.css",
    ],
)
async def test_what_is_not_there_says_so(desk: Desk, path: str) -> None:
    person = await desk.let_in()
    assert (await person.get(path)).status_code == 404


@pytest.mark.parametrize("place", PLACES[1:])
async def test_a_wrong_cursor_is_a_page_too(desk: Desk, place: str) -> None:
    person = await desk.let_in()
    reply = await person.get(f"{place}?after=%00nonsense")
    assert reply.status_code in (200, 400, 404, 422)
    assert reply.headers["Content-Type"].startswith("text/html")


async def test_a_trailing_slash_is_forgiven(desk: Desk) -> None:
    person = await desk.let_in()
    reply = await person.get("/dashboard/")
    assert (reply.status_code, reply.headers["Location"]) == (308, "/dashboard")


async def test_static_files_are_kept_for_good_under_a_name_of_their_content(desk: Desk) -> None:
    person: Person = desk.visit()
    html = await person.read("/dashboard/sign-in")
    paths = re.findall(r'(?:href|src)="(/dashboard/static/[^"]+)"', html)
    assert len(paths) == 3
    for path in paths:
        reply = await person.get(path)
        assert reply.status_code == 200
        assert reply.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        again = await person.client.get(path, headers={"If-None-Match": reply.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert (
            await person.get(re.sub(r"-[0-9a-f]{12}", "-000000000000", path))
        ).status_code == 404
