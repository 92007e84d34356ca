"""Credentials: sealed as they come in, kept behind the mask, opened by the right keys alone."""

from typing import Any

import pytest

from frontdesk.errors import Invalid
from frontdesk.model import EVERY_PROJECT
from frontdesk.projects.destinations import HttpDestination, WebhookDestination
from frontdesk.projects.importing import ProjectsFile
from frontdesk.projects.model import Project
from frontdesk.projects.secrets import MASK, Secret, UnopenableError, Vault
from frontdesk.projects.service import Projects
from frontdesk.settings import Environment
from frontdesk.storage.base import Storage
from tests.support.clock import SteppedClock
from tests.support.samples import VAULT, make_project

OLD, NEW = (
    "an old key of more than thirty-two characters",
    "a new key of more than thirty-two chars",
)
FIRST = "whsec_" + "A" * 32
SECOND = "whsec_" + "B" * 32


@pytest.fixture
def projects(storage: Storage, clock: SteppedClock) -> Projects:
    return Projects(storage, clock, Environment.PRODUCTION, VAULT)


def sending_to(**settings: Any) -> Project:
    settings = {"id": "crm", "url": "https://crm.example/leads", **settings}
    return make_project(destinations=(HttpDestination(**settings),))


def hooking(*secrets: str) -> Project:
    hook = WebhookDestination(id="hook", url="https://hook.example", secrets=secrets)
    return make_project(destinations=(hook,))


def opened(project: Project, vault: Vault = VAULT) -> list[str]:
    (hook,) = project.destinations
    assert isinstance(hook, WebhookDestination)
    assert all(secret.is_sealed for secret in hook.secrets)
    return [vault.open(secret) for secret in hook.secrets]


def test_what_is_sealed_shows_nothing_and_opens_with_its_key_alone() -> None:
    sealed = Vault(OLD).seal("Bearer t0ken")
    assert "t0ken" not in f"{sealed!r} {sealed} {sealed.text}"
    assert Vault(OLD).open(sealed) == "Bearer t0ken"
    assert Vault(NEW, OLD).open(sealed) == "Bearer t0ken"
    with pytest.raises(UnopenableError):
        Vault(NEW).open(sealed)
    with pytest.raises(UnopenableError):
        Vault(OLD).open(Secret(sealed.text[:-4] + "AAA="))


async def test_every_place_for_a_secret_is_sealed_on_the_way_to_storage(
    projects: Projects, storage: Storage
) -> None:
    place = {"X-Key": "s3cr3t-value"}
    await projects.save(sending_to(headers=place, query=place, body=place))
    text = (await storage.get_project("palm-grove")).model_dump_json()
    assert "s3cr3t" not in text
    assert text.count("sealed.1.") == 3
    await ProjectsFile(projects).run(
        {
            "projects": [
                {
                    "id": "coral-bay",
                    "name": "Coral Bay",
                    "destinations": [
                        {
                            "id": "hook",
                            "kind": "webhook",
                            "url": "https://hook.example",
                            "secrets": [FIRST],
                        }
                    ],
                }
            ]
        }
    )
    assert FIRST not in (await storage.get_project("coral-bay")).model_dump_json()
    exported = str(await ProjectsFile(projects).export())
    assert "sealed.1." not in exported
    assert exported.count(MASK) == 4


async def test_the_same_value_again_changes_nothing(projects: Projects) -> None:
    first = await projects.save(sending_to(headers={"X-Key": "s3cr3t-value"}))
    again = await projects.save(sending_to(headers={"X-Key": "s3cr3t-value"}))
    assert again.destinations == first.destinations
    other = await projects.save(sending_to(headers={"X-Key": "another"}))
    assert other.destinations != first.destinations


async def test_a_webhooks_secrets_take_over_from_each_other(projects: Projects) -> None:
    await projects.save(hooking(FIRST))
    assert opened(await projects.save(hooking(SECOND, MASK))) == [SECOND, FIRST]
    assert opened(await projects.save(hooking(MASK, MASK))) == [SECOND, FIRST]
    assert opened(await projects.save(hooking(MASK))) == [SECOND]
    with pytest.raises(Invalid):
        await projects.save(hooking(MASK, MASK))


async def test_nobody_can_write_what_is_sealed(projects: Projects, storage: Storage) -> None:
    await projects.save(sending_to(headers={"X-Key": "s3cr3t-value"}))
    (stored,) = (await storage.get_project("palm-grove")).destinations
    assert isinstance(stored, HttpDestination)
    stolen = stored.headers["X-Key"].text
    for wrong, code in (
        (stolen, "sealed_value"),
        ("x" * 4001, "too_long"),
        ("\ud800", "invalid_text"),
    ):
        with pytest.raises(Invalid) as refusal:
            await projects.save(sending_to(url="https://evil.example", body={"key": Secret(wrong)}))
        assert [(fault.field, fault.code) for fault in refusal.value.fields] == [
            ("destinations.0.body.key", code)
        ]


async def test_another_kind_of_destination_gets_no_stored_secret(projects: Projects) -> None:
    await projects.save(
        make_project(
            destinations=(
                HttpDestination(id="hook", url="https://hook.example", body={"secrets": FIRST}),
            )
        )
    )
    with pytest.raises(Invalid):
        await projects.save(hooking(MASK))


async def test_a_changed_key_opens_what_the_old_one_sealed_until_all_is_resealed(
    storage: Storage, clock: SteppedClock
) -> None:
    async def read() -> Project:
        return (await storage.list_projects(EVERY_PROJECT)).items[0]

    def with_keys(vault: Vault) -> Projects:
        return Projects(storage, clock, Environment.PRODUCTION, vault)

    await with_keys(Vault(OLD)).save(hooking(FIRST))
    assert await with_keys(Vault(NEW)).list_unopenable() == ["palm-grove"]
    rotating = with_keys(Vault(NEW, OLD))
    assert await rotating.list_unopenable() == []
    assert await rotating.reseal() == 1
    assert opened(await read(), Vault(NEW)) == [FIRST]
    assert await rotating.reseal() == 0
    # A mask that comes back in the meantime keeps the secret as well.
    await with_keys(Vault(OLD, NEW)).save(hooking(MASK))
    assert opened(await read(), Vault(OLD)) == [FIRST]


async def test_plain_headers_from_before_keep_working_and_are_sealed_later(
    projects: Projects, storage: Storage
) -> None:
    plain = sending_to(headers={"X-Key": "s3cr3t-value"})
    await storage.save_project("palm-grove", plain)
    (destination,) = (await projects.get("palm-grove")).destinations
    assert isinstance(destination, HttpDestination)
    assert VAULT.open(destination.headers["X-Key"]) == "s3cr3t-value"
    kept = await projects.save(sending_to(headers={"X-Key": MASK}))
    assert "s3cr3t" not in kept.model_dump_json()
    await storage.save_project("palm-grove", plain)
    assert await projects.reseal() == 1
    assert "s3cr3t" not in (await storage.get_project("palm-grove")).model_dump_json()


@pytest.mark.parametrize("secret", ["A" * 32, "whsec_short", "whsec_" + "A" * 31, "whsec_é", ""])
async def test_a_webhooks_secret_has_the_standards_form(projects: Projects, secret: str) -> None:
    with pytest.raises(Invalid) as refusal:
        await projects.save(hooking(secret))
    assert [(f.field, f.code) for f in refusal.value.fields] == [
        ("destinations.0.secrets.0", "invalid_secret")
    ]
