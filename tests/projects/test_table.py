"""Projects as CSV: what a spreadsheet keeps comes in, and goes out the same."""

import pytest

from frontdesk.model import Scope
from frontdesk.projects.importing import ProjectsFile
from frontdesk.projects.model import Site
from frontdesk.projects.service import Projects
from frontdesk.projects.table import COLUMNS, read_sites, write_row, write_site_line
from frontdesk.settings import Environment
from frontdesk.storage.base import Storage
from frontdesk.web.spreadsheets import write_csv_row
from tests.projects.test_file import CORAL, PALM, file_of
from tests.support.clock import SteppedClock
from tests.support.samples import VAULT, open_headers


@pytest.fixture
def file(storage: Storage, clock: SteppedClock) -> ProjectsFile:
    return ProjectsFile(Projects(storage, clock, Environment.PRODUCTION, VAULT))


async def run(file: ProjectsFile, text: str) -> list[tuple[int | None, str, str]]:
    plan = await file.plan_table(text)
    await file.apply(plan)
    return [(fault.line, fault.project, fault.field) for fault in plan.faults]


async def test_lines_become_projects(file: ProjectsFile) -> None:
    text = (
        "\ufeffid;name;sites;widget.accent;widget.quick_replies\r\n"
        'palm-grove;Palm Grove;"palmgrove.example;brand.example/palm by hand"'
        ';#aa3300;"[""Prices""]"\r\n'
        ";;;;\r\n"
        "'-x;=cmd|x;;;\r\n"
    )
    assert await run(file, text) == [(4, "-x", "id")]
    assert await run(file, text.rpartition("'-x")[0]) == []
    palm = await file.projects.get("palm-grove")
    assert palm.widget.accent == "#aa3300"
    assert palm.widget.quick_replies == ("Prices",)
    assert palm.sites == (
        Site(host="palmgrove.example"),
        Site(host="brand.example", path_prefix="/palm", by_hand=True),
    )


async def test_what_has_no_column_stays_and_an_empty_cell_clears(file: ProjectsFile) -> None:
    await file.run(file_of(PALM))
    assert await run(file, "id,name,crm_id,widget.accent\npalm-grove,Palm Court,,#112233\n") == []
    palm = await file.projects.get("palm-grove")
    assert (palm.name, palm.crm_id, palm.widget.accent) == ("Palm Court", None, "#112233")
    assert palm.widget.quick_replies == ("Prices",)
    assert open_headers(palm) == {"Authorization": "Bearer invented"}
    assert (await file.projects.knowledge("palm-grove")).facts


async def test_an_export_comes_back_unchanged(file: ProjectsFile) -> None:
    await file.run(file_of(PALM | {"name": "=1+1"}, CORAL))
    rows = [write_row(project) async for project in file.projects.walk()]
    text = b"".join([write_csv_row(COLUMNS), *rows]).decode()
    assert "Bearer invented" not in text
    assert "'=1+1" in text
    plan = await file.plan_table(text)
    assert plan.report.unchanged == ("coral-bay", "palm-grove")


async def test_every_fault_is_told_with_its_line(file: ProjectsFile) -> None:
    text = (
        "id,name,country,sites\n"
        "one,One,XX,\n"
        'two,"Two\ntowers",IN,same.example\n'
        "three,,IN,same.example\n"
        "two,Again,IN,same.example\n"
    )
    assert await run(file, text) == [
        (2, "one", "country"),
        (5, "three", "name"),
        (6, "two", "id"),
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", (1, "", "")),
        ("id,colour\n", (1, "", "")),
        ("id,name,colour\na,A,red\n", (1, "", "colour")),
        ("id,name,name\na,A,B\n", (1, "", "name")),
        ('id,name\na,"A\n', (2, "", "")),
        ("id,name\na,A,B\n", (2, "", "")),
        ("id,name,destinations\na,A,[{\n", (2, "a", "destinations")),
    ],
)
async def test_a_table_that_cannot_be_read_says_why(
    file: ProjectsFile, text: str, fault: tuple[int, str, str]
) -> None:
    assert await run(file, text) == [fault]


async def test_nobody_writes_or_learns_of_projects_that_are_not_theirs(
    file: ProjectsFile,
) -> None:
    await file.run(file_of(PALM, CORAL))
    mine = Scope(projects=frozenset({"coral-bay"}))
    text = "id,name,sites\npalm-grove,Mine,\nnowhere,Mine,\ncoral-bay,Mine,palmgrove.example\n"
    plan = await file.plan_table(text, mine)
    assert [(fault.project, fault.detail) for fault in plan.faults] == [
        ("palm-grove", "This project is not among yours."),
        ("nowhere", "This project is not among yours."),
    ]
    plan = await file.plan_table("id,name,sites\ncoral-bay,Mine,palmgrove.example\n", mine)
    assert [fault.detail for fault in plan.faults] == [
        "palmgrove.example belongs to another project."
    ]


async def test_differences_are_told_by_field_without_secrets(file: ProjectsFile) -> None:
    await file.run(file_of(PALM))
    changed = PALM | {"name": "Palm Court", "facts": [], "widget": {"accent": "#112233"}}
    plan = await file.plan(file_of(changed))
    told = [str(one) for one in plan.changes[0].differences]
    assert told == [
        "name: Palm Court instead of Palm Grove",
        "widget.accent: #112233 instead of #aa3300",
        "widget.quick_replies: cleared",
        "facts: 0 entries instead of 1 entries",
    ]


def test_sites_are_written_as_they_are_read() -> None:
    sites = (Site(host="a.example"), Site(host="b.example", path_prefix="/c", by_hand=True))
    text = "\n".join(map(write_site_line, sites))
    assert tuple(Site.model_validate(one) for one in read_sites(text)) == sites
