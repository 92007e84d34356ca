"""From talk to lead: what a visitor has said about themselves, by rules. Pure.

The one place where a conversation becomes contact details and wishes. What a model extracts goes
through `complete`, which fills gaps and never replaces what a rule has read.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from frontdesk.chat.moments import call_window, fold, read_moment
from frontdesk.chat.wishes import (
    read_budget,
    read_configuration,
    read_purpose,
    read_timeline,
)
from frontdesk.errors import Invalid
from frontdesk.leads.contact import check_email, check_name
from frontdesk.leads.model import Qualification
from frontdesk.leads.phone import Phone, parse_phone
from frontdesk.model import Model
from frontdesk.projects.model import Project
from frontdesk.projects.schedule import check_visit

_W, _E = r"(?<![\w\u0900-\u097f])", r"(?![\w\u0900-\u097f])"
_EMAIL = re.compile(r"[^\s@,;:<>()\[\]]{1,64}@[^\s@,;:<>()\[\]]+\.[^\s@,;:<>()\[\]]+")
_DIGITS = re.compile(r"(?<![\w.,/₹£$€-])(?:\+|00)?\(?\d(?:[\s().-]{0,2}\d){4,14}(?!\d|[,.]\d)")
_NUMERIC_DATE = re.compile(
    r"^\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}$|^(?:19|20)\d\d\s*-\s*(?:19|20)\d\d$"
)
_AMOUNT_AROUND = re.compile(
    rf"(?:₹|rs\.?|inr|aed|budget|price|cost)\s*(?:is|of|:)?\s*$|^\s*(?:lakh|lac|cr|crore|rupees|/-|sq){_E}"
)
_PHONE_WORDS = re.compile(
    rf"{_W}(?:phone|mobile|number|no|call|whatsapp|contact|reach|ring|cell|num|"
    rf"नंबर|नम्बर|फोन|फ़ोन|मोबाइल|कॉल){_E}"
)
_PHONE_IS = re.compile(
    r"(?:number|phone|mobile|whatsapp|नंबर|फोन|मोबाइल)\s*(?:no\.?\s*)?(?:is|hai|है|:|-)?\s*$"
)
_SAY_NAME = re.compile(
    r"(?i:\b(?:my name is|my name's|name\s*[:=-]|name is|this is|myself|mera naam|naam)\b"
    r"|मेरा नाम|नाम)"
    r"\s*[:=-]?\s*(?:hai\s+)?(?P<name>[^\d,.;!?\n@|]{2,60})"
)
_I_AM = re.compile(
    r"\b(?:[Ii] ?['’]?a?m|[Mm]ain)\s+(?P<name>[A-Z][a-z]+(?:\s[A-Z][a-z]+){0,2})(?![\w@])"
)
_NAME_ENDS = re.compile(
    rf"{_W}(?:and|from|here|calling|speaking|bol|hai|hoon|hu|hun|aur|my|mera|meri|phone|mobile|"
    rf"number|email|mail|i|looking|interested|want|please|है|हूं|हूँ|और|मेरा|मेरी|फोन|नंबर){_E}.*",
    re.IGNORECASE | re.DOTALL,
)
# Said where a name would stand, and no name.
_NO_NAME_WORDS = """
to write reach ping mailto email
interested looking buyer nri investor owner broker agent planning searching indian here sorry
fine ok okay good great not from in based currently working a an the just really also very ready
happy new project price location for about please call me hi hello hey dear sir madam thanks
thank you yes no sure done correct whatsapp number phone mobile contact email mail my is it send
details brochure visit tomorrow today kya hai mera meri naam haan ji nahi bhai what where when
how bhk flat home villa plot budget lakh crore want need can regarding number's kal aaj karo
kijiye par pe ko on at or and this that confusing amazing urgent available expensive cheap
possible true wrong right mr mrs ms dr will would could may pay spend give take buy
"""
_NO_NAMES = frozenset(_NO_NAME_WORDS.split())
# What stands around contact details and asks nothing.
_AROUND_CONTACT_WORDS = """
my name is number phone mobile no whatsapp email mail id contact call me on at to reach you can here
it this i m im am myself and
the please sir mera meri naam hai aur par pe ko karo kijiye ok yes hi hello
मेरा मेरी नाम नंबर फोन है और पर को कीजिए करें
"""
_AROUND_CONTACT = frozenset(_AROUND_CONTACT_WORDS.split())
_CALL = re.compile(
    rf"{_W}(?:call|calling|callback|phone|ring|contact|reach me|baat|कॉल|फोन|फ़ोन|बात){_E}"
)
_VISIT = re.compile(
    rf"{_W}(?:visit|visiting|come|coming|see|viewing|tour|site|dekhne|dekhna|aana|aaunga|aayenge|aa|"
    rf"विज़िट|विजिट|देखने|देखना|आना|आएंगे|आऊंगा){_E}"
)


class TalkPhone(Model):
    """`number` is E.164."""

    number: str
    country: str


class Talk(Model):
    """What was understood so far in a conversation; what is None was not said."""

    name: str | None = None
    phone: TalkPhone | None = None
    email: str | None = None
    qualification: Qualification | None = None


class Heard(NamedTuple):
    """`phone_fault` says what is wrong with a number in the last message; `gave_phone` that it has
    a good one, `gave_email` that it has an address, `stated` that it says what is wanted; `rest` is
    the last message without its contact details, empty where there is nothing else."""

    talk: Talk | None
    gave_phone: bool
    phone_fault: str
    rest: str
    gave_email: bool = False
    stated: bool = False


class Line(NamedTuple):
    """One message of the visitor's, and when it came."""

    text: str
    at: datetime


