"""What is wrong with the tag on a page, in words that a marketer can act on. Pure.

A page is judged as it was served: a tag that a tag manager adds later is not in it.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from frontdesk.analytics.page_policy import (
    HEADER,
    META,
    Blocked,
    Policy,
    lets_picture,
    list_blocked,
    read_policies,
)
from frontdesk.model import Model
from frontdesk.projects.addresses import parse_page_url
from frontdesk.projects.model import Project
from frontdesk.projects.resolve import find_site

TAG_PATH = "/widget.js"


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
    policies = [
        policy
        for name, value in page.headers.items()
        if name.lower() == "content-security-policy"
        for policy in read_policies(HEADER, value)
    ]
    policies += [policy for text in reader.policies for policy in read_policies(META, text)]
    ours = "{0.scheme}://{0.netloc}".format(urlsplit(our_url))
    nonces = {tag.nonce for tag in reader.tags if tag.nonce and _origin(tag.url) == _origin(ours)}
    blocked = list_blocked(policies, page.url, ours, nonces)
    findings += [_tell_blocked(one) for one in blocked]
    findings += _check_logo(project, policies, page.url)
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


def _tell_blocked(blocked: Blocked) -> Finding:
    where = "its header Content-Security-Policy" if blocked.place == HEADER else "a <meta> in it"
    policy = f"The page's content security policy ({blocked.directive} in {where})"
    if blocked.code == "nonce_missing":
        says = (
            f"{policy} trusts scripts by a nonce alone, and the tag has none: an address would be "
            'ignored there. Write nonce="…" into the tag, as the page\'s other scripts have it.'
        )
    elif blocked.code == "nonce_outdated":
        says = (
            f"{policy} names another nonce than the tag has. Put the nonce in where the page is "
            "made, or keep a cache from serving old pages under new headers."
        )
    else:
        does = {
            "sandboxed": "keeps the page's scripts from running as this site's.",
            "script_blocked": "blocks the tag: nothing of the chat is shown.",
            "panel_blocked": "lets the tag in but not the chat's panel: nothing opens.",
            "settings_blocked": "keeps the widget from its settings: nothing is shown.",
            "chat_blocked": "keeps questions and the form from being sent.",
            "events_blocked": "keeps the figures from being sent: the site looks silent here.",
        }.get(blocked.code, "keeps the chat from reaching Frontdesk.")
        says = f"{policy} {does} Let whoever runs the site write there: {blocked.needs}"
    is_note = blocked.code == "events_blocked"
    level = Level.NOTE if is_note else Level.FAULT
    return Finding(level=level, code=blocked.code, detail=says)


def _check_logo(project: Project, policies: Iterable[Policy], page_url: str) -> list[Finding]:
    url = project.widget.logo_url
    if url is None or lets_picture(policies, url, page_url):
        return []
    host = urlsplit(url).netloc
    detail = (
        "The page's content security policy keeps the launcher's logo away: the icon stands in "
        f"its place. Add https://{host} to img-src, or draw a mark instead."
    )
    return [Finding(level=Level.NOTE, code="logo_blocked", detail=detail)]


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
