"""Destinations by form: each kind with its own fields, secrets in and never out."""

import json
import re
from html import unescape

import pytest

from frontdesk.accounts.model import Role
from frontdesk.dashboard.destination_forms import fill_form, read_destination
from frontdesk.dashboard.destination_kinds import KINDS
from frontdesk.dashboard.forms import Form
from frontdesk.model import Scope
from frontdesk.projects.destinations import (
    AnyDestination,
    EmailDestination,
    HttpDestination,
    HubSpotDestination,
    WebhookDestination,
)
from tests.dashboard.conftest import Desk, Person
from tests.dashboard.filled import Filled
from tests.dashboard.test_projects import seal_secrets, send
from tests.support.samples import VAULT

PATH = "/dashboard/projects/palm-grove"
CRM = f"{PATH}/destinations/crm"
KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
FILLED = {
    "http": {
        "url": "https://crm.example/leads",
        "headers": "X-Key: abc",
        "success.statuses": "200",
    },
    "webhook": {"url": "https://hooks.example/f", "events": "lead.created", "secrets": KEY},
    "leadsquared": {"url": "https://api.example", "access_key": "a", "secret_key": "b"},
    "selldo": {"api_key": "a", "srd": "5f"},
    "hubspot": {"access_token": "a"},
    "zoho": {"client_id": "a", "client_secret": "b", "refresh_token": "c"},
    "salesforce": {"url": "https://a.example", "client_id": "a", "client_secret": "b"},
    "salesforce_web": {"organization_id": "00D123456789012"},
    "email": {
        "recipients": "a@agency.example\nb@agency.example",
        "sender": "desk@agency.example",
        "host": "smtp.agency.example",
        "port": "465",
        "security": "tls",
    },
}


async def stored(desk: Desk, destination_id: str = "crm") -> AnyDestination:
    project = await desk.storage.get_project("palm-grove")
    return next(one for one in project.destinations if one.id == destination_id)


async def read_form_of(person: Person, path: str = CRM) -> dict[str, str]:
    """The form as a browser would send it back, with each mapping as one row."""
    page = await person.read(path)
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    fields |= dict(re.findall(r'<input name="([^"]+)" value="([^"]+)"', page))
    fields |= dict(re.findall(r'<textarea name="([^"]+)"[^>]*>([^<]*)<', page))
    return {name: unescape(value) for name, value in fields.items()}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_all_its_fields_and_comes_back_as_it_was(kind: str) -> None:
    form = Form({name: [text] for name, text in (FILLED[kind] | {"id": "crm"}).items()})
    made, faults = read_destination(kind, form, None)
    assert faults == {}
    assert made is not None
    shown = {field.name for field in KINDS[kind].fields}
    assert shown == set(type(made).model_fields) - {"id", "kind", "enabled", "paused"}
    again, faults = read_destination(kind, fill_form(made), made)
    assert faults == {}
    assert again is not None
    dumped = json.dumps(made.model_dump(mode="json"))
    for secret in ("abc", KEY):
        dumped = dumped.replace(f'"{secret}"', '"••••"')
    names = {
        "access_key",
        "secret_key",
        "api_key",
        "access_token",
        "client_secret",
        "refresh_token",
    }
    masked = {
        name: "••••" if name in names else value for name, value in json.loads(dumped).items()
    }
    assert again.model_dump(mode="json") == masked


