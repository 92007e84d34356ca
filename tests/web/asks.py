"""What is asked of each guarded route, so that it works for somebody who may."""

from typing import Any, NamedTuple

from frontdesk.accounts.model import Role
from tests.support.samples import PHONE

VIEWER, SALES, MANAGER, OWNER = Role.VIEWER, Role.SALES, Role.MANAGER, Role.OWNER


class Ask(NamedTuple):
    """`everywhere` routes are for the installation: a scoped key is refused whatever it asks."""

    least: Role
    body: Any = None
    everywhere: bool = False
    only_members: bool = False


FACT = {"key": "price", "subject": "2 BHK", "value": "84 lakh"}
# Says what the stored one says, so that the id of the stored one stays.
ANSWER = {"question": "Is there a pool?", "answer": "Yes."}
PERSON = {"phone": PHONE}
ACCENT = {"accent": "#445566"}
# The same number as it is dialled: a page shows again what was typed.
DIALLED = {"phone": "98765 43210", "country": "IN"}
PROJECT = {"id": "willow-walk", "name": "Willow Walk", "sites": [{"host": "willow-walk.example"}]}
FORM = {"name": "Mine", "country": "IN", "time_zone": "Asia/Kolkata", "sites": "mine.example"}
INVITATION = {"email": "new@agency.example", "name": "New", "role": "viewer"}

