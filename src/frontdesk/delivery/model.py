"""Deliveries: one lead on its way to one destination, and each try."""

from enum import StrEnum
from typing import Literal

from frontdesk.clock import Instant
from frontdesk.leads.model import Lead
from frontdesk.model import Model


class DeliveryState(StrEnum):
    WAITING = "waiting"  # to be sent at `due_at`
    DELIVERED = "delivered"
    DEAD = "dead"  # stopped; waits for a person


# What a webhook tells of; `delivery.events` has the payload.
EventType = Literal["lead.created", "lead.updated"]
RetryableState = Literal[DeliveryState.WAITING, DeliveryState.DEAD]


class AttemptOutcome(StrEnum):
    DELIVERED = "delivered"
    RETRY = "retry"
    PERMANENT = "permanent"


class Attempt(Model):
    """One try. `status_code` is None where no reply came; `reason` is in plain words.

    `response` is the beginning of the reply's body, 2,000 characters at most.
    """

    number: int
    started_at: Instant
    finished_at: Instant
    outcome: AttemptOutcome
    status_code: int | None = None
    reason: str
    response: str = ""


class Delivery(Model):
    """`due_at` is when a worker may take it: the next try, or the end of the present lease.

    Taking it sets a fresh `lease_token` and moves `due_at` to the end of the lease, so a worker
    that dies gives it back by doing nothing. It is None once there is nothing more to do.
    `claims` counts how often one took it to send it.

    `event` is there where it tells of something else than its enquiry.
    """

    id: str
    project_id: str
    lead_id: str
    enquiry_id: str
    destination_id: str
    event: EventType | None = None
    state: DeliveryState = DeliveryState.WAITING
    created_at: Instant
    due_at: Instant | None
    lease_token: str | None = None
    claims: int = 0
    attempts: tuple[Attempt, ...] = ()
    remote_id: str | None = None

    @property
    def may_have_arrived(self) -> bool:
        """Whether the receiver may have it though nobody heard so.

        A reply that never came or was a fault may hide a lead that was saved, and so may a worker
        that took the delivery and left no record of how it went.
        """
        unrecorded = self.claims - len(self.attempts) - (self.lease_token is not None)
        return unrecorded > 0 or any(
            attempt.status_code is None or attempt.status_code >= 500 for attempt in self.attempts
        )


class ClaimedDelivery(Model):
    """A delivery in a worker's hands, with the lead it carries."""

    delivery: Delivery
    lead: Lead


class DeliveryView(Model):
    """A delivery as people and programs outside see it: without the lease."""

    id: str
    project_id: str
    lead_id: str
    enquiry_id: str
    destination_id: str
    state: DeliveryState
    created_at: Instant
    due_at: Instant | None
    attempts: tuple[Attempt, ...]
    remote_id: str | None

    @classmethod
    def of(cls, delivery: Delivery) -> "DeliveryView":
        return cls.model_validate(delivery.model_dump(exclude={"lease_token", "claims", "event"}))


class SendResult(Model):
    """How one try at a destination ended, in the words that `Attempt` keeps.

    `retry_after_seconds` is what the receiver asked for; `remote_id` is its name for the lead;
    `switches_off` where it wants nothing more from this destination.
    """

    outcome: AttemptOutcome
    reason: str
    status_code: int | None = None
    response: str = ""
    remote_id: str | None = None
    retry_after_seconds: float | None = None
    switches_off: bool = False
