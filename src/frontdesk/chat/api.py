"""Conversations over HTTP: what the widget calls, as in docs/guide/visitor-api.md."""

import json
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from datetime import timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import Field, StringConstraints
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from frontdesk.chat.live import Delta, Done, Failed, ReplyEvent
from frontdesk.chat.model import Author, Card, Message, MessageText, ReplySource
from frontdesk.chat.service import Chat
from frontdesk.chat.talk import Talk
from frontdesk.clock import Clock, Instant, format_instant
from frontdesk.errors import Forbidden, NotFound, Unauthenticated
from frontdesk.leads.model import Attribution
from frontdesk.model import Model
from frontdesk.projects.service import Projects
from frontdesk.property import snapshot as page_snapshot
from frontdesk.property.snapshot import PageSnapshot
from frontdesk.web.client import client_address
from frontdesk.web.problems import problem_document, request_id_of, status_of
from frontdesk.web.rate_limits import Limit, RateLimiter
from frontdesk.web.routes import Access, PublicRoute, read_body
from frontdesk.web.tokens import ConversationClaims, ConversationTokens, bearer_token

# By address they are wide: a carrier puts thousands of real buyers behind one. By conversation they
# are narrow: that is one person typing.
STARTS_PER_ADDRESS = Limit("conversations_address", per_minute=120, burst=240)
MESSAGES_PER_ADDRESS = Limit("messages_address", per_minute=600, burst=600)
MESSAGES_PER_CONVERSATION = Limit("messages_conversation", per_minute=20, burst=20)
READS_PER_CONVERSATION = Limit("reads_conversation", per_minute=60, burst=60)

STREAM_HEADERS = {
    "Cache-Control": "no-store",
    "X-Accel-Buffering": "no",  # nginx would hold the stream back until it is complete
}


class PageSeen(Model):
    url: Annotated[str, StringConstraints(min_length=1, max_length=2000)]
    title: Annotated[str, StringConstraints(max_length=500)] = ""
    snapshot: PageSnapshot | None = None


class ConversationStart(Model):
    project: Annotated[str, StringConstraints(min_length=1, max_length=63)]
    page: PageSeen
    language: Annotated[str, StringConstraints(max_length=35)] | None = None
    attribution: Attribution = Attribution()


class ConversationStarted(Model):
    """`token` is for this conversation, on this origin, until `expires_at`."""

    id: str
    token: str
    expires_at: Instant


