"""Codes from an authenticator app (TOTP, RFC 6238), and recovery codes for a lost phone."""

import hashlib
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol

import pyotp

from frontdesk.accounts.model import SecondFactor
from frontdesk.accounts.passwords import make_code
from frontdesk.errors import TooMany, Unauthenticated

STEP_SECONDS = 30
# Of a million codes three hold at a time: ten guesses an hour would take some four years.
WRONG_CODES_BEFORE_LOCK = 10
LOCKED_FOR = timedelta(hours=1)
RECOVERY_CODES = 8
_ISSUER = "Frontdesk"


class Seal(Protocol):
    """Keeps the apps' secrets unreadable in the database (`projects.secrets.Vault`)."""

    def seal_text(self, text: str) -> str: ...

    def open_text(self, sealed: str) -> str: ...


class Enrolment(NamedTuple):
    """Shown once, before it is confirmed with a first code. `address` is what the QR code holds."""

    secret: str
    address: str


def begin_enrolment(email: str) -> Enrolment:
    secret = pyotp.random_base32()
    return Enrolment(secret, address_of(secret, email))


def address_of(secret: str, email: str) -> str:
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=_ISSUER)


def make_recovery_codes() -> list[str]:
    """`k7wd-mq2p`: 40 bits each, good once, behind the same limit of tries as every code."""
    return [make_code(2, 4) for _ in range(RECOVERY_CODES)]


def find_step(secret: str, code: str, at: datetime, *, after: int = 0) -> int | None:
    """The time step that this code is for: now, the one before or the one after (RFC 6238, 5.2).

    None where it is for none of them, or for one not later than `after`: it was used already.
    """
    totp = pyotp.TOTP(secret, interval=STEP_SECONDS)
    now = int(at.timestamp()) // STEP_SECONDS
    for step in (now, now - 1, now + 1):
        if step > after and pyotp.utils.strings_equal(
            totp.generate_otp(step), code.replace(" ", "")
        ):
            return step
    return None


def hash_recovery_code(code: str) -> str:
    return hashlib.sha256(code.strip().lower().replace("-", "").encode()).hexdigest()


def spend_code(factor: SecondFactor, seal: Seal, code: str, at: datetime) -> SecondFactor | None:
    """The factor after this code was used; None where the code does not hold."""
    factor, after = unlock(factor), factor.last_step
    step = find_step(seal.open_text(factor.secret), code, at, after=after)
    if step is not None:
        return factor.model_copy(update={"last_step": step})
    spent = hash_recovery_code(code)
    if spent not in factor.recovery_hashes:
        return None
    left = tuple(one for one in factor.recovery_hashes if one != spent)
    return factor.model_copy(update={"recovery_hashes": left})


def count_wrong_code(factor: SecondFactor, at: datetime) -> SecondFactor:
    """One more wrong code from an unknown browser; every tenth locks them all out for an hour."""
    wrong = factor.wrong_codes + 1
    locks = wrong % WRONG_CODES_BEFORE_LOCK == 0
    until = at + LOCKED_FOR if locks else factor.locked_until
    return factor.model_copy(update={"wrong_codes": wrong, "locked_until": until})


def require_unlocked(factor: SecondFactor, at: datetime) -> None:
    """Raises TooMany(`code_locked`)."""
    if factor.locked_until is not None and at < factor.locked_until:
        seconds = (factor.locked_until - at).total_seconds()
        raise TooMany(
            "code_locked",
            "Too many wrong codes were entered. Sign in from a browser that you used before, choose"
            " a new password, or try again in an hour.",
            seconds,
        )


def unlock(factor: SecondFactor) -> SecondFactor:
    return factor.model_copy(update={"wrong_codes": 0, "locked_until": None})


def wrong_code() -> Unauthenticated:
    return Unauthenticated("wrong_code", "That code does not hold. Codes change every 30 s.")
