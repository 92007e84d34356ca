"""Headers of a request as the server gave them.

Starlette's `Headers` decodes a name for each one it passes: a tenth of a small reply's time.
"""

from starlette.types import Scope


def find_header(scope: Scope, name: bytes) -> str | None:
    """The first value of a header, by its name in lower case; None where it was not sent."""
    for each, value in scope["headers"]:
        if each == name:
            return str(value, "latin-1")
    return None
