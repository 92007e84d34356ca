"""Trying a destination out: a test lead to it, and what a delivery's requests look like."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from frontdesk.clock import Clock
from frontdesk.delivery.destinations.send import send
from frontdesk.delivery.model import AttemptOutcome, ClaimedDelivery, Delivery
from frontdesk.delivery.rehearsal import RequestView, rehearse
from frontdesk.delivery.sending import Sending
from frontdesk.errors import NotFound, project_not_found
from frontdesk.leads.model import (
    Attribution,
    Consent,
    Enquiry,
    FirstVisit,
    Interest,
    Lead,
    Qualification,
)
from frontdesk.model import Model, Scope, new_id
from frontdesk.outbound.client import Outbound
from frontdesk.projects.destinations import AnyDestination
from frontdesk.projects.model import Project
from frontdesk.projects.service import Projects
from frontdesk.storage.base import Storage

TEST_NAME = "Test Lead (Frontdesk)"
TEST_NOTE = "This is a test from Frontdesk, not a person. You can delete it."
# 555-0100 to 555-0199 belong to nobody, for use in fiction (North American Numbering Plan).
TEST_PHONE, TEST_COUNTRY = "+12025550143", "US"
TEST_EMAIL = "frontdesk-test@example.com"


class TrialResult(Model):
    """How a test ended. `reason` says it in plain words; `response` is what the receiver wrote.

    `outcome` is `retry` where a real lead would be tried again, `permanent` where it would stop.
    """

    outcome: AttemptOutcome
    reason: str
    status_code: int | None
    response: str
    remote_id: str | None


@dataclass(frozen=True, slots=True)
class Trials:
    """`timeout_seconds` bounds a test as it does a delivery."""

    storage: Storage
    projects: Projects
    outbound: Outbound
    clock: Clock
    timeout_seconds: float

    async def test(self, scope: Scope, project_id: str, destination_id: str) -> TrialResult:
        """Send a lead that says it is a test, once, also to a paused or disabled destination.

        Nothing of it is stored. Raises NotFound(`project_not_found`, `destination_not_found`).
        """
        project, destination = await self._find(scope, project_id, destination_id)
        sample = make_sample(project, destination_id, self.clock())
        result = await send(self._sending(sample, project), destination)
        return TrialResult(
            outcome=result.outcome,
            reason=result.reason,
            status_code=result.status_code,
            response=result.response,
            remote_id=result.remote_id,
        )

    async def show_example(
        self, project: Project, destination: AnyDestination
    ) -> tuple[RequestView, ...]:
        """What a lead that says everything would send there; the destination need not be stored."""
        example = make_example(project, destination.id, self.clock())
        return await rehearse(self._sending(example, project), destination)

    async def show_request(self, scope: Scope, delivery_id: str) -> tuple[RequestView, ...]:
        """What sending this delivery now would send, in order.

        Raises NotFound(`delivery_not_found`, `destination_not_found`).
        """
        delivery = await self.storage.find_delivery(scope, delivery_id)
        if delivery is None:
            raise NotFound("delivery_not_found", "There is no such delivery.")
        project, destination = await self._find(scope, delivery.project_id, delivery.destination_id)
        lead = await self.storage.get_lead(project.id, delivery.lead_id)
        claimed = ClaimedDelivery(delivery=delivery, lead=lead)
        return await rehearse(self._sending(claimed, project), destination)

    async def switch(
        self, scope: Scope, project_id: str, destination_id: str, **switches: bool
    ) -> AnyDestination:
        """Set `enabled` or `paused`. Raises NotFound as `test` does."""
        await self._find(scope, project_id, destination_id)
        await self.projects.switch(project_id, destination_id, **switches)
        _, destination = await self._find(scope, project_id, destination_id)
        return destination

    async def _find(
        self, scope: Scope, project_id: str, destination_id: str
    ) -> tuple[Project, AnyDestination]:
        scope.require(project_id)
        project = await self.projects.find(project_id)
        if project is None:
            raise project_not_found()
        for destination in project.destinations:
            if destination.id == destination_id:
                return project, destination
        raise NotFound("destination_not_found", "The project has no such destination.")

    def _sending(self, claimed: ClaimedDelivery, project: Project) -> Sending:
        return Sending(
            claimed,
            project,
            self.outbound,
            self.projects.vault,
            self.clock,
            self.timeout_seconds,
        )


def make_example(project: Project, destination_id: str, at: datetime) -> ClaimedDelivery:
    """As `make_sample`, with a value for nearly everything that a mapping can name."""
    claimed = make_sample(project, destination_id, at)
    (enquiry,) = claimed.lead.enquiries
    page = enquiry.page_url
    tags = {"utm_source": "search", "utm_medium": "cpc", "utm_campaign": "diwali"}
    full = enquiry.model_copy(
        update={
            "interest": Interest.VISIT,
            "summary": "Wants: 3 BHK, to live in.\nBudget: up to 1.5 crore.\nNext step: a visit.",
            "conversation_id": new_id("conversation", at),
            "qualification": Qualification(
                configuration="3 BHK",
                budget="up to 1.5 crore",
                timeline="within 6 months",
                purpose="to live in",
                visit_at=at + timedelta(days=2),
                call_at="today after 6 pm",
            ),
            "attribution": Attribution(
                **tags,
                referrer="https://search.example/",
                landing_page=page,
                gclid="example-click",
                first=FirstVisit(**tags, landing_page=page),
            ),
        }
    )
    lead = claimed.lead.model_copy(update={"enquiries": (full,)})
    return claimed.model_copy(update={"lead": lead})


def make_sample(project: Project, destination_id: str, at: datetime) -> ClaimedDelivery:
    """A lead that nobody can take for a person, on its way."""
    lead_id = new_id("lead", at)
    host = project.sites[0].host.removeprefix("*.") if project.sites else "example.com"
    enquiry = Enquiry(
        id=new_id("enquiry", at),
        at=at,
        note=TEST_NOTE,
        page_url=f"https://{host}/",
        consent=Consent(given=True, version=project.consent.version, text=TEST_NOTE, at=at),
        attribution=Attribution(utm_source="frontdesk-test"),
    )
    lead = Lead(
        id=lead_id,
        project_id=project.id,
        name=TEST_NAME,
        phone=TEST_PHONE,
        phone_country=TEST_COUNTRY,
        email=TEST_EMAIL,
        enquiries=(enquiry,),
        created_at=at,
        updated_at=at,
    )
    delivery = Delivery(
        id=new_id("delivery", at),
        project_id=project.id,
        lead_id=lead_id,
        enquiry_id=enquiry.id,
        destination_id=destination_id,
        created_at=at,
        due_at=at,
    )
    return ClaimedDelivery(delivery=delivery, lead=lead)