class VisitorMessage(Model):
    """`id` is made by the client, once for each message, so that sending again is harmless."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]+$", min_length=16, max_length=64)]
    text: MessageText


class ShownMessage(Model):
    id: str
    author: Author
    text: str
    at: Instant
    source: ReplySource | None
    reply_to: Annotated[str | None, Field(description="The visitor's message that it answers.")]
    cards: tuple[Card, ...]


class ConversationMessages(Model):
    messages: Annotated[tuple[ShownMessage, ...], Field(description="Oldest first.")]


def routes(
    chat: Chat,
    projects: Projects,
    tokens: ConversationTokens,
    limiter: RateLimiter,
    clock: Clock,
    conversation_hours: int,
) -> list[PublicRoute]:
    async def start_conversation(request: Request) -> Response:
        await limiter.take(STARTS_PER_ADDRESS, client_address(request), clock())
        origin = request.headers.get("origin")
        body = await read_body(request, ConversationStart)
        project, _ = await projects.authorize_page(body.project, body.page.url, origin)
        assert origin is not None  # no page is authorized without one
        conversation = await chat.start(
            project, body.page.url, body.language, body.attribution, body.page.snapshot
        )
        expires_at = conversation.started_at + timedelta(hours=conversation_hours)
        token = tokens.issue(conversation.id, project.id, origin, expires_at)
        started = {
            "id": conversation.id,
            "token": token,
            "expires_at": format_instant(expires_at),
        }
        return JSONResponse(started, status_code=201, headers={"Cache-Control": "no-store"})

    async def send_message(request: Request) -> Response:
        await limiter.take(MESSAGES_PER_ADDRESS, client_address(request), clock())
        claims = authorize(request, tokens)
        await limiter.take(MESSAGES_PER_CONVERSATION, claims.conversation_id, clock())
        body = await read_body(request, VisitorMessage)
        project = await projects.get(claims.project_id)
        knowledge = await projects.knowledge(claims.project_id)
        conversation = await chat.get(project.id, claims.conversation_id)
        events = await chat.answer(project, knowledge, conversation, body.id, body.text)
        return EventStream(
            as_server_sent_events(events, request_id_of(request.scope), project.time_zone),
            media_type="text/event-stream",
            headers=STREAM_HEADERS,
        )

    async def list_messages(request: Request) -> Response:
        claims = authorize(request, tokens)
        await limiter.take(READS_PER_CONVERSATION, claims.conversation_id, clock())
        messages = await chat.list_messages(claims.project_id, claims.conversation_id)
        return JSONResponse(
            {"messages": [show(message) for message in messages]},
            headers={"Cache-Control": "no-store"},
        )

    credential = {"Authorization": "`Bearer TOKEN`, as given when the conversation started."}
    refusals: Mapping[int, Sequence[str]] = {
        401: ("invalid_token", "expired_token"),
        403: ("origin_not_allowed",),
        404: ("conversation_not_found",),
        429: ("rate_limited",),
        503: ("storage_unavailable",),
    }
    return [
        PublicRoute(
            "POST",
            "/v1/conversations",
            start_conversation,
            access=Access.SITE,
            summary="Start a conversation",
            description="`page.snapshot` is what the page shows, for this visitor's questions "
            "alone: prices, sizes, bedrooms, possession and registration are read from it where "
            "the project's own knowledge has none, and are told as the page's word.",
            body=ConversationStart,
            body_bytes=page_snapshot.MAX_BYTES,
            reply=ConversationStarted,
            reply_status=201,
            problems={
                400: ("malformed_json",),
                403: ("origin_not_allowed", "page_not_on_site"),
                404: ("project_not_found",),
                413: ("body_too_large",),
                415: ("wrong_content_type",),
                422: ("invalid_body",),
                429: ("rate_limited",),
                503: ("storage_unavailable",),
            },
        ),
        PublicRoute(
            "POST",
            "/v1/conversations/{conversation_id}/messages",
            send_message,
            access=Access.CONVERSATION,
            summary="Send a message; the reply is streamed",
            description="Server-sent events: `delta` with `{text}` for each piece, then `done` "
            "with `{message, quick_replies, form, talk}`, or `error` with a problem "
            "document. The same id again gives the same reply.",
            body=VisitorMessage,
            reply_type="text/event-stream",
            headers=credential,
            problems={
                **refusals,
                400: ("malformed_json",),
                404: ("conversation_not_found", "project_not_found"),
                409: ("conversation_full",),
                413: ("body_too_large",),
                415: ("wrong_content_type",),
                422: ("invalid_body",),
            },
        ),
        PublicRoute(
            "GET",
            "/v1/conversations/{conversation_id}/messages",
            list_messages,
            access=Access.CONVERSATION,
            summary="Read a conversation back",
            reply=ConversationMessages,
            headers=credential,
            problems=refusals,
        ),
    ]


def authorize(request: Request, tokens: ConversationTokens) -> ConversationClaims:
    """The claims of the request's token.

    Raises Unauthenticated(`invalid_token`, `expired_token`), NotFound(`conversation_not_found`) for
    a token of another conversation and Forbidden(`origin_not_allowed`) for another origin.
    """
    token = bearer_token(request)
    if token is None:
        raise Unauthenticated("invalid_token", "This conversation cannot be continued.")
    claims = tokens.verify(token)
    if claims.conversation_id != request.path_params["conversation_id"]:
        raise NotFound("conversation_not_found", "There is no such conversation.")
    if request.headers.get("origin") != claims.origin:
        raise Forbidden("origin_not_allowed", "This conversation belongs to another site.")
    return claims


def show(message: Message) -> dict[str, Any]:
    return {
        "id": message.id,
        "author": message.author,
        "text": message.text,
        "at": format_instant(message.at),
        "source": message.source,
        "reply_to": message.reply_to,
        "cards": [card.model_dump(mode="json") for card in message.cards],
    }


def show_done(done: Done, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "message": show(done.message),
        "quick_replies": done.quick_replies,
        "form": None if done.form is None else {"interest": done.form},
        "talk": None if done.talk is None else show_talk(done.talk, zone),
    }


def show_talk(talk: Talk, zone: ZoneInfo) -> dict[str, Any]:
    """Only what was said; the time of the visit as the project's clocks show it."""
    shown = talk.model_dump(mode="json", exclude_none=True)
    visit_at = talk.qualification and talk.qualification.visit_at
    if visit_at:
        shown["qualification"]["visit_at"] = visit_at.astimezone(zone).isoformat(timespec="seconds")
    return shown


class EventStream(StreamingResponse):
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Without Starlette's tasks that wait for the client to leave: what is sent to somebody who
        left goes nowhere, and a reply ends soon by itself.
        """
        del scope, receive
        await self.stream_response(send)


async def as_server_sent_events(
    events: AsyncIterator[ReplyEvent], request_id: str, time_zone: str
) -> AsyncGenerator[bytes, None]:
    """https://html.spec.whatwg.org/multipage/server-sent-events.html"""
    async for event in events:
        match event:
            case Delta(text):
                yield _event("delta", {"text": text})
            case Done():
                yield _event("done", show_done(event, ZoneInfo(time_zone)))
            case Failed(error):
                document = problem_document(status_of(error), error.code, error.detail, request_id)
                yield _event("error", document)
            case _:
                yield b": waiting\n\n"


def _event(name: str, data: Mapping[str, Any]) -> bytes:
    # JSON has no line breaks of its own, so the data is always one line.
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"event: {name}\ndata: {text}\n\n".encode("utf-8", "replace")
