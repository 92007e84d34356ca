"""Signing in through an OpenID provider (OpenID Connect Core 1.0, the authorization code flow).

The provider says who somebody is; what they may do here stands in their member. So only somebody
who is a member already gets in, by an e-mail address that the provider has verified. The code is
bound to the browser by `state`, `nonce` and PKCE (RFC 7636), which wait in a signed cookie.
"""

import base64
import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from pydantic import TypeAdapter, ValidationError

from frontdesk.accounts.members import normalize_email
from frontdesk.accounts.model import Member
from frontdesk.clock import Clock, Instant
from frontdesk.errors import Unauthenticated, Unavailable
from frontdesk.model import Model
from frontdesk.outbound.client import Outbound
from frontdesk.outbound.network import OutboundError
from frontdesk.storage.accounts import AccountStorage

TIMEOUT_SECONDS = 10.0
LEEWAY_SECONDS = 60
_MAX_BYTES = 200_000
_METADATA_KEPT_FOR = timedelta(hours=1)
# Asymmetric ones only: with a shared secret anybody who knows ours could write tokens.
ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")
_JSON_OBJECT: TypeAdapter[dict[str, Any]] = TypeAdapter(dict[str, Any])


class Provider(Model):
    """`issuer` is where `/.well-known/openid-configuration` stands; `name` is on the button."""

    issuer: str
    client_id: str
    client_secret: str
    name: str


class Metadata(Model):
    """What is needed of the provider's metadata (OpenID Connect Discovery 1.0, 3)."""

    authorization_endpoint: str
    token_endpoint: str
    keys: dict[str, Any]
    read_at: Instant


class Errand(Model):
    """What a browser keeps while it is away at the provider."""

    state: str
    nonce: str
    verifier: str
    next_path: str


