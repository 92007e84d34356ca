"""When not to ask a provider that is failing: nobody should wait for it in turn."""

from datetime import datetime, timedelta

from frontdesk.llm.base import Fault

FAILURES_IN_A_ROW = 3
REST_SECONDS = 30.0
MAX_REST_SECONDS = 300.0


class Circuit:
    """Open after three failures in a row, or at once where the provider says when to come back.

    When the rest is over, questions go to it again; the first failure then opens it again.
    """

    def __init__(self) -> None:
        self._failures = 0
        self._rests_until: datetime | None = None

    def is_closed(self, at: datetime) -> bool:
        return self._rests_until is None or at >= self._rests_until

    def record_success(self) -> None:
        self._failures = 0
        self._rests_until = None

    def record_failure(self, kind: Fault, retry_after_seconds: float | None, at: datetime) -> None:
        if kind is Fault.BLOCKED:
            return  # about one question, not about the provider
        self._failures += 1
        told = kind in (Fault.RATE_LIMITED, Fault.REJECTED) or retry_after_seconds is not None
        if told or self._failures >= FAILURES_IN_A_ROW:
            seconds = retry_after_seconds if retry_after_seconds is not None else REST_SECONDS
            self._rests_until = at + timedelta(seconds=min(seconds, MAX_REST_SECONDS))
