"""What pages' forms send, as text; and what was wrong with it, by field."""

from collections.abc import Mapping

from pydantic import ValidationError
from starlette.requests import Request

from frontdesk.errors import FrontdeskError, Invalid
from frontdesk.projects.file import describe

Faults = Mapping[str, str]


class Form:
    """Fields as the browser sent them: a missing one is empty, a repeated one is all its values."""

    def __init__(self, fields: Mapping[str, list[str]]) -> None:
        self._fields = fields

    def text(self, name: str) -> str:
        return self._fields.get(name, [""])[-1]

    def number(self, name: str) -> int | None:
        """None where it is no number of a sensible length."""
        text = self.text(name)
        return int(text) if text.isascii() and text.isdigit() and len(text) <= 15 else None

    def all(self, name: str) -> list[str]:
        return self._fields.get(name, [])

    def has(self, name: str) -> bool:
        return name in self._fields

    def names(self) -> list[str]:
        return [*self._fields]

    def with_text(self, name: str, text: str) -> "Form":
        return Form({**self._fields, name: [text]})


async def read_form(request: Request) -> Form:
    # Read and kept by the guard, which looked for the CSRF token in it.
    sent = await request.form()
    fields: dict[str, list[str]] = {}
    for name, value in sent.multi_items():
        if isinstance(value, str):
            fields.setdefault(name, []).append(value)
    return Form(fields)


async def read_file(request: Request, name: str) -> bytes:
    """What was uploaded in this field; empty where nothing was."""
    sent = (await request.form()).get(name)
    return b"" if sent is None or isinstance(sent, str) else await sent.read()


def tell_faults(error: FrontdeskError) -> dict[str, str]:
    """The details by field; under the empty name what belongs to no field."""
    if isinstance(error, Invalid) and error.fields:
        return {fault.field: fault.detail for fault in error.fields}
    return {"": error.detail}


def tell_invalid(error: ValidationError) -> dict[str, str]:
    """What is wrong by the form's field; a part of a field counts as the whole."""
    return {fault.field.partition(".")[0]: fault.detail for fault in describe(error, "")}
