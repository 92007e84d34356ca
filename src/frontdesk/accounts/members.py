"""A member as written down first: what an e-mail and a name have to be."""

import re
import unicodedata
from datetime import datetime

from frontdesk.accounts.model import Member, Role
from frontdesk.accounts.passwords import password_faults
from frontdesk.errors import FieldError, Invalid
from frontdesk.model import Scope, new_id

_EMAIL = re.compile(r"[^\s@\x00-\x1f\x7f]+@[^\s@\x00-\x1f\x7f]+\.[^\s@\x00-\x1f\x7f]+")


def normalize_email(email: str) -> str:
    return unicodedata.normalize("NFC", email).strip().lower()


def new_member(
    email: str, name: str, role: Role, scope: Scope, at: datetime, password: str | None
) -> Member:
    email, name = normalize_email(email), name.strip()
    faults = [*_email_faults(email), *name_faults(name)]
    if password is not None:
        faults += password_faults(password, email)
    if faults:
        raise Invalid("invalid_member", " ".join(fault.detail for fault in faults), faults)
    return Member(
        id=new_id("member", at),
        email=email,
        name=name,
        role=role,
        scope=scope,
        password_hash=None,
        created_at=at,
    )


def _email_faults(email: str) -> list[FieldError]:
    if len(email) <= 254 and _EMAIL.fullmatch(email):
        return []
    return [FieldError("email", "invalid_email", "That is not an e-mail address.")]


def name_faults(name: str) -> list[FieldError]:
    if 1 <= len(name) <= 200 and name.isprintable():
        return []
    return [FieldError("name", "invalid_name", "A name has 1 to 200 printable characters.")]
