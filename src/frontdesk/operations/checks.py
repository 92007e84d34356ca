"""What `frontdesk check` looks at, one line each."""

import asyncio
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, NamedTuple

import httpx2

from frontdesk.clock import system_clock
from frontdesk.errors import Unavailable
from frontdesk.outbound.operators import OperatorClient
from frontdesk.projects.secrets import make_vault
from frontdesk.projects.service import Projects
from frontdesk.settings import Settings
from frontdesk.sharing.choose import open_sharing
from frontdesk.storage.base import Storage
from frontdesk.web.assets import WidgetNotBuiltError, load_assets

if TYPE_CHECKING:
    from frontdesk.sharing.redis import Sharing

MODEL_SECONDS = 10.0
STORAGE_SECONDS = 10.0
SHOWN = 10


class Finding(NamedTuple):
    """`says` is for the operator, in one line."""

    subject: str
    is_ok: bool
    says: str


async def check_all(settings: Settings, storage: Storage) -> AsyncIterator[Finding]:
    """Opens and closes `storage`."""
    yield Finding("settings", True, f"complete for {settings.environment}")
    yield _check_widget()
    try:
        in_storage = await _check_storage(storage)
        yield in_storage
        if in_storage.is_ok:
            yield await _check_secrets(settings, storage)
    finally:
        await storage.close()
    async with open_sharing(settings) as sharing:
        if sharing is not None:
            yield await _check_redis(sharing)
    yield await _check_model(settings)


def _check_widget() -> Finding:
    try:
        tag = load_assets()["widget.js"]
    except WidgetNotBuiltError as error:
        return Finding("widget", False, str(error))
    return Finding("widget", True, f"built, the tag has {len(tag.forms['br']):,} bytes compressed")


async def _check_storage(storage: Storage) -> Finding:
    try:
        async with asyncio.timeout(STORAGE_SECONDS):
            await storage.open()
            await storage.check()
    except Unavailable as error:
        return Finding("storage", False, error.detail)
    except TimeoutError:
        return Finding("storage", False, f"does not answer within {STORAGE_SECONDS:.0f} seconds")
    return Finding("storage", True, "writes and reads")


async def _check_redis(sharing: "Sharing") -> Finding:
    fault = await sharing.find_fault()
    return Finding("redis", fault is None, fault or "answers")


async def _check_secrets(settings: Settings, storage: Storage) -> Finding:
    """Credentials that were sealed under another key are found here, not by the first lead."""
    projects = Projects(storage, system_clock, settings.environment, make_vault(settings))
    try:
        unopenable = await projects.list_unopenable()
    except Unavailable as error:
        return Finding("secrets", False, error.detail)
    if unopenable:
        shown = ", ".join(unopenable[:SHOWN]) + (", …" if len(unopenable) > SHOWN else "")
        says = (
            f"{len(unopenable)} projects have some that neither FRONTDESK_SECRET_KEY nor "
            f"FRONTDESK_SECRET_KEY_PREVIOUS opens: {shown}"
        )
        return Finding("secrets", False, says)
    return Finding("secrets", True, "every stored credential can be opened")


async def _check_model(settings: Settings) -> Finding:
    key = settings.gemini_api_key.get_secret_value()
    if not key:
        return Finding("model", True, "none; answers come from each project's own knowledge")
    url = f"{settings.gemini_base_url.rstrip('/')}/v1beta/models/{settings.gemini_model}"
    try:
        async with OperatorClient([url], timeout=httpx2.Timeout(MODEL_SECONDS)) as client:
            reply = await client.get(url, headers={"x-goog-api-key": key})
    except httpx2.HTTPError:
        return Finding("model", False, f"{settings.gemini_base_url} cannot be reached")
    if reply.status_code != httpx2.codes.OK:
        says = f"{settings.gemini_model} is refused with status {reply.status_code}"
        return Finding("model", False, says)
    return Finding("model", True, f"{settings.gemini_model} answers")
