"""One person who is there twice: found, merged, and told apart again (decision 0022)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from frontdesk.errors import Conflict, Invalid, NotFound, changed_meanwhile
from frontdesk.leads.model import Lead, LeadFilter, list_joined
from frontdesk.leads.work import LeadWork
from frontdesk.model import Model, Scope

_TRIES = 8
_LOOKED_AT = 50


class Twins(Model):
    """Who else may be this person, newest first.

    `same` are leads of the same project and number, which can be merged; `merged` those that were
    merged into this one; `alike` share the number in another project, or the e-mail address.
    """

    same: tuple[Lead, ...] = ()
    merged: tuple[Lead, ...] = ()
    alike: tuple[Lead, ...] = ()


@dataclass(frozen=True, slots=True)
class Duplicates:
    """Merging marks the one lead and gives the other a copy of what was asked, written and done.

    Nothing is removed, so it can be undone; the two writes are whole for themselves, and where the
    store fails in between, merging again does the rest.
    """

    work: LeadWork

    async def find(self, scope: Scope, lead: Lead) -> Twins:
        """Within the scope, by the indexes of number and address."""
        by_phone = await self._find_by(scope, lead.phone)
        by_email = await self._find_by(scope, lead.email) if lead.email else []
        found = {one.id: one for one in (*by_phone, *by_email) if one.id != lead.id}
        alike = [
            one
            for one in found.values()
            if one.phone == lead.phone or _same_address(one.email, lead.email)
        ]
        same = [one for one in alike if _is_same_person(one, lead)]
        return Twins(
            same=_newest_first(same),
            merged=_newest_first(await self.list_merged(lead)),
            alike=_newest_first([one for one in alike if one not in same]),
        )

    async def list_merged(self, lead: Lead) -> list[Lead]:
        """What was merged into the lead, also by way of others; nothing where it was itself."""
        if lead.merged_into:
            return []
        scope = Scope(projects=frozenset({lead.project_id}))
        merged = await self._find_by(scope, lead.phone, merged=True)
        return list_joined([lead.id], merged)

    async def merge(self, scope: Scope, kept_id: str, gone_id: str) -> Lead:
        """The kept lead with the enquiries, notes and history of both.

        Raises NotFound(`lead_not_found`), Invalid(`not_the_same_person`) for another project or
        number, Conflict(`lead_merged`, `changed_meanwhile`).
        """
        for _ in range(_TRIES):
            gone = await self._get(scope, gone_id)
            if gone.merged_into == kept_id:
                return await self._get(scope, kept_id)
            if gone.merged_into:
                raise Conflict("lead_merged", "It was merged into another lead already.")

            def join_gone(kept: Lead, _at: datetime, gone: Lead = gone) -> Lead:
                if not _is_same_person(kept, gone) or kept.id == gone.id:
                    raise Invalid(
                        "not_the_same_person",
                        "Only leads of one project with the same number can be merged.",
                    )
                return join(kept, gone)

            _, kept = await self.work.alter(scope, kept_id, join_gone)
            if await self._mark(gone, kept_id):
                return kept
        raise changed_meanwhile()

    async def unmerge(self, scope: Scope, kept_id: str, gone_id: str) -> Lead:
        """Two leads again; what came to the kept one since stays there. The kept one.

        Raises NotFound(`lead_not_found`), Conflict(`not_merged`, `lead_merged`,
        `changed_meanwhile`).
        """
        for _ in range(_TRIES):
            gone = await self._get(scope, gone_id)
            if gone.merged_into != kept_id:
                raise Conflict("not_merged", "It is not merged into this lead.")
            if (await self._get(scope, kept_id)).merged_into:
                raise Conflict("lead_merged", "It was merged into another lead: undo that first.")
            if await self._mark(gone, None):

                def part_from(kept: Lead, _at: datetime, gone: Lead = gone) -> Lead:
                    return part(kept, gone)

                _, kept = await self.work.alter(scope, kept_id, part_from)
                return kept
        raise changed_meanwhile()

    async def _find_by(self, scope: Scope, text: str, *, merged: bool = False) -> list[Lead]:
        fits = LeadFilter(text=text, merged=merged)
        page = await self.work.leads.list_leads(scope, fits=fits, limit=_LOOKED_AT)
        return [*page.items]

    async def _get(self, scope: Scope, lead_id: str) -> Lead:
        lead = await self.work.leads.find_lead(scope, lead_id)
        if lead is None:
            raise NotFound("lead_not_found", "There is no such lead.")
        return lead

    async def _mark(self, gone: Lead, kept_id: str | None) -> bool:
        """False where it was changed meanwhile."""
        update = {
            "merged_into": kept_id,
            "version": gone.version + 1,
            "updated_at": max(self.work.clock(), gone.updated_at),
        }
        return await self.work.leads.change_lead(gone.project_id, gone.model_copy(update=update))


def join(kept: Lead, gone: Lead) -> Lead:
    """`kept` with all that was asked, written and done with `gone`, each once, in order."""
    enquiries = {one.id: one for one in (*kept.enquiries, *gone.enquiries)}
    notes = {one.id: one for one in (*kept.notes, *gone.notes)}
    history = dict.fromkeys((*kept.history, *gone.history))
    return kept.model_copy(
        update={
            "enquiries": tuple(sorted(enquiries.values(), key=lambda one: one.at)),
            "notes": tuple(sorted(notes.values(), key=lambda one: one.at)),
            "history": tuple(sorted(history, key=lambda one: one.at)),
            "email": kept.email or gone.email,
            "assignee_id": kept.assignee_id or gone.assignee_id,
        }
    )


def part(kept: Lead, gone: Lead) -> Lead:
    """`kept` without what `gone` brought."""
    theirs = {one.id for one in gone.enquiries} | {one.id for one in gone.notes}
    return kept.model_copy(
        update={
            "enquiries": tuple(one for one in kept.enquiries if one.id not in theirs),
            "notes": tuple(one for one in kept.notes if one.id not in theirs),
            "history": tuple(one for one in kept.history if one not in gone.history),
        }
    )


def _is_same_person(one: Lead, other: Lead) -> bool:
    return (one.project_id, one.phone) == (other.project_id, other.phone)


def _same_address(one: str | None, other: str | None) -> bool:
    return bool(one and other and one.lower() == other.lower())


def _newest_first(leads: Sequence[Lead]) -> tuple[Lead, ...]:
    return tuple(sorted(leads, key=lambda one: (one.created_at, one.id), reverse=True))
