"""Invented projects, people and enquiries. The numbers belong to nobody."""

from datetime import datetime, timedelta

from frontdesk.delivery.model import Delivery
from frontdesk.leads.model import Consent, Enquiry, Interest, Lead
from frontdesk.model import new_id
from frontdesk.projects.destinations import AnyDestination, HttpDestination
from frontdesk.projects.model import Project, Site
from frontdesk.projects.secrets import Vault
from tests.support.clock import START

PHONE = "+919876543210"
VAULT = Vault("a secret of at least thirty-two characters")


def make_project(
    project_id: str = "palm-grove",
    *,
    hosts: tuple[str, ...] | None = None,
    destinations: tuple[AnyDestination, ...] = (),
    at: datetime = START,
) -> Project:
    hosts = (f"{project_id}.example",) if hosts is None else hosts
    return Project(
        id=project_id,
        name=project_id.replace("-", " ").title(),
        crm_id=f"CRM-{project_id}",
        sites=tuple(Site(host=host) for host in hosts),
        destinations=destinations,
        created_at=at,
        updated_at=at,
    )


def make_lead(
    project_id: str = "palm-grove",
    *,
    phone: str = PHONE,
    name: str = "Asha Rao",
    email: str | None = None,
    at: datetime = START,
) -> Lead:
    enquiry = Enquiry(
        id=new_id("enquiry", at),
        at=at,
        interest=Interest.VISIT,
        page_url=f"https://{project_id}.example/",
        consent=Consent(given=True, version="1", text="I agree to be called.", at=at),
    )
    return Lead(
        id=new_id("lead", at),
        project_id=project_id,
        name=name,
        phone=phone,
        phone_country="IN",
        email=email,
        enquiries=(enquiry,),
        created_at=at,
        updated_at=at,
    )


def make_delivery(lead: Lead, *, destination_id: str = "crm") -> Delivery:
    return Delivery(
        id=new_id("delivery", lead.created_at),
        project_id=lead.project_id,
        lead_id=lead.id,
        enquiry_id=lead.enquiries[0].id,
        destination_id=destination_id,
        created_at=lead.created_at,
        due_at=lead.created_at,
    )


def open_headers(project: Project) -> dict[str, str]:
    """The headers of the project's only destination, which all have to be sealed."""
    (destination,) = project.destinations
    assert isinstance(destination, HttpDestination)
    assert all(secret.is_sealed for secret in destination.headers.values())
    return {name: VAULT.open(secret) for name, secret in destination.headers.items()}


def later(**delta: float) -> datetime:
    return START + timedelta(**delta)
