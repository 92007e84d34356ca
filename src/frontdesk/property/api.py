"""Facts over HTTP: what is known beside what pages say, and saying which of it is so."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import Field, StringConstraints

from frontdesk.accounts.guard import Allow, Caller
from frontdesk.accounts.model import Role
from frontdesk.errors import FieldError, Invalid
from frontdesk.model import Model
from frontdesk.property import answer_api
from frontdesk.property.answers import Answers
from frontdesk.property.deciding import Decision, Verdict, find_clashes, tell_decisions
from frontdesk.property.importing import import_knowledge, import_page
from frontdesk.property.knowledge_file import KnowledgeReport
from frontdesk.property.service import MAX_FACTS, MAX_PAGES, Facts, FactsReport

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,62}$")]
Subject = Annotated[str, StringConstraints(max_length=100)]
Value = Annotated[str, StringConstraints(min_length=1, max_length=1000)]
Url = Annotated[str, StringConstraints(min_length=1, max_length=2000)]


class PagesToRead(Model):
    """Pages on the project's own sites; without any, those where its sites begin."""

    urls: Annotated[tuple[Url, ...], Field(max_length=MAX_PAGES)] = ()


class FactChoice(Model):
    """One value of one thing, as the report shows it."""

    key: Key
    subject: Subject = ""
    value: Value


class FactEntry(FactChoice):
    """A fact as somebody writes it; today's, where no day is given."""

    source: Annotated[str, StringConstraints(max_length=500)] = ""
    as_of: date | None = None


class FactDecision(FactChoice):
    verdict: Verdict


class FactDecisions(Model):
    """Each about another value, and no two approvals for the same thing."""

    decisions: Annotated[tuple[FactDecision, ...], Field(min_length=1, max_length=MAX_FACTS)]


class DecisionFault(Model):
    """One decision that was left out; `field` is its place in the body (`decisions.3`)."""

    field: str
    code: str
    detail: str


class FactsDecided(Model):
    """How many values were approved and rejected, and a fault for each decision left out."""

    approved: int
    rejected: int
    errors: tuple[DecisionFault, ...]


class KnowledgeToImport(Model):
    """`content` is a file's text, `name` its name (`faq.csv`); or `url` is a page of the project's
    own sites with questions and answers."""

    content: Annotated[str, StringConstraints(max_length=2_000_000)] = ""
    name: Annotated[str, StringConstraints(max_length=200)] = ""
    url: Annotated[str, StringConstraints(max_length=2000)] = ""
    dry_run: bool = False


def routers(facts: Facts, allow: Callable[[Role], Allow]) -> list[APIRouter]:
    return [
        router(facts, allow),
        knowledge_router(facts, allow),
        answer_api.router(Answers(facts), allow),
    ]


def knowledge_router(facts: Facts, allow: Callable[[Role], Allow]) -> APIRouter:
    router = APIRouter(prefix="/v1/projects/{project_id}/knowledge", tags=["facts"])
    manager: Any = Depends(allow(Role.MANAGER))

    @router.post(
        "/import",
        summary="Add facts, answers and pages from a file or a page of the project's site",
        description="CSV, JSON, or the questions and answers of a page. With any fault nothing is "
        "stored: 422 `invalid_knowledge`, each fault with its line.",
    )
    async def import_into_knowledge(
        caller: Annotated[Caller, manager], project_id: str, body: KnowledgeToImport
    ) -> KnowledgeReport:
        caller.scope.require(project_id)
        if bool(body.url) == bool(body.content):
            fault = FieldError("content", "required", "Send a file's content, or a page's url.")
            raise Invalid("invalid_body", "Some fields are missing or wrong.", [fault])
        if body.url:
            report = await import_page(
                facts.projects, facts.fetcher, project_id, body.url, dry_run=body.dry_run
            )
        else:
            report = await import_knowledge(
                facts.projects, project_id, body.content, body.name, dry_run=body.dry_run
            )
        if report.faults:
            faults = [
                FieldError(f"line {fault.line}: {fault.field}", "invalid", fault.detail)
                for fault in report.faults[:100]
            ]
            raise Invalid("invalid_knowledge", "Nothing was imported.", faults)
        return report

    return router


