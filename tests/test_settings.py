"""Settings are read once, all faults are told at once, and each is documented."""

import stat
from pathlib import Path

import pytest
from pydantic import SecretStr
from pydantic.fields import FieldInfo

from frontdesk.secret_key import read_secret_key
from frontdesk.setting_checks import read_mail_url
from frontdesk.settings import Settings, SettingsError, load_settings
from tests.support import settings_page
from tests.support.application import make_settings

SECRET = "a secret of at least thirty-two characters"
PRODUCTION = {
    "FRONTDESK_ENVIRONMENT": "production",
    "FRONTDESK_SECRET_KEY": SECRET,
    "FRONTDESK_PUBLIC_URL": "https://desk.example",
}


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"FRONTDESK_{name.upper()}", raising=False)
    monkeypatch.chdir(tmp_path)


def problems_with(monkeypatch: pytest.MonkeyPatch, **environment: str) -> list[str]:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    return [problem.partition(":")[0] for problem in caught.value.problems]


def test_it_starts_with_nothing_set() -> None:
    settings = load_settings()
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.reached_at == "http://127.0.0.1:8000"
    assert settings.database_path == Path("data/frontdesk.db")


def test_a_complete_production(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in PRODUCTION.items():
        monkeypatch.setenv(name, value)
    assert load_settings().reached_at == "https://desk.example"


def test_every_fault_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unreadable ones and unsafe ones together."""
    assert problems_with(
        monkeypatch,
        FRONTDESK_ENVIRONMENT="production",
        FRONTDESK_PORT="eighty",
        FRONTDESK_LOG_LEVEL="loud",
        FRONTDESK_STORAGE_URL="mysql://somewhere",
        FRONTDESK_REDIS_URL="http://somewhere",
        FRONTDESK_SECRET_KEY="short",
        FRONTDESK_TRUSTED_PROXIES="10.0.0.0/8",
        FRONTDESK_RATE_LIMIT="false",
        FRONTDESK_GEMINI_BASE_URL="http://models.example",
    ) == [
        "FRONTDESK_PORT",
        "FRONTDESK_STORAGE_URL",
        "FRONTDESK_REDIS_URL",
        "FRONTDESK_TRUSTED_PROXIES",
        "FRONTDESK_LOG_LEVEL",
        "FRONTDESK_SECRET_KEY",
        "FRONTDESK_PUBLIC_URL",
        "FRONTDESK_RATE_LIMIT",
        "FRONTDESK_GEMINI_BASE_URL",
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FRONTDESK_SECRET_KEY", ""),
        ("FRONTDESK_SECRET_KEY", "x" * 31),
        ("FRONTDESK_PUBLIC_URL", ""),
        ("FRONTDESK_PUBLIC_URL", "http://desk.example"),
        ("FRONTDESK_RATE_LIMIT", "0"),
        ("FRONTDESK_GEMINI_BASE_URL", "http://models.example"),
    ],
)
def test_production_refuses_what_is_unsafe(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    assert problems_with(monkeypatch, **{**PRODUCTION, name: value}) == [name]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FRONTDESK_SECRET_KEY", "x" * 31),
        ("FRONTDESK_PORT", "65536"),
        ("FRONTDESK_STORAGE_URL", "sqlite:///"),
        ("FRONTDESK_STORAGE_URL", "mongodb://"),
        ("FRONTDESK_TRUSTED_PROXIES", '["10.0.0.0/99"]'),
        ("FRONTDESK_TRUSTED_PROXIES", "junk"),
        ("FRONTDESK_ALLOWED_PRIVATE_HOSTS", '{"a": 1}'),
        ("FRONTDESK_DELIVERY_LEASE_SECONDS", "20"),
    ],
)
def test_development_refuses_what_cannot_work(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    assert problems_with(monkeypatch, **{name: value}) == [name]


OPENID = {"FRONTDESK_OPENID_CLIENT_ID": "frontdesk", "FRONTDESK_OPENID_CLIENT_SECRET": "s"}


def test_a_provider_needs_all_of_its_settings_and_https(monkeypatch: pytest.MonkeyPatch) -> None:
    assert problems_with(
        monkeypatch, **PRODUCTION, FRONTDESK_OPENID_ISSUER="http://id.example"
    ) == [
        "FRONTDESK_OPENID_CLIENT_ID",
        "FRONTDESK_OPENID_CLIENT_SECRET",
        "FRONTDESK_OPENID_ISSUER",
    ]
    for name, value in (OPENID | {"FRONTDESK_OPENID_ISSUER": "https://id.example"}).items():
        monkeypatch.setenv(name, value)
    assert load_settings().openid_issuer == "https://id.example"


@pytest.mark.parametrize(
    ("url", "is_taken"),
    [
        ("https://models.example/v1", True),
        ("http://127.0.0.1:8080/v1", True),
        ("http://10.1.2.3:8080/v1", True),
        ("http://[::1]:8080/v1", True),
        ("http://vllm:8080/v1", True),
        ("http://models.internal:8080/v1", True),
        ("http://models.example/v1", False),
        ("http://8.8.8.8/v1", False),
        ("http://10.1.2.3.models.example/v1", False),
        ("http://127.0.0.1@models.example/v1", False),
        ("http://[broken", False),
    ],
)
def test_visitors_words_cross_no_network_of_others_in_the_clear(
    monkeypatch: pytest.MonkeyPatch, url: str, is_taken: bool
) -> None:
    environment = PRODUCTION | {
        "FRONTDESK_OPENAI_MODEL": "m",
        "FRONTDESK_ALLOWED_PRIVATE_HOSTS": '["models.internal:8080"]',
        "FRONTDESK_OPENAI_BASE_URL": url,
    }
    if not is_taken:
        assert problems_with(monkeypatch, **environment) == ["FRONTDESK_OPENAI_BASE_URL"]
        return
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert load_settings().openai_base_url == url


def test_lists_are_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRONTDESK_TRUSTED_PROXIES", '["10.0.0.0/8", "::1"]')
    monkeypatch.setenv("FRONTDESK_ALLOWED_PRIVATE_HOSTS", "")
    settings = load_settings()
    assert settings.trusted_proxies == ("10.0.0.0/8", "::1")
    assert settings.allowed_private_hosts == ()


def test_a_problem_never_repeats_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRONTDESK_SECRET_KEY", "short-secret")
    monkeypatch.setenv("FRONTDESK_PORT", "x")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert "short-secret" not in str(caught.value)
    assert isinstance(caught.value.__cause__, type(None))


def test_a_file_beside_it_is_read_and_the_environment_wins(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("FRONTDESK_PORT=9001\nFRONTDESK_HOST=0.0.0.0\n")
    monkeypatch.setenv("FRONTDESK_PORT", "9002")
    settings = load_settings()
    assert (settings.host, settings.port) == ("0.0.0.0", 9002)


def test_a_development_key_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    settings = make_settings(tmp_path / "data", secret_key="")
    key = read_secret_key(settings)
    assert len(key) >= 32
    assert read_secret_key(settings) == key
    kept = tmp_path / "data" / "frontdesk.secret"
    assert kept.read_text() == key
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_a_key_that_is_set_is_used_and_nothing_is_written(tmp_path: Path) -> None:
    settings = make_settings(tmp_path / "data", secret_key=SecretStr(SECRET))
    assert read_secret_key(settings) == SECRET
    assert not (tmp_path / "data").exists()


def test_the_page_of_settings_is_up_to_date() -> None:
    assert settings_page.PAGE.read_text(encoding="utf-8") == settings_page.render(), (
        "run: python -m tests.support.settings_page"
    )


def test_an_undocumented_setting_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    fields = {**Settings.model_fields, "surprise": FieldInfo(annotation=int, default=1)}
    monkeypatch.setattr(Settings, "__pydantic_fields__", fields)
    with pytest.raises(ValueError, match="surprise"):
        settings_page.render()


def test_credentials_in_the_storage_url_are_never_shown() -> None:
    settings = load_settings(storage_url="mongodb://desk:hunter22@db.example/desk")
    assert not settings.is_sqlite
    assert "hunter22" not in repr(settings)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mail.example", "is not like"),
        ("http://mail.example", "is not like"),
        ("smtp://", "is not like"),
        ("smtp://mail.example:port", "is not like"),
        ("smtp://user@mail.example", "go together"),
        ("smtp+plain://user:word@mail.example", "unencrypted"),
    ],
)
def test_a_mail_server_that_makes_no_sense(
    monkeypatch: pytest.MonkeyPatch, url: str, said: str
) -> None:
    monkeypatch.setenv("FRONTDESK_SMTP_URL", url)
    monkeypatch.setenv("FRONTDESK_SMTP_SENDER", "desk@agency.example")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    (problem,) = caught.value.problems
    assert problem.startswith("FRONTDESK_SMTP_URL: ")
    assert said in problem
    assert "word" not in problem.replace("password", "")


def test_a_mail_server_needs_a_sender(monkeypatch: pytest.MonkeyPatch) -> None:
    server = {"FRONTDESK_SMTP_URL": "smtps://me%40mail.example:p%3Aw@mail.example"}
    assert problems_with(monkeypatch, **server) == ["FRONTDESK_SMTP_SENDER"]
    monkeypatch.setenv("FRONTDESK_SMTP_SENDER", "desk@agency.example")
    url = load_settings().smtp_url.get_secret_value()
    assert read_mail_url(url) == ("tls", "mail.example", 465, "me@mail.example", "p:w")
