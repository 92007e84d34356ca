"""When a project is visited and called, what visitors agree to, and how long data is kept."""

import re
from datetime import date
from html import unescape

import pytest

from frontdesk.accounts.model import Role
from frontdesk.dashboard.forms import Form
from frontdesk.dashboard.schedule_forms import fill_schedule, read_hours, read_schedule
from frontdesk.model import Scope
from frontdesk.projects.model import ConsentText, Retention
from frontdesk.projects.schedule import Opening, Schedule, Weekday
from tests.dashboard.conftest import Desk, Person
from tests.dashboard.filled import Filled
from tests.dashboard.test_projects import send

PATH = "/dashboard/projects/palm-grove/rules"


async def read_part(person: Person, part: str) -> dict[str, str]:
    """A part's form as a browser would send it back."""
    page = (await person.read(PATH)).split(f'action="{PATH}/{part}"')[1].split("</form>")[0]
    fields = dict(re.findall(r'<input (?:type="hidden" )?name="([^"]+)" value="([^"]*)"', page))
    fields |= dict(re.findall(r'<textarea name="([^"]+)"[^>]*>([^<]*)<', page))
    return {name: unescape(value) for name, value in fields.items() if name != "csrf_token"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("10:00-18:00", [("10:00", "18:00")]),
        ("14.30 to 18, 9-13", [("09:00", "13:00"), ("14:30", "18:00")]),
        ("", []),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, found: list[tuple[str, str]]) -> None:
    assert read_hours(text) == (found, "")


@pytest.mark.parametrize("text", ["18-10", "10-12, 11-13", "25-26", "all day", "10:00", "9-24:00"])
def test_hours_that_cannot_be_are_told(text: str) -> None:
    found, fault = read_hours(text)
    assert (found, bool(fault)) == ([], True)


def test_a_schedule_comes_back_as_it_was() -> None:
    days = tuple(Weekday)
    schedule = Schedule(
        visits=(
            Opening(days=days[:5], opens="10:00", closes="13:00"),
            Opening(days=days[:3], opens="14:00", closes="18:00"),
        ),
        calls=(Opening(days=days[5:], opens="09:00", closes="19:00"),),
        holidays=(date(2026, 12, 25),),
        slot_minutes=90,
    )
    assert read_schedule(fill_schedule(schedule)) == (schedule, {})
    wrong = Form({"visits.sat": ["x"], "slot_minutes": ["5"], "holidays": ["Christmas"]})
    assert set(read_schedule(wrong)[1]) == {"visits.sat", "slot_minutes", "holidays"}


async def test_the_times_are_changed_and_what_is_offered_shown(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in(Role.MANAGER)
    page = await person.read(PATH)
    assert "<li><time" in page
    assert "the team calls today before 7 pm" in page
    fields = await read_part(person, "schedule")
    assert fields["visits.mon"] == "10:00-18:00"
    fields |= {"visits.mon": "", "calls.sun": "10-12", "slot_minutes": "30"}
    assert (await send(person, f"{PATH}/schedule", **fields))[0] == 303
    project = await desk.storage.get_project("palm-grove")
    assert project.schedule.slot_minutes == 30
    assert Weekday.MONDAY not in project.schedule.visits[0].days
    assert project.schedule.holidays == (date(2026, 12, 25),)
    fields |= {"visits.tue": "late"}
    status, page = await send(person, f"{PATH}/schedule", **fields)
    assert (status, 'id="fault-visits.tue"' in page, 'value="late"' in page) == (422, True, True)
    status, page = await send(person, f"{PATH}/schedule", **fields | {"visits.tue": "9-12"})
    assert (status, "changed it meanwhile" in page, 'value="9-12"' in page) == (409, True, True)


async def test_other_words_of_consent_need_another_version(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in(Role.MANAGER)
    fields = await read_part(person, "consent") | {"text": "Yes, call me.", "required": "on"}
    status, page = await send(person, f"{PATH}/consent", **fields)
    assert status == 422
    assert 'id="fault-version">Other words need another version' in page
    assert 'name="version" value="2"' in page, "pressed again, it is saved"
    assert (await send(person, f"{PATH}/consent", **fields | {"version": "2"}))[0] == 303
    consent = (await desk.storage.get_project("palm-grove")).consent
    assert consent == ConsentText(version="2", text="Yes, call me.", required=True)
    fields = await read_part(person, "consent")
    assert (await send(person, f"{PATH}/consent", **fields))[0] == 303
    assert not (await desk.storage.get_project("palm-grove")).consent.required


async def test_a_shorter_time_is_confirmed_with_what_it_removes(desk: Desk, filled: Filled) -> None:
    desk.clock.step(days=2)
    person = await desk.let_in(Role.MANAGER)
    fields = await read_part(person, "retention") | {"leads_days": "1"}
    status, page = await send(person, f"{PATH}/retention", **fields)
    assert status == 200
    assert "21 leads are older and would go within the hour" in page
    assert (await desk.storage.get_project("palm-grove")).retention == Retention()
    assert (await send(person, f"{PATH}/retention", **fields, act="remove"))[0] == 303
    assert (await desk.storage.get_project("palm-grove")).retention == Retention(leads_days=1)
    fields = await read_part(person, "retention") | {"leads_days": ""}
    assert (await send(person, f"{PATH}/retention", **fields))[0] == 303, "longer asks nothing"
    status, page = await send(person, f"{PATH}/retention", leads_days="0")
    assert (status, 'id="fault-leads_days">Write a number of days' in page) == (422, True)


async def test_rules_are_for_managers_of_the_project(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in(Role.MANAGER, Scope(projects=frozenset({"coral-bay"})))
    assert (await person.get(PATH)).status_code == 404
    for part in ("schedule", "consent", "retention"):
        assert (await send(person, f"{PATH}/{part}", text="x", version="9"))[0] == 404
    sales = desk.visit()
    await desk.add_member(Role.SALES, email="sales@agency.example")
    await sales.sign_in("sales@agency.example")
    assert (await sales.get(PATH)).status_code == 403
    assert "/rules" not in await sales.read("/dashboard/projects/palm-grove")
