"""A lead as a mail to people. A visitor's words are text in it, never a header of their own."""

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from frontdesk.delivery.mapping import flatten, resolve
from frontdesk.delivery.model import AttemptOutcome, SendResult
from frontdesk.delivery.sending import Sending
from frontdesk.outbound.mail import MailServer
from frontdesk.projects.destinations import EmailDestination

FIELDS = {
    "Name": "name",
    "Phone": "phone",
    "E-mail": "email",
    "Wants": "interest",
    "Note": "note",
    "Project": "project_name",
    "Page": "page_url",
    "Came from": "{utm_source} {utm_medium} {utm_campaign}",
    "Consent": "consent_text",
    "At": "enquired_at",
    "Lead": "lead_id",
}


async def send(sending: Sending, destination: EmailDestination) -> SendResult:
    password = destination.password
    server = MailServer(
        destination.host,
        destination.port,
        destination.security,
        destination.username,
        None if password is None else sending.open(password),
    )
    message = make_message(sending, destination)
    reply = await sending.send_mail(server, message)
    outcome, reason = AttemptOutcome.DELIVERED, "The mail server took the mail."
    if reply.status_code >= 500:
        outcome, reason = AttemptOutcome.PERMANENT, "The mail server refused the mail."
    elif reply.status_code >= 400:
        outcome, reason = AttemptOutcome.RETRY, "The mail server asks to try later."
    elif reply.refused:
        reason = f"The mail server took the mail, but not for {len(reply.refused)} recipients."
    return SendResult(outcome=outcome, reason=reason, status_code=reply.status_code)


def make_message(sending: Sending, destination: EmailDestination) -> EmailMessage:
    """The same Message-ID on every try, by which mail systems know a repetition."""
    message = EmailMessage(policy=SMTP)
    subject = destination.subject
    said = str(resolve(subject, sending.values)) if "{" in subject else subject
    message["Subject"] = _as_line(said)
    message["From"] = destination.sender
    message["To"] = ", ".join(destination.recipients)
    message["Date"] = format_datetime(sending.at())
    domain = destination.sender.rpartition("@")[2]
    message["Message-ID"] = f"<{sending.delivery_id}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    lines = flatten(destination.fields or FIELDS, sending.values)
    message.set_content(
        "\n".join(f"{label}: {text.strip()}" for label, text in lines.items() if text.strip())
    )
    return message


def _as_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:200]