@dataclass(slots=True)
class OpenIdSignIn:
    """`redirect_uri` is ours, as the provider knows it."""

    provider: Provider
    storage: AccountStorage
    outbound: Outbound
    clock: Clock
    redirect_uri: str
    _metadata: Metadata | None = field(default=None)

    async def begin(self, next_path: str) -> tuple[str, Errand]:
        """Where to send the browser, and what it has to bring back. Raises Unavailable."""
        metadata = await self._read_metadata()
        errand = Errand(
            state=secrets.token_urlsafe(24),
            nonce=secrets.token_urlsafe(24),
            verifier=secrets.token_urlsafe(48),
            next_path=next_path,
        )
        challenge = hashlib.sha256(errand.verifier.encode()).digest()
        query = {
            "response_type": "code",
            "client_id": self.provider.client_id,
            "redirect_uri": self.redirect_uri,
            "scope": "openid email profile",
            "state": errand.state,
            "nonce": errand.nonce,
            "code_challenge": base64.urlsafe_b64encode(challenge).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }
        joint = "&" if "?" in metadata.authorization_endpoint else "?"
        return f"{metadata.authorization_endpoint}{joint}{urlencode(query)}", errand

    async def finish(self, errand: Errand, state: str, code: str) -> Member:
        """The member whom the provider names.

        Raises Unauthenticated(`openid_refused`, `not_a_member`) and Unavailable.
        """
        if not code or not secrets.compare_digest(errand.state.encode(), state.encode()):
            raise _refused()
        metadata = await self._read_metadata()
        token = await self._exchange(metadata, code, errand.verifier)
        claims = self._verify(token, metadata, errand.nonce)
        email = claims.get("email")
        # Without the provider's word for it an address is only what somebody typed there.
        if not isinstance(email, str) or claims.get("email_verified") is not True:
            raise Unauthenticated("openid_refused", "The provider vouches for no e-mail address.")
        member = await self.storage.find_member(normalize_email(email))
        if member is None or not member.is_active:
            raise Unauthenticated(
                "not_a_member", "There is no member with the address that you signed in with."
            )
        return member

    def _verify(self, token: str, metadata: Metadata, nonce: str) -> dict[str, Any]:
        """The claims of an ID token that holds (OpenID Connect Core 1.0, 3.1.3.7)."""
        # Imported here: 5 MB and a thirtieth of the start, which few installations have a use for.
        from joserfc import jwt
        from joserfc.errors import JoseError
        from joserfc.jwk import KeySet

        try:
            keys = KeySet.import_key_set(metadata.keys)  # type: ignore[arg-type]
            claims = jwt.decode(token, keys, algorithms=list(ALGORITHMS)).claims
            jwt.JWTClaimsRegistry(
                now=int(self.clock().timestamp()),
                leeway=LEEWAY_SECONDS,
                iss={"essential": True, "value": self.provider.issuer},
                aud={"essential": True, "value": self.provider.client_id},
                exp={"essential": True},
                sub={"essential": True},
                nonce={"essential": True, "value": nonce},
            ).validate(claims)
        except (JoseError, ValueError, KeyError, TypeError):
            raise _refused() from None
        if "azp" in claims and claims["azp"] != self.provider.client_id:
            raise _refused()
        return claims

    async def _exchange(self, metadata: Metadata, code: str, verifier: str) -> str:
        """The ID token for a code (RFC 6749, 4.1.3; the secret as RFC 6749, 2.3.1 has it)."""
        credentials = f"{self.provider.client_id}:{self.provider.client_secret}"
        sent = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.redirect_uri,
            "code_verifier": verifier,
        }
        try:
            reply = await self.outbound.send(
                "POST",
                metadata.token_endpoint,
                headers={
                    "Authorization": f"Basic {base64.b64encode(credentials.encode()).decode()}",
                    "Content-Type": "application/x-www-form-urlencoded",
                    "Accept": "application/json",
                },
                content=urlencode(sent).encode(),
                timeout_seconds=TIMEOUT_SECONDS,
            )
        except OutboundError:
            raise _unreachable() from None
        if reply.status_code != 200:
            raise _refused() if reply.status_code < 500 else _unreachable()
        try:
            return str(_JSON_OBJECT.validate_json(reply.body)["id_token"])
        except (ValidationError, KeyError):
            raise _refused() from None

    async def _read_metadata(self) -> Metadata:
        known, now = self._metadata, self.clock()
        if known is not None and now - known.read_at < _METADATA_KEPT_FOR:
            return known
        issuer = self.provider.issuer.rstrip("/")
        found = await self._get(f"{issuer}/.well-known/openid-configuration")
        try:
            if found["issuer"] != self.provider.issuer:
                raise _unreachable()
            self._metadata = Metadata(
                authorization_endpoint=found["authorization_endpoint"],
                token_endpoint=found["token_endpoint"],
                keys=await self._get(found["jwks_uri"]),
                read_at=now,
            )
        except (KeyError, ValidationError):
            raise _unreachable() from None
        return self._metadata

    async def _get(self, url: str) -> dict[str, Any]:
        try:
            found = await self.outbound.fetch(
                url, max_bytes=_MAX_BYTES, max_redirects=0, timeout_seconds=TIMEOUT_SECONDS
            )
            return _JSON_OBJECT.validate_json(found.body)
        except (OutboundError, ValidationError):
            raise _unreachable() from None


def write_errand(errand: Errand) -> list[str]:
    """As a cookie's serializer takes it."""
    return [errand.state, errand.nonce, errand.verifier, errand.next_path]


def read_errand(value: Any) -> Errand:
    state, nonce, verifier, next_path = value
    return Errand(state=state, nonce=nonce, verifier=verifier, next_path=next_path)


def _refused() -> Unauthenticated:
    return Unauthenticated("openid_refused", "The provider's answer does not hold. Try again.")


def _unreachable() -> Unavailable:
    return Unavailable("openid_unreachable", "The sign-in provider cannot be reached just now.")
