"""One person's data, and how much of it went."""

from typing import Annotated, NamedTuple

from pydantic import Field, StringConstraints, model_validator

from frontdesk.chat.model import Conversation, Message
from frontdesk.delivery.model import Delivery, DeliveryState, DeliveryView
from frontdesk.leads.model import Lead
from frontdesk.model import Model


class Identity(Model):
    """Whose data: a number as leads have it (E.164), or an e-mail address, whatever its case."""

    phone: str | None = None
    email: str | None = None

    @model_validator(mode="after")
    def _is_one(self) -> "Identity":
        if (self.phone is None) == (self.email is None):
            raise ValueError("name a phone number or an e-mail address")
        return self


class PersonData(Model):
    """All that is stored about a person: the leads, what became of them, what was said.

    Conversations are those that the leads came from; messages stand in order.
    """

    leads: tuple[Lead, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    conversations: tuple[Conversation, ...] = ()
    messages: tuple[Message, ...] = ()


class Removed(Model):
    """How many went because their time was over."""

    leads: int = 0
    conversations: int = 0

    def __add__(self, other: "Removed") -> "Removed":
        return Removed(
            leads=self.leads + other.leads,
            conversations=self.conversations + other.conversations,
        )

    def __bool__(self) -> bool:
        return bool(self.leads or self.conversations)


class PersonQuery(Model):
    """Whose data, as somebody writes it: `phone` with its country code, or as it is dialled in
    `country`; or `email`. One of the two.
    """

    phone: Annotated[str, StringConstraints(min_length=1, max_length=100)] | None = None
    country: Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2}$")] = "IN"
    email: Annotated[str, StringConstraints(min_length=1, max_length=500)] | None = None


class PersonExport(Model):
    """Everything that is stored about a person. Deliveries hold what receivers replied."""

    leads: tuple[Lead, ...]
    deliveries: tuple[DeliveryView, ...]
    conversations: tuple[Conversation, ...]
    messages: tuple[Message, ...]


class Round(NamedTuple):
    """What went in one round of housekeeping, by project, and the projects where it failed."""

    removed: dict[str, Removed]
    failed: tuple[str, ...]


class Receiver(Model):
    """Who may have the data: `remote_id` is the receiver's name for it.

    `is_being_sent`: it was on its way at the moment of the erasure, and may arrive after it.
    """

    project_id: str
    destination_id: str
    state: DeliveryState
    remote_id: str | None
    is_being_sent: bool


class Erasure(Model):
    """What was erased here, and where it went before: there it has to be erased too."""

    leads: int
    enquiries: int
    deliveries: int
    conversations: int
    messages: int
    receivers: Annotated[tuple[Receiver, ...], Field(default=())]
