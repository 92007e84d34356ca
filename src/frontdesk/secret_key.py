"""The key that signs and seals: from the settings, or made once for a developer."""

import os
import secrets

from frontdesk.settings import Settings


def read_secret_key(settings: Settings) -> str:
    """The setting, or in development one that is made once and kept beside the database."""
    key = settings.secret_key.get_secret_value()
    if key or settings.is_production:
        return key
    path = settings.database_path.with_suffix(".secret")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_hex(32))
    return path.read_text()
