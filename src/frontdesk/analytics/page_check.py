"""What is wrong with the tag on a page, in words that a marketer can act on. Pure.

A page is judged as it was served: a tag that a tag manager adds later is not in it.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from frontdesk.model import Model
from frontdesk.projects.addresses import parse_page_url
from frontdesk.projects.model import Project
from frontdesk.projects.resolve import find_site

TAG_PATH = "/widget.js"
_SCRIPT_DIRECTIVES = ("script-src-elem", "script-src", "default-src")
_CONNECT_DIRECTIVES = ("connect-src", "default-src")


class Level(StrEnum):
    FINE = "fine"
    NOTE = "note"
    FAULT = "fault"


class Finding(Model):
    """`code` is stable and for programs, `detail` for people."""

    level: Level
    code: str
    detail: str


class ServedPage(NamedTuple):
    """`url` is where the redirects ended."""

    url: str
    status_code: int
    headers: Mapping[str, str]
    html: str


class Tag(NamedTuple):
    url: str
    project: str | None
    nonce: str


def check_page(project: Project, page: ServedPage, our_url: str, *, by_hand: bool) -> list[Finding]:
    """`our_url` is where browsers reach this installation; `by_hand` is the site's."""
    if page.status_code >= 400:
        detail = f"The page answers with the error {page.status_code}. Mend the page first."
        return [_fault("page_error", detail)]
    if not _is_on_site(project, page.url):
        host = urlsplit(page.url).netloc
        return [
            _fault(
                "redirected",
                f"The page sends visitors on to {host}, which is no site of this project. "
                "Add that host to its sites.",
            )
        ]
    reader = _Reader(page.url)
    reader.feed(page.html)
    findings = _check_tags(project, reader.tags, our_url, by_hand=by_hand)
    ours = [tag for tag in reader.tags if _origin(tag.url) == _origin(our_url)]
    policies = [
        policy
        for name, value in page.headers.items()
        if name.lower() == "content-security-policy"
        for policy in value.split(",")
    ]
    findings += _check_policies([*policies, *reader.policies], page.url, our_url, ours)
    if not any(finding.level is Level.FAULT for finding in findings):
        detail = "The tag is on the page, and nothing there keeps it from working."
        findings.insert(0, Finding(level=Level.FINE, code="tag_found", detail=detail))
    return findings


def _check_tags(project: Project, tags: list[Tag], our_url: str, *, by_hand: bool) -> list[Finding]:
    ours = [tag for tag in tags if _origin(tag.url) == _origin(our_url)]
    if not ours and tags:
        host = urlsplit(tags[0].url).netloc
        detail = (
            f"The page has the tag of another installation, {host}. "
            "Replace it by the tag on this page."
        )
        return [_fault("other_installation", detail)]
    if not ours:
        detail = (
            "The page has no tag. Paste it into the page. If a tag manager adds it, it cannot be "
            "seen from here: open the page yourself, and the site turns live."
        )
        return [_fault("no_tag", detail)]
    findings = []
    if len(ours) > 1:
        detail = f"The tag is on the page {len(ours)} times. Leave one."
        findings.append(Finding(level=Level.NOTE, code="several_tags", detail=detail))
    named = ours[0].project
    if named and named != project.id:
        detail = (
            f"The tag names another project, {named}. Write "
            f'data-project="{project.id}" instead, or leave it away.'
        )
        findings.append(_fault("wrong_project", detail))
    if by_hand and not named:
        detail = (
            "The tag names no project, and this site needs it to. "
            f'Write data-project="{project.id}" into it.'
        )
        findings.append(_fault("project_not_named", detail))
    return findings


def _check_policies(
    policies: Iterable[str], page_url: str, our_url: str, ours: list[Tag]
) -> list[Finding]:
    findings = []
    host = f"{urlsplit(our_url).scheme}://{urlsplit(our_url).netloc}"
    for policy in policies:
        directives = _read_policy(policy)
        nonces = {f"'nonce-{tag.nonce}'" for tag in ours if tag.nonce}
        name, sources = _pick(directives, _SCRIPT_DIRECTIVES)
        lets_tag = sources is None or bool(nonces & set(sources))
        if not lets_tag and sources is not None:
            is_strict = "'strict-dynamic'" in sources
            lets_tag = not is_strict and _allows(sources, our_url, page_url)
        if not lets_tag:
            detail = f"The page's content security policy blocks the tag. Add {host} to its {name}."
            findings.append(_fault("script_blocked", detail))
        name, sources = _pick(directives, _CONNECT_DIRECTIVES)
        if sources is not None and not _allows(sources, our_url, page_url):
            detail = (
                "The page's content security policy keeps the chat from reaching Frontdesk. "
                f"Add {host} to its {name}."
            )
            findings.append(_fault("connection_blocked", detail))
    return list({finding.code: finding for finding in findings}.values())


def _read_policy(text: str) -> dict[str, list[str]]:
    """Of a directive that is there twice, the first counts (CSP 3, 2.2.1)."""
    directives: dict[str, list[str]] = {}
    for part in text.split(";"):
        words = part.split()
        if words:
            directives.setdefault(words[0].lower(), words[1:])
    return directives


def _pick(
    directives: Mapping[str, list[str]], names: tuple[str, ...]
) -> tuple[str, list[str] | None]:
    for name in names:
        if name in directives:
            return name, directives[name]
    return names[0], None


def _allows(sources: list[str], our_url: str, page_url: str) -> bool:
    ours, page = urlsplit(our_url), urlsplit(page_url)
    return any(_matches(source, ours.scheme, ours.netloc, page.scheme) for source in sources) or (
        "'self'" in sources and _origin(our_url) == _origin(page_url)
    )


def _matches(source: str, scheme: str, netloc: str, page_scheme: str) -> bool:
    """A source expression against an origin, its path left out (CSP 3, 6.7.2.8)."""
    source = source.lower()
    if source == "*":
        return True
    if source.endswith(":"):
        return source == f"{scheme}:" or (source == "http:" and scheme == "https")
    if source.startswith("'"):
        return False
    wanted, separator, rest = source.rpartition("://")
    wanted = wanted if separator else page_scheme
    if wanted != scheme and not (wanted == "http" and scheme == "https"):
        return False
    host = rest.partition("/")[0].removesuffix(":*").removesuffix(":443")
    name = netloc.lower()
    return name.endswith(host[1:]) if host.startswith("*.") else name == host


def _is_on_site(project: Project, url: str) -> bool:
    try:
        return find_site(project, parse_page_url(url)) is not None
    except ValueError:
        return False


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc.lower()


def _fault(code: str, detail: str) -> Finding:
    return Finding(level=Level.FAULT, code=code, detail=detail)


class _Reader(HTMLParser):
    """The tags and the policies in a page."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._base = url
        self.tags: list[Tag] = []
        self.policies: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "base" and given.get("href"):
            self._base = urljoin(self._base, given["href"])
        elif tag == "meta":
            if given.get("http-equiv", "").lower() == "content-security-policy":
                self.policies.append(given.get("content", ""))
        elif tag == "script" and given.get("src"):
            try:
                url = urljoin(self._base, given["src"].strip())
                is_tag = urlsplit(url).path == TAG_PATH
            except ValueError:
                return
            if is_tag:
                self.tags.append(Tag(url, given.get("data-project"), given.get("nonce", "")))
