"""The projects file: JSON in, checked entries out, and back. Pure; docs/guide/projects-file.md.

Every fault is reported, not the first alone: whoever loads a thousand projects wants one list.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from frontdesk.model import Model
from frontdesk.projects.checks import check_details
from frontdesk.projects.masks import mask
from frontdesk.projects.model import (
    Answers,
    Facts,
    Knowledge,
    Pages,
    Project,
    ProjectDetails,
    ProjectId,
    Site,
)


class ProjectEntry(ProjectDetails):
    """A project in the file. Facts, answers or pages that are None stay as they are in storage."""

    facts: Facts | None = None
    answers: Answers | None = None
    pages: Pages | None = None

    def rewrite(self, known: Knowledge, at: datetime) -> Knowledge | None:
        """What is known after this, or None where it says nothing new."""
        facts = known.facts if self.facts is None else self.facts
        answers = known.answers if self.answers is None else self.answers
        pages = known.pages if self.pages is None else self.pages
        if (facts, answers, pages) == (known.facts, known.answers, known.pages):
            return None
        return Knowledge(facts=facts, answers=answers, pages=pages, updated_at=at)

    @property
    def says_what_is_known(self) -> bool:
        return any(said is not None for said in (self.facts, self.answers, self.pages))


class ImportFault(Model):
    """What is wrong: in which project, by id or by its place in the file, and at which field.

    `line` is that of a table."""

    project: str
    field: str
    detail: str
    line: int | None = None


class ImportReport(Model):
    """What an import did, or in a dry run would do: ids, in the file's order.

    With any fault nothing is stored, and the three lists are empty.
    """

    created: tuple[ProjectId, ...] = ()
    changed: tuple[ProjectId, ...] = ()
    unchanged: tuple[ProjectId, ...] = ()
    faults: tuple[ImportFault, ...] = ()


def read_entries(data: object) -> tuple[list[ProjectEntry], list[ImportFault]]:
    """The file's projects, each checked by itself."""
    items = data.get("projects") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(items, list):
        detail = 'The file has to be an object with a list: {"projects": [ … ]}.'
        return [], [ImportFault(project="", field="projects", detail=detail)]
    faults = [
        ImportFault(project="", field=str(key), detail=_SENTENCES["extra_forbidden"])
        for key in data
        if key != "projects"
    ]
    entries: list[ProjectEntry] = []
    for place, item in enumerate(items):
        try:
            entry = ProjectEntry.model_validate(_expand_sites(item))
        except ValidationError as error:
            faults.extend(describe(error, label(item, place)))
        else:
            entries.append(entry)
            faults.extend(
                ImportFault(project=entry.id, field=fault.field, detail=fault.detail)
                for fault in check_details(entry)
            )
    faults.extend(_find_repeated_ids(items))
    return entries, faults


def find_taken_sites(
    entries: Iterable[ProjectEntry], taken: dict[tuple[str, str], str]
) -> Iterator[ImportFault]:
    """Sites that another project has: one of `taken` (site to project id) or an earlier entry."""
    owners = dict(taken)
    for entry in entries:
        for place, site in enumerate(entry.sites):
            if site.by_hand:
                continue
            owner = owners.setdefault((site.host, site.path_prefix), entry.id)
            if owner != entry.id:
                yield ImportFault(
                    project=entry.id,
                    field=f"sites.{place}",
                    detail=f"{write_site(site)} belongs to {owner}.",
                )


def write_entry(project: Project, knowledge: Knowledge) -> dict[str, Any]:
    """A project as it stands in the file; secrets are masked, times left out."""
    written = project.model_copy(update={"destinations": mask(project)}).model_dump(
        mode="json", exclude={"created_at", "updated_at"}, exclude_none=True
    )
    written["sites"] = [
        {"host": site.host, "path_prefix": site.path_prefix, "by_hand": True}
        if site.by_hand
        else write_site(site)
        for site in project.sites
    ]
    return written | knowledge.model_dump(
        mode="json", include={"facts", "answers", "pages"}, exclude_none=True
    )


def write_site(site: Site) -> str:
    return site.host + (site.path_prefix if site.path_prefix != "/" else "")


def _expand_sites(item: object) -> object:
    """`"brand.example/palm-grove"` is short for a host and a path prefix."""
    if not isinstance(item, dict) or not isinstance(item.get("sites"), list):
        return item
    return item | {"sites": [_expand_site(site) for site in item["sites"]]}


def _expand_site(site: object) -> object:
    if not isinstance(site, str):
        return site
    host, slash, path = site.partition("/")
    return {"host": host, "path_prefix": slash + path} if slash else {"host": host}


def _find_repeated_ids(items: list[object]) -> Iterator[ImportFault]:
    seen = set()
    for item in items:
        project_id = item.get("id") if isinstance(item, dict) else None
        if not isinstance(project_id, str):
            continue
        if project_id in seen:
            yield ImportFault(project=project_id, field="id", detail="The file has this id twice.")
        seen.add(project_id)


def label(item: object, place: int) -> str:
    project_id = item.get("id") if isinstance(item, dict) else None
    return project_id if isinstance(project_id, str) and project_id else f"number {place + 1}"


_SENTENCES = {
    "missing": "This is missing.",
    "extra_forbidden": "There is no such field.",
    "model_type": "This has to be an object.",
    "dict_type": "This has to be an object.",
    "tuple_type": "This has to be a list.",
    "string_type": "This has to be text.",
    "bool_parsing": "This has to be true or false.",
    "bool_type": "This has to be true or false.",
    "string_too_short": "This is empty.",
    "string_too_long": "This is too long: at most {max_length} characters.",
    "too_long": "There are too many: at most {max_length}.",
    "literal_error": "This has to be {expected}.",
    "enum": "This has to be {expected}.",
    "union_tag_invalid": "There is no such kind of destination: it has to be {expected_tags}.",
}
# What a text that does not fit its pattern should look like, by the field's name.
_FORMS = {
    "id": "Use lower-case letters, digits and hyphens, such as palm-grove; at most 63.",
    "country": "Write the two capital letters of ISO 3166, such as IN.",
    "accent": "Write a colour as #rrggbb, such as #1f6f54.",
    "language": "Write a language tag, such as en or hi-IN.",
    "path_prefix": "A path prefix begins with a slash, such as /palm-grove.",
    "url": "An address begins with https:// (or http://).",
    "key": "Use lower-case letters, digits and underscores, such as price_from.",
}


def describe(error: ValidationError, project: str) -> Iterator[ImportFault]:
    """A model's faults in a marketer's words."""
    for fault in error.errors(include_url=False, include_input=False):
        kind, field = fault["type"], ".".join(str(part) for part in fault["loc"])
        if kind == "string_pattern_mismatch":
            detail = _FORMS.get(field.rpartition(".")[2], "This is not in the right form.")
        elif kind in _SENTENCES:
            detail = _SENTENCES[kind].format(**fault.get("ctx", {}))
        else:
            detail = fault["msg"].removeprefix("Value error, ")
        yield ImportFault(project=project, field=field or "project", detail=detail)
