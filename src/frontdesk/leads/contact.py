"""What people type into a form, cleaned and checked.

Cleaning takes out what nobody types and what turns text against its reader in a list, an e-mail or
a CRM: control characters, and the invisible ones that reorder a line. The joiners that Indic
scripts are written with stay.
"""

import re
import unicodedata

from frontdesk.errors import FieldError, Invalid

NAME_CHARACTERS = 100
EMAIL_CHARACTERS = 254  # RFC 5321, 4.5.3.1.3, less the angle brackets
NOTE_CHARACTERS = 2000

_JOINERS = "\u200c\u200d"
# Letters, digits and what RFC 5322 calls an atom; no quotes, which real addresses do without.
_LOCAL_PART = re.compile(r"[^\s@\"(),:;<>\[\]\\]{1,64}")
# Host name labels (RFC 1123, 2.1) in ASCII or in any other script; the last one is no number.
_ALNUM = r"[A-Za-z0-9\u0080-\U0010ffff]"
_LABEL = rf"{_ALNUM}(?:[{_ALNUM[1:-1]}-]{{0,61}}{_ALNUM})?"
_DOMAIN = re.compile(rf"(?:{_LABEL}\.)+(?![0-9]){_LABEL}")


def clean_line(text: str) -> str:
    """One line: NFC, nothing invisible, single spaces, none at the ends."""
    if not (text.isascii() and text.isprintable()):  # plain text, which most is, needs no look
        text = _visible(text)
    return " ".join(text.split())


def clean_note(text: str) -> str:
    """The same for text of several lines, which keeps its line breaks."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(clean_line(line) for line in lines)).strip()


def check_name(text: str) -> str:
    """Raises Invalid(`invalid_name`) for an empty one, one without a letter, one too long."""
    name = clean_line(text)
    if not any(character.isalpha() for character in name):
        raise _invalid("name", "required", "Please tell us your name.")
    if len(name) > NAME_CHARACTERS:
        raise _invalid("name", "too_long", f"Please keep the name to {NAME_CHARACTERS} letters.")
    return name


def check_email(text: str) -> str | None:
    """None where nothing was typed. Raises Invalid(`invalid_email`).

    This looks at the shape alone: whether anybody reads it only a message can tell.
    """
    email = clean_line(text)
    if not email:
        return None
    local, _, domain = email.rpartition("@")
    is_shaped = _LOCAL_PART.fullmatch(local) and _DOMAIN.fullmatch(domain)
    if not is_shaped or len(email) > EMAIL_CHARACTERS:
        raise _invalid("email", "incomplete", "That e-mail address doesn't look complete.")
    return f"{local}@{domain.lower()}"


def _visible(text: str) -> str:
    return "".join(
        " " if unicodedata.category(character) == "Cc" else character
        for character in unicodedata.normalize("NFC", text)
        if character in _JOINERS or unicodedata.category(character) not in {"Cf", "Cs", "Co"}
    )


def _invalid(field: str, code: str, detail: str) -> Invalid:
    return Invalid(f"invalid_{field}", detail, [FieldError(field, code, detail)])
