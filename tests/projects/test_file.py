"""The projects file: every fault told, nothing by halves, and what goes out comes back in."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.model import EVERY_PROJECT
from frontdesk.projects.destinations import HttpDestination
from frontdesk.projects.file import ImportReport, read_entries, write_entry
from frontdesk.projects.importing import AT_ONCE, ProjectsFile
from frontdesk.projects.model import (
    Answer,
    ConsentText,
    Fact,
    FactState,
    Knowledge,
    Project,
    ProjectDetails,
    Site,
    WidgetSettings,
)
from frontdesk.projects.secrets import MASK
from frontdesk.projects.service import Projects
from frontdesk.projects.table import MOST_ROWS
from frontdesk.settings import Environment
from frontdesk.storage.base import Storage
from tests.support.clock import START, SteppedClock
from tests.support.samples import VAULT, open_headers


@pytest.fixture
def projects(storage: Storage, clock: SteppedClock) -> Projects:
    return Projects(storage, clock, Environment.PRODUCTION, VAULT)


PALM = {
    "id": "palm-grove",
    "name": "Palm Grove",
    "group": "Invented Homes",
    "crm_id": "PG-1",
    "country": "IN",
    "time_zone": "Asia/Kolkata",
    "sites": [
        "PalmGrove.example",
        "brand.example/palm-grove/",
        {"host": "shared.example", "path_prefix": "/both", "by_hand": True},
    ],
    "widget": {"accent": "#aa3300", "quick_replies": ["Prices"]},
    "consent": {"version": "2", "text": "Call me.", "required": True},
    "destinations": [
        {
            "id": "crm",
            "url": "https://crm.example/leads",
            "headers": {"Authorization": "Bearer invented"},
            "fields": {"contact.mobile": "phone", "source": "=web"},
        }
    ],
    "facts": [
        {"key": "price", "subject": "2 BHK", "value": "₹84 lakh onwards", "as_of": "2026-11-01"}
    ],
    "answers": [{"question": "Is there parking?", "answer": "Two places for each home."}],
}
CORAL = {"id": "coral-bay", "name": "Coral Bay", "sites": ["brand.example/coral-bay"]}


def file_of(*entries: object) -> dict[str, object]:
    return {"projects": list(entries)}


async def stored_ids(storage: Storage) -> list[str]:
    return [project.id for project in (await storage.list_projects(EVERY_PROJECT)).items]


async def test_a_file_becomes_projects(projects: Projects) -> None:
    report = await ProjectsFile(projects).run(file_of(PALM, CORAL))
    assert report == ImportReport(created=("palm-grove", "coral-bay"))
    palm = await projects.get("palm-grove")
    assert palm.sites == (
        Site(host="palmgrove.example"),
        Site(host="brand.example", path_prefix="/palm-grove"),
        Site(host="shared.example", path_prefix="/both", by_hand=True),
    )
    assert open_headers(palm) == {"Authorization": "Bearer invented"}
    assert (palm.created_at, palm.updated_at) == (START, START)
    knowledge = await projects.knowledge("palm-grove")
    assert knowledge.facts[0].as_of == date(2026, 11, 1)
    assert knowledge.answers[0].answer == "Two places for each home."


async def test_a_dry_run_tells_the_same_and_stores_nothing(
    projects: Projects, storage: Storage
) -> None:
    report = await ProjectsFile(projects).run(file_of(PALM, CORAL), dry_run=True)
    assert report == ImportReport(created=("palm-grove", "coral-bay"))
    assert await stored_ids(storage) == []


async def test_only_what_changed_is_stored(
    projects: Projects, storage: Storage, clock: SteppedClock
) -> None:
    await ProjectsFile(projects).run(file_of(PALM, CORAL))
    later = clock.step(hours=1)
    report = await ProjectsFile(projects).run(file_of(PALM, CORAL | {"name": "Coral Court"}))
    assert report == ImportReport(changed=("coral-bay",), unchanged=("palm-grove",))
    assert (await storage.get_project("palm-grove")).updated_at == START
    coral = await storage.get_project("coral-bay")
    assert (coral.name, coral.created_at, coral.updated_at) == ("Coral Court", START, later)


async def test_knowledge_that_the_file_leaves_out_stays(projects: Projects) -> None:
    await ProjectsFile(projects).run(file_of(PALM))
    without = {key: value for key, value in PALM.items() if key not in {"facts", "answers"}}
    assert (await ProjectsFile(projects).run(file_of(without))).unchanged == ("palm-grove",)
    assert len((await projects.knowledge("palm-grove")).facts) == 1
    report = await ProjectsFile(projects).run(file_of(without | {"facts": []}))
    assert report.changed == ("palm-grove",)
    knowledge = await projects.knowledge("palm-grove")
    assert (len(knowledge.facts), len(knowledge.answers)) == (0, 1)
    page = {"title": "The grove", "text": "Three towers around one grove."}
    report = await ProjectsFile(projects).run(file_of(without | {"pages": [page]}))
    assert report.changed == ("palm-grove",)
    assert (await ProjectsFile(projects).run(file_of(without))).unchanged == ("palm-grove",)
    assert [known.title for known in (await projects.knowledge("palm-grove")).pages] == [
        "The grove"
    ]


@pytest.mark.parametrize(
    ("change", "field", "detail"),
    [
        ({"id": "Palm Grove"}, "id", "Use lower-case letters, digits and hyphens"),
        ({"id": 7}, "id", "has to be text"),
        ({"name": ""}, "name", "This is empty."),
        ({"name": "x" * 201}, "name", "at most 200 characters"),
        ({"names": "x"}, "names", "There is no such field."),
        ({"country": "in"}, "country", "two capital letters"),
        ({"country": "ZZ"}, "country", "No country has this code."),
        ({"time_zone": "Asia/Atlantis"}, "time_zone", "There is no such time zone."),
        ({"time_zone": "../etc/passwd"}, "time_zone", "There is no such time zone."),
        ({"sites": "palmgrove.example"}, "sites", "has to be a list"),
        ({"sites": ["https://palmgrove.example"]}, "sites.0.host", "without https://"),
        ({"sites": ["palmgrove.example:8000"]}, "sites.0.host", "without a port"),
        ({"sites": ["a.example", "*.com"]}, "sites.1.host", "name of your own"),
        ({"sites": ["a.example/x?y"]}, "sites.0.path_prefix", "path alone"),
        ({"sites": [{"host": "a.example", "path_prefix": "x"}]}, "sites.0.path_prefix", "slash"),
        ({"sites": [{"path_prefix": "/x"}]}, "sites.0.host", "This is missing."),
        ({"sites": [7]}, "sites.0", "has to be an object"),
        ({"sites": ["a.example/x", "A.example/x/"]}, "sites.1", "a.example/x stands here twice"),
        ({"widget": {"accent": "green"}}, "widget.accent", "#1f6f54"),
        ({"widget": {"position": "top"}}, "widget.position", "'left' or 'right'"),
        ({"widget": {"quick_replies": list("abcde")}}, "widget.quick_replies", "at most 4"),
        ({"consent": {"required": "perhaps"}}, "consent.required", "true or false"),
        ({"destinations": [{"id": "crm"}]}, "destinations.0.url", "This is missing."),
        (
            {"destinations": [{"id": "crm", "url": "crm.example"}]},
            "destinations.0.url",
            "begins with https://",
        ),
        (
            {"destinations": [{"id": "crm", "url": "https://u:p@crm.example"}]},
            "destinations.0.url",
            "credentials into a header",
        ),
        (
            {"destinations": [{"id": "a", "url": "https://c.example", "fields": {"x": "y"}}]},
            "destinations.0.fields.x",
            "There is no field",
        ),
        (
            {"destinations": [{"id": "a", "url": "https://c.example", "headers": {"A": MASK}}]},
            "destinations.0.headers.A",
            "no stored value",
        ),
        ({"facts": [{"key": "Price", "value": "1"}]}, "facts.0.key", "lower-case"),
        ({"facts": [{"key": "a", "value": "1", "as_of": "1.11."}]}, "facts.0.as_of", "date"),
        ({"facts": [{"key": "a", "value": "1", "state": "new"}]}, "facts.0.state", "'detected'"),
    ],
)
async def test_a_fault_is_told_in_plain_words_and_nothing_is_stored(
    projects: Projects, storage: Storage, change: dict[str, object], field: str, detail: str
) -> None:
    entry = {"id": "palm-grove", "name": "Palm Grove"} | change
    report = await ProjectsFile(projects).run(file_of(CORAL, entry))
    assert [fault.field for fault in report.faults] == [field]
    assert detail in report.faults[0].detail
    assert report.faults[0].project == (entry["id"] if isinstance(entry["id"], str) else "number 2")
    assert (report.created, report.changed, report.unchanged) == ((), (), ())
    assert await stored_ids(storage) == []


@pytest.mark.parametrize(
    "data", [None, [], "x", {}, {"projects": {}}, {"projects": None}, {"project": []}]
)
async def test_what_is_no_projects_file_is_refused(projects: Projects, data: object) -> None:
    report = await ProjectsFile(projects).run(data)
    assert [fault.field for fault in report.faults] == ["projects"]


async def test_faults_of_all_projects_come_in_one_list(projects: Projects) -> None:
    report = await ProjectsFile(projects).run(
        {
            "projects": [
                "x",
                {"name": "No id"},
                {"id": "a", "name": "A", "country": "ZZ", "time_zone": "X"},
                {"id": "a", "name": "A"},
                {"id": "b", "name": "B", "sites": ["*.b.example"]},
                {"id": "c", "name": "C", "sites": ["c.example", "*.b.example"]},
            ],
            "version": 1,
        }
    )
    assert [(fault.project, fault.field) for fault in report.faults] == [
        ("", "version"),
        ("number 1", "project"),
        ("number 2", "id"),
        ("a", "country"),
        ("a", "time_zone"),
        ("a", "id"),
        ("c", "sites.1"),
    ]
    assert report.faults[-1].detail == "*.b.example belongs to b."


async def test_a_site_of_a_stored_project_is_taken(projects: Projects) -> None:
    await ProjectsFile(projects).run(file_of(CORAL))
    report = await ProjectsFile(projects).run(
        file_of(PALM, {"id": "new", "name": "New", "sites": ["Brand.example/coral-bay"]})
    )
    assert [(fault.project, fault.field, fault.detail) for fault in report.faults] == [
        ("new", "sites.0", "brand.example/coral-bay belongs to coral-bay.")
    ]


async def test_sites_by_hand_may_be_shared(projects: Projects) -> None:
    shared = [{"host": "shared.example", "by_hand": True}]
    report = await ProjectsFile(projects).run(
        file_of(
            {"id": "a", "name": "A", "sites": shared}, {"id": "b", "name": "B", "sites": shared}
        )
    )
    assert report.created == ("a", "b")


async def test_projects_may_change_places(projects: Projects) -> None:
    def entry(project_id: str, *sites: str) -> dict[str, object]:
        return {"id": project_id, "name": project_id, "sites": list(sites)}

    await ProjectsFile(projects).run(file_of(entry("a", "one.example"), entry("b", "two.example")))
    report = await ProjectsFile(projects).run(
        file_of(entry("a", "two.example"), entry("b", "one.example"))
    )
    assert report.changed == ("a", "b")
    assert (await projects.get("a")).sites == (Site(host="two.example"),)
    assert (await projects.get("b")).sites == (Site(host="one.example"),)


async def test_an_export_masks_credentials_and_comes_back_unchanged(projects: Projects) -> None:
    await ProjectsFile(projects).run(file_of(PALM, CORAL))
    exported = await ProjectsFile(projects).export()
    assert "invented" not in json.dumps(exported)
    assert (await ProjectsFile(projects).run(exported)).unchanged == ("coral-bay", "palm-grove")
    assert open_headers(await projects.get("palm-grove")) == {"Authorization": "Bearer invented"}


TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]), min_size=1, max_size=12
)
IDS = st.from_regex(r"[a-z0-9](?:[a-z0-9-]{0,6}[a-z0-9])?", fullmatch=True)
HOSTS = st.from_regex(r"(?:\*\.)?[a-z]{1,3}\.[a-z]{1,3}\.example", fullmatch=True)
SITES = st.builds(
    Site,
    host=HOSTS,
    path_prefix=TEXT.map(lambda text: "/" + text.replace("?", "").replace("#", "")),
    by_hand=st.booleans(),
)
DESTINATIONS = st.builds(
    HttpDestination,
    id=IDS,
    url=st.just("https://crm.example/leads"),
    method=st.sampled_from(["POST", "PUT"]),
    fields=st.dictionaries(IDS, st.just("phone") | TEXT.map(lambda text: f"={text}"), max_size=2),
    enabled=st.booleans(),
)
KNOWLEDGE = st.builds(
    Knowledge,
    facts=st.lists(
        st.builds(
            Fact,
            key=st.just("price"),
            subject=st.just("") | TEXT,
            value=TEXT,
            source=st.just("") | TEXT,
            as_of=st.none() | st.dates(),
            state=st.sampled_from(FactState),
        ),
        max_size=2,
    ).map(tuple),
    answers=st.lists(
        st.builds(Answer, question=TEXT, answer=TEXT, valid_until=st.none() | st.dates()),
        max_size=2,
    ).map(tuple),
    updated_at=st.just(START),
)
PROJECTS = st.builds(
    Project,
    id=st.just("palm-grove"),
    name=TEXT,
    group=st.none() | TEXT,
    crm_id=st.none() | TEXT,
    country=st.sampled_from(["IN", "AE", "GB"]),
    time_zone=st.sampled_from(["Asia/Kolkata", "Asia/Dubai"]),
    sites=st.lists(SITES, max_size=3, unique_by=lambda site: (site.host, site.path_prefix)).map(
        tuple
    ),
    widget=st.builds(
        WidgetSettings,
        accent=st.none() | st.just("#123abc"),
        greeting=st.none() | st.just("") | TEXT,
        quick_replies=st.none() | st.lists(TEXT, max_size=4).map(tuple),
        texts=st.dictionaries(TEXT, TEXT, max_size=2),
    ),
    consent=st.builds(ConsentText, version=TEXT, text=TEXT, required=st.booleans()),
    destinations=st.lists(DESTINATIONS, max_size=2, unique_by=lambda one: one.id).map(tuple),
    created_at=st.just(START),
    updated_at=st.just(START),
)


@given(project=PROJECTS, knowledge=KNOWLEDGE)
def test_what_goes_out_comes_back_in(project: Project, knowledge: Knowledge) -> None:
    text = json.dumps({"projects": [write_entry(project, knowledge)]})
    entries, faults = read_entries(json.loads(text))
    assert faults == []
    (entry,) = entries
    assert entry.rewrite(knowledge, START) is None
    for name in ProjectDetails.model_fields:
        assert getattr(entry, name) == getattr(project, name)


async def test_a_fault_of_a_json_file_has_the_line_of_its_project(projects: Projects) -> None:
    file = ProjectsFile(projects)
    text = """{
      "projects": [
        {"id": "palm-grove", "name": "Palm \\"projects\\": ["},

        {"id": "coral-bay",
         "name": "Coral Bay", "country": "XX"}, {"id": "urban-nest", "name": ""}
      ]
    }"""
    plan = await file.plan_text(text)
    assert [(fault.project, fault.line) for fault in plan.faults] == [
        ("coral-bay", 5),
        ("urban-nest", 6),
    ]
    plan = await file.plan_text("{\n[")
    assert plan.faults[0].line == 2


async def test_a_file_of_too_many_projects_is_refused(projects: Projects) -> None:
    file = ProjectsFile(projects)
    plan = await file.plan({"projects": [{}] * (MOST_ROWS + 1)})
    assert "at most 20,000" in plan.faults[0].detail


async def test_an_import_tells_how_far_it_is(projects: Projects) -> None:
    file = ProjectsFile(projects)
    entries = [{"id": f"tower-{n}", "name": "Tower"} for n in range(AT_ONCE + 1)]
    told: list[int] = []

    async def tell(count: int) -> None:
        told.append(count)

    await file.apply(await file.plan({"projects": entries}), tell)
    assert told == [AT_ONCE, AT_ONCE + 1]
