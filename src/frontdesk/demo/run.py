"""`frontdesk demo`: the real service, with invented sites and a CRM on the same port.

Sites and CRM are told apart by host name; every other host is the service itself. What it keeps
is in one folder, so that leads are there after a restart.
"""

import asyncio
import json
import os
import secrets
import shutil
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from frontdesk.accounts.model import Role
from frontdesk.accounts.service import Accounts
from frontdesk.app import create_app
from frontdesk.clock import system_clock
from frontdesk.demo.crm import crm_app
from frontdesk.demo.crm_log import CrmLog
from frontdesk.demo.sites import NAMES, site_app
from frontdesk.operations.logs import configure_logging
from frontdesk.operations.server import bind, serve
from frontdesk.projects.importing import ProjectsFile
from frontdesk.projects.secrets import make_vault
from frontdesk.projects.service import Projects
from frontdesk.settings import Environment, Settings
from frontdesk.storage.sqlite.engine import SqliteStorage

FOLDER = Path("data/demo")
PROJECTS_FILE = Path(__file__).parent / "projects.json"
EMAIL = "demo@frontdesk.example"
# The CRM's page is at its host name, but its leads come here: not every system's resolver knows
# the names below .localhost, as every browser does.
CRM_PATH = "/demo-crm"
# So that a CRM that hangs shows within seconds.
DELIVERY_TIMEOUT_SECONDS = 5.0

DONE, FAILED = 0, 1


def run_demo(settings: Settings, *, fresh: bool = False, folder: Path = FOLDER) -> int:
    """Serve until SIGINT or SIGTERM; gives the exit code. `fresh` forgets what `folder` holds.

    Of `settings` it takes its own environment, storage and delivery settings instead.
    """
    try:
        listener = bind(settings.host, settings.port)
        # From here on a browser that is too early waits instead of being refused.
        listener.listen()
    except OSError as error:
        where = f"{settings.host}:{settings.port}"
        return _fail(f"Cannot listen on {where}: {error.strerror}. FRONTDESK_PORT chooses another.")
    with listener:
        if fresh and folder.exists():
            shutil.rmtree(folder)
        folder.mkdir(parents=True, exist_ok=True)
        settings = _adapt(settings, folder, listener)
        configure_logging(settings.log_level)
        try:
            problems = asyncio.run(_fill(settings, folder))
        except KeyboardInterrupt:
            return DONE
        if problems:
            return _fail("The demo's projects could not be loaded:", *problems)
        app = make_app(settings, folder)
        _announce(settings, folder)
        return DONE if serve(app, settings, listener) else FAILED


def make_app(settings: Settings, folder: Path) -> ASGIApp:
    """The service, the sites and the CRM as one application."""
    crm = crm_app(CrmLog(folder / "crm.jsonl", system_clock))
    hosts: dict[str, ASGIApp] = {
        f"{name}.localhost": site_app(name, settings.reached_at) for name in NAMES
    }
    return _by_host(create_app(settings), hosts | {"crm.localhost": crm}, crm)


def crm_url(settings: Settings) -> str:
    """Where this process reaches its own CRM."""
    return f"http://{_own_address(settings)}{CRM_PATH}"


def _adapt(settings: Settings, folder: Path, listener: socket.socket) -> Settings:
    port = listener.getsockname()[1]
    settings = settings.model_copy(
        update={
            "environment": Environment.DEVELOPMENT,
            "port": port,
            "public_url": settings.public_url or f"http://localhost:{port}",
            "storage_url": f"sqlite:///{folder / 'frontdesk.db'}",
            "delivery_timeout_seconds": DELIVERY_TIMEOUT_SECONDS,
            # Requests would push what to open off the screen; whoever wants them sets the level.
            "log_level": settings.log_level
            if "log_level" in settings.model_fields_set
            else "warning",
        }
    )
    return settings.model_copy(update={"allowed_private_hosts": (_own_address(settings),)})


def _own_address(settings: Settings) -> str:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # noqa: S104
    return f"[{host}]:{settings.port}" if ":" in host else f"{host}:{settings.port}"


async def _fill(settings: Settings, folder: Path) -> list[str]:
    """Import the projects and make the first member; gives what is wrong with the projects."""
    storage = SqliteStorage(settings.database_path)
    try:
        await storage.open()
        data = json.loads(PROJECTS_FILE.read_text(encoding="utf-8"))
        for project in data["projects"]:
            for destination in project["destinations"]:
                destination["url"] = f"{crm_url(settings)}/leads"
        projects = Projects(storage, system_clock, settings.environment, make_vault(settings))
        report = await ProjectsFile(projects).run(data)
        if await storage.find_member(EMAIL) is None:
            accounts = Accounts(storage, system_clock, settings.session_hours)
            await accounts.add_member(
                EMAIL, "Demo", Role.OWNER, password=_read_or_make_password(folder)
            )
    finally:
        await storage.close()
    return [f"{fault.project}: {fault.field}: {fault.detail}" for fault in report.faults]


def _read_or_make_password(folder: Path) -> str:
    path = folder / "password"
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(12))
    return path.read_text()


def _by_host(service: ASGIApp, hosts: Mapping[str, ASGIApp], crm: ASGIApp) -> ASGIApp:
    async def dispatch(scope: Scope, receive: Receive, send: Send) -> None:
        app = service
        if scope["type"] == "http":
            name = Headers(scope=scope).get("host", "").partition(":")[0].lower()
            app = hosts.get(name, service)
            if app is service and scope["path"].startswith(f"{CRM_PATH}/"):
                app, scope = crm, {**scope, "root_path": CRM_PATH}
        await app(scope, receive, send)

    return dispatch


def _announce(settings: Settings, folder: Path) -> None:
    port = settings.port
    model = "Gemini" if settings.gemini_api_key.get_secret_value() else "each project's own facts"
    print(
        f"""
Frontdesk demo

  Palm Grove, Pune         http://palmgrove.localhost:{port}/
  Coral Bay, Goa           http://coralbay.localhost:{port}/
  Urban Nest, Noida        http://urbannest.localhost:{port}/
  Northlight, three cities http://brand.localhost:{port}/

  CRM                      http://crm.localhost:{port}/
  Dashboard                {settings.reached_at}/dashboard
                           {EMAIL}  {_read_or_make_password(folder)}
  API                      {settings.reached_at}/docs

Answers come from {model}. What comes in is kept in {folder}; --fresh forgets it.
Ctrl-C stops it.
""",
        flush=True,
    )


def _fail(*lines: str) -> int:
    print(*lines, sep="\n", file=sys.stderr)
    return FAILED
