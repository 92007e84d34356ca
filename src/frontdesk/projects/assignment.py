"""Who gets a project's new leads: rules, the first that fits."""

from typing import Annotated

from pydantic import Field, StringConstraints

from frontdesk.model import Model

LanguageTag = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$")]
MemberId = Annotated[str, StringConstraints(min_length=1, max_length=100)]


class AssignmentRule(Model):
    """`members` get the leads by turns. `languages` are those of the talk (`hi` fits `hi-Latn` as
    well), or of the page where nothing was said; without any, the rule fits every lead. A paused
    one fits none.
    """

    members: Annotated[tuple[MemberId, ...], Field(min_length=1, max_length=50)]
    languages: Annotated[tuple[LanguageTag, ...], Field(max_length=20)] = ()
    paused: bool = False

    def fits(self, language: str) -> bool:
        if self.paused:
            return False
        tag = language.lower()
        return not self.languages or any(
            tag == one or tag.startswith(f"{one}-") for one in map(str.lower, self.languages)
        )


AssignmentRules = Annotated[tuple[AssignmentRule, ...], Field(max_length=10)]
