"""What is wrong with a project as written, beyond the form of its fields. Pure."""

from functools import cache
from zoneinfo import available_timezones

from phonenumbers import SUPPORTED_REGIONS

from frontdesk.errors import FieldError
from frontdesk.projects.destination_checks import check_destination
from frontdesk.projects.model import ProjectDetails


def check_details(details: ProjectDetails) -> list[FieldError]:
    """Every fault, by field. Masked secrets are looked at where the stored values are known."""
    return [*_check_place(details), *_check_sites(details), *_check_destinations(details)]


def _check_place(details: ProjectDetails) -> list[FieldError]:
    errors = []
    if details.country not in SUPPORTED_REGIONS:
        detail = "No country has this code. Write the two letters of ISO 3166, such as IN."
        errors.append(FieldError("country", "unknown_country", detail))
    if details.time_zone not in _time_zones():
        detail = "There is no such time zone. Write its IANA name, such as Asia/Kolkata."
        errors.append(FieldError("time_zone", "unknown_time_zone", detail))
    return errors


def _check_sites(details: ProjectDetails) -> list[FieldError]:
    errors = []
    seen = set()
    for place, site in enumerate(details.sites):
        key = (site.host, site.path_prefix)
        if key in seen:
            detail = f"{site.host}{site.path_prefix} stands here twice."
            errors.append(FieldError(f"sites.{place}", "duplicate_site", detail))
        seen.add(key)
    return errors


def _check_destinations(details: ProjectDetails) -> list[FieldError]:
    errors = []
    seen = set()
    for place, destination in enumerate(details.destinations):
        field = f"destinations.{place}"
        if destination.id in seen:
            detail = "Another destination of this project has this id."
            errors.append(FieldError(f"{field}.id", "duplicate_destination", detail))
        seen.add(destination.id)
        errors += [
            fault._replace(field=f"{field}.{fault.field}")
            for fault in check_destination(destination)
        ]
    return errors


@cache
def _time_zones() -> set[str]:
    return available_timezones()
