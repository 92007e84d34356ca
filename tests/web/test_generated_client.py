"""A client made from our own OpenAPI document, by a generator that nobody here wrote, and a journey
through it: whoever builds on the API meets what the document says.
"""

import importlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx2
import pytest

from tests.leads.form import make_form
from tests.support.server import Server

CLIENT = "frontdesk_client"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("server"), {"FACTS_HOURS": "0"}) as server:
        yield server


@pytest.fixture(scope="module")
def generated(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder with the generated package, which can be imported."""
    folder = tmp_path_factory.mktemp("generated")
    document = folder / "openapi.json"
    document.write_text(httpx2.get(f"{server.base_url}/openapi.json").text)
    config = folder / "config.yml"
    # What it writes for a constant (`1and`) is read by Python with a warning; formatted, without.
    config.write_text('post_hooks: ["ruff format --isolated ."]\n')
    made = subprocess.run(
        [
            *(sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none"),
            *("--path", str(document), "--output-path", str(folder / CLIENT)),
            *("--config", str(config), "--fail-on-warning"),
        ],
        env={
            **os.environ,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stdout + made.stderr
    sys.path.insert(0, str(folder))
    yield folder
    sys.path.remove(str(folder))
    for name in [name for name in sys.modules if name.partition(".")[0] == CLIENT]:
        del sys.modules[name]


def api(path: str) -> ModuleType:
    return importlib.import_module(f"{CLIENT}.api.{path}")


def test_a_journey_through_the_generated_client(server: Server, generated: Path) -> None:
    made = server.run("keys", "create", "journey", "--role", "owner")
    secret = next(word for word in made.stdout.split() if word.startswith("fd_"))
    package = importlib.import_module(CLIENT)
    models: Any = importlib.import_module(f"{CLIENT}.models")
    client = package.AuthenticatedClient(base_url=server.base_url, token=secret)

    # A project is made, read, and changed by who read it last.
    body = models.ProjectBody.from_dict(
        {"id": "palm-grove", "name": "Palm Grove", "sites": [{"host": "palm-grove.example"}]}
    )
    project = api("projects.put_project")
    assert project.sync_detailed("palm-grove", client=client, body=body).status_code == 201
    read = api("projects.get_project").sync_detailed("palm-grove", client=client)
    assert read.parsed.sites[0].host == "palm-grove.example"
    etag = read.headers["etag"]
    body.name = "Palm Grove Two"
    changed = project.sync("palm-grove", client=client, body=body, if_match=etag)
    assert changed.name == "Palm Grove Two"
    late = project.sync_detailed("palm-grove", client=client, body=body, if_match=etag)
    assert (late.status_code, late.parsed.code) == (409, "changed_meanwhile")

    # A visitor leaves a number; sales work on the lead.
    form = {**make_form(), "page": {"url": "https://palm-grove.example/"}}
    sent = httpx2.post(
        f"{server.base_url}/v1/leads",
        content=json.dumps(form),
        headers={
            "Content-Type": "application/json",
            "Origin": "https://palm-grove.example",
            "Idempotency-Key": "a-key-of-the-journey",
        },
    )
    assert sent.status_code == 201, sent.text
    since = datetime.now(UTC) - timedelta(hours=1)
    leads = api("leads.list_leads").sync(client=client, search="asha", since=since)
    (lead,) = leads.items
    assert lead.enquiries[0].consent.given is True
    change = models.LeadChange(status=models.LeadStatus.CONTACTED)
    moved = api("leads.change_lead").sync(lead.id, client=client, body=change)
    assert moved.status == models.LeadStatus.CONTACTED
    note = models.NewNote(text="Wants a corner flat.")
    assert api("leads.add_note").sync(lead.id, client=client, body=note).text == note.text
    detail = api("leads.get_lead").sync(lead.id, client=client)
    assert [one.text for one in detail.lead.notes] == ["Wants a corner flat."]
    assert detail.lead.history[0].author_name == "journey"

    # What is wrong comes as the documented problem, and a stranger learns nothing.
    odd = api("leads.get_lead").sync("lead_0", client=client)
    assert odd.code == "lead_not_found"
    stranger = package.AuthenticatedClient(base_url=server.base_url, token="fd_unknown")
    assert api("leads.list_leads").sync(client=stranger).code == "unauthenticated"
    erased = api("persons.erase_person").sync(
        client=client, body=models.PersonQuery(phone=lead.phone)
    )
    assert (erased.leads, erased.enquiries) == (1, 1)
    assert api("leads.list_leads").sync(client=client).items == []
