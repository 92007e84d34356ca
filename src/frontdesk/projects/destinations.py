"""Where leads go: one model for each kind of destination. Delivery has what sends to them.

`fields` maps the receiver's names to ours: `{"mobile": "phone"}`. A value is a name from the table
in docs/guide/destinations.md, `=text` for a fixed value, or a text with names in braces,
`{first_name} from {utm_source|our site}`.
"""

from collections.abc import Callable
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, StringConstraints, ValidationError, ValidatorFunctionWrapHandler
from pydantic.functional_validators import WrapValidator
from pydantic_core import InitErrorDetails

from frontdesk.model import Model
from frontdesk.projects.secrets import Secret

Url = Annotated[str, StringConstraints(pattern=r"^https?://", max_length=2000)]
# Plain ASCII and one line, so that nothing else can stand in a header or an SMTP command.
MailAddress = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,190}$")
]
Mapping = dict[str, str]
Secrets = dict[str, Secret]
DottedName = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class _Base(Model):
    """`paused` keeps its deliveries waiting; without `enabled` it gets none."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")]
    enabled: bool = True
    paused: bool = False


class _WithUrl(_Base):
    url: Url

    @property
    def server(self) -> tuple[str, ...]:
        """Who is told the secrets; a stored one never goes to another."""
        parts = urlsplit(self.url)
        return parts.scheme.lower(), parts.netloc.lower()


class ReplyRule(Model):
    """What a reply looks like: its status is one of `statuses`, and in its JSON the dotted `field`
    is one of `values` (as text; `true`, `false` and `null` so written). What is empty matches all.

    `field` alone asks for it to be there, and to be neither null, false nor empty.
    """

    statuses: Annotated[
        tuple[Annotated[int, Field(ge=100, le=599)], ...], Field(max_length=50)
    ] = ()
    field: DottedName | None = None
    values: Annotated[tuple[str, ...], Field(max_length=50)] = ()


class HttpDestination(_WithUrl):
    """Anything that takes JSON or a form over HTTP.

    `fields` makes the body, `query_fields` and `header_fields` what their names say. `headers`,
    `query` and `body` are added as they stand; they may hold credentials, and are kept secret.
    Dotted names in a body make nested JSON. `duplicate`, `retry` and `success` judge the reply, in
    this order, and the status where none is given.
    """

    kind: Literal["http"] = "http"
    method: Literal["POST", "PUT", "PATCH", "GET"] = "POST"
    format: Literal["json", "form"] = "json"
    headers: Secrets = Field(default_factory=dict)
    query: Secrets = Field(default_factory=dict)
    body: Secrets = Field(default_factory=dict)
    fields: Mapping = Field(default_factory=dict)
    query_fields: Mapping = Field(default_factory=dict)
    header_fields: Mapping = Field(default_factory=dict)
    success: ReplyRule | None = None
    duplicate: ReplyRule | None = None
    retry: ReplyRule | None = None
    remote_id_field: DottedName = "id"


WebhookEvent = Literal["lead.created", "lead.updated", "site.not_live", "site.live"]


class WebhookDestination(_WithUrl):
    """Events after Standard Webhooks (docs/guide/destinations/webhook.md).

    Each of `secrets` (`whsec_…`) signs; two of them while one takes over from the other.
    """

    kind: Literal["webhook"] = "webhook"
    secrets: Annotated[tuple[Secret, ...], Field(min_length=1, max_length=4)]
    events: Annotated[tuple[WebhookEvent, ...], Field(min_length=1, max_length=4)] = (
        "lead.created",
        "lead.updated",
    )


class LeadSquaredDestination(_WithUrl):
    """LeadSquared's Lead.Capture. `url` is the account's API host (`https://api-in21.…`).

    `fields` maps names of LeadSquared's attributes (`mx_Project`); they are added to the usual ones
    and may replace them.
    """

    kind: Literal["leadsquared"] = "leadsquared"
    access_key: Secret
    secret_key: Secret
    fields: Mapping = Field(default_factory=dict)


class SellDoDestination(_WithUrl):
    """Sell.do's leads/create. `srd` names the campaign, and by it the project there."""

    kind: Literal["selldo"] = "selldo"
    url: Url = "https://app.sell.do"
    api_key: Secret
    srd: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    fields: Mapping = Field(default_factory=dict)


class HubSpotDestination(_WithUrl):
    """HubSpot's contacts. `id_property` is a property whose values are unique there.

    `access_token` is a private app's, with the scopes to read and write contacts.
    """

    kind: Literal["hubspot"] = "hubspot"
    url: Url = "https://api.hubapi.com"
    access_token: Secret
    id_property: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,99}$")] = "email"
    fields: Mapping = Field(default_factory=dict)


