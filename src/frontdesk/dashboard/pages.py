"""The dashboard's routes: pages for people, each with its guard."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from frontdesk.accounts.guard import Guards
from frontdesk.accounts.known_browsers import KnownBrowsers
from frontdesk.accounts.openid import OpenIdSignIn
from frontdesk.accounts.resets import PasswordResets
from frontdesk.accounts.tickets import CodeTickets
from frontdesk.analytics.site_checks import SiteChecks
from frontdesk.chat.service import Chat
from frontdesk.clock import Clock
from frontdesk.dashboard import (
    account_pages,
    answer_pages,
    assignment_pages,
    audit_pages,
    delivery_page,
    delivery_pages,
    destination_pages,
    fact_pages,
    import_pages,
    key_pages,
    knowledge_import_pages,
    lead_list,
    lead_pages,
    many_widgets_pages,
    member_pages,
    model_pages,
    overview,
    privacy_pages,
    project_forms,
    project_pages,
    purge_pages,
    rule_pages,
    site_pages,
    static_files,
    welcome,
    widget_pages,
)
from frontdesk.dashboard.forgotten import Forgotten
from frontdesk.dashboard.page_route import PageRoute, add_last_route
from frontdesk.dashboard.provider_sign_in import ProviderSignIn
from frontdesk.dashboard.sign_in import SignIn, add_sign_out
from frontdesk.delivery.service import Deliveries
from frontdesk.delivery.trials import Trials
from frontdesk.leads.assigning import Assigner
from frontdesk.leads.work import LeadWork
from frontdesk.privacy.service import Privacy
from frontdesk.projects.import_work import ImportWork
from frontdesk.projects.layer_service import WidgetLayers
from frontdesk.projects.many_widgets import ManyWidgets
from frontdesk.projects.service import Projects
from frontdesk.property.answers import Answers
from frontdesk.property.service import Facts
from frontdesk.storage.base import Storage
from frontdesk.web.rate_limits import RateLimiter
from frontdesk.web.routes import PublicRoute


def routes(
    guards: Guards,
    limiter: RateLimiter,
    secret: str,
    clock: Clock,
    openid: OpenIdSignIn | None = None,
    resets: PasswordResets | None = None,
) -> list[PublicRoute]:
    """What needs no session: signing in, and the pages' style sheet and script.

    They belong in front of `router`, whose last route takes every other path below /dashboard.
    """
    sign_in = SignIn(
        guards,
        KnownBrowsers(secret, clock),
        CodeTickets(secret, clock),
        limiter,
        clock,
        provider_name=openid.provider.name if openid else None,
        sends_resets=resets is not None,
    )
    provider = ProviderSignIn(openid, sign_in, secret).routes() if openid else []
    return [
        *sign_in.routes(),
        *provider,
        *(Forgotten(resets, limiter, clock).routes() if resets else []),
        *welcome.routes(guards.accounts, limiter, clock),
        static_files.route(),
    ]


def router(
    storage: Storage,
    projects: Projects,
    deliveries: Deliveries,
    lead_work: LeadWork,
    trials: Trials,
    site_checks: SiteChecks,
    facts: Facts,
    privacy: Privacy,
    chat: Chat,
    guards: Guards,
    clock: Clock,
    public_url: str,
    limiter: RateLimiter,
    many_widgets: ManyWidgets,
    imports: ImportWork,
) -> APIRouter:
    """All pages behind the sign-in. `public_url` is where browsers reach this service."""
    pages = APIRouter(
        prefix="/dashboard",
        route_class=PageRoute,
        default_response_class=HTMLResponse,
        include_in_schema=False,
    )
    allow = guards.allow
    tag = f'<script async src="{public_url.rstrip("/")}/widget.js"></script>'
    overview.add_pages(pages, storage, projects, allow, clock, tag)
    accounts = guards.accounts
    lead_list.add_pages(pages, storage, projects, accounts, lead_work, allow, tag)
    lead_pages.add_pages(pages, storage, projects, deliveries, accounts, lead_work, allow, clock)
    project_pages.add_pages(pages, storage, projects, site_checks, allow, tag)
    destination_pages.add_pages(pages, deliveries, trials, allow, clock)
    project_forms.add_pages(pages, projects, allow)
    import_pages.add_pages(pages, imports, allow)
    rule_pages.add_pages(pages, projects, privacy, allow)
    assigner = Assigner(storage, storage, chat.tell_language)
    assignment_pages.add_pages(pages, projects, accounts, assigner, allow)
    fact_pages.add_pages(pages, facts, allow)
    answer_pages.add_pages(pages, Answers(facts), chat, allow)
    knowledge_import_pages.add_pages(pages, facts, allow)
    many_widgets_pages.add_pages(pages, many_widgets, allow)
    widget_pages.add_pages(pages, WidgetLayers(projects), allow)
    site_pages.add_pages(pages, storage, projects, allow)
    purge_pages.add_pages(pages, projects, allow)
    delivery_pages.add_pages(pages, deliveries, projects, storage, allow)
    delivery_page.add_pages(pages, deliveries, trials, projects, storage, allow)
    account_pages.add_pages(pages, guards, limiter)
    member_pages.add_pages(pages, accounts, projects, allow, public_url)
    key_pages.add_pages(pages, accounts, projects, allow)
    privacy_pages.add_pages(pages, privacy, projects, allow)
    model_pages.add_pages(pages, storage, chat.chain, allow, clock)
    audit_pages.add_pages(pages, accounts, allow)
    add_sign_out(pages, guards)
    add_last_route(pages, allow)
    return pages
