import asyncio

import pytest

from frontdesk.errors import Conflict, NotFound
from frontdesk.model import EVERY_PROJECT, Scope
from frontdesk.projects.destinations import HttpDestination
from frontdesk.projects.model import Answer, Fact, Knowledge, PageText, Project, Site
from frontdesk.storage import base
from frontdesk.storage.base import Storage
from tests.support.samples import later, make_project


def with_sites(project_id: str, *sites: Site) -> Project:
    return make_project(project_id).model_copy(update={"sites": sites})


async def test_a_project_comes_back_as_it_was_saved(storage: Storage) -> None:
    project = make_project("urban-nest", hosts=("urbannest.example", "*.brand.example"))
    await storage.save_project("urban-nest", project)
    assert await storage.get_project("urban-nest") == project


async def test_a_missing_project_is_not_found(storage: Storage) -> None:
    with pytest.raises(NotFound) as caught:
        await storage.get_project("nowhere")
    assert caught.value.code == "project_not_found"


async def test_saving_again_replaces_all_but_the_birth(storage: Storage) -> None:
    changed = make_project(at=later(days=3)).model_copy(update={"name": "Palm Grove II"})
    await storage.save_project("palm-grove", changed)
    saved = await storage.get_project("palm-grove")
    assert (saved.name, saved.created_at, saved.updated_at) == (
        "Palm Grove II",
        later(),
        later(days=3),
    )


async def test_a_site_belongs_to_one_project(storage: Storage) -> None:
    thief = make_project("urban-nest", hosts=("urban-nest.example", "palm-grove.example"))
    with pytest.raises(Conflict) as caught:
        await storage.save_project("urban-nest", thief)
    assert caught.value.code == "site_taken"
    with pytest.raises(NotFound):
        await storage.get_project("urban-nest")
    assert await storage.list_projects_for_hosts(["urban-nest.example"]) == []


@pytest.mark.parametrize(
    "site",
    [
        Site(host="palm-grove.example", path_prefix="/villas"),
        Site(host="www.palm-grove.example"),
        Site(host="palm-grove.example", by_hand=True),
    ],
    ids=["another prefix", "another host", "by hand"],
)
async def test_a_site_that_differs_is_free(storage: Storage, site: Site) -> None:
    await storage.save_project("urban-nest", with_sites("urban-nest", site))
    assert (await storage.get_project("urban-nest")).sites == (site,)


async def test_a_site_taken_by_hand_stays_free_for_another(storage: Storage) -> None:
    by_hand, outright = Site(host="b.example", by_hand=True), Site(host="b.example")
    await storage.save_project("first", with_sites("first", by_hand))
    await storage.save_project("second", with_sites("second", outright))
    with pytest.raises(Conflict):
        await storage.save_project("third", with_sites("third", outright))


async def test_a_site_listed_twice_counts_as_outright_if_one_of_them_is(storage: Storage) -> None:
    both = with_sites("both", Site(host="b.example"), Site(host="b.example", by_hand=True))
    await storage.save_project("both", both)
    assert await storage.get_project("both") == both
    with pytest.raises(Conflict):
        await storage.save_project("other", with_sites("other", Site(host="b.example")))


async def test_a_site_given_up_is_free_again(storage: Storage) -> None:
    await storage.save_project("palm-grove", make_project(hosts=("new.example",)))
    assert await storage.list_projects_for_hosts(["palm-grove.example"]) == []
    await storage.save_project("heir", make_project("heir", hosts=("palm-grove.example",)))
    (heir,) = await storage.list_projects_for_hosts(["palm-grove.example"])
    assert heir.id == "heir"


async def test_projects_are_found_by_any_of_the_hosts_once_and_in_order(storage: Storage) -> None:
    prefixes = tuple(Site(host="brand.example", path_prefix=path) for path in ("/a", "/b"))
    wild = Site(host="*.brand.example")
    await storage.save_project("villas", with_sites("villas", *prefixes))
    await storage.save_project("towers", with_sites("towers", wild))

    async def ids(*hosts: str) -> list[str]:
        return [project.id for project in await storage.list_projects_for_hosts(hosts)]

    assert await ids("brand.example") == ["villas"]
    assert await ids("*.brand.example", "brand.example") == ["towers", "villas"]
    assert await ids("x.brand.example") == []
    assert await ids() == []


async def test_projects_are_listed_in_order_of_id_within_the_scope(storage: Storage) -> None:
    await storage.save_project("bay-view", make_project("bay-view"))

    async def ids(scope: Scope) -> list[str]:
        return [project.id for project in (await storage.list_projects(scope)).items]

    assert await ids(EVERY_PROJECT) == ["bay-view", "coral-bay", "palm-grove"]
    chosen = Scope(projects=frozenset({"palm-grove", "bay-view", "gone"}))
    assert await ids(chosen) == ["bay-view", "palm-grove"]
    assert await ids(Scope(projects=frozenset())) == []


