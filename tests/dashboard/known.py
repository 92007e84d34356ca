"""What is known about Palm Grove, and what its pages said when they were last read."""

from datetime import datetime, timedelta

from frontdesk.projects.model import Answer, Fact, FactState, Knowledge
from frontdesk.property.model import (
    Conflict,
    DetectedFact,
    Detection,
    Findings,
    Method,
    PageFindings,
    PageKind,
    Quantity,
)

HOME = "https://palmgrove.example/"
PRICES = "https://palmgrove.example/prices"


def make_knowledge(at: datetime) -> Knowledge:
    fact, source = Fact, "Price list of 1 November"
    return Knowledge(
        facts=(
            fact(key="price", subject="2 BHK", value="₹84 lakh onwards", source=source),
            fact(key="price", subject="3 BHK", value="₹1.12 crore onwards", source=source),
            fact(key="possession", value="December 2027", as_of=at.date()),
            fact(key="rera", value="P52100000000", source=HOME),
            fact(key="maintenance", value="₹3.50 per sq ft", source=HOME, as_of=at.date()),
            fact(key="amenities", value="A helipad", as_of=at.date(), state=FactState.REJECTED),
        ),
        answers=(
            Answer(question="Are pets allowed?", answer="Yes, with a leash in shared areas."),
            Answer(question="पार्किंग मिलेगी?", answer="हर घर के साथ एक कवर्ड पार्किंग है।", language="hi"),
            Answer(
                question="Is there a festive offer?",
                answer="Bookings in October get a modular kitchen.",
                valid_until=at.date() - timedelta(days=20),
            ),
        ),
        updated_at=at,
    )


def make_findings(at: datetime) -> Findings:
    """One page that was read, one that was away: new, changed, gone and contradicting facts."""
    crore = Quantity(low=11_800_000, currency="INR", is_from=True)

    def found(key: str, value: str, read_from: str, subject: str = "") -> DetectedFact:
        return DetectedFact(
            key=key,
            subject=subject,
            value=value,
            read_from=read_from,
            method=Method.VISIBLE,
            confidence=0.9,
            as_of=at.date(),
        )

    price = found("price", "₹1.18 crore onwards", "3 BHK from Rs. 1.18 Cr onwards", "3 BHK")
    detection = Detection(
        url=HOME,
        title="Palm Grove, Baner",
        kind=PageKind.PROPERTY,
        reason="It names a price, homes and a place.",
        facts=(
            price.model_copy(update={"quantity": crore}),
            found("rera", "P52100000000", "MahaRERA P52100000000"),
            found("location", "Grove Lane, Baner, Pune", "Grove Lane, Baner, Pune 411045"),
            found("developer", "Sahyadri Homes", "A project of Sahyadri Homes"),
        ),
        conflicts=(
            Conflict(
                key="land_area",
                subject="",
                facts=(
                    found("land_area", "4 acres", "Spread over 4 acres"),
                    found("land_area", "4.5 acres", "Land area: 4.5 acres"),
                ),
            ),
        ),
        missing=("possession",),
    )
    read_at = at - timedelta(hours=2)
    return Findings(
        project_id="palm-grove",
        pages=(
            PageFindings(url=HOME, detection=detection, read_at=read_at, tried_at=read_at),
            PageFindings(url=PRICES, tried_at=read_at, fault="The site answered with 503."),
        ),
        tried_at=read_at,
    )
