"""Hostile text in every field that the pages show."""

from datetime import timedelta
from typing import NamedTuple
from urllib.parse import quote

from frontdesk.accounts.model import ActorKind, ApiKey, AuditEntry, Role
from frontdesk.chat.model import Author, Conversation, Message
from frontdesk.delivery.model import AttemptOutcome
from frontdesk.leads.model import Attribution, Consent, Enquiry, FirstVisit, Lead, Note, Source
from frontdesk.model import new_id
from frontdesk.projects.destinations import HttpDestination
from frontdesk.projects.model import (
    Answer,
    ConsentText,
    Fact,
    Knowledge,
    WidgetSettings,
)
from frontdesk.storage.base import Storage
from tests.dashboard.filled import record
from tests.support.clock import START
from tests.support.samples import make_delivery, make_project

ACCENT = "#b3261e"
# The first four run where they are put into a page as they are. The others need a place of their
# own (an attribute, a URL, a script, a template, a comment), and are shown in all of them.
PAYLOADS = (
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(2)>",
    "<details open ontoggle=alert(3)>x</details>",
    "<script>alert(4)</script>",
    '"><img src=x onerror=alert(5)>',
    "' autofocus onfocus=alert(6) x='",
    '" autofocus onfocus=alert(7) x="',
    "</script><script>alert(8)</script>",
    "</title><svg/onload=alert(9)>",
    "</textarea><svg/onload=alert(10)>",
    "</style><img src=x onerror=alert(11)>",
    "--><img src=x onerror=alert(12)>",
    "javascript:alert(13)",
    "JaVaScRiPt:alert(14)//https://x.example",
    "data:text/html,<script>alert(15)</script>",
    "{{ 7*7 }}{% include '/etc/passwd' %}",
    "&lt;img src=x onerror=alert(16)&gt;",
    "<iframe srcdoc='<script>parent.alert(17)</script>'>",
    "<math><mtext></p><img src=x onerror=alert(18)>",
    "<a href=javascript:alert(19)>press</a>",
    "<form action=https://evil.example><button>press</button>",
    "<base href=https://evil.example/>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<meta http-equiv=refresh content=0;url=https://evil.example/>",
    "＜img src=x onerror=alert(20)＞",
    '<noscript><p title="</noscript><img src=x onerror=alert(21)>">',
    "<template shadowrootmode=open><img src=x onerror=alert(22)></template>",
)
EMAIL_PAYLOADS = (PAYLOADS[0], *PAYLOADS[4:7], PAYLOADS[12])
ALL = " ".join(PAYLOADS)


class Hostile(NamedTuple):
    paths: list[str]


async def fill_hostile(storage: Storage) -> Hostile:
    """One project with one lead, and nothing in them that is not hostile."""
    await _add_project(storage)
    lead = await _add_lead(storage)
    await storage.record_unknown_site(PAYLOADS[0], ALL, START)
    await storage.add_api_key(
        ApiKey(
            id=PAYLOADS[0], name=ALL, key_hash="h", hint="<b>", role=Role.VIEWER, created_at=START
        )
    )
    await storage.add_audit_entry(
        AuditEntry(
            id="audit_1",
            created_at=START,
            actor_kind=ActorKind.MEMBER,
            actor_id=PAYLOADS[0],
            actor_name=ALL,
            action=ALL,
            targets={PAYLOADS[1]: ALL},
            changes=(ALL,),
        )
    )
    return Hostile(
        [
            "/dashboard",
            "/dashboard/leads",
            "/dashboard/leads?project=hostile",
            f"/dashboard/leads/{lead.id}",
            "/dashboard/projects",
            "/dashboard/projects/hostile",
            "/dashboard/deliveries",
            "/dashboard/projects/hostile/edit",
            "/dashboard/projects/hostile/facts?show=all",
            "/dashboard/projects/hostile/answers",
            "/dashboard/projects/hostile/destinations",
            "/dashboard/sites",
            f"/dashboard/assign-site?host={quote(ALL)}",
            f"/dashboard/add-project?site={quote(ALL)}",
            f"/dashboard/leads?search={quote(ALL[:200])}",
            "/dashboard/settings",
            "/dashboard/settings/members",
            "/dashboard/settings/keys",
            "/dashboard/settings/audit",
        ]
    )


async def _add_project(storage: Storage) -> None:
    destination = HttpDestination(
        id="crm",
        url=f"https://x.example/{PAYLOADS[4]}",
        headers={PAYLOADS[0]: PAYLOADS[1]},
        fields={PAYLOADS[2]: f"={PAYLOADS[3]}"},
    )
    project = make_project("hostile", destinations=(destination,)).model_copy(
        update={
            "name": PAYLOADS[0],
            "group": PAYLOADS[1],
            "crm_id": PAYLOADS[2],
            "country": "IN",
            "time_zone": PAYLOADS[5],
            "widget": WidgetSettings(accent=ACCENT, legal_line=PAYLOADS[6]),
            "consent": ConsentText(text=PAYLOADS[7]),
        }
    )
    await storage.save_project(project.id, project)
    knowledge = Knowledge(
        facts=tuple(
            Fact(key="price", subject=payload[:100], value=payload, source=payload)
            for payload in PAYLOADS
        ),
        answers=tuple(
            Answer(question=payload, answer=payload, language=payload) for payload in PAYLOADS
        ),
        updated_at=START,
    )
    await storage.save_knowledge(project.id, knowledge)


async def _add_lead(storage: Storage) -> Lead:
    conversation = Conversation(
        id=new_id("conversation", START),
        project_id="hostile",
        page_url=PAYLOADS[12],
        started_at=START,
    )
    await storage.start_conversation("hostile", conversation)
    for number, payload in enumerate(PAYLOADS):
        message = Message(
            id=f"message-{number:012d}",
            conversation_id=conversation.id,
            project_id="hostile",
            author=list(Author)[number % 3],
            text=payload,
            at=START,
        )
        await storage.add_message("hostile", message)
    source = {
        name: PAYLOADS[(place + 11) % len(PAYLOADS)]
        for place, name in enumerate(Source.model_fields)
    }
    attribution = Attribution(**source, first=FirstVisit(**source))
    enquiry = Enquiry(
        id=new_id("enquiry", START),
        at=START,
        note=ALL,
        page_url=PAYLOADS[13],
        conversation_id=conversation.id,
        consent=Consent(given=True, version=PAYLOADS[0], text=ALL, at=START),
        attribution=attribution,
    )
    lead = Lead(
        id=new_id("lead", START),
        project_id="hostile",
        name=ALL[:200],
        phone=PAYLOADS[12],
        phone_country="IN",
        email=PAYLOADS[4],
        enquiries=(enquiry,),
        notes=(Note(id="n", at=START, author_id="m", author_name=ALL, text=ALL),),
        created_at=START,
        updated_at=START,
    )
    delivery = make_delivery(lead)
    await storage.capture_lead(
        "hostile",
        lead,
        [delivery],
        idempotency_key="hostile-key-0001",
        fingerprint="f",
        merge_since=START - timedelta(days=1),
    )
    outcome = AttemptOutcome.PERMANENT
    await record(storage, delivery, 1, START, outcome, 400, reason=ALL[:500], response=ALL)
    return lead
