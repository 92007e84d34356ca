"""A delivery as it would be sent now, on paper: nothing goes out and no secret is opened."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage

from frontdesk.delivery.destinations.send import send
from frontdesk.delivery.sending import Sending
from frontdesk.model import Model
from frontdesk.outbound.client import Reply
from frontdesk.outbound.mail import MailReply, MailServer
from frontdesk.projects.destinations import AnyDestination
from frontdesk.projects.secrets import MASK, Secret

# Stands for every secret: it passes through addresses, forms and JSON as it is, and is base64 for
# a webhook's signature, which is of no use then.
_STAND_IN = "HIDDENSECRET"
_SIGNATURE = "webhook-signature"


class RequestView(Model):
    """A request with `••••` for each secret. The client adds Host, User-Agent, Accept-Encoding and
    Content-Length. For a mail, `method` is MAIL and `url` the server.
    """

    method: str
    url: str
    headers: dict[str, str]
    body: str


@dataclass(frozen=True)
class Rehearsal(Sending):
    """Every receiver agrees: token endpoints give a token, look-ups find nothing."""

    requests: list[RequestView] = field(default_factory=list)

    def open(self, _secret: Secret) -> str:
        return _STAND_IN

    async def request(
        self, method: str, url: str, headers: Mapping[str, str], content: bytes = b""
    ) -> Reply:
        self._note(method, url, headers, content.decode())
        return Reply(200, {}, f'{{"access_token": "{_STAND_IN}"}}'.encode())

    async def send_mail(self, server: MailServer, message: EmailMessage) -> MailReply:
        url = f"smtp://{server.host}:{server.port}"
        self._note("MAIL", url, dict(message.items()), message.get_content())
        return MailReply(250)

    def _note(self, method: str, url: str, headers: Mapping[str, str], body: str) -> None:
        shown = {
            name: MASK if name == _SIGNATURE else _hide(value) for name, value in headers.items()
        }
        self.requests.append(
            RequestView(method=method, url=_hide(url), headers=shown, body=_hide(body))
        )


async def rehearse(sending: Sending, destination: AnyDestination) -> tuple[RequestView, ...]:
    """The requests of one try in their order; none where this destination does not ask for it."""
    rehearsal = Rehearsal(
        sending.claimed,
        sending.project,
        sending.outbound,
        sending.vault,
        sending.clock,
        sending.timeout_seconds,
    )
    await send(rehearsal, destination)
    return tuple(rehearsal.requests)


def _hide(text: str) -> str:
    return text.replace(_STAND_IN, MASK)
