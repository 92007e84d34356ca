"""What is different between two versions of something written as JSON. Pure."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple


class Difference(NamedTuple):
    """`field` is a dotted path (`widget.accent`); the texts are empty where there is nothing."""

    field: str
    before: str
    after: str

    def __str__(self) -> str:
        if not self.after:
            return f"{self.field}: cleared"
        return f"{self.field}: {self.after}" + (f" instead of {self.before}" if self.before else "")


def list_differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """Field by field, in the order of `after`. A list is one field."""
    was, will_be = _flatten(before), _flatten(after)
    fields = dict.fromkeys([*will_be, *was])
    return [
        Difference(field, was.get(field, ""), will_be.get(field, ""))
        for field in fields
        if was.get(field, "") != will_be.get(field, "")
    ]


def _flatten(data: Mapping[str, Any], path: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in data.items():
        if isinstance(value, Mapping):
            found |= _flatten(value, f"{path}{name}.")
        elif value is not None:
            found[path + name] = _write(value)
    return found


def _write(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple) and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    return json.dumps(value, ensure_ascii=False)