def listen(project: Project, lines: Sequence[Line], now: datetime) -> Heard:
    """`lines` are the visitor's messages, oldest first, at least one."""
    zone = ZoneInfo(project.time_zone)
    name, email, phone, fault, gave, rest, has_contact = None, None, None, "", False, "", False
    said_name: str | None = None
    mail: re.Match[str] | None = None
    for line in lines:
        found, fault, rest = find_phone(line.text, project.country)
        gave, phone = found is not None, found or phone
        mail = _EMAIL.search(rest)
        if mail:
            email = _valid_email(mail[0]) or email
            rest = rest.replace(mail[0], " ")
        has_contact = gave or mail is not None or bool(fault)
        said_name = find_name(rest, beside_contact=has_contact)
        name = said_name or name
    talk = Talk(
        name=name,
        phone=phone and TalkPhone(number=phone.e164, country=phone.country),
        email=email,
        qualification=_qualify(project, lines, zone, now),
    )
    if (has_contact or said_name) and not _asks(rest, name):
        rest = ""
    gave_email = mail is not None and email is not None
    stated = _qualify(project, lines[-1:], zone, now) is not None
    return Heard(talk if talk != Talk() else None, gave, fault, rest, gave_email, stated)


def _asks(rest: str, name: str | None) -> bool:
    """Whether there is more in it than contact details."""
    known = _AROUND_CONTACT | set((name or "").lower().split())
    return any(word not in known for word in re.findall(r"[\w\u0900-\u097f]+", rest.lower()))


def complete(heard: Talk | None, extracted: Talk | None) -> Talk | None:
    """What the rules read, with what a model found beside it."""
    if heard is None or extracted is None:
        return heard or extracted
    wanted = (extracted.qualification or Qualification()).model_dump(exclude_none=True) | (
        heard.qualification or Qualification()
    ).model_dump(exclude_none=True)
    return Talk(
        name=heard.name or extracted.name,
        phone=heard.phone or extracted.phone,
        email=heard.email or extracted.email,
        qualification=Qualification(**wanted) if wanted else None,
    )


def find_phone(text: str, country: str) -> tuple[Phone | None, str, str]:
    """A number that can be called, or what is wrong with the one that was typed; and the rest.

    Digits are taken for a telephone number that cannot be one only where little else stands beside
    them or the text speaks of a number.
    """
    folded = fold(text)
    fault = ""
    for match in reversed(list(_DIGITS.finditer(folded))):
        before, after = folded[: match.start()], folded[match.end() :]
        if _NUMERIC_DATE.match(match[0]) or _AMOUNT_AROUND.search(before):
            continue
        if _AMOUNT_AROUND.match(after):
            continue
        rest = f"{before} {after}".strip()
        # Case matters for names: cut the same place out of what was typed where it still lines up.
        if len(folded) == len(text):
            rest = f"{text[: match.start()]} {text[match.end() :]}".strip()
        digits = sum(c.isdigit() for c in match[0])
        spoken = bool(_PHONE_WORDS.search(folded)) or match[0].startswith("+")
        beside = len(rest.split())
        alone = (beside <= 3 and digits >= 9) or (beside <= 1 and digits >= 7)
        if digits < 7:
            spoken = alone = bool(_PHONE_IS.search(before))
        if not (spoken or alone or digits >= 10):
            continue
        try:
            return parse_phone(match[0], country), "", rest
        except Invalid as error:
            if spoken or alone:
                fault = fault or error.detail
                text = rest
    return None, fault, text


def find_name(text: str, *, beside_contact: bool) -> str | None:
    """After `my name is`, or all there is beside a number or an address."""
    for pattern in (_SAY_NAME, _I_AM):
        for match in pattern.finditer(text):
            if name := _as_name(_NAME_ENDS.sub("", match["name"])):
                return name
    if beside_contact:
        return _as_name(re.sub(r"[,;:.\-–|/\n]+", " ", text))
    return None


def _as_name(text: str) -> str | None:
    words = text.split()
    if not 1 <= len(words) <= 3 or any(word.lower().strip(".") in _NO_NAMES for word in words):
        return None
    if not all(re.fullmatch(r"[^\W\d_][^\d_\s]*", word) for word in words):
        return None
    if len("".join(words)) < 2:
        return None
    name = " ".join(words)
    try:
        return check_name(name.title() if name.islower() or name.isupper() else name)
    except Invalid:
        return None


def _valid_email(text: str) -> str | None:
    try:
        return check_email(text.rstrip(".!?"))
    except Invalid:
        return None


def _qualify(
    project: Project, lines: Sequence[Line], zone: ZoneInfo, now: datetime
) -> Qualification | None:
    said: dict[str, object] = {"configuration": read_configuration([line.text for line in lines])}
    about = ""
    for line in lines:
        for name, read in (
            ("budget", read_budget),
            ("timeline", read_timeline),
            ("purpose", read_purpose),
        ):
            said[name] = read(line.text) or said.get(name)
        folded = fold(line.text)
        if _CALL.search(folded):
            about = "call"
        elif _VISIT.search(folded):
            about = "visit"
        if about == "call":
            said["call_at"] = call_window(line.text, line.at, zone) or said.get("call_at")
        elif about == "visit":
            said["visit_at"] = _visit_time(project, line, zone, now) or said.get("visit_at")
    found = {name: value for name, value in said.items() if value is not None}
    return Qualification.model_validate(found) if found else None


def _visit_time(project: Project, line: Line, zone: ZoneInfo, now: datetime) -> datetime | None:
    """Where it can be booked; otherwise the slots are offered instead."""
    at = read_moment(line.text, line.at, zone).at(zone)
    if at is None:
        return None
    try:
        check_visit(project.schedule, zone, at, now)
    except Invalid:
        return None
    return at
