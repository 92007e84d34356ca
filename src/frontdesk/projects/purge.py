"""What became of telling a CDN. Plain data."""

from typing import Annotated

from pydantic import StringConstraints

from frontdesk.clock import Instant
from frontdesk.model import Model

EVERYTHING = ""


class Purge(Model):
    """The last time that a CDN was told to ask for the settings of `host` anew.

    EVERYTHING stands for all hosts, where one request is for all. A wildcard's host is as it is
    written in the site. `reason` is why it was not taken, empty where it was.
    """

    host: Annotated[str, StringConstraints(max_length=255)]
    at: Instant
    is_taken: bool
    reason: Annotated[str, StringConstraints(max_length=200)] = ""
    tries: int = 1
