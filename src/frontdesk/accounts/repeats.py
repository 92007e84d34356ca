"""`Idempotency-Key` for what the admin API does: sent again with the same key, it is done once.

It stands before the routes, so that no new one can forget it. The reply is kept for a day, sealed,
because there may be a key or a link in it that is shown this once. What is about one person is not
kept here: a note knows its own key (`leads.work`), and the rest below `/v1/leads` and `/v1/persons`
does nothing more when it is done again.
"""

import base64
import hashlib
import json
import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from frontdesk.accounts.guard import Allow, Caller
from frontdesk.accounts.model import KeptReply
from frontdesk.accounts.second_factor import Seal
from frontdesk.clock import Clock
from frontdesk.errors import Conflict, FrontdeskError, Invalid, Malformed
from frontdesk.storage.accounts import AccountStorage
from frontdesk.web.problems import problem_response
from frontdesk.web.routes import is_done_once

KEPT_FOR = timedelta(days=1)
# Longer than any request takes: where the process dies, the key is free again after this.
BUSY_FOR = timedelta(minutes=5)
LONGEST_KEY = 200
REPLAYED = "Idempotent-Replayed"
_KEPT_HEADERS = ("content-type", "etag", "location", "cache-control")

Answer = Callable[[Scope, Receive, Send], Awaitable[None]]


class AnswerOnce:
    """`allow` tells who asks; where it refuses, the route says why."""

    def __init__(
        self, app: ASGIApp, *, allow: Allow, storage: AccountStorage, clock: Clock, seal: Seal
    ) -> None:
        self._app = app
        self._allow = allow
        self._storage = storage
        self._clock = clock
        self._seal = seal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not is_done_once(scope["method"], scope["path"]):
            await self._app(scope, receive, send)
            return
        key = Request(scope).headers.get("idempotency-key")
        if key is None:
            await self._app(scope, receive, send)
            return
        try:
            body = await Request(scope, receive).body()
            caller = await self._find_caller(scope, body)
            reply = None if caller is None else await self._claim(caller, scope, key, body)
        except FrontdeskError as error:
            await problem_response(error, Request(scope))(scope, receive, send)
            return
        if reply is None:
            await self._app(scope, _read_again(body, receive), send)
        elif reply.reply is not None:
            await self._replay(reply.reply, Request(scope))(scope, receive, send)
        else:
            await self._answer(reply, scope, _read_again(body, receive), send)

    async def _find_caller(self, scope: Scope, body: bytes) -> Caller | None:
        """None where the guard will refuse; what it finds is not left in the request."""
        try:
            return await self._allow(Request({**scope}, _read_again(body)))
        except FrontdeskError:
            return None

    async def _claim(self, caller: Caller, scope: Scope, key: str, body: bytes) -> KeptReply:
        """Ours to answer, without a reply; or what was answered.

        Raises Malformed(`malformed_idempotency_key`), Invalid(`idempotency_mismatch`),
        Conflict(`request_in_progress`).
        """
        if not key or len(key) > LONGEST_KEY:
            raise Malformed(
                "malformed_idempotency_key",
                f"An Idempotency-Key has 1 to {LONGEST_KEY} characters.",
            )
        at = self._clock()
        claim = _make_claim(caller, scope, key, body, at)
        kept = await self._storage.claim_reply(claim, at)
        if kept is None:
            return claim
        if kept.fingerprint != claim.fingerprint:
            raise Invalid(
                "idempotency_mismatch", "This Idempotency-Key came before with another body."
            )
        if kept.reply is None:
            raise Conflict("request_in_progress", "The same is being done now. Ask again soon.")
        return kept

    async def _answer(self, claim: KeptReply, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the route answer; the reply goes out once it is kept."""
        sent: list[Message] = []

        async def hold(message: Message) -> None:
            sent.append(message)

        try:
            await self._app(scope, receive, hold)
        except BaseException:
            await self._storage.drop_reply(claim.id, claim.token)
            raise
        if sent[0]["status"] >= 300:  # nothing was done: mended, it may come under the same key
            await self._storage.drop_reply(claim.id, claim.token)
        else:
            sealed = self._seal.seal_text(_write(sent))
            await self._storage.keep_reply(claim.model_copy(update={"reply": sealed}))
        for message in sent:
            await send(message)

    def _replay(self, sealed: str, request: Request) -> Response:
        try:
            status, headers, body = json.loads(self._seal.open_text(sealed))
        except ValueError:  # sealed under a key that this installation has no more
            done = Conflict("already_done", "It was done, and its reply cannot be given again.")
            return problem_response(done, request)
        return Response(base64.b64decode(body), status, {**headers, REPLAYED: "true"})


def _make_claim(caller: Caller, scope: Scope, key: str, body: bytes, at: datetime) -> KeptReply:
    # With role and projects: who may less than then is asked by the route again.
    projects = caller.scope.projects
    who = [caller.id, caller.role, None if projects is None else sorted(projects)]
    query = scope["query_string"].decode("latin-1")
    return KeptReply(
        id=_digest(json.dumps([*who, scope["method"], scope["path"], key]).encode()),
        fingerprint=_digest(query.encode() + b"\0" + body),
        token=secrets.token_hex(16),
        busy_until=at + BUSY_FOR,
        expires_at=at + KEPT_FOR,
    )


def _digest(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()


def _write(sent: list[Message]) -> str:
    headers = {name.decode(): value.decode("latin-1") for name, value in sent[0]["headers"]}
    body = b"".join(message.get("body", b"") for message in sent[1:])
    kept = {name: headers[name] for name in _KEPT_HEADERS if name in headers}
    return json.dumps([sent[0]["status"], kept, base64.b64encode(body).decode()])


def _read_again(body: bytes, receive: Receive | None = None) -> Receive:
    """The body once more, and after it what the connection says."""
    is_read = False

    async def read() -> Message:
        nonlocal is_read
        if is_read and receive is not None:
            return await receive()
        is_read = True
        return {"type": "http.request", "body": body, "more_body": False}

    return read
