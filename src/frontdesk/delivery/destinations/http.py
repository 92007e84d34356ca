"""Anything that takes JSON or a form over HTTP, in whatever shape its own names have."""

import json
from typing import Any
from urllib.parse import quote, urlencode

from frontdesk.delivery.mapping import Values, as_text, flatten, nest, put
from frontdesk.delivery.model import AttemptOutcome, SendResult
from frontdesk.delivery.replies import delivered, find, find_id, judge_status, read_json, refused
from frontdesk.delivery.replies import try_again as retried
from frontdesk.delivery.sending import Sending
from frontdesk.outbound.client import Reply
from frontdesk.projects.destinations import HttpDestination, ReplyRule
from frontdesk.projects.lead_fields import LEAD_FIELDS

FORM_TYPE = "application/x-www-form-urlencoded"
# What a header's value may hold as it is (RFC 9110, 5.5); the rest of a visitor's words is escaped.
_HEADER_SAFE = "".join(map(chr, range(0x20, 0x7F))).replace("%", "")


async def send(sending: Sending, destination: HttpDestination) -> SendResult:
    mapped = flatten(destination.header_fields, sending.values)
    headers = {name: quote(value, safe=_HEADER_SAFE).strip() for name, value in mapped.items()}
    headers |= sending.open_all(destination.headers)
    headers |= {
        "Idempotency-Key": sending.delivery_id,
        "Frontdesk-Lead-Id": sending.claimed.lead.id,
    }
    content = b""
    if destination.method != "GET":
        content, headers["Content-Type"] = write_body(
            destination, sending.values, sending.open_all(destination.body)
        )
    query = flatten(destination.query_fields, sending.values) | sending.open_all(destination.query)
    reply = await sending.request(
        destination.method, add_query(destination.url, query), headers, content
    )
    return _judge(reply, destination, sending)


def write_body(
    destination: HttpDestination, values: Values, secrets: dict[str, str]
) -> tuple[bytes, str]:
    """The body and its type. Without a mapping every field goes under its own name."""
    fields = destination.fields or {name: name for name in LEAD_FIELDS}
    if destination.format == "form":
        return urlencode(flatten(fields, values) | secrets).encode(), FORM_TYPE
    body = nest(fields, values)
    for key, secret in secrets.items():
        put(body, key, secret)
    return json.dumps(body, ensure_ascii=False).encode(), "application/json"


def add_query(url: str, query: dict[str, str]) -> str:
    if not query:
        return url
    address, hash_sign, fragment = url.partition("#")
    return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}{hash_sign}{fragment}"


def _judge(reply: Reply, destination: HttpDestination, sending: Sending) -> SendResult:
    at, document = sending.at(), read_json(reply)
    remote_id = find_id(document, destination.remote_id_field)
    if destination.duplicate and matches(destination.duplicate, reply, document):
        return delivered(reply, at, remote_id, "The destination had the lead already.")
    if destination.retry and matches(destination.retry, reply, document):
        return retried(reply, at, "The destination asks to try later.")
    if destination.success and matches(destination.success, reply, document):
        return delivered(reply, at, remote_id)
    result = judge_status(reply, at, remote_id)
    if destination.success and result.outcome is AttemptOutcome.DELIVERED:
        return refused(reply, at, "The reply is not what this destination calls a success.")
    return result


def matches(rule: ReplyRule, reply: Reply, document: Any) -> bool:
    if rule.statuses and reply.status_code not in rule.statuses:
        return False
    if rule.field is None:
        return True
    found = find(document, rule.field)
    if not rule.values:
        # Zero is there, and equals False.
        return found is not None and found is not False and found not in ("", [], {})
    return ("null" if found is None else as_text(found)) in rule.values
