"""In production: our own host name only, and nothing over plain HTTP."""

from urllib.parse import urlsplit

from starlette.responses import Response
from starlette.types import Scope

from frontdesk.web.headers import find_header
from frontdesk.web.problems import make_problem, request_id_of

# Load balancers and monitors come by address and from inside.
EXEMPT_PATHS = frozenset({"/health/live", "/health/ready", "/metrics"})


class RequirePublicUrl:
    """Refuses another `Host` (421) and what a trusted proxy says came over plain HTTP (403).

    The second is the operator's mistake or an attack, and not redirected: a browser would go on
    sending the credential in the clear first. HSTS brings people to HTTPS.
    """

    def __init__(self, public_url: str) -> None:
        self._host = urlsplit(public_url).netloc.lower().removesuffix(":443")

    def __call__(self, scope: Scope) -> Response | None:
        if scope["path"] in EXEMPT_PATHS:
            return None
        if (find_header(scope, b"host") or "").lower().removesuffix(":443") != self._host:
            detail = "This service does not answer for that host."
            return make_problem(request_id_of(scope), 421, "wrong_host", detail)
        if find_header(scope, b"x-forwarded-proto") is not None and scope["scheme"] != "https":
            return make_problem(request_id_of(scope), 403, "https_required", "Use https.")
        return None