class ZohoDestination(_WithUrl):
    """Zoho CRM's Leads. The two addresses are those of the account's data centre."""

    kind: Literal["zoho"] = "zoho"
    url: Url = "https://www.zohoapis.in"
    accounts_url: Url = "https://accounts.zoho.in"
    client_id: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    client_secret: Secret
    refresh_token: Secret
    duplicate_check_fields: Annotated[tuple[str, ...], Field(min_length=1, max_length=5)] = (
        "Phone",
    )
    fields: Mapping = Field(default_factory=dict)

    @property
    def server(self) -> tuple[str, ...]:
        accounts = urlsplit(self.accounts_url)
        return (accounts.scheme.lower(), accounts.netloc.lower(), *super().server)


class SalesforceDestination(_WithUrl):
    """Salesforce's Lead, by the client credentials flow. `url` is My Domain (`https://….my.…`).

    `external_id_field` is a unique external id of Lead (a text of 64) that keeps our id of the
    lead. Without one, a lead is looked up by its phone after a try whose end is unknown.
    """

    kind: Literal["salesforce"] = "salesforce"
    client_id: Annotated[str, StringConstraints(min_length=1, max_length=300)]
    client_secret: Secret
    external_id_field: Annotated[str, StringConstraints(pattern=r"^\w{1,80}$")] | None = None
    fields: Mapping = Field(default_factory=dict)


class SalesforceWebDestination(_WithUrl):
    """Salesforce's Web-to-Lead. `organization_id` is 15 or 18 characters and begins with 00D.

    `fields` maps names of the generated form (`00N…` for fields of one's own).
    """

    kind: Literal["salesforce_web"] = "salesforce_web"
    url: Url = "https://webto.salesforce.com"
    organization_id: Annotated[
        str, StringConstraints(pattern=r"^00D[A-Za-z0-9]{12}([A-Za-z0-9]{3})?$")
    ]
    fields: Mapping = Field(default_factory=dict)


class EmailDestination(_Base):
    """Mail to people. `security` is `starttls` (port 587) or `tls` from the first byte (465).

    `fields` maps the labels of the lines to what they say; without it everything known is told.
    """

    kind: Literal["email"] = "email"
    host: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9.-]{1,253}$")]
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    username: Annotated[str, StringConstraints(max_length=200)] | None = None
    password: Secret | None = None
    sender: MailAddress
    recipients: Annotated[tuple[MailAddress, ...], Field(min_length=1, max_length=20)]
    subject: Annotated[str, StringConstraints(min_length=1, max_length=200)] = (
        "New lead for {project_name}: {name}"
    )
    fields: Mapping = Field(default_factory=dict)

    @property
    def server(self) -> tuple[str, ...]:
        return self.security, str(self.port), self.host.lower()


def _read(value: object, read: ValidatorFunctionWrapHandler) -> object:
    """What says no kind is `http`; faults are told by field, without the kind between."""
    if isinstance(value, dict) and "kind" not in value:
        value = {"kind": "http", **value}
    try:
        return read(value)
    except ValidationError as error:
        lines = [
            InitErrorDetails(
                type=fault["type"],
                loc=tuple(fault["loc"][1:]),
                input=fault["input"],
                ctx=fault.get("ctx", {}),
            )
            for fault in error.errors(include_url=False)
        ]
        raise ValidationError.from_exception_data("Destination", lines) from None


AnyDestination = (
    HttpDestination
    | WebhookDestination
    | LeadSquaredDestination
    | SellDoDestination
    | HubSpotDestination
    | ZohoDestination
    | SalesforceDestination
    | SalesforceWebDestination
    | EmailDestination
)
Destination = Annotated[AnyDestination, Field(discriminator="kind"), WrapValidator(_read)]


def map_secrets(
    destination: AnyDestination, change: Callable[[str, str | int, Secret], Secret]
) -> AnyDestination:
    """The destination with each secret changed; `change` gets its field, its key in it, and it."""
    changed: dict[str, Any] = {}
    for name in type(destination).model_fields:
        value = getattr(destination, name)
        if isinstance(value, Secret):
            changed[name] = change(name, "", value)
        elif isinstance(value, tuple):
            changed[name] = tuple(
                change(name, place, each) if isinstance(each, Secret) else each
                for place, each in enumerate(value)
            )
        elif isinstance(value, dict):
            changed[name] = {
                key: change(name, key, each) if isinstance(each, Secret) else each
                for key, each in value.items()
            }
    return destination.model_copy(update=changed)
