"""What a page's content security policy keeps the widget from (CSP 3). Pure.

A page may have several policies, in headers and in `<meta>`; each has to let a thing through.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

HEADER = "header"
META = "meta"
_SCRIPT = ("script-src-elem", "script-src", "default-src")
_CONNECT = ("connect-src", "default-src")


class Policy(NamedTuple):
    """`place` is HEADER or META; of a directive that is there twice the first counts."""

    place: str
    directives: Mapping[str, list[str]]


class Blocked(NamedTuple):
    """`needs` is what `directive` has to say for it to work, empty where no address helps."""

    code: str
    what: str
    place: str
    directive: str
    needs: str


class _Part(NamedTuple):
    """Something that the widget fetches: `path` is where from at this installation."""

    code: str
    what: str
    names: tuple[str, ...]
    path: str


TAG = _Part("script_blocked", "the tag", _SCRIPT, "/widget.js")
PANEL = _Part("panel_blocked", "the chat's panel", _SCRIPT, "/assets/panel.js")
_CONNECTIONS = (
    _Part("settings_blocked", "the settings", _CONNECT, "/v1/widget"),
    _Part("chat_blocked", "the chat and the form", _CONNECT, "/v1/conversations"),
    _Part("events_blocked", "the figures", _CONNECT, "/v1/events"),
)
ALL_CONNECTIONS = "connection_blocked"


def read_policies(place: str, text: str) -> list[Policy]:
    """Of a header or a `<meta>`, which may hold several, apart by commas."""
    policies = []
    for one in text.split(","):
        directives: dict[str, list[str]] = {}
        for part in one.split(";"):
            words = part.split()
            if words:
                directives.setdefault(words[0].lower(), words[1:])
        if directives:
            policies.append(Policy(place, directives))
    return policies


def list_blocked(
    policies: Iterable[Policy], page_url: str, our_url: str, nonces: Collection[str]
) -> list[Blocked]:
    """What is blocked, each once; `nonces` are those of our tags in the page."""
    found: dict[str, Blocked] = {}
    for policy in policies:
        for blocked in _list_blocked(policy, page_url, our_url, nonces):
            found.setdefault(blocked.code, blocked)
    return [*found.values()]


def lets_picture(policies: Iterable[Policy], url: str, page_url: str) -> bool:
    sources = [_pick(policy, ("img-src", "default-src"))[1] for policy in policies]
    return all(one is None or _allows(one, url, page_url) for one in sources)


def _list_blocked(
    policy: Policy, page_url: str, our_url: str, nonces: Collection[str]
) -> Iterable[Blocked]:
    sandbox = policy.directives.get("sandbox")
    if sandbox is not None and policy.place == HEADER:  # a meta's is ignored (CSP 3, 6.3.2)
        allowed = {word.lower() for word in sandbox}
        missing = {"allow-scripts", "allow-same-origin"} - allowed
        if missing:
            needs = " ".join(["sandbox", *sandbox, *sorted(missing)])
            yield Blocked("sandboxed", "scripts", policy.place, "sandbox", needs)
            return
    blocked = _script_blocked(policy, page_url, our_url, nonces)
    if blocked is not None:
        yield blocked
    name, sources = _pick(policy, _CONNECT)
    if sources is not None:
        lost = [it for it in _CONNECTIONS if not _allows(sources, our_url + it.path, page_url)]
        needs = _needs("connect-src", sources, our_url)
        if len(lost) == len(_CONNECTIONS):
            yield Blocked(ALL_CONNECTIONS, "the chat", policy.place, name, needs)
        else:
            yield from (Blocked(it.code, it.what, policy.place, name, needs) for it in lost)


def _script_blocked(
    policy: Policy, page_url: str, our_url: str, nonces: Collection[str]
) -> Blocked | None:
    name, sources = _pick(policy, _SCRIPT)
    if sources is None:
        return None
    trusted = {word[7:-1] for word in sources if word.lower().startswith("'nonce-")}
    # What a trusted script imports is trusted with it: its nonce goes on (HTML, 8.1.3.1).
    if trusted & set(nonces):
        return None
    wants_nonce = "'strict-dynamic'" in (word.lower() for word in sources)
    if not wants_nonce:
        parts = [it for it in (TAG, PANEL) if not _allows(sources, our_url + it.path, page_url)]
        if not parts:
            return None
        part = parts[0]
        needs = _needs("script-src" if name == "default-src" else name, sources, our_url)
        return Blocked(part.code, part.what, policy.place, name, needs)
    if trusted and nonces:
        return Blocked("nonce_outdated", TAG.what, policy.place, name, "")
    return Blocked("nonce_missing", TAG.what, policy.place, name, "")


def _needs(name: str, sources: list[str], our_url: str) -> str:
    kept = [word for word in sources if word.lower() != "'none'"]
    return " ".join([name, *kept, our_url])


def _pick(policy: Policy, names: tuple[str, ...]) -> tuple[str, list[str] | None]:
    for name in names:
        if name in policy.directives:
            return name, policy.directives[name]
    return names[0], None


def _allows(sources: list[str], url: str, page_url: str) -> bool:
    return any(_matches(source, url, page_url) for source in sources)


def _matches(source: str, url: str, page_url: str) -> bool:
    """A source expression against an address (CSP 3, 6.7.2.8)."""
    parts, page = urlsplit(url), urlsplit(page_url)
    if source == "*":
        return parts.scheme in {"http", "https", page.scheme}
    if source.lower() == "'self'":
        return (parts.scheme, parts.netloc) == (page.scheme, page.netloc)
    if source.startswith("'"):
        return False
    if source.endswith(":"):
        return _fits_scheme(source[:-1].lower(), parts.scheme)
    wanted, separator, rest = source.rpartition("://")
    if not _fits_scheme(wanted.lower() if separator else page.scheme, parts.scheme):
        return False
    host, slash, path = rest.partition("/")
    return _fits_host(host.lower(), parts.netloc.lower()) and _fits_path(slash + path, parts.path)


def _fits_scheme(wanted: str, scheme: str) -> bool:
    return wanted == scheme or (wanted == "http" and scheme == "https")


def _fits_host(wanted: str, netloc: str) -> bool:
    host = wanted.removesuffix(":*").removesuffix(":443")
    if wanted.endswith(":*"):
        netloc = netloc.partition(":")[0]
    return netloc.endswith(host[1:]) if host.startswith("*.") else netloc == host


def _fits_path(wanted: str, path: str) -> bool:
    """One that ends with a slash is for all below it; one that is none is for all."""
    wanted = unquote(wanted)
    if wanted in {"", "/"}:
        return True
    return path.startswith(wanted) if wanted.endswith("/") else path == wanted
