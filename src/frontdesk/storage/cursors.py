"""Cursors of lists: where the next page begins, in a form nobody is tempted to make by hand.

A cursor is a position, not a permission: a list asks for its scope every time.
"""

import base64
import binascii
import json

from frontdesk.errors import Invalid

NUMBER_DIGITS = 18  # what fits into 64 bits


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
        raise _invalid()
    return tuple(position)


def decode_number_cursor(cursor: str) -> int:
    """The number that a list counted by goes on from. Raises Invalid(`invalid_cursor`)."""
    (number,) = decode_cursor(cursor, 1)
    if not number.isdecimal() or len(number) > NUMBER_DIGITS:
        raise _invalid()
    return int(number)


def _invalid() -> Invalid:
    return Invalid("invalid_cursor", "That is not a cursor of this list.")