async def test_one_is_added_and_its_secret_is_not_shown_again(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in(Role.MANAGER)
    page = await person.read(f"{PATH}/add-destination")
    assert len(re.findall(r"add-destination\?kind=", page)) == len(KINDS)
    assert 'value="hubspot"' in await person.read(f"{PATH}/add-destination?kind=hubspot")
    fields = {"kind": "hubspot", "id": "hubspot", "access_token": "pat-s3cr3t", "act": "save"}
    fields |= {"fields.theirs": "budget_c", "fields.ours": "budget"}
    status, where = await send(person, f"{PATH}/add-destination", **fields)
    assert (status, where) == (303, f"{PATH}/destinations?notice=saved")
    for path in (where, f"{PATH}/destinations/hubspot", PATH):
        page = await person.read(path)
        assert "pat-s3cr3t" not in page
        assert "s3cr3t-header" not in page
    assert "budget_c" in await person.read(where)
    made = await stored(desk, "hubspot")
    assert isinstance(made, HubSpotDestination)
    assert VAULT.open(made.access_token) == "pat-s3cr3t"
    assert made.access_token.is_sealed
    status, page = await send(person, f"{PATH}/add-destination", **fields)
    assert (status, 'id="fault-id">The project has a destination' in page) == (422, True)


async def test_what_a_sample_lead_sends_stands_beside_the_form(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in(Role.MANAGER)
    fields = await read_form_of(person)
    fields |= {"act": "show", "fields.theirs": "person.what", "fields.ours": "configuration"}
    fields |= {"headers": "Authorization: ••••\nX-Key: typed-now"}
    status, page = await send(person, CRM, **fields)
    assert status == 200
    sent = unescape(page.split('id="request"')[1].split("</section>")[0])
    assert '"what": "3 BHK"' in sent
    assert "Authorization: ••••" in sent
    assert "x-key: ••••" in sent.lower(), "what was just typed is hidden there as well"
    assert "X-Key: typed-now</textarea>" in page, "what was typed is not lost"
    crm = await stored(desk)
    assert isinstance(crm, HttpDestination)
    assert "X-Key" not in crm.headers, "nothing was saved"


async def test_a_change_keeps_the_secrets_that_it_does_not_name(desk: Desk, filled: Filled) -> None:
    await seal_secrets(desk)
    person = await desk.let_in(Role.MANAGER)
    fields = await read_form_of(person) | {"act": "save"}
    fields |= {"fields.theirs": "mobile", "fields.ours": "phone"}
    assert (await send(person, CRM, **fields))[0] == 303
    crm = await stored(desk)
    assert isinstance(crm, HttpDestination)
    assert crm.fields == {"mobile": "phone"}
    assert VAULT.open(crm.headers["Authorization"]) == "Bearer s3cr3t-header"
    status, page = await send(person, CRM, **fields)
    assert (status, "changed it meanwhile" in page) == (409, True)
    fields = await read_form_of(person) | {"act": "save", "url": "https://evil.example/"}
    status, page = await send(person, CRM, **fields)
    assert (status, "a stored secret goes to no other server" in page) == (422, True)


async def test_what_is_wrong_stands_beside_its_field(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in(Role.MANAGER)
    fields = {"kind": "http", "id": "Not Good", "url": "ftp://x", "headers": "no colon"}
    fields |= {"fields.theirs": "a", "fields.ours": "nothing", "retry.statuses": "9"}
    status, page = await send(person, f"{PATH}/add-destination", **fields, act="save")
    assert status == 422
    found = dict(re.findall(r'id="fault-([a-z_]+)">([^<]+)<', page))
    assert set(found) == {"id", "url", "headers", "retry"}
    fields |= {"id": "other", "url": "https://x.example/", "headers": "", "retry.statuses": ""}
    status, page = await send(person, f"{PATH}/add-destination", **fields, act="save")
    assert 'id="fault-fields">a: There is no field' in page
    assert 'value="nothing"' in page
    fields = {"kind": "email", "id": "mail", "act": "save", **FILLED["email"], "username": "a"}
    status, page = await send(person, f"{PATH}/add-destination", **fields)
    assert 'id="fault-password">A user name and a password go together' in page


async def test_a_webhook_gets_a_secret_that_is_shown_once(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in(Role.MANAGER)
    fields = {"kind": "webhook", "id": "hook", "act": "save", "events": "lead.created"}
    status, page = await send(
        person, f"{PATH}/add-destination", **fields, url="https://hooks.example/f"
    )
    assert status == 200
    (secret,) = re.findall(r"<code>(whsec_[^<]+)</code>", page)
    hook = await stored(desk, "hook")
    assert isinstance(hook, WebhookDestination)
    assert [VAULT.open(one) for one in hook.secrets] == [unescape(secret)]
    assert "whsec_" not in await person.read(f"{PATH}/destinations")
    path = f"{PATH}/destinations/hook"
    fields = await read_form_of(person, path) | {"act": "save", "secrets": KEY}
    assert (await send(person, path, **fields, events="lead.updated"))[0] == 303
    hook = await stored(desk, "hook")
    assert isinstance(hook, WebhookDestination)
    assert [VAULT.open(one) for one in hook.secrets] == [KEY, unescape(secret)]
    fields = await read_form_of(person, path) | {"act": "save", "secrets": KEY, "forget": "on"}
    assert (await send(person, path, **fields, events="lead.updated"))[0] == 303
    hook = await stored(desk, "hook")
    assert isinstance(hook, WebhookDestination)
    assert [VAULT.open(one) for one in hook.secrets] == [KEY]


async def test_one_is_removed(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in(Role.MANAGER)
    seen = (await read_form_of(person))["seen"]
    assert (await send(person, f"{CRM}/remove", seen="older"))[0] == 409
    assert (await send(person, f"{CRM}/remove", seen=seen))[0] == 200
    assert (await desk.storage.get_project("palm-grove")).destinations == ()
    assert "sent nowhere" in await person.read(f"{PATH}/destinations")


async def test_health_is_told_and_leads_to_the_deliveries(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in(Role.VIEWER)
    page = await person.read(f"{PATH}/destinations")
    assert "1 not delivered</a>" in page
    assert "destination=crm&amp;state=dead" in page
    assert "Last delivered" in page
    assert "<button" not in page.split("<main")[1], "a viewer changes nothing"
    for path in (CRM, f"{PATH}/add-destination"):
        assert (await person.get(path)).status_code == 403


async def test_destinations_of_other_projects_are_not_there(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in(Role.MANAGER, Scope(projects=frozenset({"coral-bay"})))
    for path in (CRM, f"{PATH}/destinations", f"{PATH}/add-destination?kind=http"):
        assert (await person.get(path)).status_code == 404
    for path in (CRM, f"{PATH}/add-destination", f"{CRM}/remove"):
        assert (await send(person, path, kind="hubspot"))[0] == 404


def test_the_control_an_email_keeps_its_password_only_with_a_user() -> None:
    form = Form({name: [text] for name, text in (FILLED["email"] | {"id": "mail"}).items()})
    user = form.with_text("username", "desk").with_text("password", "long one")
    made, _ = read_destination("email", user, None)
    assert isinstance(made, EmailDestination)
    assert made.password is not None
    without, faults = read_destination("email", form, made)
    assert isinstance(without, EmailDestination)
    assert (without.password, faults) == (None, {})
