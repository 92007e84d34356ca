"""Finding projects among thousands, and saving one that somebody else may be saving too."""

import pytest

from frontdesk.errors import Conflict
from frontdesk.model import EVERY_PROJECT, Scope
from frontdesk.projects.destinations import HttpDestination
from frontdesk.projects.model import Project, ProjectFilter, ProjectState, Site
from frontdesk.storage.base import Storage
from tests.contracts.test_analytics import make_event, make_sighting
from tests.support.samples import later, make_project

CRM = HttpDestination(id="crm", url="https://crm.example/leads")


async def save(storage: Storage, project_id: str, **changes: object) -> Project:
    project = make_project(project_id).model_copy(update=changes)
    await storage.save_project(project_id, project)
    return project


async def find(storage: Storage, scope: Scope = EVERY_PROJECT, **wanted: object) -> list[str]:
    fits = ProjectFilter.model_validate(wanted)
    page = await storage.list_projects(scope, fits=fits, limit=200)
    assert await storage.count_projects(scope, fits=fits) == len(page.items)
    return [project.id for project in page.items]


async def see(storage: Storage, project: Project, *, days: int = 0) -> None:
    for site in project.sites:
        sighting = make_sighting(project.id, minutes=days * 24 * 60).model_copy(
            update={"host": site.host, "path_prefix": site.path_prefix}
        )
        await storage.record_events(project.id, [make_event(project_id=project.id)], sighting)


async def test_projects_are_found_by_a_part_of_name_id_or_host(storage: Storage) -> None:
    await save(storage, "tower-9", name="Sea.View 100%", sites=(Site(host="nine.example"),))
    assert await find(storage, text="sea.v") == ["tower-9"]
    assert await find(storage, text="0%") == ["tower-9"]
    assert await find(storage, text="WER-9") == ["tower-9"]
    assert await find(storage, text="NINE.") == ["tower-9"]
    assert await find(storage, text="seaXview") == []
    assert await find(storage, text=".*") == []
    assert await find(storage, text="_ea") == []


async def test_projects_are_found_by_their_group(storage: Storage) -> None:
    await save(storage, "one", group="Invented Homes")
    await save(storage, "two", group="Another")
    assert await find(storage, group="Invented Homes") == ["one"]
    assert await find(storage, group="invented homes") == []
    assert await storage.list_groups(EVERY_PROJECT) == ["Another", "Invented Homes"]
    assert await storage.list_groups(Scope(projects=frozenset({"two"}))) == ["Another"]
    assert await storage.list_groups(Scope(projects=frozenset())) == []


async def test_a_project_is_live_once_the_tag_was_seen_on_each_of_its_sites(
    storage: Storage,
) -> None:
    sites = (Site(host="b.example"), Site(host="b.example", path_prefix="/two"))
    both = await save(storage, "both", sites=sites)
    await save(storage, "nowhere", sites=())
    await see(storage, both.model_copy(update={"sites": sites[:1]}))
    others = ["coral-bay", "nowhere", "palm-grove"]
    assert await find(storage, state=ProjectState.LIVE) == []
    assert await find(storage, state=ProjectState.NOT_LIVE) == ["both", *others]
    await see(storage, both)
    assert await find(storage, state=ProjectState.LIVE) == ["both"]
    assert await find(storage, state=ProjectState.NOT_LIVE) == others
    nobodys = Scope(projects=frozenset({"palm-grove"}))
    assert await find(storage, nobodys, state=ProjectState.LIVE) == []
    assert await find(storage, nobodys, state=ProjectState.NOT_LIVE) == ["palm-grove"]


async def test_what_was_seen_too_long_ago_is_not_live(storage: Storage) -> None:
    await see(storage, await save(storage, "old"), days=1)
    assert await find(storage, state=ProjectState.LIVE, seen_since=later(days=1)) == ["old"]
    assert await find(storage, state=ProjectState.LIVE, seen_since=later(days=2)) == []


async def test_projects_whose_leads_go_nowhere_are_found(storage: Storage) -> None:
    off = CRM.model_copy(update={"enabled": False, "id": "off"})
    await save(storage, "sends", destinations=(off, CRM))
    await save(storage, "keeps", destinations=(off,))
    found = await find(storage, state=ProjectState.NO_DESTINATION)
    assert "keeps" in found
    assert "sends" not in found


async def test_a_filtered_list_is_walked_by_the_page(storage: Storage) -> None:
    for number in range(5):
        await save(storage, f"tower-{number}", group="Towers")
    fits, seen, after = ProjectFilter(group="Towers"), [], None
    while True:
        page = await storage.list_projects(EVERY_PROJECT, fits=fits, after=after, limit=2)
        seen += [project.id for project in page.items]
        if (after := page.next_cursor) is None:
            break
    assert seen == [f"tower-{number}" for number in range(5)]


async def test_of_two_who_read_the_same_project_one_saves_it(storage: Storage) -> None:
    read = await storage.get_project("palm-grove")
    first = read.model_copy(update={"name": "First"})
    await storage.save_project("palm-grove", first, expected=read)
    second = read.model_copy(update={"name": "Second", "sites": (Site(host="new.example"),)})
    with pytest.raises(Conflict) as caught:
        await storage.save_project("palm-grove", second, expected=read)
    assert caught.value.code == "changed_meanwhile"
    assert await storage.get_project("palm-grove") == first
    assert await storage.list_projects_for_hosts(["new.example"]) == []


async def test_what_is_expected_and_not_there_was_changed(storage: Storage) -> None:
    new = make_project("new")
    with pytest.raises(Conflict):
        await storage.save_project("new", new, expected=new)
