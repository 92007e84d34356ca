"""Settings: environment variables beginning with `FRONTDESK_`, and an optional `.env` file.

Read once, at start, and frozen. Every fault is reported at once, by the variable's name.
"""

import json
from enum import StrEnum
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import NoDecode, SettingsConfigDict

from frontdesk.cdn_settings import CdnSettings
from frontdesk.setting_checks import is_open_to_see, read_mail_url


class Environment(StrEnum):
    DEVELOPMENT = "development"
    PRODUCTION = "production"


class ProcessRole(StrEnum):
    """What a process does. Every role answers `/health/…` and `/metrics`."""

    ALL = "all"
    WEB = "web"
    WORKER = "worker"


class SettingsError(Exception):
    """The settings do not hold; `problems` has a line for each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Settings(CdnSettings):
    model_config = SettingsConfigDict(
        env_prefix="FRONTDESK_", env_file=".env", frozen=True, extra="ignore"
    )

    environment: Environment = Field(
        Environment.DEVELOPMENT,
        description="`production` refuses to start on an unsafe or missing setting.",
    )
    host: str = Field("127.0.0.1", description="The address to listen on.")
    port: int = Field(
        8000, ge=0, le=65535, description="The port to listen on; 0 takes a free one."
    )
    public_url: str = Field(
        "",
        description="Where browsers reach this service (`https://desk.example`). Required in "
        "production; by default `http://HOST:PORT`.",
    )
    storage_url: str = Field(
        "sqlite:///./data/frontdesk.db",
        repr=False,
        description="`sqlite:///PATH`: three slashes and a path, relative to where it is started. "
        "Or `mongodb://HOST/DATABASE`, `mongodb+srv://HOST/DATABASE`, as MongoDB writes them; the "
        "database is `frontdesk` where none is named.",
    )
    mongodb_pool_size: int = Field(
        50, ge=1, le=1000, description="How many connections are held to each MongoDB server."
    )
    mongodb_timeout_seconds: float = Field(
        10.0,
        gt=0,
        le=120,
        description="How long one act on MongoDB may take, the way to a server and a new try after "
        "a lost connection included. An election of a new primary should fit in.",
    )
    redis_url: str = Field(
        "",
        repr=False,
        description="`redis://HOST:6379/0`, `rediss://…` or `unix://…`: several processes count "
        "rate limits together and hear at once of changed settings. See [Redis](redis.md).",
    )
    secret_key: SecretStr = Field(
        SecretStr(""),
        description="At least 32 characters; signs conversation tokens and seals the secrets of "
        "destinations. Required in production; in development one is made and kept beside the "
        "database.",
    )
    secret_key_previous: SecretStr = Field(
        SecretStr(""),
        description="The key before this one: what it sealed can still be opened. See "
        "[secrets](secrets.md).",
    )
    openid_issuer: str = Field(
        "",
        description="Where an OpenID provider stands (`https://accounts.google.com`): members sign "
        "in there too. See [sign-in](sign-in.md).",
    )
    openid_client_id: str = Field("", description="What the provider calls this installation.")
    openid_client_secret: SecretStr = Field(
        SecretStr(""), description="The secret that the provider gave with it."
    )
    openid_name: str = Field(
        "your company account", description="What the button says: Sign in with …"
    )
    smtp_url: SecretStr = Field(
        SecretStr(""),
        description="The mail server for links to a new password: `smtp://user:password@host:587` "
        "(STARTTLS), `smtps://…:465`, or `smtp+plain://` without encryption and sign-in. Without "
        "it no mail is sent. See [sign-in](sign-in.md).",
    )
    smtp_sender: str = Field("", description="The address that these mails come from.")
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        description="JSON list of addresses or networks whose `X-Forwarded-For` is believed "
        '(`["10.0.0.0/8"]`).',
    )
    log_level: str = Field("info", description="debug, info, warning or error.")

    gemini_api_key: SecretStr = Field(
        SecretStr(""),
        description="With it, answers come from Gemini; without, from the project's own knowledge.",
    )
    gemini_base_url: str = Field(
        "https://generativelanguage.googleapis.com", description="Where Gemini's REST API is."
    )
    gemini_model: str = Field("gemini-2.5-flash", description="Which model answers.")
    gemini_concurrency: int = Field(
        500,
        ge=1,
        le=10_000,
        description="How many of Gemini's replies may be under way in one process; beyond it the "
        "next provider or the project's own knowledge answers.",
    )
    openai_base_url: str = Field(
        "",
        description="A server that speaks OpenAI's chat completions, with its `/v1` "
        "(`http://127.0.0.1:8080/v1`): OpenAI, vLLM, llama.cpp, Ollama. It answers where Gemini "
        "is not set up or fails before its first words. See [models](../guide/models.md).",
    )
    openai_api_key: SecretStr = Field(
        SecretStr(""), description="Its key; empty where the server asks for none."
    )
    openai_model: str = Field(
        "", description="Which of its models answers. Required with `FRONTDESK_OPENAI_BASE_URL`."
    )
    openai_concurrency: int = Field(
        32,
        ge=1,
        le=10_000,
        description="How many of its replies may be under way in one process. For a server of "
        "your own: how many it can make at the same time.",
    )
    model_order: Annotated[tuple[Literal["gemini", "openai"], ...], NoDecode] = Field(
        ("gemini", "openai"),
        description="JSON list of the providers in the order they are asked.",
    )
    model_conversation_tokens: int = Field(
        200_000,
        ge=0,
        description="How many tokens, prompt and reply together, models may use in one "
        "conversation before the project's own knowledge answers alone; 0 is no limit.",
    )
    model_project_day_tokens: int = Field(
        5_000_000, ge=0, description="The same for one project on one day (UTC)."
    )
    model_day_tokens: int = Field(
        50_000_000, ge=0, description="The same for all projects on one day (UTC)."
    )
    model_first_token_seconds: float = Field(
        4.0,
        gt=0,
        le=60,
        description="How long a visitor waits for a model's first words before the project's own "
        "knowledge answers instead.",
    )
    model_total_seconds: float = Field(
        30.0, gt=0, le=300, description="How long a model's whole reply may take."
    )

    conversation_hours: int = Field(
        72, ge=1, le=24 * 30, description="How long a conversation can be continued."
    )
    merge_days: int = Field(
        30,
        ge=0,
        le=365,
        description="An enquiry with the same project and phone within so many days joins the lead "
        "that is there.",
    )
    event_days: int = Field(
        30,
        ge=1,
        le=400,
        description="How long single events are kept; their counts by project, day and kind stay.",
    )
    site_quiet_hours: int = Field(
        24,
        ge=0,
        le=8760,
        description="After how long without a visit a site may be told as not live, at the "
        "earliest. 0: never. A project may have its own. See [alerts](alerts.md).",
    )
    session_hours: int = Field(
        12, ge=1, le=24 * 30, description="How long a dashboard session lasts."
    )

    max_body_bytes: int = Field(
        65536,
        ge=1024,
        description="The largest request body that a public route takes; the start of a "
        "conversation takes 512 KiB, for what the page shows.",
    )
    max_admin_body_bytes: int = Field(
        4 * 1024 * 1024,
        ge=65536,
        description="The largest request body that the admin API takes.",
    )
    request_seconds: float = Field(
        15.0, gt=0, description="How long a client may take to send its request."
    )
    shutdown_seconds: int = Field(
        10,
        ge=1,
        le=300,
        description="How long requests, and then deliveries, that are under way may take to finish "
        "when it is stopped.",
    )
    metrics_token: SecretStr = Field(
        SecretStr(""),
        description="With it, `/metrics` asks for it as bearer token. In production `/metrics` is "
        "served only with one.",
    )
    rate_limit: bool = Field(
        True, description="Limits on the public routes. Off only for measuring on loopback."
    )

    worker_concurrency: int = Field(
        8, ge=1, le=256, description="How many deliveries are sent at the same time."
    )
    delivery_lease_seconds: float = Field(
        60.0, ge=5, description="How long a worker holds a delivery before another may take it."
    )
    delivery_timeout_seconds: float = Field(
        20.0, gt=0, description="How long one try at a destination may take."
    )
    facts_hours: int = Field(
        24,
        ge=0,
        le=8760,
        description="How often the projects' own pages are read for facts. 0: only on demand.",
    )
    allowed_private_hosts: Annotated[
        tuple[str, ...],
        NoDecode,
        Field(
            description="JSON list of private host names (`host` or `host:port`) that deliveries "
            "may go to. Everything else private is refused."
        ),
    ] = ()

    @property
    def is_production(self) -> bool:
        return self.environment is Environment.PRODUCTION

    @property
    def is_sqlite(self) -> bool:
        return self.storage_url.startswith("sqlite:")

    @property
    def database_path(self) -> Path:
        """SQLite's file; for MongoDB, where the file would be."""
        if not self.is_sqlite:
            return Path("data/frontdesk.db")
        return Path(self.storage_url.removeprefix("sqlite:///"))

    @property
    def reached_at(self) -> str:
        """`public_url`, or where it listens."""
        return self.public_url.rstrip("/") or f"http://{self.host}:{self.port}"

    @field_validator("storage_url")
    @classmethod
    def _storage_is_known(cls, value: str) -> str:
        scheme, separator, rest = value.partition("://")
        is_sqlite = scheme == "sqlite" and len(rest) > 1 and rest.startswith("/")
        is_mongodb = scheme in {"mongodb", "mongodb+srv"} and rest.strip("/") != ""
        if not separator or not (is_sqlite or is_mongodb):
            raise ValueError("must be sqlite:///PATH, mongodb://… or mongodb+srv://…")
        return value

    @field_validator("redis_url")
    @classmethod
    def _redis_is_known(cls, value: str) -> str:
        if value and not value.startswith(("redis://", "rediss://", "unix://")):
            raise ValueError("must be redis://…, rediss://… or unix://…")
        return value

    @field_validator("trusted_proxies", "allowed_private_hosts", "model_order", mode="before")
    @classmethod
    def _list_is_json(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        try:
            read: object = json.loads(value or "[]")
        except ValueError:
            raise ValueError('must be a JSON list, such as ["one", "two"]') from None
        return read

    @field_validator("trusted_proxies")
    @classmethod
    def _proxies_are_networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for proxy in value:
            ip_network(proxy, strict=False)
        return value

    @field_validator("log_level")
    @classmethod
    def _level_is_known(cls, value: str) -> str:
        if value.lower() not in {"debug", "info", "warning", "error"}:
            raise ValueError("must be debug, info, warning or error")
        return value.lower()

    @model_validator(mode="after")
    def _is_safe(self) -> "Settings":
        problems = []
        key = self.secret_key.get_secret_value()
        if key and len(key) < 32:
            problems.append("FRONTDESK_SECRET_KEY: needs at least 32 characters")
        previous_key = self.secret_key_previous.get_secret_value()
        if previous_key and len(previous_key) < 32:
            problems.append("FRONTDESK_SECRET_KEY_PREVIOUS: needs at least 32 characters")
        if self.openai_base_url and not self.openai_model:
            problems.append("FRONTDESK_OPENAI_MODEL: required with FRONTDESK_OPENAI_BASE_URL")
        if self.openai_base_url and not self.openai_base_url.startswith(("http://", "https://")):
            problems.append("FRONTDESK_OPENAI_BASE_URL: must begin with http:// or https://")
        if self.openid_issuer:
            problems += [
                f"FRONTDESK_{name.upper()}: required with FRONTDESK_OPENID_ISSUER"
                for name in ("openid_client_id", "openid_client_secret")
                if not str(getattr(self, name))
            ]
        if smtp_url := self.smtp_url.get_secret_value():
            try:
                read_mail_url(smtp_url)
            except ValueError as error:
                problems.append(f"FRONTDESK_SMTP_URL: {error}")
            if "@" not in self.smtp_sender:
                problems.append("FRONTDESK_SMTP_SENDER: required with FRONTDESK_SMTP_URL")
        if self.delivery_timeout_seconds >= self.delivery_lease_seconds:
            problems.append(
                "FRONTDESK_DELIVERY_LEASE_SECONDS: must be longer than "
                "FRONTDESK_DELIVERY_TIMEOUT_SECONDS, or two workers send the same lead"
            )
        if self.is_production:
            if not key:
                problems.append("FRONTDESK_SECRET_KEY: required in production")
            if not self.public_url.startswith("https://"):
                problems.append("FRONTDESK_PUBLIC_URL: required in production, with https://")
            if not self.rate_limit:
                problems.append("FRONTDESK_RATE_LIMIT: cannot be off in production")
            if not self.gemini_base_url.startswith("https://"):
                problems.append("FRONTDESK_GEMINI_BASE_URL: must be https:// in production")
            if self.openid_issuer and not self.openid_issuer.startswith("https://"):
                problems.append("FRONTDESK_OPENID_ISSUER: must be https:// in production")
            if is_open_to_see(self.openai_base_url, self.allowed_private_hosts):
                problems.append(
                    "FRONTDESK_OPENAI_BASE_URL: must be https:// in production, but for a private "
                    "address or a host of FRONTDESK_ALLOWED_PRIVATE_HOSTS"
                )
        if problems:
            raise ValueError("\n".join(problems))
        return self


def load_settings(**overrides: object) -> Settings:
    """Read the environment; `overrides` win. Raises SettingsError with every problem found."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        problems = _describe(error)
        faulty = {str(fault["loc"][0]) for fault in error.errors() if fault["loc"]}
    # What is unsafe in combination is looked at once each setting is readable by itself. With
    # defaults for the unreadable ones, it is reported in the same breath.
    defaults = {name: Settings.model_fields[name].get_default() for name in faulty}
    try:
        Settings(**{**overrides, **defaults})
    except ValidationError as error:
        problems += [problem for problem in _describe(error) if problem not in problems]
    raise SettingsError(problems)


def _describe(error: ValidationError) -> list[str]:
    problems: list[str] = []
    for fault in error.errors():
        message = fault["msg"].removeprefix("Value error, ")
        if fault["loc"]:
            name = "FRONTDESK_" + str(fault["loc"][0]).upper()
            problems.append(f"{name}: {message}")
        else:
            problems.extend(message.splitlines())
    return problems
