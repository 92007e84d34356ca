"""What the demo CRM was sent, in memory and in a file: a JSON object a line, one a request."""

import os
import secrets
from collections import Counter
from pathlib import Path
from typing import Any

from frontdesk.clock import Clock, Instant
from frontdesk.model import Model


class Receipt(Model):
    """One request that was kept. The same `id` again is the same lead sent again.

    `key` is its Idempotency-Key; `attempt` counts the requests with that key, refused ones too.
    """

    id: str
    at: Instant
    key: str | None
    attempt: int
    body: dict[str, Any]


class Refusal(Model):
    """One request that was not kept."""

    at: Instant
    refused: str | None


class CrmLog:
    """Appends to `path`; what an earlier run wrote is read at the start."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path = path
        self._clock = clock
        self._records: dict[str, Receipt] = {}
        self._by_key: dict[str, str] = {}
        self._received: Counter[str] = Counter()
        self._attempts: Counter[str] = Counter()
        path.parent.mkdir(parents=True, exist_ok=True)
        for line in self._read_lines():
            if line.startswith(b'{"id"'):
                self._add(Receipt.model_validate_json(line))
            else:
                self._count(Refusal.model_validate_json(line).refused)

    @property
    def kept(self) -> int:
        """How many leads there are."""
        return len(self._records)

    @property
    def outside(self) -> int:
        """How many leads were turned away and have not got in since."""
        return sum(key not in self._by_key for key in self._attempts)

    def newest(self, limit: int) -> list[Receipt]:
        return list(reversed(self._records.values()))[:limit]

    def repeats(self, record_id: str) -> int:
        """How often a lead came again after it was kept."""
        return self._received[record_id] - 1

    def keep(self, key: str | None, body: dict[str, Any]) -> tuple[Receipt, bool]:
        """The lead's record, and whether it is new. Durable when this returns."""
        known = self._records.get(self._by_key.get(key or "", ""))
        receipt = Receipt(
            id=known.id if known else f"crm-{secrets.token_hex(4)}",
            at=self._clock(),
            key=key,
            attempt=self._attempts[key or ""] + 1 if key else 1,
            body=body,
        )
        self._append(receipt)
        self._add(receipt)
        return known or receipt, known is None

    def turn_away(self, key: str | None) -> None:
        self._append(Refusal(at=self._clock(), refused=key))
        self._count(key)

    def _add(self, receipt: Receipt) -> None:
        self._records.setdefault(receipt.id, receipt)
        self._received[receipt.id] += 1
        self._count(receipt.key)
        if receipt.key:
            self._by_key[receipt.key] = receipt.id

    def _count(self, key: str | None) -> None:
        if key:
            self._attempts[key] += 1

    def _read_lines(self) -> list[bytes]:
        if not self._path.exists():
            return []
        content = self._path.read_bytes()
        whole, _, cut = content.rpartition(b"\n")
        if cut:
            # A crash in the middle of a line: nobody was told that it was kept.
            with self._path.open("r+b") as file:
                file.truncate(len(content) - len(cut))
        return whole.splitlines()

    def _append(self, line: Model) -> None:
        with self._path.open("ab") as file:
            file.write(line.model_dump_json().encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
