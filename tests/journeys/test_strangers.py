"""Two projects never see each other's data, and a stranger's site gets nothing."""

import re
from collections.abc import Callable

import httpx2
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Demo, sign_in, visit
from tests.support.website import serve_page

OpenPage = Callable[[], Page]


def test_two_projects_know_only_themselves(demo: Demo, open_page: OpenPage) -> None:
    palm_grove = visit(open_page(), demo.site("palmgrove"), "Palm Grove")
    palm_grove.ask("What does a villa at Coral Bay cost?")
    palm_grove.ask("What is the RERA number?")
    palm_grove.expect_answer("P52100000000")
    expect(palm_grove.log).not_to_contain_text("4.65 crore")

    coral_bay = visit(open_page(), demo.site("coralbay"), "Coral Bay")
    coral_bay.ask("What is the price?")
    coral_bay.expect_answer("₹4.65 crore")
    expect(coral_bay.log).not_to_contain_text("84 lakh")


def test_a_conversation_opens_no_other(demo: Demo) -> None:
    def start(site: str, project: str) -> tuple[str, dict[str, str]]:
        origin = f"http://{site}.localhost:{demo.port}"
        reply = httpx2.post(
            f"{demo.base_url}/v1/conversations",
            json={"project": project, "page": {"url": f"{origin}/", "title": ""}},
            headers={"origin": origin},
        ).raise_for_status()
        conversation = reply.json()
        headers = {"origin": origin, "authorization": f"Bearer {conversation['token']}"}
        return f"{demo.base_url}/v1/conversations/{conversation['id']}/messages", headers

    mine, my_headers = start("palmgrove", "palm-grove")
    theirs, _ = start("coralbay", "coral-bay")
    assert httpx2.get(mine, headers=my_headers).status_code == 200
    reply = httpx2.get(theirs, headers=my_headers)
    assert (reply.status_code, reply.json()["code"]) == (404, "conversation_not_found")


def test_an_unknown_site_gets_no_widget_and_is_recorded(demo: Demo, open_page: OpenPage) -> None:
    page = open_page()
    html = f'<!doctype html><title>x</title><script async src="{demo.base_url}/widget.js"></script>'
    with (
        serve_page(html) as port,
        page.expect_response(re.compile("/v1/widget")) as settings,
    ):
        page.goto(f"http://stranger.localhost:{port}/")
    assert settings.value.status == 404
    expect(page.get_by_role("button")).to_have_count(0)

    office = open_page()
    sign_in(office, demo)
    office.goto(f"{demo.dashboard}/projects")
    expect(office.get_by_text(f"stranger.localhost:{port}", exact=True)).to_be_visible()