async def test_knowledge_is_empty_until_it_is_saved_whole(storage: Storage) -> None:
    assert await storage.get_knowledge("palm-grove") == Knowledge(updated_at=later())
    knowledge = Knowledge(
        facts=(Fact(key="price", subject="2 BHK", value="₹84 lakh onwards"),),
        answers=(Answer(question="Is there a pool?", answer="Yes, 25 metres."),),
        pages=(PageText(title="The grove", text="Three towers.\nOne grove.", source="Brochure"),),
        updated_at=later(hours=1),
    )
    await storage.save_knowledge("palm-grove", knowledge)
    assert await storage.get_knowledge("palm-grove") == knowledge
    replaced = Knowledge(updated_at=later(hours=2))
    await storage.save_knowledge("palm-grove", replaced)
    assert await storage.get_knowledge("palm-grove") == replaced


async def test_knowledge_is_not_saved_over_somebody_elses(storage: Storage) -> None:
    empty = await storage.get_knowledge("palm-grove")
    first, second = [
        Knowledge(facts=(Fact(key="price", value=f"{n} crore"),), updated_at=later(minutes=n))
        for n in (1, 2)
    ]
    saved = await asyncio.gather(
        *(
            storage.save_knowledge("palm-grove", one, expected=empty)
            for one in (first, second, first, second)
        ),
        return_exceptions=True,
    )
    assert [type(one) for one in saved].count(Conflict) == 3, "of those who read the same, one"
    stored = await storage.get_knowledge("palm-grove")
    other = second if stored == first else first
    with pytest.raises(Conflict, match="changed_meanwhile"):
        await storage.save_knowledge("palm-grove", other, expected=other)
    await storage.save_knowledge("palm-grove", other, expected=stored)
    assert await storage.get_knowledge("palm-grove") == other
    await storage.save_knowledge("palm-grove", first)
    with pytest.raises(NotFound):
        await storage.save_knowledge("nobody", first, expected=first)


async def test_knowledge_outlives_a_change_of_its_project(storage: Storage) -> None:
    knowledge = Knowledge(facts=(Fact(key="price", value="₹1 crore"),), updated_at=later())
    await storage.save_knowledge("palm-grove", knowledge)
    await storage.save_project("palm-grove", make_project(hosts=("new.example",)))
    assert await storage.get_knowledge("palm-grove") == knowledge


async def test_knowledge_of_a_missing_project_is_not_found(storage: Storage) -> None:
    with pytest.raises(NotFound) as caught:
        await storage.get_knowledge("nowhere")
    assert caught.value.code == "project_not_found"
    with pytest.raises(NotFound) as caught:
        await storage.save_knowledge("nowhere", Knowledge(updated_at=later()))
    assert caught.value.code == "project_not_found"


async def test_sightings_of_an_unknown_site_are_counted(storage: Storage) -> None:
    await storage.record_unknown_site("stray.example", "/first", later())
    await storage.record_unknown_site("stray.example", "/latest", later(minutes=2))
    await storage.record_unknown_site("stray.example", "/late-news", later(minutes=-1))
    (site,) = (await storage.list_unknown_sites()).items
    assert (site.host, site.path, site.count) == ("stray.example", "/latest", 3)
    assert (site.first_seen_at, site.last_seen_at) == (later(minutes=-1), later(minutes=2))


async def test_the_longest_unseen_site_makes_room(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "UNKNOWN_SITES_KEPT", 50)
    hosts = [f"{number:05d}.example" for number in range(base.UNKNOWN_SITES_KEPT)]
    await asyncio.gather(
        *(
            storage.record_unknown_site(host, "/", later(seconds=second))
            for second, host in enumerate(hosts)
        )
    )
    await storage.record_unknown_site(hosts[0], "/", later(days=1))  # unseen the longest no more
    await storage.record_unknown_site("new.example", "/", later(days=1))
    kept = [site.host for site in (await storage.list_unknown_sites(limit=100)).items]
    assert kept == [hosts[0], *hosts[2:], "new.example"]


async def test_a_destination_is_switched_off_and_nothing_else(storage: Storage) -> None:
    project = make_project(
        destinations=tuple(
            HttpDestination(id=name, url="https://crm.example", headers={"X": name})
            for name in ("one", "two")
        )
    )
    await storage.save_project("palm-grove", project)
    for _ in range(2):
        await storage.switch_destination("palm-grove", "two", later(minutes=1), enabled=False)
        stored = await storage.get_project("palm-grove")
        assert [one.enabled for one in stored.destinations] == [True, False]
        assert stored.updated_at == later(minutes=1)
        on = tuple(one.model_copy(update={"enabled": True}) for one in stored.destinations)
        assert stored.model_copy(update={"destinations": on, "updated_at": later()}) == project
    stored = await storage.get_project("palm-grove")
    await storage.switch_destination("palm-grove", "three", later(minutes=2), enabled=False)
    assert await storage.get_project("palm-grove") == stored
    with pytest.raises(NotFound):
        await storage.switch_destination("nobody", "two", later(), enabled=False)
