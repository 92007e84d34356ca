"""A destination's headers may hold credentials: they go in, and never come out again."""

from urllib.parse import urlsplit

from frontdesk.errors import FieldError
from frontdesk.projects.model import Destination, ProjectDetails

MASK = "••••"


def mask(project: ProjectDetails) -> tuple[Destination, ...]:
    """The project's destinations as anybody may see them."""
    return tuple(
        destination.model_copy(update={"headers": dict.fromkeys(destination.headers, MASK)})
        for destination in project.destinations
    )


def unmask(
    written: ProjectDetails, stored: ProjectDetails | None
) -> tuple[tuple[Destination, ...], list[FieldError]]:
    """The written destinations with the stored values where the mask came back.

    A value is kept for the same header of the same destination only while that destination stays on
    the same server; otherwise whoever may write settings could have a credential sent to themselves
    and so read it.
    """
    before = {destination.id: destination for destination in stored.destinations} if stored else {}
    destinations, errors = [], []
    for place, destination in enumerate(written.destinations):
        known = _known_headers(destination, before.get(destination.id))
        headers = {}
        for name, value in destination.headers.items():
            headers[name] = known.get(name.lower(), MASK) if value == MASK else value
            if headers[name] == MASK:
                detail = "There is no stored value for this mask to stand for. Write the value."
                field = f"destinations.{place}.headers.{name}"
                errors.append(FieldError(field, "masked_value", detail))
        destinations.append(destination.model_copy(update={"headers": headers}))
    return tuple(destinations), errors


def _known_headers(written: Destination, stored: Destination | None) -> dict[str, str]:
    if stored is None or _server_of(written) != _server_of(stored):
        return {}
    return {name.lower(): value for name, value in stored.headers.items()}


def _server_of(destination: Destination) -> tuple[str, str]:
    parts = urlsplit(destination.url)
    return parts.scheme.lower(), parts.netloc.lower()
