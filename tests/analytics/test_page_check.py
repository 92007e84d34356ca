"""What is wrong with the tag on a page."""

import pytest

from frontdesk.analytics.page_check import ServedPage, check_page
from frontdesk.projects.model import Site
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
        "script-src-elem desk.example/widget.js; script-src 'none'; connect-src desk.example",
    ],
)
def test_a_policy_that_lets_the_tag_work_is_fine(csp: str) -> None:
    assert check(TAG.replace("async", 'nonce="abc"'), csp=csp) == ["tag_found"]


@pytest.mark.parametrize(
    ("csp", "codes"),
    [
        ("default-src 'self'", ["script_blocked", "connection_blocked"]),
        ("script-src 'self'", ["script_blocked"]),
        (f"script-src {OURS} 'strict-dynamic'", ["script_blocked"]),
        ("script-src 'nonce-other'", ["script_blocked"]),
        (f"script-src {OURS}; connect-src 'none'", ["connection_blocked"]),
        (f"script-src {OURS}, default-src 'none'", ["script_blocked", "connection_blocked"]),
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
