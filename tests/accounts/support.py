"""Accounts with the least hashing work, and a member to sign in."""

import threading
from typing import Literal

from argon2 import PasswordHasher

from frontdesk.accounts.model import Member, Role
from frontdesk.accounts.passwords import Passwords
from frontdesk.accounts.service import Accounts
from frontdesk.clock import Clock
from frontdesk.model import EVERY_PROJECT, Scope
from frontdesk.projects.secrets import Vault
from frontdesk.storage.base import Storage

EMAIL = "nandini@agency.example"
PASSWORD = "correct horse battery"


class CountingHasher(PasswordHasher):
    """argon2id with the least work; counts its computations and sees who runs them."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.computations = 0
        self.running = 0
        self.most_at_once = 0
        self.threads: set[str] = set()
        self._lock = threading.Lock()

    def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
        with self._lock:
            self.computations += 1
        self._note()
        return super().hash(password, salt=salt)

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002  as in argon2
        with self._lock:
            self.computations += 1
            self.running += 1
            self.most_at_once = max(self.most_at_once, self.running)
        self._note()
        try:
            return super().verify(hash, password)
        finally:
            with self._lock:
                self.running -= 1

    def _note(self) -> None:
        self.threads.add(threading.current_thread().name)


def make_accounts(storage: Storage, clock: Clock, hasher: PasswordHasher | None = None) -> Accounts:
    return Accounts(
        storage,
        clock,
        session_hours=12,
        passwords=Passwords(hasher or CountingHasher()),
        seal=Vault("a secret of at least thirty-two characters"),
    )


async def add_member(
    accounts: Accounts, role: Role = Role.OWNER, scope: Scope = EVERY_PROJECT
) -> Member:
    added = await accounts.add_member(
        f"{role}@agency.example" if role is not Role.OWNER else EMAIL,
        "Nandini",
        role,
        scope=scope,
        password=PASSWORD,
    )
    return added.member
