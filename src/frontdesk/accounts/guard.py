"""Who may call a route: an API key, or a dashboard session with its CSRF token."""

import hashlib
import hmac
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from starlette.requests import Request

from frontdesk.accounts.audit import CALLER, SAFE_METHODS, Notes
from frontdesk.accounts.model import ActorKind, Member, Role
from frontdesk.accounts.service import Accounts
from frontdesk.errors import Forbidden, Unauthenticated
from frontdesk.model import EVERY_PROJECT, Scope
from frontdesk.web.tokens import bearer_token

CSRF_HEADER = "X-CSRF-Token"
CSRF_FIELD = "csrf_token"
# What our pages send. A file comes with one of them alone, and is read with the rest of the form.
_FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")
MOST_FORM_FIELDS = 500
MOST_FIELD_BYTES = 64 * 1024 * 1024  # the body's own limit is less


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is calling: a member or an API key, by `id`. `csrf_token` belongs to their session.

    `notes` are what the route adds to its entry in the audit log.
    """

    id: str
    role: Role
    scope: Scope = EVERY_PROJECT
    name: str = ""
    csrf_token: str = ""
    kind: ActorKind = ActorKind.MEMBER
    notes: Notes = field(default_factory=Notes, compare=False)


@dataclass(frozen=True, slots=True)
class Guards:
    """Makes the guards that routes declare: `Depends(guards.allow(Role.SALES))`.

    `secure_cookies` is for production: the session cookie goes over HTTPS alone and is bound to
    this host by the `__Host-` prefix (RFC 6265bis).
    """

    accounts: Accounts
    secure_cookies: bool

    def allow(self, minimum_role: Role) -> "Allow":
        return Allow(self, minimum_role)

    @property
    def session_cookie(self) -> str:
        return "__Host-frontdesk_session" if self.secure_cookies else "frontdesk_session"

    def session_token(self, request: Request) -> str | None:
        return request.cookies.get(self.session_cookie)


class Allow:
    """A route's guard, as a FastAPI dependency that gives the Caller.

    Raises Unauthenticated(`unauthenticated`), Forbidden(`forbidden`) below `minimum_role`, and
    Forbidden(`csrf_failed`) for a change by cookie without its proof.
    """

    def __init__(self, guards: Guards, minimum_role: Role) -> None:
        self._guards = guards
        self.minimum_role = minimum_role

    async def __call__(self, request: Request) -> Caller:
        # A bearer token decides alone: falling back to the cookie would hide a dead key, and would
        # let a page's script send one to get around the CSRF check.
        secret = bearer_token(request)
        caller = await (self._by_session(request) if secret is None else self._by_key(secret))
        if not caller.role.reaches(self.minimum_role):
            raise Forbidden("forbidden", f"This needs the role {self.minimum_role} or above.")
        request.scope[CALLER] = caller
        return caller

    async def _by_key(self, secret: str) -> Caller:
        key = await self._guards.accounts.verify_api_key(secret)
        return Caller(
            id=key.id, role=key.role, scope=key.scope, name=key.name, kind=ActorKind.API_KEY
        )

    async def _by_session(self, request: Request) -> Caller:
        token = self._guards.session_token(request)
        member: Member | None = None
        if token:
            member = await self._guards.accounts.find_member_in_session(token)
        if not token or member is None:
            raise Unauthenticated("unauthenticated", "Sign in, or send an API key.")
        csrf_token = make_csrf_token(token)
        if request.method not in SAFE_METHODS:
            require_same_origin(request)
            sent = await _sent_csrf_token(request)
            if not hmac.compare_digest(sent.encode(), csrf_token.encode()):
                await request.close()  # a file may have come with it
                raise Forbidden("csrf_failed", "The form is out of date. Reload and try again.")
        return Caller(member.id, member.role, member.scope, member.name, csrf_token)


def make_csrf_token(session_token: str) -> str:
    """Made from the session's token, which no script and no other origin can read."""
    return hmac.new(session_token.encode(), b"frontdesk csrf", hashlib.sha256).hexdigest()


def require_same_origin(request: Request) -> None:
    """Raises Forbidden(`csrf_failed`) unless the browser says that our own page sent this.

    Browsers send Sec-Fetch-Site from a secure context, and Origin with every POST.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        same = site == "same-origin"
    else:
        # Schemes are left out: behind a proxy that ends TLS ours is not the browser's.
        origin = urlsplit(request.headers.get("origin", ""))
        same = origin.netloc != "" and origin.netloc == request.headers.get("host")
    if not same:
        raise Forbidden("csrf_failed", "This has to be sent from the dashboard itself.")


async def _sent_csrf_token(request: Request) -> str:
    header = request.headers.get(CSRF_HEADER)
    if header is not None:
        return header
    if not request.headers.get("content-type", "").startswith(_FORM_TYPES):
        return ""
    form = await request.form(
        max_files=1, max_fields=MOST_FORM_FIELDS, max_part_size=MOST_FIELD_BYTES
    )
    value = form.get(CSRF_FIELD)
    return value if isinstance(value, str) else ""
