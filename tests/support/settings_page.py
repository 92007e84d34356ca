"""Writes docs/operations/settings.md from the settings' own descriptions.

`python -m tests.support.settings_page` renews the page; `tests/test_settings.py` compares it.
"""

import json
from enum import StrEnum
from pathlib import Path

from pydantic import SecretStr

from frontdesk.settings import Settings

PAGE = Path(__file__).parents[2] / "docs" / "operations" / "settings.md"
HEAD = """\
# Settings

Environment variables, or lines of a `.env` file in the folder where Frontdesk is started; the
environment wins. They are read once, at start. With a fault in any of them Frontdesk does not start
and lists all of them; `frontdesk check` tells without starting.

This page is made from the code by `python -m tests.support.settings_page`.

| variable | default | |
|---|---|---|
"""


def render() -> str:
    lines = []
    for name, field in Settings.model_fields.items():
        if not field.description:
            raise ValueError(f"{name} has no description")
        description = " ".join(field.description.split()).replace("|", "\\|")
        lines.append(f"| `FRONTDESK_{name.upper()}` | {_show(field.default)} | {description} |\n")
    return HEAD + "".join(lines)


def _show(default: object) -> str:
    if isinstance(default, SecretStr):
        default = default.get_secret_value()
    if default in ("", ()):
        return ""
    text = str(default) if isinstance(default, str | StrEnum) else json.dumps(default)
    return f"`{text}`"


if __name__ == "__main__":
    PAGE.write_text(render(), encoding="utf-8")
