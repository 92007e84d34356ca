"""Wires settings to an ASGI application: the one place that chooses implementations."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import timedelta

import structlog
from fastapi import APIRouter, FastAPI
from starlette.types import ASGIApp

from frontdesk import __version__
from frontdesk.accounts import api as accounts_api
from frontdesk.accounts.audit import RecordChanges
from frontdesk.accounts.guard import Guards
from frontdesk.accounts.model import Role
from frontdesk.accounts.openid import OpenIdSignIn
from frontdesk.accounts.openid import Provider as OpenIdProvider
from frontdesk.accounts.repeats import AnswerOnce
from frontdesk.accounts.resets import PasswordResets
from frontdesk.accounts.service import Accounts
from frontdesk.accounts.unguarded import refuse_unguarded_routes
from frontdesk.analytics import api as analytics_api
from frontdesk.analytics import site_api
from frontdesk.analytics.service import Analytics
from frontdesk.analytics.site_alerts import SiteAlerts
from frontdesk.analytics.site_checks import SiteChecks
from frontdesk.chat import api as chat_api
from frontdesk.chat import staff_api
from frontdesk.chat.budget import Budget, Limits
from frontdesk.chat.chain import Chain
from frontdesk.chat.providers import list_model_servers, make_links
from frontdesk.chat.retrieval.answering import KnowledgeDesk
from frontdesk.chat.service import Chat
from frontdesk.chat.summary import ModelSummariser
from frontdesk.clock import Clock, system_clock
from frontdesk.dashboard import pages
from frontdesk.dashboard.provider_sign_in import CALLBACK_PATH
from frontdesk.delivery import api as delivery_api
from frontdesk.delivery import destination_api
from frontdesk.delivery.notices import Notices
from frontdesk.delivery.service import Deliveries
from frontdesk.delivery.trials import Trials
from frontdesk.delivery.worker import Worker
from frontdesk.leads import admin as leads_admin
from frontdesk.leads import api as leads_api
from frontdesk.leads.assigning import Assigner
from frontdesk.leads.duplicates import Duplicates
from frontdesk.leads.service import Leads
from frontdesk.leads.work import LeadWork
from frontdesk.llm.http import make_client
from frontdesk.operations import health
from frontdesk.operations.metrics import Metrics
from frontdesk.outbound.client import Outbound
from frontdesk.outbound.mail import MailServer
from frontdesk.privacy import api as privacy_api
from frontdesk.privacy.housekeeping import TOO_OLD_REMAINS, Housekeeping
from frontdesk.privacy.service import Privacy
from frontdesk.projects import api as projects_api
from frontdesk.projects import many_widgets_api, purge_api, widget_api
from frontdesk.projects.change_work import ChangeWork
from frontdesk.projects.import_work import ImportWork
from frontdesk.projects.importing import ProjectsFile
from frontdesk.projects.layer_service import WidgetLayers
from frontdesk.projects.many_widgets import ManyWidgets
from frontdesk.projects.purging import make_purge
from frontdesk.projects.secrets import make_vault
from frontdesk.projects.service import Projects
from frontdesk.projects.turned_away import TurnedAwayPages
from frontdesk.property import api as property_api
from frontdesk.property.fetching import PageFetcher
from frontdesk.property.schedule import ReadingSchedule
from frontdesk.property.service import Facts
from frontdesk.secret_key import read_secret_key
from frontdesk.setting_checks import read_mail_url
from frontdesk.settings import ProcessRole, Settings
from frontdesk.sharing.choose import make_sharing
from frontdesk.storage.base import Storage
from frontdesk.storage.choose import make_storage
from frontdesk.web import assets, docs
from frontdesk.web.application import Application
from frontdesk.web.client import TrustedProxies
from frontdesk.web.cors import Cors, Preflights, is_for_sites
from frontdesk.web.edge import Check, Edge
from frontdesk.web.hosts import RequirePublicUrl
from frontdesk.web.openapi import make_openapi
from frontdesk.web.problems import EXCEPTION_HANDLERS
from frontdesk.web.rate_limits import MemoryRateLimiter, NoRateLimiter, RateLimiter
from frontdesk.web.request_limits import LimitBody, refuse_long_url
from frontdesk.web.routes import PublicRoute, PublicRoutes
from frontdesk.web.tokens import ConversationTokens

_log = structlog.get_logger("frontdesk.app")
MAIL_SECONDS = 30.0


def create_app(
    settings: Settings,
    *,
    clock: Clock = system_clock,
    role: ProcessRole = ProcessRole.ALL,
    storage: Storage | None = None,
) -> Application:
    """The whole service. `storage` replaces the one that the settings name; tests break it.

    Raises WidgetNotBuiltError and UnguardedRouteError.
    """
    storage = make_storage(settings) if storage is None else storage
    secret_key = read_secret_key(settings)
    tokens = ConversationTokens(secret_key, clock)
    metrics = Metrics()
    sharing = make_sharing(settings, metrics.set_redis)
    limiter: RateLimiter = NoRateLimiter()
    if settings.rate_limit:
        limiter = sharing or MemoryRateLimiter()

    vault = make_vault(settings)
    purge = make_purge(settings, storage, clock, metrics.note_purge)
    turned_away = TurnedAwayPages(storage, clock)
    projects = Projects(storage, clock, settings.environment, vault, sharing, turned_away, purge)
    accounts = Accounts(storage, clock, settings.session_hours, seal=vault)
    guards = Guards(accounts, secure_cookies=settings.is_production)
    outbound = Outbound(settings.allowed_private_hosts)
    worker = Worker(
        storage,
        projects,
        outbound,
        clock,
        concurrency=settings.worker_concurrency,
        lease_seconds=settings.delivery_lease_seconds,
        timeout_seconds=settings.delivery_timeout_seconds,
        drain_seconds=settings.shutdown_seconds,
        count_attempt=metrics.count_attempt,
    )
    deliveries = Deliveries(storage, clock, worker.wake)
    trials = Trials(storage, projects, outbound, clock, settings.delivery_timeout_seconds)
    lead_work = LeadWork(storage, storage, projects, clock, worker.wake)
    imports = ImportWork(ProjectsFile(projects))
    change_work = ChangeWork(WidgetLayers(projects))
    many_widgets = ManyWidgets(change_work.layers, change_work.wake)
    site_checks = SiteChecks(storage, outbound, clock, settings.reached_at, settings.environment)
    analytics = Analytics(storage, projects, clock, settings.event_days)
    model_client = make_client(
        list_model_servers(settings),
        settings.model_first_token_seconds,
        settings.gemini_concurrency + settings.openai_concurrency,
    )
    desk = KnowledgeDesk()
    limits = Limits(
        settings.model_conversation_tokens,
        settings.model_project_day_tokens,
        settings.model_day_tokens,
    )
    chain = Chain(
        make_links(settings, model_client),
        clock,
        Budget(storage, limits),
        metrics,
        settings.model_first_token_seconds,
        settings.model_total_seconds,
    )
    privacy = Privacy(storage, clock)
    housekeeping = Housekeeping(privacy, count_failure=metrics.count_housekeeping_failure)
    summariser = ModelSummariser(chain) if chain.links else None
    chat = Chat(storage, clock, chain, desk, metrics.count_answer, summariser)
    leads = Leads(
        storage,
        projects,
        clock,
        settings.merge_days,
        worker.wake,
        metrics.count_capture,
        chat.summary,
        Assigner(storage, storage, chat.tell_language).choose,
    )
    facts = Facts(projects, PageFetcher(outbound), clock)
    mail = make_mail(settings)
    resets = mail and PasswordResets(accounts, outbound, *mail, settings.reached_at, MAIL_SECONDS)
    alerts = SiteAlerts(
        storage,
        Notices(outbound, vault, clock, MAIL_SECONDS, mail),
        clock,
        timedelta(hours=settings.site_quiet_hours),
        settings.reached_at,
        count_failure=metrics.count_site_alert_failure,
    )
    readings = ReadingSchedule(facts, timedelta(hours=settings.facts_hours))
    runs_worker = role is not ProcessRole.WEB

    @asynccontextmanager
    async def run_services(_app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            stack.push_async_callback(storage.close)
            try:
                await storage.open()
            except Exception:
                _log.exception("cannot open storage")
                raise
            if sharing is not None:
                stack.push_async_callback(sharing.close)
                listening = asyncio.create_task(sharing.listen(projects.forget), name="listening")
                stack.push_async_callback(_cancel, listening)
            if purge is not None:
                await stack.enter_async_context(purge.at_work())
            stack.push_async_callback(outbound.close)
            stack.push_async_callback(model_client.aclose)
            stack.push_async_callback(chat.close)
            stack.push_async_callback(imports.close)
            if role is not ProcessRole.WORKER:
                await asyncio.to_thread(desk.warm)
            if runs_worker:
                working = asyncio.create_task(worker.run(), name="worker")
                stack.push_async_callback(_stop, worker, working)
                for work in (housekeeping, alerts, change_work):
                    running = asyncio.create_task(work.run(), name=type(work).__name__)
                    stack.push_async_callback(_wait_for, running)
                    stack.callback(work.stop)
                if settings.facts_hours:
                    reading = asyncio.create_task(readings.run(), name="readings")
                    stack.push_async_callback(_stop_reading, readings, reading)
                await asyncio.sleep(0)  # its first step, from which on it counts as alive
            yield

    readiness = health.Readiness(
        storage,
        lambda: worker.is_alive or not runs_worker,
        clock,
        list_warnings=lambda: (TOO_OLD_REMAINS,) if housekeeping.is_failing else (),
    )
    metrics_token = settings.metrics_token.get_secret_value()
    public_routes = health.routes(
        readiness, metrics, storage, metrics_token, is_open=not settings.is_production
    )
    routers: list[APIRouter] = []
    if role is not ProcessRole.WORKER:
        public_routes += [
            *assets.routes(assets.load_assets()),
            *projects_api.routes(projects, limiter, clock),
            *chat_api.routes(chat, projects, tokens, limiter, clock, settings.conversation_hours),
            *leads_api.routes(leads, tokens, limiter, clock),
            *analytics_api.routes(analytics, limiter, clock),
            *docs.routes(lambda: make_openapi(app, public_routes)),
            *pages.routes(
                guards,
                limiter,
                secret_key,
                clock,
                make_openid(settings, storage, outbound, clock),
                resets,
            ),
        ]
        routers += [
            accounts_api.router(accounts, projects.get, guards.allow, settings.reached_at),
            projects_api.router(projects, guards.allow),
            purge_api.router(projects, guards.allow),
            widget_api.router(WidgetLayers(projects), guards.allow),
            many_widgets_api.router(many_widgets, guards.allow),
            *property_api.routers(facts, guards.allow),
            staff_api.router(storage, chain.links, limits, clock, guards.allow),
            leads_admin.router(storage, lead_work, Duplicates(lead_work), guards.allow),
            delivery_api.router(deliveries, trials, guards.allow),
            destination_api.router(trials, worker.wake, guards.allow),
            analytics_api.router(analytics, guards.allow),
            site_api.router(site_checks, guards.allow),
            privacy_api.router(privacy, guards.allow),
            pages.router(
                storage,
                projects,
                deliveries,
                lead_work,
                trials,
                site_checks,
                facts,
                privacy,
                chat,
                guards,
                clock,
                settings.reached_at,
                limiter,
                many_widgets,
                imports,
            ),
        ]

    app = Application(
        title="Frontdesk",
        version=__version__,
        description="Every visitor is answered, every lead is delivered.",
        openapi_url=None,  # served by web/docs.py, with the public routes in it
        redirect_slashes=False,
        # What a generated client calls its functions; a test says that no two are the same.
        generate_unique_id_function=lambda route: route.name,
        # FastAPI's own OpenTelemetry costs every request, and web/edge.py counts and logs them.
        telemetry={"tracing": False, "metrics": False, "logs": False},
        lifespan=run_services,
        exception_handlers=EXCEPTION_HANDLERS,
    )
    delivery_api.describe_webhooks(app.webhooks)
    app.edge = make_edge(
        app.inside, settings, metrics, projects, public_routes, storage, guards, clock
    )
    app.router.routes += public_routes  # for the other methods; see PublicRoutes
    # Before they are included: FastAPI makes an included route again when it is first looked at.
    refuse_unguarded_routes([*app.routes, *(route for each in routers for route in each.routes)])
    for router in routers:
        app.include_router(router)
    return app


def make_openid(
    settings: Settings, storage: Storage, outbound: Outbound, clock: Clock
) -> OpenIdSignIn | None:
    """Signing in through a provider; None where none is set up."""
    if not settings.openid_issuer:
        return None
    provider = OpenIdProvider(
        issuer=settings.openid_issuer,
        client_id=settings.openid_client_id,
        client_secret=settings.openid_client_secret.get_secret_value(),
        name=settings.openid_name,
    )
    return OpenIdSignIn(provider, storage, outbound, clock, f"{settings.reached_at}{CALLBACK_PATH}")


def make_mail(settings: Settings) -> tuple[MailServer, str] | None:
    """The installation's own mail server, and the address it writes from."""
    url = settings.smtp_url.get_secret_value()
    if not url:
        return None
    security, host, port, username, password = read_mail_url(url)
    return MailServer(host, port, security, username, password), settings.smtp_sender


