"""Cursors of lists: where the next page begins, in a form nobody is tempted to make by hand.

A cursor is a position, not a permission: a list asks for its scope every time.
"""

import base64
import binascii
import json

from frontdesk.errors import Invalid


def encode_cursor(*position: str) -> str:
    """The sort key of a page's last row as URL-safe text."""
    packed = json.dumps(position, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def decode_cursor(cursor: str, parts: int) -> tuple[str, ...]:
    """The sort key again. Raises Invalid(`invalid_cursor`) for anything no list gave out."""
    try:
        packed = base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True)
        position = json.loads(packed)
    except (binascii.Error, ValueError, RecursionError):
        position = None
    if (
        not isinstance(position, list)
        or len(position) != parts
        or not all(isinstance(part, str) for part in position)
    ):
        raise Invalid("invalid_cursor", "That is not a cursor of this list.")
    return tuple(position)