API = {
    "GET /v1/members": Ask(OWNER, everywhere=True),
    "POST /v1/members": Ask(OWNER, INVITATION, everywhere=True),
    "GET /v1/members/{member_id}": Ask(OWNER, everywhere=True),
    "PATCH /v1/members/{member_id}": Ask(OWNER, {"name": "Other"}, everywhere=True),
    "POST /v1/members/{member_id}/link": Ask(OWNER, everywhere=True),
    "DELETE /v1/members/{member_id}/second-factor": Ask(OWNER, everywhere=True),
    "GET /v1/api-keys": Ask(OWNER, everywhere=True),
    "POST /v1/api-keys": Ask(OWNER, {"name": "new", "role": "viewer"}, everywhere=True),
    "DELETE /v1/api-keys/{key_id}": Ask(OWNER, everywhere=True),
    "GET /v1/audit": Ask(MANAGER),
    "GET /v1/widget-settings": Ask(MANAGER, everywhere=True),
    "PUT /v1/widget-settings": Ask(MANAGER, ACCENT, everywhere=True),
    "PUT /v1/widget-settings/draft": Ask(MANAGER, ACCENT, everywhere=True),
    "DELETE /v1/widget-settings/draft": Ask(MANAGER, everywhere=True),
    "POST /v1/widget-settings/preview": Ask(MANAGER, ACCENT, everywhere=True),
    "GET /v1/projects/{project_id}/widget": Ask(MANAGER),
    "PUT /v1/projects/{project_id}/widget": Ask(MANAGER, ACCENT),
    "PUT /v1/projects/{project_id}/widget/draft": Ask(MANAGER, ACCENT),
    "DELETE /v1/projects/{project_id}/widget/draft": Ask(MANAGER),
    "POST /v1/projects/{project_id}/widget/preview": Ask(MANAGER, ACCENT),
    "POST /v1/widget-changes": Ask(MANAGER, {"set": ACCENT}),
    "GET /v1/widget-changes": Ask(MANAGER),
    "GET /v1/widget-changes/{change_id}": Ask(MANAGER),
    "GET /v1/widget-changes/{change_id}/in-force": Ask(MANAGER),
    "POST /v1/widget-changes/{change_id}/undo": Ask(MANAGER),
    "GET /v1/projects": Ask(VIEWER),
    "GET /v1/projects/{project_id}": Ask(VIEWER),
    "PUT /v1/projects/{project_id}": Ask(MANAGER, PROJECT),
    "GET /v1/projects/{project_id}/answers": Ask(VIEWER),
    "POST /v1/projects/{project_id}/answers": Ask(MANAGER, ANSWER),
    "PUT /v1/projects/{project_id}/answers/{answer_id}": Ask(MANAGER, ANSWER),
    "DELETE /v1/projects/{project_id}/answers/{answer_id}": Ask(MANAGER),
    "GET /v1/projects/{project_id}/knowledge": Ask(VIEWER),
    "PUT /v1/projects/{project_id}/knowledge": Ask(MANAGER, {"facts": [], "answers": []}),
    "POST /v1/projects/{project_id}/knowledge/import": Ask(
        MANAGER, {"content": "question,answer\nPets?,Yes", "name": "a.csv"}
    ),
    "GET /v1/projects/{project_id}/facts": Ask(VIEWER),
    "POST /v1/projects/{project_id}/facts/detect": Ask(
        MANAGER, {"urls": ["https://elsewhere.example/"]}
    ),
    "POST /v1/projects/{project_id}/facts/approve": Ask(MANAGER, FACT),
    "POST /v1/projects/{project_id}/facts/override": Ask(MANAGER, FACT),
    "POST /v1/projects/{project_id}/facts/reject": Ask(MANAGER, FACT),
    "POST /v1/projects/{project_id}/facts/decisions": Ask(
        MANAGER, {"decisions": [{"verdict": "reject", **FACT}]}
    ),
    "POST /v1/projects/{project_id}/facts/add": Ask(MANAGER, FACT),
    "POST /v1/projects/{project_id}/facts/remove": Ask(MANAGER, FACT),
    "GET /v1/projects/{project_id}/sites": Ask(VIEWER),
    "POST /v1/projects/{project_id}/sites/check": Ask(
        MANAGER, {"url": "https://elsewhere.example/"}
    ),
    "GET /v1/projects/{project_id}/conversations/{conversation_id}/messages": Ask(VIEWER),
    "GET /v1/refusals": Ask(VIEWER),
    "GET /v1/spending": Ask(VIEWER),
    "GET /v1/models": Ask(VIEWER),
    "GET /v1/purges": Ask(MANAGER, everywhere=True),
    "POST /v1/purges": Ask(MANAGER, {}, everywhere=True),
    "GET /v1/unknown-sites": Ask(VIEWER, everywhere=True),
    "GET /v1/leads": Ask(VIEWER),
    "GET /v1/leads/count": Ask(VIEWER),
    "GET /v1/leads/export": Ask(SALES),
    "POST /v1/leads/changes": Ask(SALES, {"lead_ids": ["{lead_id}"], "status": "contacted"}),
    "GET /v1/leads/{lead_id}": Ask(VIEWER),
    "PATCH /v1/leads/{lead_id}": Ask(SALES, {"status": "contacted"}),
    "POST /v1/leads/{lead_id}/merge": Ask(SALES, {"lead_id": "{lead_id}"}),
    "POST /v1/leads/{lead_id}/unmerge": Ask(SALES, {"lead_id": "{lead_id}"}),
    "POST /v1/leads/{lead_id}/notes": Ask(SALES, {"text": "called"}),
    "GET /v1/deliveries": Ask(VIEWER),
    "POST /v1/deliveries/retry": Ask(SALES, {"project_id": "{project_id}"}),
    "POST /v1/deliveries/{delivery_id}/retry": Ask(SALES),
    "GET /v1/deliveries/{delivery_id}/request": Ask(VIEWER),
    "POST /v1/projects/{project_id}/destinations/{destination_id}/test": Ask(MANAGER),
    "POST /v1/projects/{project_id}/destinations/{destination_id}/pause": Ask(MANAGER),
    "POST /v1/projects/{project_id}/destinations/{destination_id}/resume": Ask(MANAGER),
    "GET /v1/analytics": Ask(VIEWER),
    "GET /v1/analytics/sites": Ask(VIEWER),
    "GET /v1/analytics/quiet-sites": Ask(VIEWER),
    "POST /v1/persons/export": Ask(MANAGER, PERSON),
    "POST /v1/persons/erase": Ask(MANAGER, PERSON),
}
LEADS, SETTINGS = "/dashboard/leads", "/dashboard/settings"
PAGES = {
    "GET /dashboard": Ask(VIEWER),
    f"GET {LEADS}": Ask(VIEWER),
    f"POST {LEADS}/changes": Ask(SALES, {"lead": "{lead_id}", "status": "won"}),
    f"GET {LEADS}/{{lead_id}}": Ask(VIEWER),
    f"POST {LEADS}/{{lead_id}}": Ask(SALES, {"status": "won"}),
    f"POST {LEADS}/{{lead_id}}/merge": Ask(SALES, {"other": "{lead_id}"}),
    f"POST {LEADS}/{{lead_id}}/unmerge": Ask(SALES, {"other": "{lead_id}"}),
    f"POST {LEADS}/{{lead_id}}/notes": Ask(SALES, {"text": "called"}),
    f"POST {LEADS}/{{lead_id}}/deliveries/{{delivery_id}}/retry": Ask(SALES),
    "GET /dashboard/projects": Ask(VIEWER),
    "GET /dashboard/projects/{project_id}": Ask(VIEWER),
    "GET /dashboard/projects.csv": Ask(MANAGER),
    "GET /dashboard/projects.json": Ask(MANAGER),
    "GET /dashboard/projects/{project_id}/edit": Ask(MANAGER),
    "POST /dashboard/projects/{project_id}/edit": Ask(MANAGER, FORM),
    "POST /dashboard/projects/{project_id}/sites/check": Ask(
        MANAGER, {"url": "https://elsewhere.example/"}
    ),
    "POST /dashboard/projects/{project_id}/destinations/{destination_id}/switch": Ask(
        MANAGER, {"act": "pause"}
    ),
    "POST /dashboard/projects/{project_id}/destinations/{destination_id}/test": Ask(MANAGER),
    "GET /dashboard/projects/{project_id}/facts": Ask(VIEWER),
    "POST /dashboard/projects/{project_id}/facts": Ask(MANAGER, {"act": "approve_chosen"}),
    "POST /dashboard/projects/{project_id}/facts/read": Ask(
        MANAGER, {"url": "https://elsewhere.example/"}
    ),
    "POST /dashboard/projects/{project_id}/facts/restore": Ask(MANAGER, {"restore": "x"}),
    "POST /dashboard/projects/{project_id}/facts/mode": Ask(MANAGER, {"mode": "off"}),
    "GET /dashboard/projects/{project_id}/facts/edit": Ask(MANAGER),
    "POST /dashboard/projects/{project_id}/facts/edit": Ask(
        MANAGER, {"key": "price", "value": "₹84 lakh"}
    ),
    "GET /dashboard/projects/{project_id}/answers": Ask(VIEWER),
    "GET /dashboard/projects/{project_id}/answers/edit": Ask(MANAGER),
    "POST /dashboard/projects/{project_id}/answers/edit": Ask(
        MANAGER, {"question": "Pets?", "answer": "Yes."}
    ),
    "POST /dashboard/projects/{project_id}/answers/remove": Ask(MANAGER, {"id": "x"}),
    "POST /dashboard/projects/{project_id}/answers/restore": Ask(MANAGER, {"restore": "x"}),
    "GET /dashboard/projects/{project_id}/answers/import": Ask(MANAGER),
    "POST /dashboard/projects/{project_id}/answers/import": Ask(
        MANAGER, {"text": "question,answer\nPets?,Yes."}
    ),
    "GET /dashboard/projects/{project_id}/destinations": Ask(VIEWER),
    "GET /dashboard/projects/{project_id}/add-destination": Ask(MANAGER),
    "POST /dashboard/projects/{project_id}/add-destination": Ask(MANAGER, {"kind": "http"}),
    "GET /dashboard/projects/{project_id}/destinations/{destination_id}": Ask(MANAGER),
    "POST /dashboard/projects/{project_id}/destinations/{destination_id}": Ask(
        MANAGER, {"act": "show"}
    ),
    "POST /dashboard/projects/{project_id}/destinations/{destination_id}/remove": Ask(
        MANAGER, {"seen": "x"}
    ),
    "POST /dashboard/projects/{project_id}/restore-destination": Ask(MANAGER, {"restore": "x"}),
    "GET /dashboard/projects/{project_id}/assignment": Ask(MANAGER),
    "POST /dashboard/projects/{project_id}/assignment": Ask(MANAGER, {"act": "add"}),
    "GET /dashboard/projects/{project_id}/rules": Ask(MANAGER),
    "POST /dashboard/projects/{project_id}/rules/schedule": Ask(MANAGER, {"visits.sat": "10-18"}),
    "POST /dashboard/projects/{project_id}/rules/consent": Ask(
        MANAGER, {"text": "I agree.", "version": "9"}
    ),
    "POST /dashboard/projects/{project_id}/rules/retention": Ask(MANAGER, {"leads_days": "400"}),
    "GET /dashboard/add-project": Ask(MANAGER),
    "POST /dashboard/add-project": Ask(MANAGER, {"id": "{project_id}", **FORM}),
    "GET /dashboard/import-projects": Ask(MANAGER),
    "GET /dashboard/import-projects/{run_id}": Ask(MANAGER),
    "POST /dashboard/import-projects": Ask(MANAGER, {"text": "id,name\n{project_id},Mine"}),
    "GET /dashboard/change-widgets": Ask(MANAGER),
    "POST /dashboard/change-widgets": Ask(MANAGER, ACCENT),
    "GET /dashboard/widget-changes": Ask(MANAGER),
    "GET /dashboard/change-widgets/{change_id}": Ask(MANAGER),
    "POST /dashboard/change-widgets/{change_id}/undo": Ask(MANAGER),
    "GET /dashboard/widget": Ask(MANAGER, everywhere=True),
    "POST /dashboard/widget": Ask(MANAGER, ACCENT, everywhere=True),
    "POST /dashboard/widget/roll-back": Ask(MANAGER, {"number": "1"}, everywhere=True),
    "POST /dashboard/widget/discard": Ask(MANAGER, everywhere=True),
    "POST /dashboard/widget/preview": Ask(MANAGER, ACCENT, everywhere=True),
    "GET /dashboard/widget/frame": Ask(MANAGER),
    "GET /dashboard/widget/words": Ask(MANAGER, everywhere=True),
    "POST /dashboard/widget/words": Ask(MANAGER, {"line.send": "Go"}, everywhere=True),
    "GET /dashboard/projects/{project_id}/widget/words": Ask(MANAGER),
    "POST /dashboard/projects/{project_id}/widget/words": Ask(MANAGER, {"line.send": "Go"}),
    "GET /dashboard/projects/{project_id}/widget": Ask(MANAGER),
    "POST /dashboard/projects/{project_id}/widget": Ask(MANAGER, ACCENT),
    "POST /dashboard/projects/{project_id}/widget/roll-back": Ask(MANAGER, {"number": "1"}),
    "POST /dashboard/projects/{project_id}/widget/discard": Ask(MANAGER),
    "POST /dashboard/projects/{project_id}/widget/preview": Ask(MANAGER, ACCENT),
    "GET /dashboard/sites": Ask(VIEWER),
    "GET /dashboard/sites.csv": Ask(VIEWER),
    "GET /dashboard/assign-site": Ask(MANAGER),
    "POST /dashboard/assign-site": Ask(
        MANAGER, {"host": "new.example", "project_id": "{project_id}"}
    ),
    "GET /dashboard/deliveries": Ask(VIEWER),
    "GET /dashboard/deliveries/again": Ask(SALES),
    "POST /dashboard/deliveries/again": Ask(SALES, {"state": "dead", "project": "{project_id}"}),
    "GET /dashboard/deliveries/{delivery_id}": Ask(VIEWER),
    "POST /dashboard/deliveries/{delivery_id}/retry": Ask(SALES),
    "POST /dashboard/deliveries/{delivery_id}/destination": Ask(MANAGER, {"act": "pause"}),
    f"GET {SETTINGS}": Ask(VIEWER, only_members=True),
    f"POST {SETTINGS}/password": Ask(VIEWER, {"current": "x"}, only_members=True),
    f"POST {SETTINGS}/second-factor/begin": Ask(VIEWER, only_members=True),
    f"POST {SETTINGS}/second-factor": Ask(VIEWER, {"secret": "A" * 32}, only_members=True),
    f"POST {SETTINGS}/second-factor/end": Ask(VIEWER, {"current": "x"}, only_members=True),
    f"GET {SETTINGS}/members": Ask(OWNER, everywhere=True),
    f"POST {SETTINGS}/members": Ask(OWNER, {**INVITATION, "email": "b@b.example"}, everywhere=True),
    f"GET {SETTINGS}/members/{{member_id}}": Ask(OWNER, everywhere=True),
    f"POST {SETTINGS}/members/{{member_id}}": Ask(OWNER, {"name": "Other"}, everywhere=True),
    f"POST {SETTINGS}/members/{{member_id}}/link": Ask(OWNER, everywhere=True),
    f"POST {SETTINGS}/members/{{member_id}}/second-factor/end": Ask(OWNER, everywhere=True),
    f"GET {SETTINGS}/keys": Ask(OWNER, everywhere=True),
    f"POST {SETTINGS}/keys": Ask(OWNER, {"name": "new", "role": "viewer"}, everywhere=True),
    f"POST {SETTINGS}/keys/{{key_id}}/revoke": Ask(OWNER, everywhere=True),
    f"GET {SETTINGS}/privacy": Ask(MANAGER),
    f"POST {SETTINGS}/privacy/find": Ask(MANAGER, DIALLED),
    f"POST {SETTINGS}/privacy/export": Ask(MANAGER, DIALLED),
    f"POST {SETTINGS}/privacy/erase": Ask(MANAGER, {**DIALLED, "confirmation": "erase"}),
    f"GET {SETTINGS}/models": Ask(VIEWER),
    f"GET {SETTINGS}/cdn": Ask(MANAGER, everywhere=True),
    f"POST {SETTINGS}/cdn/purge": Ask(MANAGER, {}, everywhere=True),
    f"GET {SETTINGS}/audit": Ask(MANAGER),
    f"GET {SETTINGS}/audit.csv": Ask(MANAGER),
    "POST /dashboard/sign-out": Ask(VIEWER, only_members=True),
    "GET /dashboard/{path}": Ask(VIEWER),
}
EVERY = API | PAGES
LAST = (  # in the control: what leaves others without what they need
    "POST /v1/persons/erase",
    f"POST {SETTINGS}/privacy/erase",
    "PUT /v1/projects/{project_id}",
    "POST /dashboard/projects/{project_id}/edit",
)
