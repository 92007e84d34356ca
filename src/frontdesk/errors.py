"""The project's own errors. `web/problems.py` turns each kind into one HTTP status.

`code` is stable and part of the public contract; `detail` is for people and never carries driver
messages, paths or personal data.
"""

from collections.abc import Sequence
from typing import NamedTuple


class FieldError(NamedTuple):
    """One wrong field: `field` is a dotted path as in the request body (`phone.number`)."""

    field: str
    code: str
    detail: str


class FrontdeskError(Exception):
    """Base of all; `code` names the case for programs, `detail` tells it to people."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


class Invalid(FrontdeskError):
    """The request is understood and wrong (422); `fields` says where."""

    def __init__(self, code: str, detail: str, fields: Sequence[FieldError] = ()) -> None:
        super().__init__(code, detail)
        self.fields = tuple(fields)


class Malformed(FrontdeskError):
    """The request cannot be read at all (400)."""


class Unauthenticated(FrontdeskError):
    """No credential, or one that does not hold (401)."""


class Forbidden(FrontdeskError):
    """The credential holds and does not reach this far (403)."""


class NotFound(FrontdeskError):
    """There is no such thing, or not for this caller (404); the two are never told apart."""


class Conflict(FrontdeskError):
    """The state of things is against it (409)."""


def project_not_found() -> NotFound:
    return NotFound("project_not_found", "There is no such project.")


def changed_meanwhile() -> Conflict:
    """What was read is not what is stored any more, so saving would undo somebody's work."""
    return Conflict("changed_meanwhile", "Somebody else changed it meanwhile. Look again.")


class TooLarge(FrontdeskError):
    """Over a size limit (413)."""


class TooSlow(FrontdeskError):
    """The request took longer to arrive than it may (408)."""


class WrongContentType(FrontdeskError):
    """A body in a form the route does not take (415)."""


class TooMany(FrontdeskError):
    """Over a rate limit (429)."""

    def __init__(self, code: str, detail: str, retry_after_seconds: float) -> None:
        super().__init__(code, detail)
        self.retry_after_seconds = retry_after_seconds


class Unavailable(FrontdeskError):
    """Something this needs does not work now (503): nothing was saved, trying again may help."""
