"""What is found in a page: plain data, the same for the API, storage and the command line."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from frontdesk.clock import Instant
from frontdesk.model import Model

Figure = int | float


class Method(StrEnum):
    """Where in a page something was read, the most deliberate statement first."""

    JSON_LD = "json_ld"
    MICRODATA = "microdata"
    RDFA = "rdfa"
    VISIBLE = "visible"
    META = "meta"
    STATE = "state"


class PageKind(StrEnum):
    PROPERTY = "property"  # one property or project
    INDEX = "index"  # a list of several: none of its figures is the page's own
    BLOCKED = "blocked"  # a bot wall
    ERROR = "error"  # not there, gone, or a sign-in
    OTHER = "other"  # about something else


class Quantity(Model):
    """A figure with its unit. `low` and `high` are the same for a single figure.

    `currency` is an ISO 4217 code, and is there for every amount of money; `unit` then says per
    what (`month`, `sq ft`), empty for the whole. Otherwise `unit` is what is counted: `sq ft`,
    `sq m`, `sq yd`, `acre`, `bedroom`, `room`, … `is_from` says that the page names a least
    ("onwards"); `high` is None then.
    """

    low: Figure
    high: Figure | None = None
    unit: str = ""
    currency: str | None = None
    is_from: bool = False


class DetectedFact(Model):
    """One thing a page says. `key`, `subject` and `value` are those of a fact.

    `read_from` is the page's own text, `method` the most deliberate place it stands in,
    `confirmed_by` further places that say the same. `confidence` is from 0 to 1.
    """

    key: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,62}$")]
    subject: Annotated[str, StringConstraints(max_length=100)] = ""
    value: Annotated[str, StringConstraints(min_length=1, max_length=1000)]
    quantity: Quantity | None = None
    read_from: Annotated[str, StringConstraints(max_length=300)]
    method: Method
    confirmed_by: tuple[Method, ...] = ()
    confidence: Annotated[float, Field(ge=0, le=1)]
    as_of: date


class Conflict(Model):
    """A page that says several things which cannot all be so; none of them is chosen."""

    key: str
    subject: str
    facts: tuple[DetectedFact, ...]


class Detection(Model):
    """What one page says. `reason` tells in words why it is of its `kind`.

    Only a page of kind `property` has facts. `missing` are the keys that a buyer asks for first and
    the page does not say.
    """

    url: str
    title: str
    kind: PageKind
    reason: str
    facts: tuple[DetectedFact, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    missing: tuple[str, ...] = ()


class PageFindings(Model):
    """What was found on one page. `detection` is the last that was about a property, from `read_at`;
    a page that fails later keeps it, and `fault` says in words what stood in the way then.
    """

    url: str
    detection: Detection | None = None
    read_at: Instant | None = None
    tried_at: Instant
    fault: str = ""
    etag: str = ""
    last_modified: str = ""


class Findings(Model):
    """What a project's pages said when they were last read."""

    project_id: str
    pages: tuple[PageFindings, ...] = ()
    tried_at: Instant | None = None