def router(facts: Facts, allow: Callable[[Role], Allow]) -> APIRouter:
    router = APIRouter(prefix="/v1/projects/{project_id}/facts", tags=["facts"])
    viewer: Any = Depends(allow(Role.VIEWER))
    manager: Any = Depends(allow(Role.MANAGER))

    @router.get(
        "",
        summary="Compare what is known about a project with what its pages say",
        description="A row for each thing: `new`, `changed`, `gone` and `conflict` ask for a "
        "decision. Where and when each value was read stands beside it.",
    )
    async def get_facts(caller: Annotated[Caller, viewer], project_id: str) -> FactsReport:
        caller.scope.require(project_id)
        return await facts.report(project_id)

    @router.post(
        "/detect",
        summary="Read the project's pages now",
        description="As a visitor without a browser would, within `robots.txt`. A page that is "
        "away or about something else keeps what was found on it before, and says so.",
    )
    async def detect_facts(
        caller: Annotated[Caller, manager], project_id: str, body: PagesToRead
    ) -> FactsReport:
        caller.scope.require(project_id)
        return await facts.detect(project_id, body.urls)

    @router.post("/approve", summary="Approve what a page says")
    async def approve_fact(
        caller: Annotated[Caller, manager], project_id: str, body: FactChoice
    ) -> FactsReport:
        caller.scope.require(project_id)
        return await facts.approve(project_id, body.key, body.subject, body.value)

    @router.post("/override", summary="Set a fact by hand, whatever pages say")
    async def override_fact(
        caller: Annotated[Caller, manager], project_id: str, body: FactEntry
    ) -> FactsReport:
        caller.scope.require(project_id)
        return await facts.override(
            project_id, body.key, body.subject, body.value, body.source, body.as_of
        )

    @router.post("/reject", summary="Say that a value is wrong; it is not proposed again")
    async def reject_fact(
        caller: Annotated[Caller, manager], project_id: str, body: FactChoice
    ) -> FactsReport:
        caller.scope.require(project_id)
        return await facts.reject(project_id, body.key, body.subject, body.value)

    @router.post(
        "/decisions",
        summary="Approve and reject many values at once",
        description="One change, stored whole. A value to approve that no page says any more is "
        "left out and told in `errors` with its place; the others are done. Decisions that undo "
        "each other are refused, and nothing is done.",
    )
    async def decide_facts(
        caller: Annotated[Caller, manager], project_id: str, body: FactDecisions
    ) -> FactsDecided:
        caller.scope.require(project_id)
        decisions = [
            Decision(one.verdict, one.key, one.subject, one.value) for one in body.decisions
        ]
        if clashes := find_clashes(decisions):
            detail = "An earlier decision of the list is about this already."
            faults = [FieldError(f"decisions.{n}", "decided_twice", detail) for n in clashes]
            raise Invalid("invalid_body", "Some fields are missing or wrong.", faults)
        left_out = await facts.decide(project_id, decisions)
        done = [one for place, one in enumerate(decisions) if place not in left_out]
        caller.notes.changes = tell_decisions(done)
        approved = sum(one.verdict is Verdict.APPROVE for one in done)
        detail = "No page of the project says that any more."
        return FactsDecided(
            approved=approved,
            rejected=len(done) - approved,
            errors=tuple(
                DecisionFault(field=f"decisions.{n}", code="not_found_there", detail=detail)
                for n in left_out
            ),
        )

    @router.post("/add", summary="Add a fact beside those there are")
    async def add_fact(
        caller: Annotated[Caller, manager], project_id: str, body: FactEntry
    ) -> FactsReport:
        caller.scope.require(project_id)
        return await facts.add(
            project_id, body.key, body.subject, body.value, body.source, body.as_of
        )

    @router.post("/remove", summary="Forget a fact or a rejection")
    async def remove_fact(
        caller: Annotated[Caller, manager], project_id: str, body: FactChoice
    ) -> FactsReport:
        caller.scope.require(project_id)
        return await facts.remove(project_id, body.key, body.subject, body.value)

    return router
