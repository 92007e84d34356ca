"""What is wrong with the tag on a page."""

import pytest

from frontdesk.analytics.page_check import ServedPage, check_page
from frontdesk.projects.model import Project, Site, WidgetSettings
from tests.support.samples import make_project

OURS = "https://desk.example"
TAG = f'<script async src="{OURS}/widget.js"></script>'
PROJECT = make_project("palm-grove").model_copy(update={"sites": (Site(host="palmgrove.example"),)})


def check(
    html: str = TAG,
    *,
    csp: str = "",
    url: str = "https://palmgrove.example/",
    status: int = 200,
    by_hand: bool = False,
) -> list[str]:
    headers = {"Content-Security-Policy": csp} if csp else {}
    page = ServedPage(url, status, headers, html)
    return [finding.code for finding in check_page(PROJECT, page, OURS, by_hand=by_hand)]


@pytest.mark.parametrize(
    "html",
    [
        TAG,
        f"<SCRIPT SRC='{OURS}/widget.js?v=2' data-project=palm-grove>",
        f'<base href="{OURS}/"><script src="widget.js"></script>',
        '<script src="//desk.example/widget.js"></script>',
        f"{TAG}<script src='https://other.example/widget.js'></script>",
    ],
)
def test_a_page_with_the_tag_is_fine(html: str) -> None:
    assert check(html) == ["tag_found"]


@pytest.mark.parametrize(
    ("html", "code"),
    [
        ("<p>Nothing", "no_tag"),
        (f"<!-- {TAG} -->", "no_tag"),
        (f"<p>{OURS}/widget.js", "no_tag"),
        (f'<script src="{OURS}/other.js"></script>', "no_tag"),
        ('<script src="https://old.example/widget.js"></script>', "other_installation"),
        (TAG.replace("async", 'data-project="coral-bay"'), "wrong_project"),
    ],
)
def test_what_is_wrong_with_the_tag_is_told(html: str, code: str) -> None:
    assert check(html) == [code]


def test_two_tags_are_told_and_do_no_harm() -> None:
    assert check(TAG * 2) == ["tag_found", "several_tags"]


def test_a_site_by_hand_needs_the_name() -> None:
    assert check(by_hand=True) == ["project_not_named"]
    assert check(TAG.replace("async", 'data-project="palm-grove"'), by_hand=True) == ["tag_found"]


def test_a_page_elsewhere_or_in_error_is_told_first() -> None:
    assert check(url="https://parked.example/") == ["redirected"]
    assert check(status=503) == ["page_error"]


@pytest.mark.parametrize(
    "csp",
    [
        f"script-src {OURS}; connect-src {OURS}",
        "script-src https:; connect-src *",
        "default-src 'self' desk.example",
        "default-src *.example",
        "script-src 'nonce-abc' 'strict-dynamic'; connect-src https://desk.example:443",
        "img-src 'none'; frame-ancestors 'none'",
        "script-src-elem desk.example/; script-src 'none'; connect-src desk.example/v1/",
        "script-src-elem desk.example/widget.js desk.example/assets/; connect-src desk.example:*",
        "script-src 'nonce-abc'; connect-src 'self' https://desk.example",
        "sandbox allow-scripts allow-same-origin allow-forms",
    ],
)
def test_a_policy_that_lets_the_tag_work_is_fine(csp: str) -> None:
    assert check(TAG.replace("async", 'nonce="abc"'), csp=csp) == ["tag_found"]


@pytest.mark.parametrize(
    ("csp", "codes"),
    [
        ("default-src 'self'", ["script_blocked", "connection_blocked"]),
        ("script-src 'self'", ["script_blocked"]),
        (f"script-src {OURS} 'strict-dynamic'", ["nonce_missing"]),
        ("script-src 'nonce-a' 'strict-dynamic'", ["nonce_missing"]),
        ("script-src desk.example/widget.js", ["panel_blocked"]),
        ("connect-src desk.example/v1/widget desk.example/v1/events", ["chat_blocked"]),
        ("connect-src desk.example/v1/conversations", ["settings_blocked", "events_blocked"]),
        ("script-src 'nonce-other'", ["script_blocked"]),
        (f"script-src {OURS}; connect-src 'none'", ["connection_blocked"]),
        (f"script-src {OURS}, default-src 'none'", ["script_blocked", "connection_blocked"]),
        (f"script-src {OURS}, connect-src 'none'", ["connection_blocked"]),
        ("script-src http://evildesk.example", ["script_blocked"]),
        ("script-src *.desk.example", ["script_blocked"]),
    ],
)
def test_a_policy_that_blocks_it_is_told(csp: str, codes: list[str]) -> None:
    assert check(csp=csp) == codes
    meta = f'<meta http-equiv="Content-Security-Policy" content="{csp}">'
    if "," not in csp:
        assert check(meta + TAG) == codes


def test_the_words_say_what_to_do() -> None:
    page = ServedPage("https://palmgrove.example/", 200, {}, "")
    (finding,) = check_page(PROJECT, page, OURS, by_hand=False)
    assert "Paste it" in finding.detail


def details(csp: str, html: str = TAG, project: Project = PROJECT) -> list[str]:
    page = ServedPage("https://palmgrove.example/", 200, {"content-security-policy": csp}, html)
    return [finding.detail for finding in check_page(project, page, OURS, by_hand=False)]


def test_a_blocked_tag_is_told_with_the_directive_to_write() -> None:
    (detail,) = details("default-src 'self' https:; script-src 'self'; connect-src *")
    assert "(script-src in its header Content-Security-Policy)" in detail
    assert detail.endswith("write there: script-src 'self' https://desk.example")
    detail, also = details("default-src 'none'")
    assert also.endswith("write there: connect-src https://desk.example")
    assert detail.endswith("write there: script-src https://desk.example")
    (detail,) = details(f"default-src 'self'; script-src {OURS}")
    assert "(default-src in" in detail
    assert detail.endswith("write there: connect-src 'self' https://desk.example")


def test_a_nonce_is_asked_for_where_an_address_would_be_ignored() -> None:
    policy = "script-src 'nonce-today' 'strict-dynamic' https:"
    assert 'Write nonce="' in details(policy)[0]
    stale = TAG.replace("async", 'nonce="yesterday"')
    assert "another nonce" in details(policy, stale)[0]


def test_a_policy_in_the_page_is_named_as_one_and_may_not_sandbox() -> None:
    meta = '<meta http-equiv="Content-Security-Policy" content="{}">'
    (detail,) = details("", meta.format("script-src 'self'") + TAG)
    assert "a <meta> in it" in detail
    assert check(meta.format("sandbox") + TAG) == ["tag_found"]
    assert check(csp="sandbox allow-forms") == ["sandboxed"]


def test_a_logo_that_is_kept_away_is_a_note() -> None:
    widget = WidgetSettings(logo_url="https://cdn.example/mark.svg")
    project = PROJECT.model_copy(update={"widget": widget})
    fine, note = details("img-src 'self'", project=project)
    assert "nothing there keeps it" in fine
    assert "Add https://cdn.example to img-src" in note
    assert len(details("img-src https:", project=project)) == 1
