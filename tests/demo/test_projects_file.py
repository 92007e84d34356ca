"""What the desk knows of the demo's projects is what their pages say, figure by figure."""

import json
from typing import Any

import pytest

from frontdesk.clock import Clock
from frontdesk.demo.run import PROJECTS_FILE
from frontdesk.projects.importing import ProjectsFile
from frontdesk.projects.model import Knowledge
from frontdesk.projects.service import Projects
from frontdesk.settings import Environment
from frontdesk.storage.base import Storage
from tests.demo.pages import PROJECT_PAGES, amounts, load_project, measures, numbers
from tests.support.samples import VAULT

KEYS = {
    *("price", "configuration", "size", "possession", "rera", "location", "connectivity"),
    *("amenities", "payment_plan", "loan", "maintenance", "parking", "pets", "developer"),
    *("floors", "units", "status", "office_hours", "brochure", "contact"),
}


def load_entries() -> dict[str, dict[str, Any]]:
    data = json.loads(PROJECTS_FILE.read_text(encoding="utf-8"))
    return {entry["id"]: entry for entry in data["projects"]}


ENTRIES = load_entries()


@pytest.fixture(params=PROJECT_PAGES)
def project_id(request: pytest.FixtureRequest) -> str:
    return str(request.param)


async def test_imports_whole(storage: Storage, clock: Clock) -> None:
    projects = Projects(storage, clock, Environment.DEVELOPMENT, VAULT)
    data = json.loads(PROJECTS_FILE.read_text(encoding="utf-8"))
    report = await ProjectsFile(projects).run(data)
    assert report.faults == ()
    assert report.created == tuple(PROJECT_PAGES)
    again = await ProjectsFile(projects).run(data)
    assert again.unchanged == tuple(PROJECT_PAGES)


def test_knows_the_usual_things(project_id: str) -> None:
    facts = ENTRIES[project_id]["facts"]
    assert {fact["key"] for fact in facts} >= KEYS
    assert all(fact["source"] for fact in facts)
    assert all(fact["as_of"] for fact in facts if fact["key"] == "price")


def test_answers_in_the_languages_of_the_visitors(project_id: str) -> None:
    answers = ENTRIES[project_id]["answers"]
    assert 8 <= len(answers) <= 15
    assert {answer.get("language", "en") for answer in answers} == {"en", "hi", "hi-Latn"}


async def test_every_number_it_knows_is_on_the_page(project_id: str) -> None:
    page = await load_project(project_id)
    known = tell(project_id)
    assert numbers(known) <= numbers(page)
    assert amounts(known) <= amounts(page)


async def test_every_figure_on_the_page_is_known(project_id: str) -> None:
    page = await load_project(project_id)
    known = tell(project_id)
    assert amounts(page) <= amounts(known)
    assert measures(page) <= measures(known)


async def test_the_registration_is_on_the_page_and_in_the_widget(project_id: str) -> None:
    entry = ENTRIES[project_id]
    [number] = [fact["value"] for fact in entry["facts"] if fact["key"] == "rera"]
    assert number in await load_project(project_id)
    assert number in entry["widget"]["legal_line"]
    # Obviously invented: no register has these.
    assert set(number[-4:]) == {"0"}


def test_each_project_has_a_look_and_a_crm_id_of_its_own() -> None:
    for field in ("crm_id", "name"):
        assert len({entry[field] for entry in ENTRIES.values()}) == len(ENTRIES)
    for field in ("accent", "greeting"):
        assert len({entry["widget"][field] for entry in ENTRIES.values()}) == len(ENTRIES)


def test_four_customers_map_the_fields_four_ways() -> None:
    mappings = {
        (entry["group"], *sorted(destination["fields"].items()))
        for entry in ENTRIES.values()
        for destination in entry["destinations"]
    }
    assert len(mappings) == 4


def test_fits_the_knowledge_of_a_project(project_id: str, clock: Clock) -> None:
    entry = ENTRIES[project_id]
    Knowledge.model_validate(
        {"facts": entry["facts"], "answers": entry["answers"], "updated_at": clock()}
    )


def tell(project_id: str) -> str:
    entry = ENTRIES[project_id]
    facts = [f"{fact.get('subject', '')} {fact['value']}" for fact in entry["facts"]]
    answers = [f"{answer['question']} {answer['answer']}" for answer in entry["answers"]]
    return " | ".join(facts + answers)
