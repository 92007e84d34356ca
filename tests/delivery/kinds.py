"""One destination of each kind that speaks HTTP, all at one CRM, each with secrets to hide."""

from frontdesk.projects.destinations import (
    AnyDestination,
    HttpDestination,
    HubSpotDestination,
    LeadSquaredDestination,
    SalesforceDestination,
    SalesforceWebDestination,
    SellDoDestination,
    WebhookDestination,
    ZohoDestination,
)
from frontdesk.projects.secrets import Secret
from tests.support.crm import Behaviour, answer
from tests.support.samples import VAULT

WEBHOOK_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
# What a URL, a form and JSON each write in another way.
SECRETS = ["s3cr3t one/+&=", 's3cr3t "two" \\ é', WEBHOOK_SECRET]


def make_kinds(host: str) -> dict[str, AnyDestination]:
    url = f"http://{host}"
    one, two, signing = map(_seal, SECRETS)
    return {
        "http": HttpDestination(
            id="http",
            url=f"{url}/leads",
            headers={"Authorization": VAULT.seal("Bearer s3cr3t-three")},
            query={"key": one},
            body={"token": two},
            query_fields={"project": "project_name"},
            header_fields={"X-Name": "name"},
        ),
        "form": HttpDestination(id="form", url=f"{url}/form", format="form", body={"key": one}),
        "webhook": WebhookDestination(id="webhook", url=f"{url}/hook", secrets=(signing,)),
        "leadsquared": LeadSquaredDestination(
            id="leadsquared", url=url, access_key=one, secret_key=two
        ),
        "selldo": SellDoDestination(id="selldo", url=url, api_key=one, srd="5f1"),
        "hubspot": HubSpotDestination(
            id="hubspot", url=url, access_token=VAULT.seal("s3cr3t-three")
        ),
        "zoho": ZohoDestination(
            id="zoho",
            url=url,
            accounts_url=url,
            client_id="1000.ID",
            client_secret=one,
            refresh_token=two,
        ),
        "salesforce": SalesforceDestination(
            id="salesforce", url=url, client_id="3MVG", client_secret=two
        ),
        "salesforce-web": SalesforceWebDestination(
            id="salesforce-web", url=url, organization_id="00D000000000001"
        ),
    }


def token(name: str) -> Behaviour:
    """A token endpoint's answer."""
    return answer(200, f'{{"access_token": "{name}", "expires_in": 3600}}'.encode())


def _seal(secret: str) -> Secret:
    return VAULT.seal(secret)
