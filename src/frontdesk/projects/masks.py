"""Destinations' secrets on their way in and out: sealed as they come, masked as they are shown."""

from collections.abc import Callable

from frontdesk.errors import FieldError
from frontdesk.projects.destinations import AnyDestination, map_secrets
from frontdesk.projects.model import ProjectDetails
from frontdesk.projects.secrets import MASK, MAX_SECRET_CHARACTERS, Secret, Vault

Change = Callable[[str, str | int, Secret], Secret]


def mask(project: ProjectDetails) -> tuple[AnyDestination, ...]:
    """The project's destinations as anybody may see them."""
    return tuple(
        map_secrets(destination, lambda _field, _key, _secret: Secret(MASK))
        for destination in project.destinations
    )


def seal(
    written: ProjectDetails, stored: ProjectDetails | None, vault: Vault
) -> tuple[tuple[AnyDestination, ...], list[FieldError]]:
    """The written destinations as they are stored; the mask stands for the stored secret.

    That one is kept for the same place in the same destination only while the destination stays on
    the same server; otherwise whoever may write settings could have a credential sent to themselves
    and so read it. For the same reason nobody can write what is sealed already.
    """
    before = {destination.id: destination for destination in stored.destinations} if stored else {}
    errors: list[FieldError] = []
    sealed = []
    for place, destination in enumerate(written.destinations):
        known = _known_secrets(destination, before.get(destination.id))
        sealer = _make_sealer(f"destinations.{place}", known, vault, errors)
        sealed.append(map_secrets(destination, sealer))
    return tuple(sealed), errors


def renew(project: ProjectDetails, vault: Vault) -> tuple[AnyDestination, ...]:
    """The project's destinations with every secret sealed under the present key."""
    return tuple(
        map_secrets(destination, lambda _field, _key, secret: vault.renew(secret))
        for destination in project.destinations
    )


def list_secrets(destination: AnyDestination) -> dict[tuple[str, str | int], Secret]:
    """Each secret by its field and its key in that field."""
    found: dict[tuple[str, str | int], Secret] = {}

    def note(field: str, key: str | int, secret: Secret) -> Secret:
        found[field, key] = secret
        return secret

    map_secrets(destination, note)
    return found


def _make_sealer(
    prefix: str,
    known: dict[tuple[str, str | int], Secret],
    vault: Vault,
    errors: list[FieldError],
) -> Change:
    masks_seen: dict[str, int] = {}

    def seal_one(field: str, key: str | int, secret: Secret) -> Secret:
        if isinstance(key, int) and secret.is_mask:
            # In a list the masks stand for the stored ones in their order, so that a new secret
            # can be put in front of the one that it takes over from.
            key = masks_seen.get(field, 0)
            masks_seen[field] = key + 1
        stored = known.get(_place(field, key))
        if secret.is_mask and stored is not None:
            return vault.renew(stored)
        fault = _find_fault(secret)
        if fault is not None:
            where = ".".join(str(part) for part in (prefix, field, key) if part != "")
            errors.append(FieldError(where, *fault))
            return secret
        if stored is not None and vault.holds(stored, secret.text):
            return vault.renew(stored)
        return vault.seal(secret.text)

    return seal_one


def _find_fault(secret: Secret) -> tuple[str, str] | None:
    if secret.is_mask:
        return "masked_value", "There is no stored value for this mask to stand for. Write it."
    if secret.is_sealed:
        return "sealed_value", "This is a sealed secret. Write the secret itself."
    if len(secret.text) > MAX_SECRET_CHARACTERS:
        return "too_long", f"This is too long: at most {MAX_SECRET_CHARACTERS} characters."
    try:
        secret.text.encode()
    except UnicodeEncodeError:
        return "invalid_text", "This is not Unicode text."
    return None


def _known_secrets(
    written: AnyDestination, stored: AnyDestination | None
) -> dict[tuple[str, str | int], Secret]:
    if stored is None or (written.kind, written.server) != (stored.kind, stored.server):
        return {}
    return {_place(*where): secret for where, secret in list_secrets(stored).items()}


def _place(field: str, key: str | int) -> tuple[str, str | int]:
    # Names of headers are the same in any case (RFC 9110, 5.1).
    return field, key.lower() if field == "headers" and isinstance(key, str) else key
