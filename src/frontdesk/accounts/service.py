"""Members, sessions and API keys: the verbs."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from frontdesk.accounts.members import name_faults, new_member, normalize_email
from frontdesk.accounts.model import (
    ApiKey,
    LinkPurpose,
    Member,
    NewApiKey,
    NewLink,
    NewMember,
    PasswordLink,
    Role,
    SecondFactor,
    Session,
    SignedIn,
)
from frontdesk.accounts.passwords import Passwords, make_password, password_faults
from frontdesk.accounts.second_factor import (
    Seal,
    count_wrong_code,
    find_step,
    hash_recovery_code,
    make_recovery_codes,
    require_unlocked,
    spend_code,
    unlock,
    wrong_code,
)
from frontdesk.accounts.tickets import ticket_not_good
from frontdesk.clock import Clock
from frontdesk.errors import (
    Conflict,
    FieldError,
    Invalid,
    NotFound,
    Unauthenticated,
    changed_meanwhile,
)
from frontdesk.model import EVERY_PROJECT, Page, Scope, new_id
from frontdesk.storage.accounts import AccountStorage

API_KEY_PREFIX = "fd_"
LINK_GOOD_FOR = {LinkPurpose.INVITATION: timedelta(days=7), LinkPurpose.RESET: timedelta(hours=2)}
_API_KEY_USE_EVERY = timedelta(minutes=1)
_CHANGE_TRIES = 5


class CodeRequired(Unauthenticated):
    """The password holds; a code from the app is still to come (`enter_code`)."""

    def __init__(self, member: Member) -> None:
        super().__init__("code_required", "Enter the code that your app shows.")
        self.member = member


@dataclass(frozen=True, slots=True)
class Accounts:
    """Who may come in. Passwords are kept as argon2id, tokens and keys as their SHA-256.

    Without a `seal` nobody enrols a second factor or signs in with one (the command line).
    """

    storage: AccountStorage
    clock: Clock
    session_hours: int
    passwords: Passwords = field(default_factory=Passwords)
    seal: Seal | None = None

    async def add_member(
        self,
        email: str,
        name: str,
        role: Role,
        *,
        scope: Scope = EVERY_PROJECT,
        password: str | None = None,
    ) -> NewMember:
        """Without a `password` one is made. Raises Invalid(`invalid_member`), Conflict."""
        made = make_password() if password is None else None
        chosen = password if made is None else made
        assert chosen is not None
        member = new_member(email, name, role, scope, self.clock(), chosen)
        member = member.model_copy(update={"password_hash": await self.passwords.hash(chosen)})
        await self.storage.add_member(member)
        return NewMember(member, made)

    async def invite(
        self, email: str, name: str, role: Role, scope: Scope = EVERY_PROJECT
    ) -> tuple[Member, NewLink]:
        """A member who chooses the password by a link. Raises as `add_member`."""
        member = new_member(email, name, role, scope, self.clock(), None)
        await self.storage.add_member(member)
        return member, await self.make_link(member.id)

    async def make_link(self, member_id: str) -> NewLink:
        """A link to choose a password by: an invitation where there is none yet, else a reset.

        Raises NotFound(`member_not_found`), Conflict(`member_switched_off`).
        """
        member = await self.storage.get_member(member_id)
        if not member.is_active:
            raise Conflict("member_switched_off", "This member is switched off.")
        purpose = LinkPurpose.RESET if member.password_hash else LinkPurpose.INVITATION
        now, token = self.clock(), secrets.token_urlsafe(32)
        link = PasswordLink(
            token_hash=_hash(token),
            member_id=member.id,
            purpose=purpose,
            created_at=now,
            expires_at=now + LINK_GOOD_FOR[purpose],
        )
        await self.storage.add_password_link(link)
        return NewLink(link, token)

    async def find_link(self, token: str) -> tuple[PasswordLink, Member]:
        """Raises NotFound(`link_not_good`) for one that was used, ran out or never was."""
        link = await self.storage.find_password_link(_hash(token), self.clock())
        return await self._require_good(link)

    async def use_link(self, token: str, password: str) -> Member:
        """Choose the password; every session and every older link of the member is over.

        Raises NotFound(`link_not_good`) and Invalid(`invalid_password`), which leaves it good.
        """
        _, member = await self.find_link(token)
        _require_password(password, member.email)
        taken = await self.storage.take_password_link(_hash(token), self.clock())
        _, member = await self._require_good(taken)
        return await self._set_password(member.id, password)

    async def change_password(self, member_id: str, current: str, password: str) -> Member:
        """Every session is over, the one this came from too.

        Raises Invalid(`wrong_password`, `invalid_password`).
        """
        member = await self.storage.get_member(member_id)
        if not await self.passwords.hold(member.password_hash, current):
            raise Invalid("wrong_password", "The present password is not right.")
        _require_password(password, member.email)
        return await self._set_password(member_id, password)

    async def change_member(
        self,
        member_id: str,
        *,
        name: str | None = None,
        role: Role | None = None,
        scope: Scope | None = None,
        is_active: bool | None = None,
        version: int | None = None,
    ) -> tuple[Member, Member]:
        """The member before and after. Switching off ends every session.

        Raises NotFound(`member_not_found`), Invalid(`invalid_member`), Conflict(`last_owner`), and
        Conflict(`changed_meanwhile`) where `version` is not the stored one.
        """
        if name is not None and (faults := name_faults(name.strip())):
            raise Invalid("invalid_member", faults[0].detail, faults)
        before = await self.storage.get_member(member_id)
        if before.role is Role.OWNER and (role not in (None, Role.OWNER) or is_active is False):
            await self._require_other_owner(member_id)

        def change(member: Member) -> Member:
            if version is not None and member.version != version:
                raise changed_meanwhile()
            given = {
                "name": name and name.strip(),
                "role": role,
                "scope": scope,
                "is_active": is_active,
                "sessions_from": self.clock() if is_active is False else None,
            }
            return member.model_copy(
                update={field: value for field, value in given.items() if value is not None}
            )

        return before, await self._change(member_id, change)

    async def list_members(self, after: str | None, limit: int) -> Page[Member]:
        return await self.storage.list_members(after=after, limit=limit)

    async def sign_in(self, email: str, password: str) -> SignedIn:
        """Raises Unauthenticated(`wrong_credentials`), the same for an unknown e-mail, and
        CodeRequired where the member has a second factor.
        """
        member = await self.storage.find_member(normalize_email(email))
        known = member.password_hash if member is not None and member.is_active else None
        if not await self.passwords.hold(known, password) or member is None:
            raise Unauthenticated("wrong_credentials", "That e-mail and password don't match.")
        if member.second_factor is not None:
            raise CodeRequired(member)
        return await self.start_session(member)

    async def enter_code(
        self,
        member_id: str,
        code: str,
        password_held_at: datetime | None = None,
        *,
        is_known: bool = False,
    ) -> SignedIn:
        """The second step of `sign_in`, whose first was `password_held_at`. `is_known` is for a
        browser that signed in before: what others guess does not lock it out.

        Raises Unauthenticated(`wrong_code`), and `ticket_not_good` where the password was replaced
        since; TooMany(`code_locked`) after too many wrong codes.
        """
        faults: list[Unauthenticated] = []

        def spend(member: Member) -> Member:
            held_at, since = password_held_at, member.sessions_from
            if held_at is not None and since is not None and held_at < since:
                raise ticket_not_good()
            factor, now = member.second_factor, self.clock()
            if factor is None or not member.is_active:
                raise wrong_code()
            if not is_known:
                require_unlocked(factor, now)
            spent = spend_code(factor, self._sealed(), code, now)
            faults[:] = [] if spent else [wrong_code()]
            if spent is None:
                spent = factor if is_known else count_wrong_code(factor, now)
            return member.model_copy(update={"second_factor": spent})

        member = await self._change(member_id, spend)
        if faults:
            raise faults[0]
        return await self.start_session(member)

    async def start_session(self, member: Member) -> SignedIn:
        """For somebody who has proved who they are."""
        now = self.clock()
        token = secrets.token_urlsafe(32)
        session = Session(
            token_hash=_hash(token),
            member_id=member.id,
            created_at=now,
            expires_at=now + timedelta(hours=self.session_hours),
        )
        await self.storage.start_session(session)
        return SignedIn(token, session)

    async def find_member_in_session(self, token: str) -> Member | None:
        """Whose session this is; None where it ended, expired or never was."""
        session = await self.storage.find_session(_hash(token), self.clock())
        if session is None:
            return None
        try:
            member = await self.storage.get_member(session.member_id)
        except NotFound:
            return None
        is_over = member.sessions_from is not None and session.created_at < member.sessions_from
        return member if member.is_active and not is_over else None

    async def sign_out(self, token: str) -> None:
        await self.storage.end_session(_hash(token))

    async def confirm_second_factor(self, member_id: str, secret: str, code: str) -> list[str]:
        """From now on sign-ins want a code of the app; the recovery codes, shown once.

        Raises Invalid(`wrong_code`) where the app does not show what this secret gives, and
        Conflict(`has_second_factor`): whoever found a browser signed in must not put their own in
        the place of the member's, which takes the password to end.
        """
        step = find_step(secret, code, self.clock())
        if step is None:
            raise Invalid("wrong_code", "The app shows another code. Look at the phone's clock.")
        codes = make_recovery_codes()
        factor = SecondFactor(
            secret=self._sealed().seal_text(secret),
            last_step=step,
            recovery_hashes=tuple(map(hash_recovery_code, codes)),
        )

        def enrol(member: Member) -> Member:
            if member.second_factor is not None:
                raise Conflict("has_second_factor", "End the second factor that there is first.")
            return member.model_copy(update={"second_factor": factor})

        await self._change(member_id, enrol)
        return codes

    async def end_second_factor(self, member_id: str) -> None:
        """Raises NotFound(`member_not_found`)."""
        await self._change(member_id, lambda one: one.model_copy(update={"second_factor": None}))

    async def create_api_key(
        self,
        name: str,
        role: Role,
        *,
        scope: Scope = EVERY_PROJECT,
        expires_at: datetime | None = None,
    ) -> NewApiKey:
        """Raises Invalid(`invalid_api_key`)."""
        name = name.strip()
        faults = name_faults(name)
        now = self.clock()
        if expires_at is not None and expires_at <= now:
            faults.append(FieldError("expires_at", "in_the_past", "That is in the past."))
        if faults:
            raise Invalid("invalid_api_key", faults[0].detail, faults)
        secret = API_KEY_PREFIX + secrets.token_urlsafe(32)
        key = ApiKey(
            id=new_id("key", now),
            name=name,
            key_hash=_hash(secret),
            hint=secret[:8],
            role=role,
            scope=scope,
            created_at=now,
            expires_at=expires_at,
        )
        await self.storage.add_api_key(key)
        return NewApiKey(key, secret)

    async def verify_api_key(self, secret: str) -> ApiKey:
        """Raises Unauthenticated(`unauthenticated`). Notes the use once a minute at most."""
        now = self.clock()
        key = await self.storage.find_api_key(_hash(secret), now)
        if key is None:
            raise Unauthenticated("unauthenticated", "This API key is unknown, expired or revoked.")
        if key.last_used_at is None or now - key.last_used_at >= _API_KEY_USE_EVERY:
            await self.storage.record_api_key_use(key.id, now)
        return key

    async def list_api_keys(self, after: str | None, limit: int) -> Page[ApiKey]:
        return await self.storage.list_api_keys(after=after, limit=limit)

    async def revoke_api_key(self, key_id: str) -> ApiKey:
        """Raises NotFound(`api_key_not_found`)."""
        return await self.storage.revoke_api_key(key_id, self.clock())

    def _sealed(self) -> Seal:
        if self.seal is None:
            raise ValueError("these accounts have no seal")
        return self.seal

    async def _set_password(self, member_id: str, password: str) -> Member:
        hashed, now = await self.passwords.hash(password), self.clock()
        return await self._change(
            member_id,
            # Whoever guessed at codes knew the old one.
            lambda one: one.model_copy(
                update={
                    "password_hash": hashed,
                    "sessions_from": now,
                    "second_factor": one.second_factor and unlock(one.second_factor),
                }
            ),
        )

    async def _change(self, member_id: str, change: Callable[[Member], Member]) -> Member:
        """Change the stored member, anew where somebody else was faster."""
        for _ in range(_CHANGE_TRIES):
            member = await self.storage.get_member(member_id)
            changed = change(member).model_copy(update={"version": member.version + 1})
            if await self.storage.save_member(changed):
                return changed
        raise changed_meanwhile()

    async def _require_good(self, link: PasswordLink | None) -> tuple[PasswordLink, Member]:
        if link is not None:
            member = await self.storage.get_member(link.member_id)
            newer = member.sessions_from is None or link.created_at > member.sessions_from
            if member.is_active and newer:
                return link, member
        raise NotFound("link_not_good", "This link was used, ran out, or was replaced by another.")

    async def _require_other_owner(self, member_id: str) -> None:
        after = None
        while True:
            page = await self.storage.list_members(after=after, limit=200)
            if any(
                one.role is Role.OWNER and one.is_active and one.password_hash
                for one in page.items
                if one.id != member_id
            ):
                return
            after = page.next_cursor
            if after is None:
                raise Conflict("last_owner", "There has to be another owner first.")


def _require_password(password: str, email: str) -> None:
    faults = password_faults(password, email)
    if faults:
        raise Invalid("invalid_password", faults[0].detail, faults)


def _hash(token: str) -> str:
    # Plain SHA-256 is enough: these are 256 random bits, not somebody's words.
    return hashlib.sha256(token.encode()).hexdigest()
