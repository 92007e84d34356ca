"""Signing in and out, and what a guesser meets."""

import pytest

from frontdesk.storage.base import Storage
from tests.dashboard.conftest import Desk, Person
from tests.dashboard.site import EMAIL, PASSWORD, make_app
from tests.support.clock import SteppedClock


async def test_a_stranger_is_led_through_the_sign_in_to_the_page(desk: Desk) -> None:
    await desk.add_member()
    person = desk.visit()
    led = await person.get("/dashboard/leads?project=palm-grove")
    assert led.status_code == 303
    door = led.headers["Location"]
    assert door == "/dashboard/sign-in?next=%2Fdashboard%2Fleads%3Fproject%3Dpalm-grove"
    assert 'value="/dashboard/leads?project=palm-grove"' in await person.read(door)
    let_in = await person.sign_in(next_path="/dashboard/leads?project=palm-grove")
    assert let_in.status_code == 303
    assert let_in.headers["Location"] == "/dashboard/leads?project=palm-grove"
    assert "Nandini Kulkarni" in await person.read(let_in.headers["Location"])


async def test_the_first_start_says_how_the_first_member_comes(desk: Desk) -> None:
    person = desk.visit()
    assert "frontdesk members add" in await person.read("/dashboard/sign-in")
    await desk.add_member()
    assert "members add" not in await person.read("/dashboard/sign-in"), "it is said no more"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/dashboard",
        "/\\evil.example",
        "/dashboard//evil.example",
        "/dashboard/../v1/leads",
        "/dashboard\\..\\evil",
        "/dashboard/\nSet-Cookie: a=b",
        "javascript:alert(1)",
        "/dashboard@evil.example",
        "/dashboard.evil.example",
        "/v1/leads",
        "dashboard",
        "/dashboard/leads#x",
        "/dashboard?next=//evil.example",
    ],
)
async def test_next_leads_nowhere_else(desk: Desk, elsewhere: str) -> None:
    await desk.add_member()
    reply = await desk.visit().sign_in(next_path=elsewhere)
    assert reply.status_code == 303
    assert reply.headers["Location"] == "/dashboard"


def cookies(person: Person) -> set[str]:
    return {cookie.name for cookie in person.client.cookies.jar}


async def test_the_session_is_kept_from_scripts_and_other_sites(desk: Desk) -> None:
    await desk.add_member()
    reply = await desk.visit().sign_in()
    set_cookies = reply.headers.get_list("set-cookie")
    assert len(set_cookies) == 2
    for cookie in set_cookies:
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        assert "Path=/" in cookie
        assert "Domain" not in cookie
        assert EMAIL not in cookie
    assert "Max-Age=43200" in set_cookies[0]


async def test_production_binds_the_cookie_to_https_and_the_host(
    desk: Desk, storage: Storage, clock: SteppedClock
) -> None:
    await desk.add_member()
    desk.app = make_app(storage, clock, secure_cookies=True)
    reply = await desk.visit().sign_in()
    for cookie in reply.headers.get_list("set-cookie"):
        assert cookie.startswith("__Host-frontdesk_")
        assert "Secure" in cookie


async def test_wrong_credentials_say_so_and_leave_no_cookie(desk: Desk) -> None:
    await desk.add_member()
    person = desk.visit()
    for email, password in ((EMAIL, "wrong horse battery"), ('"><b>@x.example', PASSWORD)):
        reply = await person.sign_in(email, password)
        assert reply.status_code == 401
        assert "That e-mail and password don&#39;t match." in reply.text
        assert password not in reply.text
        assert "<b>" not in reply.text
        assert not cookies(person)


async def test_a_form_on_another_site_signs_nobody_in(desk: Desk) -> None:
    await desk.add_member()
    person = desk.visit()
    fields = {"email": EMAIL, "password": PASSWORD}
    reply = await person.post("/dashboard/sign-in", fields, site="cross-site")
    assert reply.status_code == 403
    assert not cookies(person)


async def test_signing_in_again_ends_the_earlier_session(desk: Desk) -> None:
    person = await desk.let_in()
    earlier = person.client.cookies["frontdesk_session"]
    await person.sign_in()
    assert person.client.cookies["frontdesk_session"] != earlier
    thief = desk.visit()
    thief.client.cookies.set("frontdesk_session", earlier)
    assert (await thief.get("/dashboard")).status_code == 303


async def test_signing_out_ends_the_session_everywhere(desk: Desk) -> None:
    person = await desk.let_in()
    token = person.client.cookies["frontdesk_session"]
    csrf_token = await person.csrf_token()
    reply = await person.post("/dashboard/sign-out", {"csrf_token": "wrong"})
    assert reply.status_code == 403
    assert (await person.get("/dashboard")).status_code == 200
    reply = await person.post("/dashboard/sign-out", {"csrf_token": csrf_token})
    assert reply.headers["Location"] == "/dashboard/sign-in"
    assert "frontdesk_session" not in person.client.cookies
    thief = desk.visit()
    thief.client.cookies.set("frontdesk_session", token)
    assert (await thief.get("/dashboard")).status_code == 303


async def test_guessing_from_one_address_is_slowed(desk: Desk) -> None:
    person = desk.visit()
    statuses = [
        (await person.sign_in(f"somebody{number}@agency.example")).status_code
        for number in range(21)
    ]
    assert statuses == [401] * 20 + [429]
    reply = await person.sign_in()
    assert reply.headers["Retry-After"] == "6"
    assert "Try again in 6 seconds." in reply.text
    desk.clock.step(seconds=6)
    assert (await person.sign_in()).status_code == 401
    assert (await desk.visit("192.0.2.2").sign_in()).status_code == 401


async def test_guessing_at_one_account_is_slowed_and_locks_nobody_out(desk: Desk) -> None:
    at_home = await desk.let_in()
    statuses = [
        (await desk.visit(f"198.51.100.{number}").sign_in(password="guess")).status_code
        for number in range(12)
    ]
    assert statuses == [401] * 9 + [429] * 3, "one try of the ten was the member's own"
    assert (await desk.visit("198.51.100.99").sign_in()).status_code == 429
    assert (await at_home.sign_in()).status_code == 303, "the member's own browser still gets in"


async def test_a_known_browser_cannot_guess_for_ever(desk: Desk) -> None:
    at_home = await desk.let_in()
    statuses = [(await at_home.sign_in(password="guess")).status_code for _ in range(11)]
    assert statuses == [401] * 10 + [429]


async def test_a_known_browser_is_known_for_its_own_account_only(desk: Desk) -> None:
    await desk.add_member(email="other@agency.example")
    at_home = await desk.let_in()
    statuses = [
        (await at_home.sign_in("other@agency.example", "guess")).status_code for _ in range(11)
    ]
    assert statuses == [401] * 10 + [429]
    assert (await at_home.sign_in()).status_code == 303
