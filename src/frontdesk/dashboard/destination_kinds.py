"""What each kind of destination asks for in its form: data for one template. Names are the model's
(`projects.destinations`); a test holds the two together."""

from typing import Literal, NamedTuple

Shape = Literal[
    "text",
    "number",
    "choice",
    "lines",  # one on each line
    "events",
    "secret",
    "signing",  # a webhook's secrets, of which the newest can be taken over from
    "secret_lines",  # `Name: value` on each line
    "mapping",  # their names beside ours
    "rule",  # a ReplyRule: statuses, a field, values
]


class Field(NamedTuple):
    """`rare` ones are folded away."""

    name: str
    label: str
    shape: Shape = "text"
    hint: str = ""
    placeholder: str = ""
    options: tuple[tuple[str, str], ...] = ()
    required: bool = False
    rare: bool = False


class Kind(NamedTuple):
    """`page` is its page in docs/guide/destinations."""

    name: str
    what: str
    page: str
    fields: tuple[Field, ...]


_OURS = "What is left empty is sent as your system expects it by default."
_URL = Field("url", "Address", placeholder="https://crm.example/api/leads", required=True)


def _mapping(label: str = "Fields", hint: str = _OURS) -> Field:
    return Field("fields", label, "mapping", hint)


def _host(hint: str) -> Field:
    return Field("url", "Address of the service", hint=hint, rare=True)


KINDS = {
    "http": Kind(
        "HTTP",
        "Any system that takes JSON or a form",
        "http",
        (
            _URL,
            Field(
                "method",
                "Method",
                "choice",
                options=(("POST", "POST"), ("PUT", "PUT"), ("PATCH", "PATCH"), ("GET", "GET")),
            ),
            Field("format", "Form", "choice", options=(("json", "JSON"), ("form", "Form fields"))),
            Field(
                "headers",
                "Headers",
                "secret_lines",
                "One on each line. What you write is kept sealed and never shown again.",
                "Authorization: Bearer …",
            ),
            _mapping(
                hint="Your name on the left, ours on the right. Dots make nested JSON, =Website is"
                " a fixed text. Without any, everything is sent under our names."
            ),
            Field("query_fields", "In the address", "mapping", rare=True),
            Field("header_fields", "In headers", "mapping", rare=True),
            Field("query", "Fixed, in the address", "secret_lines", "Kept sealed.", rare=True),
            Field("body", "Fixed, in the body", "secret_lines", "Kept sealed.", rare=True),
            Field(
                "success",
                "It arrived when",
                "rule",
                "Otherwise by the status: 2xx arrived, 4xx stops, 5xx is tried again.",
                rare=True,
            ),
            Field("duplicate", "It was there already when", "rule", rare=True),
            Field("retry", "It is tried again when", "rule", rare=True),
            Field(
                "remote_id_field",
                "Where the reply has their id",
                placeholder="id",
                rare=True,
            ),
        ),
    ),
    "webhook": Kind(
        "Webhook",
        "A program of yours, signed after Standard Webhooks",
        "webhook",
        (
            _URL._replace(placeholder="https://hooks.example/frontdesk"),
            Field(
                "events",
                "Tell it when",
                "events",
                options=(
                    ("lead.created", "a lead comes"),
                    ("lead.updated", "a lead asks again or is changed"),
                    ("site.not_live", "a site of this project is no longer live"),
                    ("site.live", "it is live again"),
                ),
            ),
            Field("secrets", "Signing secret", "signing"),
        ),
    ),
    "leadsquared": Kind(
        "LeadSquared",
        "Leads by Lead.Capture",
        "leadsquared",
        (
            Field(
                "url",
                "API host of the account",
                placeholder="https://api-in21.leadsquared.com",
                required=True,
            ),
            Field("access_key", "Access key", "secret", required=True),
            Field("secret_key", "Secret key", "secret", required=True),
            _mapping("Further attributes", "Their attribute (mx_Project) on the left."),
        ),
    ),
    "selldo": Kind(
        "Sell.do",
        "Leads by leads/create",
        "selldo",
        (
            Field("api_key", "API key", "secret", required=True),
            Field(
                "srd", "SRD", hint="It names the campaign, and by it the project.", required=True
            ),
            _mapping("Further fields"),
            _host("Only where your account has another than app.sell.do."),
        ),
    ),
    "hubspot": Kind(
        "HubSpot",
        "Contacts of a HubSpot account",
        "hubspot",
        (
            Field(
                "access_token",
                "Access token",
                "secret",
                "Of a private app with the scopes to read and write contacts.",
                required=True,
            ),
            _mapping("Further properties", "Their property on the left."),
            Field(
                "id_property",
                "Unique property",
                hint="By which a contact is found again.",
                placeholder="email",
                rare=True,
            ),
            _host("Only where it is not api.hubapi.com."),
        ),
    ),
    "zoho": Kind(
        "Zoho CRM",
        "Leads of a Zoho account",
        "zoho",
        (
            Field("client_id", "Client id", required=True),
            Field("client_secret", "Client secret", "secret", required=True),
            Field("refresh_token", "Refresh token", "secret", required=True),
            _mapping("Further fields", "Their field's API name on the left."),
            Field(
                "duplicate_check_fields",
                "Fields that tell duplicates",
                "lines",
                placeholder="Phone",
                rare=True,
            ),
            _host("Of the account's data centre, such as https://www.zohoapis.com."),
            Field("accounts_url", "Address of the sign-in", rare=True),
        ),
    ),
    "salesforce": Kind(
        "Salesforce",
        "Leads by the API",
        "salesforce",
        (
            Field("url", "My Domain", placeholder="https://….my.salesforce.com", required=True),
            Field("client_id", "Consumer key", required=True),
            Field("client_secret", "Consumer secret", "secret", required=True),
            _mapping("Further fields", "Their field's API name on the left."),
            Field(
                "external_id_field",
                "External id",
                hint="A unique field of Lead that keeps our id, where you have one.",
                rare=True,
            ),
        ),
    ),
    "salesforce_web": Kind(
        "Salesforce Web-to-Lead",
        "Leads by the web form, without an API user",
        "salesforce",
        (
            Field("organization_id", "Organization id", placeholder="00D…", required=True),
            _mapping("Further fields", "Names of the generated form (00N…) on the left."),
            _host("Only where it is not webto.salesforce.com."),
        ),
    ),
    "email": Kind(
        "E-mail",
        "A message to people for each lead",
        "email",
        (
            Field("recipients", "To", "lines", "One address on each line.", required=True),
            Field("sender", "From", placeholder="desk@agency.example", required=True),
            Field("host", "SMTP server", placeholder="smtp.agency.example", required=True),
            Field("port", "Port", "number", placeholder="587"),
            Field(
                "security",
                "Encryption",
                "choice",
                options=(
                    ("starttls", "STARTTLS (port 587)"),
                    ("tls", "TLS from the first byte (port 465)"),
                    ("none", "None"),
                ),
            ),
            Field("username", "User name"),
            Field("password", "Password", "secret"),
            Field("subject", "Subject", placeholder="New lead for {project_name}: {name}"),
            _mapping("Lines", "A label on the left. Without any, everything known is told."),
        ),
    ),
}
