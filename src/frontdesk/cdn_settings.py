"""Settings for what is told a CDN; with all others in `frontdesk.settings`."""

import json

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings


class CdnSettings(BaseSettings):
    """`purge_headers` is JSON text; `read_purge_headers` has it by name."""

    purge_url: str = Field(
        "",
        repr=False,
        description="`https://…` of the CDN's API: it is sent a POST after settings were saved, so "
        "that it asks for them anew; `{host}` in it stands for each host. Empty: nobody is. See "
        "[CDN](cdn.md).",
    )
    purge_headers: SecretStr = Field(
        SecretStr(""),
        description='Headers of that request, as JSON: `{"Authorization": "Bearer …"}`.',
    )
    purge_body: str = Field(
        "", repr=False, description="Body of that request; JSON unless a header says otherwise."
    )

    @field_validator("purge_url")
    @classmethod
    def _purge_is_https(cls, value: str) -> str:
        if value and not value.startswith(("https://", "http://localhost", "http://127.0.0.1")):
            raise ValueError("must be https://…")
        return value

    @field_validator("purge_headers")
    @classmethod
    def _headers_are_json(cls, value: SecretStr) -> SecretStr:
        read_headers(value)
        return value


def read_headers(value: SecretStr) -> dict[str, str]:
    """Raises ValueError, without what was written: it may be a key."""
    text = value.get_secret_value()
    try:
        headers = json.loads(text) if text else {}
    except ValueError:
        headers = None
    if not isinstance(headers, dict) or not all(isinstance(it, str) for it in headers.values()):
        raise ValueError('must be a JSON object of texts: {"Authorization": "Bearer …"}')
    return headers
