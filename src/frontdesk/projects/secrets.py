"""Secrets of destinations: sealed before they are stored, opened only to send, never shown again.

docs/operations/secrets.md tells operators about keys and their rotation.
"""

import base64
import hmac
from dataclasses import dataclass
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from frontdesk.secret_key import read_secret_key
from frontdesk.settings import Settings

MASK = "••••"
MAX_SECRET_CHARACTERS = 4000

# What is sealed begins so; the version names the derivation below and Fernet's format.
_SEAL = "sealed.1."
_PURPOSE = b"frontdesk destination secrets 1"


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """A credential. `text` is sealed, or as somebody has just written it, or the mask.

    A type of its own, so that no text is made of it by mistake: only `Vault.open` gives it out.
    What an installation stored before secrets were sealed is there in plain text, and works.
    """

    text: str

    @property
    def is_sealed(self) -> bool:
        return self.text.startswith(_SEAL)

    @property
    def is_mask(self) -> bool:
        return self.text == MASK

    @property
    def is_line_of_ascii(self) -> bool:
        """As a header's value has to be; what is sealed has been looked at when it was written."""
        return self.text.isascii() and not any(c < " " or c == "\x7f" for c in self.text)

    def __repr__(self) -> str:
        return f"Secret({MASK})"

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _source: Any, _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_before_validator_function(
            lambda value: value.text if isinstance(value, Secret) else value,
            core_schema.no_info_after_validator_function(cls, core_schema.str_schema()),
            serialization=core_schema.plain_serializer_function_ser_schema(
                lambda secret: secret.text, return_schema=core_schema.str_schema()
            ),
        )


class UnopenableError(ValueError):
    """A stored secret was sealed under another key than this installation's."""


class Vault:
    """Seals under a key derived from `secret_key`; opens what `previous_key` sealed as well."""

    def __init__(self, secret_key: str, previous_key: str = "") -> None:
        self._current = Fernet(_derive(secret_key))
        previous = [Fernet(_derive(previous_key))] if previous_key else []
        self._all = MultiFernet([self._current, *previous])

    def seal(self, text: str) -> Secret:
        return Secret(_SEAL + self._current.encrypt(text.encode()).decode())

    def open(self, secret: Secret) -> str:
        """The credential itself. Raises UnopenableError."""
        if not secret.is_sealed:
            return secret.text
        try:
            return self._all.decrypt(_token(secret)).decode()
        except InvalidToken:
            raise UnopenableError from None

    def seal_text(self, text: str) -> str:
        """The same for a room that knows no destinations (`accounts.second_factor.Seal`)."""
        return self.seal(text).text

    def open_text(self, sealed: str) -> str:
        return self.open(Secret(sealed))

    def holds(self, secret: Secret, text: str) -> bool:
        """Whether `text` is what was sealed."""
        try:
            return hmac.compare_digest(self.open(secret).encode(), text.encode())
        except UnopenableError:
            return False

    def renew(self, secret: Secret) -> Secret:
        """The same under the present key; unchanged where it is so already or cannot be opened."""
        if not secret.is_sealed:
            return self.seal(secret.text)
        try:
            self._current.decrypt(_token(secret))
        except InvalidToken:
            pass
        else:
            return secret
        try:
            return self.seal(self.open(secret))
        except UnopenableError:
            return secret


def _token(secret: Secret) -> bytes:
    return secret.text.removeprefix(_SEAL).encode()


def _derive(secret_key: str) -> bytes:
    """32 bytes for Fernet by HKDF (RFC 5869), bound to this purpose."""
    derived = HKDF(SHA256(), length=32, salt=None, info=_PURPOSE).derive(secret_key.encode())
    return base64.urlsafe_b64encode(derived)


def make_vault(settings: Settings) -> Vault:
    """With the keys of this installation."""
    return Vault(read_secret_key(settings), settings.secret_key_previous.get_secret_value())
