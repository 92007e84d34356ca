"""What settings mean beyond the form of one of them."""

from ipaddress import ip_address
from typing import Literal, NamedTuple
from urllib.parse import unquote, urlsplit

# By the address's scheme: how the connection is secured, and the usual port.
_MAIL_SCHEMES: dict[str, tuple[Literal["starttls", "tls", "none"], int]] = {
    "smtp": ("starttls", 587),
    "smtps": ("tls", 465),
    "smtp+plain": ("none", 25),
}


class MailAddress(NamedTuple):
    """A mail server as `FRONTDESK_SMTP_URL` names it."""

    security: Literal["starttls", "tls", "none"]
    host: str
    port: int
    username: str | None
    password: str | None


def read_mail_url(url: str) -> MailAddress:
    """Raises ValueError, which says nothing of the address: there is a password in it."""
    unreadable = ValueError("is not like smtp://user:password@mail.example:587")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise unreadable from None
    if not host or parts.scheme not in _MAIL_SCHEMES or parts.path.strip("/") or parts.query:
        raise unreadable
    security, usual_port = _MAIL_SCHEMES[parts.scheme]
    username = unquote(parts.username) if parts.username else None
    password = unquote(parts.password) if parts.password else None
    if (username is None) != (password is None):
        raise ValueError("a user name and a password go together")
    if security == "none" and password is not None:
        raise ValueError("sends no password unencrypted: use smtp:// or smtps://")
    return MailAddress(security, host, port or usual_port, username, password)


def is_open_to_see(url: str, private_hosts: tuple[str, ...]) -> bool:
    """Whether what visitors write would cross networks of others as it is."""
    if not url.startswith("http://"):
        return False
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return True
    if host in private_hosts or parts.netloc in private_hosts:
        return False
    try:
        return not ip_address(host).is_private
    except ValueError:
        return "." in host  # a name without a point is one of this network's own
