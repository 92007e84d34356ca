"""Projects, their sites, their widget settings and what is known about them."""

import hashlib
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, StringConstraints

from frontdesk.clock import Instant
from frontdesk.model import Model, Tagged
from frontdesk.projects.addresses import normalise_path_prefix, normalise_site_host
from frontdesk.projects.assignment import AssignmentRules
from frontdesk.projects.destinations import Destination
from frontdesk.projects.schedule import Schedule

ProjectId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$")]
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Conversion = Literal["data_layer", "gtag", "fbq"]
Line = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]


Paragraph = Annotated[str, StringConstraints(max_length=500)]
Theme = Literal["light", "dark", "auto"]
Position = Literal["left", "right"]
Size = Literal["compact", "regular", "large"]
LauncherShape = Literal["circle", "pill"]
# Path data of an SVG on a square of 24 units (SVG 2, 9.3): drawn, so no image policy concerns it.
SvgPath = Annotated[
    str, StringConstraints(pattern=r"^[Mm][MmZzLlHhVvCcSsQqTtAa0-9eE,. +-]+$", max_length=2000)
]
# A few stars are enough, and more of them could keep a browser busy.
PathPattern = Annotated[
    str, StringConstraints(pattern=r"^/[^\s?#*]*(?:\*[^\s?#*]*){0,3}$", max_length=200)
]


def _check_logo_url(url: str) -> str:
    # urlsplit raises ValueError by itself where the host cannot be one.
    parts = urlsplit(url)
    if not parts.hostname or "@" in parts.netloc:
        raise ValueError("A logo needs an https address with a host and no password.")
    return url


LogoUrl = Annotated[
    str,
    StringConstraints(pattern=r"^https://[!-~]+$", max_length=500),
    AfterValidator(_check_logo_url),
]

_DAY = "(?:Mo|Tu|We|Th|Fr|Sa|Su)"
_DAYS = f"{_DAY}(?:-{_DAY})?"
_TIME = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]"


def _check_office_hours(line: str) -> str:
    opens, closes = line.rpartition(" ")[2].split("-")
    if opens >= closes:
        raise ValueError("The office has to close after it opens, on the same day.")
    return line


# As in schema.org's openingHours: `Mo-Fr 10:00-19:00`, `Sa,Su 11:00-17:00`.
OfficeHours = Annotated[
    str,
    StringConstraints(pattern=rf"^{_DAYS}(?:,{_DAYS})* {_TIME}-(?:{_TIME}|24:00)$", max_length=100),
    AfterValidator(_check_office_hours),
]


class Site(Model):
    """A host name, with an optional path prefix, that leads to a project.

    `host` is lower case, in punycode and without a port; `*.brand.example` stands for every name
    below `brand.example` but not for itself. Both are written as browsers write them
    (`projects.addresses`), however they came. A site `by_hand` leads to the project only on pages
    whose tag names it with `data-project`; several projects may share such a site.
    """

    host: Annotated[
        str,
        StringConstraints(min_length=1, max_length=255),
        AfterValidator(normalise_site_host),
    ]
    path_prefix: Annotated[
        str,
        StringConstraints(pattern=r"^/", max_length=200),
        AfterValidator(normalise_path_prefix),
    ] = "/"
    by_hand: bool = False


class WidgetSettings(Model):
    """What a project says about its widget; what is None comes from the installation's defaults.

    Flat, and every field may be left out: `docs/guide/widget-settings.md` says what each one does.
    """

    language: (
        Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] | None
    ) = None
    theme: Theme | None = None
    accent: Colour | None = None
    position: Position | None = None
    size: Size | None = None
    launcher: LauncherShape | None = None
    logo_url: LogoUrl | None = None
    logo_path: SvgPath | None = None
    greeting: Paragraph | None = None
    hours_line: Line | None = None
    legal_line: Line | None = None
    quick_replies: Annotated[tuple[Line, ...], Field(max_length=4)] | None = None
    office_hours: Annotated[tuple[OfficeHours, ...], Field(max_length=7)] | None = None
    away_greeting: Paragraph | None = None
    away_line: Line | None = None
    bubble_text: Annotated[str, StringConstraints(max_length=200)] | None = None
    bubble_after_seconds: Annotated[int, Field(ge=0, le=600)] | None = None
    bubble_on_exit: bool | None = None
    hidden_paths: Annotated[tuple[PathPattern, ...], Field(max_length=20)] | None = None
    sound: bool | None = None
    conversions: Annotated[tuple[Conversion, ...], Field(max_length=3)] | None = None
    texts: dict[str, Paragraph] = Field(default_factory=dict)


