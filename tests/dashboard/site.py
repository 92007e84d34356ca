"""The dashboard's pages in an application of their own, and a server for browsers."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager

import uvicorn
from argon2 import PasswordHasher
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from frontdesk.accounts.guard import Guards
from frontdesk.accounts.passwords import Passwords
from frontdesk.accounts.resets import PasswordResets
from frontdesk.accounts.service import Accounts
from frontdesk.analytics.site_checks import SiteChecks
from frontdesk.chat.budget import Budget
from frontdesk.chat.chain import Chain
from frontdesk.chat.retrieval.answering import KnowledgeDesk
from frontdesk.chat.service import Chat
from frontdesk.clock import Clock
from frontdesk.dashboard import pages
from frontdesk.delivery.service import Deliveries
from frontdesk.delivery.trials import Trials
from frontdesk.errors import FrontdeskError
from frontdesk.leads.work import LeadWork
from frontdesk.operations.metrics import Metrics
from frontdesk.outbound.client import Outbound
from frontdesk.privacy.service import Privacy
from frontdesk.projects.import_work import ImportWork
from frontdesk.projects.importing import ProjectsFile
from frontdesk.projects.layer_service import WidgetLayers
from frontdesk.projects.many_widgets import ManyWidgets
from frontdesk.projects.service import Projects
from frontdesk.property.fetching import PageFetcher
from frontdesk.property.service import Facts
from frontdesk.settings import Environment
from frontdesk.storage.base import Storage
from frontdesk.web.problems import problem_response
from frontdesk.web.rate_limits import MemoryRateLimiter
from tests.support.samples import VAULT

EMAIL = "owner@agency.example"
PASSWORD = "correct horse battery"
PUBLIC_URL = "https://desk.example"


def quick_hasher() -> PasswordHasher:
    """argon2id with the least work: tests sign in hundreds of times."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def make_accounts(storage: Storage, clock: Clock) -> Accounts:
    return Accounts(
        storage, clock, session_hours=12, passwords=Passwords(quick_hasher()), seal=VAULT
    )


def make_chain(storage: Storage, clock: Clock) -> Chain:
    """Without a model: knowledge answers."""
    return Chain((), clock, Budget(storage), Metrics(), 5, 20)


def make_app(
    storage: Storage,
    clock: Clock,
    *,
    secure_cookies: bool = False,
    wake_worker: Callable[[], None] = lambda: None,
    allowed_hosts: Collection[str] = (),
    resets: PasswordResets | None = None,
    chain: Chain | None = None,
) -> FastAPI:
    """As app.py wires it, with errors of public routes as problem documents."""
    guards = Guards(make_accounts(storage, clock), secure_cookies)
    projects = Projects(storage, clock, Environment.DEVELOPMENT, VAULT)
    app = FastAPI()
    app.router.routes.extend(
        pages.routes(guards, MemoryRateLimiter(), "s" * 32, clock, resets=resets)
    )
    deliveries = Deliveries(storage, clock, wake_worker)
    work = LeadWork(storage, storage, projects, clock, wake_worker)
    outbound = Outbound(allowed_hosts)
    checks = SiteChecks(storage, outbound, clock, PUBLIC_URL)
    trials = Trials(storage, projects, outbound, clock, timeout_seconds=5)
    facts = Facts(projects, PageFetcher(outbound, pause_seconds=0), clock)
    chat = Chat(
        storage, clock, chain or make_chain(storage, clock), KnowledgeDesk(), lambda _: None
    )
    app.include_router(
        pages.router(
            storage,
            projects,
            deliveries,
            work,
            trials,
            checks,
            facts,
            Privacy(storage, clock),
            chat,
            guards,
            clock,
            PUBLIC_URL,
            MemoryRateLimiter(),
            ManyWidgets(WidgetLayers(projects)),
            ImportWork(ProjectsFile(projects)),
        )
    )

    @app.exception_handler(FrontdeskError)
    async def answer(request: Request, error: Exception) -> Response:
        assert isinstance(error, FrontdeskError)
        return problem_response(error, request)

    return app


@asynccontextmanager
async def serve(app: FastAPI) -> AsyncIterator[str]:
    """The application on a free port of this process; gives its address."""
    config = uvicorn.Config(app, port=0, log_level="warning", lifespan="off", ws="none")
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve())
    while not server.started:
        assert not task.done(), "the server stopped at its start"
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await task
