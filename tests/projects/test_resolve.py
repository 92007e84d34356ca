"""Which sites a page is on, by table and by property."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.projects.addresses import is_below, parse_origin, parse_page_url
from frontdesk.projects.model import Project, Site
from frontdesk.projects.resolve import (
    HostSite,
    find_site,
    is_allowed_origin,
    is_open_to_all,
    list_host_sites,
)
from frontdesk.settings import Environment
from tests.support.samples import make_project

DEVELOPMENT, PRODUCTION = Environment.DEVELOPMENT, Environment.PRODUCTION


def on(project_id: str, *sites: Site) -> Project:
    return make_project(project_id, hosts=()).model_copy(update={"sites": sites})


def pick(sites: list[HostSite], path: str) -> str | None:
    """The page's project by the rule of docs/guide/visitor-api.md, as the widget applies it."""
    leading = [found for found in sites if not found.by_hand]
    below = [found for found in leading if is_below(path, found.site.path_prefix)]
    longest = max(below, key=lambda found: len(found.site.path_prefix), default=None)
    return None if longest is None else longest.project.id


BRAND = [
    on("brand", Site(host="brand.example")),
    on("palm", Site(host="brand.example", path_prefix="/palm")),
    on("palm-plans", Site(host="brand.example", path_prefix="/palm/plans")),
    on("coral", Site(host="brand.example", path_prefix="/both", by_hand=True)),
    on("any", Site(host="*.brand.example")),
    on("any-deep", Site(host="*.deep.brand.example")),
    on("exact", Site(host="one.brand.example")),
    on("any-offer", Site(host="*.brand.example", path_prefix="/offer")),
]


@pytest.mark.parametrize(
    ("host", "path", "project_id"),
    [
        ("brand.example", "/", "brand"),
        ("brand.example", "/palm", "palm"),
        ("brand.example", "/palm/visit", "palm"),
        ("brand.example", "/palm/plans/2bhk", "palm-plans"),
        ("brand.example", "/palm-plans", "brand"),
        ("brand.example", "/both", "brand"),
        ("two.brand.example", "/", "any"),
        ("a.b.c.brand.example", "/", "any"),
        ("deep.brand.example", "/", "any"),
        ("x.deep.brand.example", "/", "any-deep"),
        ("one.brand.example", "/", "exact"),
        ("one.brand.example", "/offer", "any-offer"),
        ("x.deep.brand.example", "/offer", "any-offer"),
        ("evilbrand.example", "/", None),
        ("brand.example.evil.example", "/", None),
        ("example", "/", None),
    ],
)
def test_a_page_leads_to_one_project(host: str, path: str, project_id: str | None) -> None:
    assert pick(list_host_sites(BRAND, host), path) == project_id


def test_a_wildcard_does_not_stand_for_itself() -> None:
    assert list_host_sites([on("any", Site(host="*.brand.example"))], "brand.example") == []


def test_a_site_that_a_closer_one_hides_can_still_be_named() -> None:
    found = list_host_sites(BRAND, "one.brand.example")
    assert [(one.project.id, one.by_hand) for one in found] == [
        ("any-offer", False),
        ("exact", False),
        ("any", True),
    ]


def test_one_project_appears_once_for_each_prefix() -> None:
    both = on("both", Site(host="*.brand.example"), Site(host="one.brand.example"))
    found = list_host_sites([both], "one.brand.example")
    assert [one.site.host for one in found] == ["one.brand.example"]


SEGMENTS = st.lists(st.sampled_from(["a", "ab", "b", "a-b"]), max_size=3)
PATHS = SEGMENTS.map(lambda segments: "/" + "/".join(segments))
LABELS = st.lists(st.sampled_from(["a", "ab", "b"]), min_size=1, max_size=3)
HOSTS = LABELS.map(lambda labels: ".".join([*labels, "brand", "example"]))
SITES = st.builds(
    lambda host, wild, path, by_hand: Site(
        host=f"*.{host}" if wild else host, path_prefix=path, by_hand=by_hand
    ),
    HOSTS,
    st.booleans(),
    PATHS,
    st.booleans(),
)


@st.composite
def some_projects(draw: st.DrawFn) -> list[Project]:
    """Projects as storage lets them be: no two share a site that is not by hand."""
    sites = draw(st.lists(SITES, max_size=8, unique_by=lambda site: (site.host, site.path_prefix)))
    owners = draw(
        st.lists(st.sampled_from("pqrs"), min_size=len(sites), max_size=len(sites)),
    )
    return [
        on(name, *(site for site, owner in zip(sites, owners, strict=True) if owner == name))
        for name in "pqrs"
    ]


def stands_for(pattern: str, host: str) -> bool:
    """The same rule said another way, as a check on the code."""
    return host.endswith(pattern[1:]) if pattern.startswith("*") else host == pattern


@given(some_projects(), HOSTS, PATHS)
def test_the_winner_is_the_longest_prefix_then_the_closest_host(
    projects: list[Project], host: str, path: str
) -> None:
    rivals = [
        (len(site.path_prefix), not site.host.startswith("*"), len(site.host), project.id)
        for project in projects
        for site in project.sites
        if not site.by_hand
        and stands_for(site.host, host)
        and is_below(path, site.path_prefix)
        # A project's own closer site by hand on the same prefix speaks for it.
        and not any(
            other.by_hand
            and other.path_prefix == site.path_prefix
            and stands_for(other.host, host)
            and (not other.host.startswith("*"), len(other.host))
            > (not site.host.startswith("*"), len(site.host))
            for other in project.sites
        )
    ]
    assert pick(list_host_sites(projects, host), path) == (max(rivals)[-1] if rivals else None)


@given(some_projects(), HOSTS, PATHS)
def test_a_named_project_has_a_site_there(projects: list[Project], host: str, path: str) -> None:
    page = parse_page_url(f"https://{host}{path}")
    for project in projects:
        has_site = any(
            stands_for(site.host, host) and is_below(path, site.path_prefix)
            for site in project.sites
        )
        assert (find_site(project, page) is not None) == has_site


@pytest.mark.parametrize(
    ("origin", "production", "development"),
    [
        ("https://brand.example", True, True),
        ("https://brand.example:443", True, True),
        ("http://brand.example", False, True),
        ("https://brand.example:8443", False, False),
        ("http://brand.example:8000", False, False),
        ("https://brand.example:80", False, False),
        ("http://localhost:8000", False, True),
        ("https://localhost", False, True),
        ("http://palmgrove.localhost:8000", False, True),
        ("https://palmgrove.localhost", False, True),
        ("http://127.0.0.1:8000", False, True),
        ("http://[::1]:8000", False, True),
        ("http://localhost.evil.example:8000", False, False),
        ("http://notlocalhost:8000", False, False),
        ("http://127.0.0.2:8000", False, False),
        ("https://203.0.113.5", True, True),
    ],
)
def test_origins_by_environment(origin: str, production: bool, development: bool) -> None:
    assert is_allowed_origin(parse_origin(origin), PRODUCTION) is production
    assert is_allowed_origin(parse_origin(origin), DEVELOPMENT) is development


def test_a_developers_own_machine_is_open_in_development_only() -> None:
    for host in ("localhost", "127.0.0.1", "[::1]"):
        assert is_open_to_all(host, DEVELOPMENT)
        assert not is_open_to_all(host, PRODUCTION)
    assert not is_open_to_all("palmgrove.localhost", DEVELOPMENT)