class ConsentText(Model):
    """What a visitor agrees to when leaving a number; kept with the lead by its version."""

    version: Line = "1"
    text: Annotated[str, StringConstraints(min_length=1, max_length=1000)] = (
        "I agree to be called or messaged about this project."
    )
    required: bool = True


KeptDays = Annotated[int, Field(ge=1, le=36_500)]


class Retention(Model):
    """For how many days a project's data is kept; None keeps it for good.

    A lead's days count from its newest enquiry, a conversation's from its last message.
    """

    leads_days: KeptDays | None = None
    conversations_days: KeptDays | None = None


class FactsMode(StrEnum):
    """What becomes of facts that are found on a project's pages."""

    OFF = "off"  # its pages are not read
    PROPOSE = "propose"  # they wait until somebody approves them
    APPROVE = "approve"  # new ones are approved at once, changed ones wait
    OVERRIDE = "override"  # changed ones too, but for what somebody has overridden


class ProjectDetails(Model):
    """What people write about a project.

    `quiet_hours` is how long its sites may go without a tag being seen before that is an alert; 0
    asks for none, None for the installation's own.
    """

    id: ProjectId
    name: Line
    group: Line | None = None
    crm_id: Line | None = None
    country: CountryCode = "IN"
    time_zone: Annotated[str, StringConstraints(max_length=64)] = "Asia/Kolkata"
    sites: Annotated[tuple[Site, ...], Field(max_length=50)] = ()
    widget: WidgetSettings = WidgetSettings()
    consent: ConsentText = ConsentText()
    facts_mode: FactsMode = FactsMode.PROPOSE
    schedule: Schedule = Schedule()
    retention: Retention = Retention()
    quiet_hours: Annotated[int, Field(ge=0, le=8760)] | None = None
    assignment: AssignmentRules = ()
    destinations: Annotated[tuple[Destination, ...], Field(max_length=10)] = ()


class Project(ProjectDetails, Tagged):
    """The tenant unit: what is being sold. All data belongs to one project."""

    created_at: Instant
    updated_at: Instant


# How long a site stays live without its tag being seen; quiet sites have quiet weeks.
LIVE_FOR = timedelta(days=7)


class ProjectState(StrEnum):
    """What a project may be looked for by."""

    LIVE = "live"  # it has sites, and the tag was seen on each of them
    NOT_LIVE = "not_live"  # all others
    NO_DESTINATION = "no_destination"  # none that is enabled: its leads are sent nowhere


class ProjectFilter(Model):
    """Which projects of a list. `text` is a part of a name, an id or a site's host, any case.

    Sites count as seen where their tag was at work at `seen_since` or later; without it, ever.
    """

    text: str = ""
    group: str | None = None
    state: ProjectState | None = None
    seen_since: Instant | None = None


class FactState(StrEnum):
    DETECTED = "detected"
    APPROVED = "approved"
    OVERRIDDEN = "overridden"
    REJECTED = "rejected"


class Fact(Model):
    """One thing known about a project: `key` says what (`price`, `possession`, `rera`, …).

    `subject` says of which part (`2 BHK`), empty for the project as a whole. `value` is written as
    a visitor should read it (`₹84 lakh onwards`).
    """

    key: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,62}$")]
    subject: Annotated[str, StringConstraints(max_length=100)] = ""
    value: Annotated[str, StringConstraints(min_length=1, max_length=1000)]
    source: Annotated[str, StringConstraints(max_length=500)] = ""
    as_of: date | None = None
    state: FactState = FactState.APPROVED


