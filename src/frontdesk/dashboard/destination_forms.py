"""Between a destination and its form: text in, what the model reads; and back, without secrets."""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import TypeAdapter, ValidationError

from frontdesk.dashboard.destination_kinds import KINDS, Field
from frontdesk.dashboard.forms import Form
from frontdesk.errors import FieldError
from frontdesk.projects.destination_checks import check_destination
from frontdesk.projects.destinations import (
    AnyDestination,
    Destination,
    ReplyRule,
    WebhookDestination,
)
from frontdesk.projects.file import describe
from frontdesk.projects.masks import list_secrets
from frontdesk.projects.secrets import MASK

EMPTY_ROWS = 3
_READER: TypeAdapter[AnyDestination] = TypeAdapter(Destination)


def fingerprint(destination: AnyDestination | None) -> str:
    """Of what a form changes, to tell whether somebody else did meanwhile."""
    if destination is None:
        return ""
    text = destination.model_dump_json(exclude={"enabled", "paused"})
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def stored_secrets(destination: AnyDestination | None) -> set[str]:
    """The fields that hold one."""
    return {field for field, _ in list_secrets(destination)} if destination else set()


def fill_form(destination: AnyDestination) -> Form:
    given: dict[str, list[str]] = {"id": [destination.id]}
    for field in KINDS[destination.kind].fields:
        value = getattr(destination, field.name)
        match field.shape:
            case "secret" | "signing":
                continue
            case "secret_lines":
                given[field.name] = ["\n".join(f"{name}: {MASK}" for name in value)]
            case "mapping":
                given[f"{field.name}.theirs"] = list(value)
                given[f"{field.name}.ours"] = list(value.values())
            case "rule":
                given |= _fill_rule(field.name, value or ReplyRule())
            case "lines":
                given[field.name] = ["\n".join(value)]
            case "events":
                given[field.name] = list(value)
            case _:
                given[field.name] = ["" if value is None else str(value)]
    return Form(given)


def read_destination(
    kind: str, form: Form, stored: AnyDestination | None
) -> tuple[AnyDestination | None, dict[str, str]]:
    """The destination, or what is wrong by field. A secret that is left empty is the stored one."""
    said: dict[str, Any] = {"kind": kind, "id": stored.id if stored else form.text("id").strip()}
    if stored is not None:
        said |= {"enabled": stored.enabled, "paused": stored.paused}
    told: dict[str, str] = {}
    kept = stored_secrets(stored)
    for field in KINDS[kind].fields:
        value, fault = _read(field, form, is_kept=field.name in kept, stored=stored)
        if fault:
            told[field.name] = fault
        if value not in (None, "", [], {}):
            said[field.name] = value
    if kind == "email" and "username" not in said:
        said.pop("password", None)
    try:
        destination = _READER.validate_python(said)
    except ValidationError as error:
        for one in describe(error, ""):
            told.setdefault(one.field.partition(".")[0], one.detail)
        return None, told
    told = {**by_field(check_destination(destination)), **told}
    return (None if told else destination), told


def by_field(errors: Iterable[FieldError]) -> dict[str, str]:
    """One text for each field of the form; which entry of a list it is about stands before it."""
    told: dict[str, str] = {}
    for error in errors:
        name, _, rest = error.field.partition(".")
        detail = error.detail
        if error.code == "masked_value":
            detail = "Write it again: a stored secret goes to no other server than it was for."
        elif rest and not rest.isdigit():
            detail = f"{rest}: {detail}"
        told[name] = f"{told[name]} {detail}" if name in told else detail
    return told


def rows_of(form: Form, name: str) -> Iterator[tuple[str, str]]:
    """A mapping's rows as they were sent, and some empty ones."""
    theirs, ours = form.all(f"{name}.theirs"), form.all(f"{name}.ours")
    filled = [pair for pair in zip(theirs, ours, strict=False) if any(pair)]
    yield from filled
    yield from [("", "")] * EMPTY_ROWS


def _read(
    field: Field, form: Form, *, is_kept: bool, stored: AnyDestination | None
) -> tuple[Any, str]:
    """What the model reads, and a fault that it would not see."""
    text = form.text(field.name).replace("\r", "").strip()
    match field.shape:
        case "secret":
            return text or (MASK if is_kept else ""), ""
        case "signing":
            kept: list[str] = []
            if isinstance(stored, WebhookDestination) and not form.has("forget"):
                kept = [MASK] * len(stored.secrets)
            return [*([text] if text else []), *kept][:4], ""
        case "secret_lines":
            return _read_lines(text)
        case "mapping":
            rows = [(theirs.strip(), ours.strip()) for theirs, ours in rows_of(form, field.name)]
            return _pairs([row for row in rows if any(row)])
        case "rule":
            return _read_rule(field.name, form)
        case "lines":
            return [one.strip() for one in text.replace(",", "\n").split("\n") if one.strip()], ""
        case "events":
            return form.all(field.name), ""
        case _:
            return text, ""


def _read_lines(text: str) -> tuple[dict[str, str], str]:
    rows = []
    for line in filter(None, map(str.strip, text.split("\n"))):
        name, colon, value = line.partition(":")
        if not colon or not name.strip() or not value.strip():
            return {}, f"Write a name, a colon and a value: {line[:60]}"
        rows.append((name.strip(), value.strip()))
    return _pairs(rows)


def _pairs(rows: list[tuple[str, str]]) -> tuple[dict[str, str], str]:
    pairs = dict(rows)
    if len(pairs) == len(rows):
        return pairs, ""
    names = [name for name, _ in rows]
    twice = next(name for name in names if names.count(name) > 1)
    return pairs, f"{twice} stands here twice."


def _read_rule(name: str, form: Form) -> tuple[dict[str, Any] | None, str]:
    said = {part: form.text(f"{name}.{part}").strip() for part in ("statuses", "field", "values")}
    if not any(said.values()):
        return None, ""
    statuses = said["statuses"].replace(",", " ").split()
    if not all(one.isascii() and one.isdigit() and 100 <= int(one[:9]) <= 599 for one in statuses):
        return None, "Statuses are numbers from 100 to 599, apart by commas."
    values = [one.strip() for one in said["values"].split(",") if one.strip()]
    rule: dict[str, Any] = {"statuses": statuses, "values": values}
    return rule | ({"field": said["field"]} if said["field"] else {}), ""


def _fill_rule(name: str, rule: ReplyRule) -> dict[str, list[str]]:
    return {
        f"{name}.statuses": [", ".join(map(str, rule.statuses))],
        f"{name}.field": [rule.field or ""],
        f"{name}.values": [", ".join(rule.values)],
    }
