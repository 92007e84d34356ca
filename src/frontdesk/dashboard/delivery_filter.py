"""Which deliveries a page shows, as the address bar says it: text in, a question to storage out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from frontdesk.delivery.model import DeliveryState
from frontdesk.model import ALWAYS, Period, Scope
from frontdesk.projects.model import Project

# What people tell apart: what is tried again waits too, and is looked at by itself.
TABS = {
    "dead": "Not delivered",
    "failing": "Trying again",
    "waiting": "Waiting",
    "delivered": "Delivered",
}
_STATES = {
    "dead": (DeliveryState.DEAD, None),
    "failing": (DeliveryState.WAITING, True),
    "waiting": (DeliveryState.WAITING, None),
    "delivered": (DeliveryState.DELIVERED, None),
}
NAMES = ("state", "project", "destination", "since", "until")


@dataclass(frozen=True, slots=True)
class DeliveryFilter:
    """As asked; what makes no sense asks for nothing. Days are whole ones, both included."""

    state: str = ""
    project: str = ""
    destination: str = ""
    since: str = ""
    until: str = ""

    @classmethod
    def read(cls, given: Mapping[str, str]) -> "DeliveryFilter":
        asked = {name: given.get(name, "").strip()[:100] for name in NAMES}
        if asked["state"] not in _STATES:
            asked["state"] = ""
        if not asked["project"]:
            asked["destination"] = ""  # a destination's name is one project's
        for name in ("since", "until"):
            asked[name] = asked[name] if _day(asked[name]) else ""
        return cls(**asked)

    @property
    def given(self) -> dict[str, str]:
        """What narrows, by its name in the address."""
        return {name: value for name in NAMES if (value := getattr(self, name))}

    @property
    def may_be_sent_again(self) -> bool:
        return self.state in ("dead", "failing", "waiting")

    def address(self, path: str, **changes: str) -> str:
        """`path` with the filter in its query; a change that is empty takes one off."""
        query = {name: value for name, value in (self.given | changes).items() if value}
        return f"{path}?{urlencode(query)}" if query else path

    def scope(self, scope: Scope) -> Scope:
        return scope.within(self.project) if self.project else scope

    def question(self, zone: ZoneInfo) -> dict[str, Any]:
        """What `list_deliveries` and `retry_deliveries` are asked, the days being in `zone`."""
        state, tried = _STATES.get(self.state, (None, None))
        asked: dict[str, Any] = {"created": self._period(zone), "tried": tried}
        if state is not None:
            asked["state"] = state
        if self.destination:
            asked["destination_id"] = self.destination
        return asked

    def _period(self, zone: ZoneInfo) -> Period:
        since, until = _day(self.since), _day(self.until)
        if since is None and until is None:
            return ALWAYS
        return Period(
            since=since and datetime.combine(since, datetime.min.time(), zone),
            before=until and datetime.combine(until + timedelta(days=1), datetime.min.time(), zone),
        )


def zone_of(project: Project | None) -> ZoneInfo:
    """The days of a filter are the chosen project's, without one they are UTC's."""
    return ZoneInfo(project.time_zone if project else "UTC")


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year < 3000 else None