class Answer(Model):
    """A question-and-answer entry in a project's knowledge."""

    question: Annotated[str, StringConstraints(min_length=1, max_length=500)]
    answer: Annotated[str, StringConstraints(min_length=1, max_length=2000)]
    language: str = "en"
    valid_until: date | None = None


class PageText(Model):
    """A page of text that answers may quote from; `source` says where it stands."""

    title: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    text: Annotated[str, StringConstraints(min_length=1, max_length=20_000)]
    source: Annotated[str, StringConstraints(max_length=500)] = ""
    as_of: date | None = None


Facts = Annotated[tuple[Fact, ...], Field(max_length=500)]
Answers = Annotated[tuple[Answer, ...], Field(max_length=500)]
Pages = Annotated[tuple[PageText, ...], Field(max_length=50)]


class KnowledgeDetails(Model):
    """What people write about what is known."""

    facts: Facts = ()
    answers: Answers = ()
    pages: Pages = ()


class Knowledge(KnowledgeDetails, Tagged):
    """All that a project's answers may be made from."""

    updated_at: Instant


class UnknownSite(Model):
    """A host that carries the tag and belongs to no project."""

    host: str
    path: str
    count: int
    first_seen_at: Instant
    last_seen_at: Instant


class TurnedAway(Model):
    """Pages that ask for a project's widget and are on none of its sites; `path` is the last one's.

    Anybody may claim to be on such a page: a hint for people, never a proof.
    """

    project_id: ProjectId
    origin: Annotated[str, StringConstraints(max_length=300)]
    path: Annotated[str, StringConstraints(max_length=200)]
    count: int = 1
    first_seen_at: Instant
    last_seen_at: Instant


class WidgetOffice(Model):
    """When people answer, in the project's time zone, and what is said while they do not."""

    hours: tuple[str, ...]
    greeting: str
    line: str


class WidgetBubble(Model):
    """The greeting beside the launcher: after some seconds, on the way out, or both."""

    text: str
    after_seconds: int | None
    on_exit: bool


class WidgetPhone(Model):
    """What a number in the project's country looks like.

    `digits` are the lengths that a mobile or fixed number may have; none known where empty.
    `adjective` is what a sentence in English calls it: `Indian`.
    """

    calling_code: str
    digits: tuple[int, ...]
    mobile_digits: tuple[int, ...]
    adjective: str


class WidgetProject(Model):
    """One project's settings for the pages of a host, defaults filled in.

    `on_accent` is the text colour on `accent` with contrast 4.5:1 or better. `accent_dark` is the
    accent for the dark theme, light enough to stand out there, and `on_accent_dark` the text on it.
    `snapshot` asks for what the page shows with the start of a conversation.
    """

    id: ProjectId
    name: str
    path_prefix: str
    by_hand: bool
    language: str
    country: CountryCode
    time_zone: str
    phone: WidgetPhone
    theme: Theme
    accent: Colour
    on_accent: Colour
    accent_dark: Colour
    on_accent_dark: Colour
    position: Position
    size: Size
    launcher: LauncherShape
    logo_url: str | None
    logo_path: str | None
    greeting: str
    hours_line: str
    legal_line: str | None
    quick_replies: tuple[str, ...]
    office: WidgetOffice | None
    bubble: WidgetBubble | None
    hidden_paths: tuple[str, ...]
    snapshot: bool
    sound: bool
    conversions: tuple[Conversion, ...]
    texts: dict[str, str]
    consent: ConsentText


class WidgetReply(Model):
    """Settings for all pages of a host, those first that win on a page they are both for.

    One value is kept and sent to many, so its bytes and their tag are made once.
    """

    host: str
    projects: tuple[WidgetProject, ...]

    @cached_property
    def encoded(self) -> bytes:
        return self.model_dump_json().encode()

    @cached_property
    def etag(self) -> str:
        """A strong entity tag (RFC 9110, 8.8.3)."""
        return f'"{hashlib.sha256(self.encoded).hexdigest()[:32]}"'
