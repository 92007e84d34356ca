"""Which sites a page is on. Pure: projects in, sites out.

Among the sites of a page's host the longest path prefix wins; where two are as long, the exact host
before a wildcard, and the longer wildcard first. A site `by_hand` takes part only where the page's
tag names its project.
"""

from collections.abc import Iterable
from typing import NamedTuple

from frontdesk.projects.addresses import Origin, PageUrl, is_below, list_host_patterns
from frontdesk.projects.model import Project, Site
from frontdesk.settings import Environment

THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "[::1]"})

# Stands for every project on a developer's own pages; it leads to none by itself.
THIS_MACHINE_SITE = Site(host="localhost", by_hand=True)


class HostSite(NamedTuple):
    """A project's site as it counts on one host.

    `by_hand` is also True where another project's closer site has the same path prefix: then this
    one can still be named, and the other one leads.
    """

    project: Project
    site: Site
    by_hand: bool


def is_allowed_origin(origin: Origin, environment: Environment) -> bool:
    """Whether pages of this origin may be on a site at all.

    Production takes https on its own port and nothing on the visitor's own machine, where any
    program may listen. Development takes http too, and any port on this machine's names.
    """
    if environment is Environment.PRODUCTION:
        return (
            origin.scheme == "https"
            and origin.has_default_port
            and not _is_loopback_name(origin.host)
        )
    return origin.has_default_port or _is_loopback_name(origin.host)


def is_open_to_all(host: str, environment: Environment) -> bool:
    """Whether pages of this host may name any project by hand: a developer's own machine."""
    return environment is Environment.DEVELOPMENT and host in THIS_MACHINE


def list_host_sites(projects: Iterable[Project], host: str) -> list[HostSite]:
    """The sites of these projects on a host, those that win first."""
    closeness = {pattern: place for place, pattern in enumerate(list_host_patterns(host))}
    found = [
        (project, site) for project in projects for site in project.sites if site.host in closeness
    ]
    found.sort(
        key=lambda pair: (
            -len(pair[1].path_prefix),
            closeness[pair[1].host],
            pair[1].by_hand,
            pair[0].id,
        )
    )
    sites: list[HostSite] = []
    seen: set[tuple[str, str]] = set()
    led: set[str] = set()
    for project, site in found:
        prefix = site.path_prefix
        if (project.id, prefix) in seen:
            continue
        by_hand = site.by_hand or prefix in led
        sites.append(HostSite(project, site, by_hand))
        seen.add((project.id, prefix))
        if not by_hand:
            led.add(prefix)
    return sites


def find_site(project: Project, page: PageUrl) -> Site | None:
    """The project's site that a page is on, named by hand or not; the one that wins of several."""
    return next(
        (
            found.site
            for found in list_host_sites([project], page.origin.host)
            if is_below(page.path, found.site.path_prefix)
        ),
        None,
    )


def _is_loopback_name(host: str) -> bool:
    return host in THIS_MACHINE or host.endswith(".localhost")