async def _wait_for(task: asyncio.Task[None]) -> None:
    await task


async def _stop_reading(readings: ReadingSchedule, reading: asyncio.Task[None]) -> None:
    readings.stop()
    await _cancel(reading)  # a page that is slow must not keep the process


async def _cancel(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def _stop(worker: Worker, working: asyncio.Task[None]) -> None:
    await worker.stop()
    await working


def make_edge(
    inside: ASGIApp,
    settings: Settings,
    metrics: Metrics,
    projects: Projects,
    public_routes: Sequence[PublicRoute],
    storage: Storage,
    guards: Guards,
    clock: Clock,
) -> Edge:
    """What a request meets before FastAPI (`inside`); for a public route, instead of it."""
    for route in public_routes:
        if route.method != "GET":
            max_bytes = max(settings.max_body_bytes, route.body_bytes)
            route.app = LimitBody(route.app, max_bytes, settings.request_seconds)
        if is_for_sites(route):
            route.app = Cors(route.app, projects.is_site_origin)
    recorded = RecordChanges(inside, storage=storage, clock=clock)
    once = AnswerOnce(
        recorded,
        allow=guards.allow(Role.VIEWER),
        storage=storage,
        clock=clock,
        seal=make_vault(settings),
    )
    limited = LimitBody(once, settings.max_admin_body_bytes, settings.request_seconds)
    checks: list[Check] = [refuse_long_url]
    if settings.trusted_proxies:
        checks.append(TrustedProxies(settings.trusted_proxies))
    if settings.is_production:
        checks.append(RequirePublicUrl(settings.public_url))
    turned_away = projects.turned_away
    preflights = Preflights(
        limited,
        routes=public_routes,
        is_site_origin=projects.is_site_origin,
        note_refused=turned_away.note_origin if turned_away else None,
    )
    return Edge(
        PublicRoutes(preflights, routes=public_routes),
        counts=metrics.requests,
        is_production=settings.is_production,
        checks=checks,
    )
