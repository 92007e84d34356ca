"""The whole application in the test's own process, behind a client."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2
from fastapi import FastAPI
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

from frontdesk.app import create_app
from frontdesk.clock import Clock
from frontdesk.settings import Settings
from frontdesk.storage.base import Storage

SECRET_KEY = "a secret of at least thirty-two characters"
PUBLIC_URL = "https://desk.example"


class SettingsFromTest(Settings):
    """Neither the environment nor a .env file is read."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings,)


def make_settings(folder: Path, **settings: object) -> Settings:
    complete = {
        "storage_url": f"sqlite:///{folder / 'frontdesk.db'}",
        "secret_key": SECRET_KEY,
        **settings,
    }
    return SettingsFromTest.model_validate(complete)


def make_production_settings(folder: Path, **settings: object) -> Settings:
    return make_settings(
        folder, **{"environment": "production", "public_url": PUBLIC_URL, **settings}
    )


@asynccontextmanager
async def run_app(
    settings: Settings, clock: Clock, storage: Storage | None = None
) -> AsyncIterator[httpx2.AsyncClient]:
    """A client of the application, which has started and will be stopped."""
    app = create_app(settings, clock=clock, storage=storage)
    async with app.router.lifespan_context(app), client_of(app) as client:
        yield client


def client_of(app: FastAPI, base_url: str = "http://127.0.0.1:8000") -> httpx2.AsyncClient:
    """An exception that comes out of the application fails the test, as it would the server."""
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url=base_url)
