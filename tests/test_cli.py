"""The commands, as an operator types them."""

import json
import socket
from pathlib import Path

import httpx2
import pytest

from tests.support.server import Server

PROJECTS = {
    "projects": [
        {"id": "palm-grove", "name": "Palm Grove", "sites": ["palm-grove.example"]},
        {"id": "coral-bay", "name": "Coral Bay", "sites": ["coral-bay.example"]},
    ]
}


@pytest.fixture
def shell(tmp_path: Path) -> Server:
    """`run` gives commands; nothing is started."""
    return Server(tmp_path)


def test_no_command_and_help(shell: Server) -> None:
    assert shell.run().returncode == 2
    told = shell.run("--help").stdout
    for command in (
        "serve",
        "demo",
        "check",
        "members",
        "keys",
        "projects",
        "detect",
        "backup",
        "restore",
    ):
        assert command in told


def test_wrong_settings_are_listed_and_nothing_starts(shell: Server) -> None:
    shell.settings |= {"PORT": "eighty", "SECRET_KEY": "short", "ENVIRONMENT": "production"}
    for command in (["serve"], ["check"], ["projects", "export"]):
        done = shell.run(*command)
        assert done.returncode == 2
        assert "Traceback" not in done.stderr
        for name in ("FRONTDESK_PORT", "FRONTDESK_SECRET_KEY", "FRONTDESK_PUBLIC_URL"):
            assert name in done.stderr


def test_check_tells_each_thing(shell: Server) -> None:
    done = shell.run("check")
    assert done.returncode == 0
    lines = [line.split()[:2] for line in done.stdout.splitlines()]
    subjects = ["settings", "widget", "storage", "secrets", "model"]
    assert lines == [["ok", subject] for subject in subjects]


def test_check_names_projects_whose_secrets_cannot_be_opened(shell: Server) -> None:
    destination = {"id": "crm", "url": "https://crm.example/", "headers": {"X-Key": "k-sentinel"}}
    projects = {"projects": [PROJECTS["projects"][0] | {"destinations": [destination]}]}
    file = shell.folder / "projects.json"
    file.write_text(json.dumps(projects))
    assert shell.run("projects", "import", str(file)).returncode == 0
    assert shell.run("check").returncode == 0
    old = shell.settings["SECRET_KEY"]
    shell.settings["SECRET_KEY"] = "another secret of at least thirty-two characters"
    done = shell.run("check")
    assert done.returncode == 1
    assert "FAILED  secrets" in done.stdout
    assert "palm-grove" in done.stdout
    shell.settings["SECRET_KEY_PREVIOUS"] = old
    assert shell.run("check").returncode == 0


def test_check_fails_on_storage_that_is_none(shell: Server) -> None:
    (shell.folder / "frontdesk.db").write_text("this was never a database, whatever it is named")
    done = shell.run("check")
    assert done.returncode == 1
    assert "FAILED  storage" in done.stdout
    assert "Traceback" not in done.stderr


def test_check_fails_on_a_model_that_cannot_be_reached(shell: Server) -> None:
    shell.settings |= {"GEMINI_API_KEY": "key-sentinel", "GEMINI_BASE_URL": "http://127.0.0.1:9"}
    done = shell.run("check")
    assert done.returncode == 1
    assert "FAILED  model" in done.stdout
    assert "key-sentinel" not in done.stdout + done.stderr


def test_members_and_keys_open_the_service(shell: Server) -> None:
    added = shell.run("members", "add", "asha@desk.example", "--name", "Asha", "--role", "owner")
    assert added.returncode == 0, added.stderr
    password = added.stdout.rpartition(": ")[2].strip()
    assert len(password) >= 12
    chosen = shell.run(
        "members", "add", "ravi@desk.example", "--name", "Ravi", "--role", "sales",
        "--password-stdin", stdin="a password that Ravi chose\n",
    )  # fmt: skip
    assert chosen.returncode == 0
    assert "Password" not in chosen.stdout
    key = shell.run("keys", "create", "export job", "--role", "viewer").stdout.split()[-1]
    with shell:
        url = shell.base_url + "/v1/leads"
        good = httpx2.get(url, headers={"Authorization": f"Bearer {key}"})
        assert good.status_code == 200
        assert httpx2.get(url, headers={"Authorization": f"Bearer {key}x"}).status_code == 401
    stored = (shell.folder / "frontdesk.db").read_bytes()
    for secret in (password, "a password that Ravi chose", key):
        assert secret.encode() not in stored


@pytest.mark.parametrize(
    ("arguments", "stdin", "told"),
    [
        (("no-address",), "", "email"),
        (("asha@desk.example", "--password-stdin"), "short\n", "12"),
    ],
)
def test_a_wrong_member_is_told_plainly(
    shell: Server, arguments: tuple[str, ...], stdin: str, told: str
) -> None:
    done = shell.run("members", "add", *arguments, "--name=A", "--role=owner", stdin=stdin)
    assert done.returncode == 1
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_the_same_member_twice(shell: Server) -> None:
    command = ("members", "add", "asha@desk.example", "--name", "Asha", "--role", "owner")
    assert [shell.run(*command).returncode for _ in range(2)] == [0, 1]


def test_a_key_for_some_projects(shell: Server) -> None:
    (shell.folder / "projects.json").write_text(json.dumps(PROJECTS))
    assert shell.run("projects", "import", "projects.json").returncode == 0
    create = ("keys", "create", "palm", "--role", "viewer", "--project")
    missing = shell.run(*create, "nowhere")
    assert (missing.returncode, missing.stderr) == (1, "There is no such project.\n")
    key = shell.run(*create, "palm-grove").stdout.split()[-1]
    with shell:
        headers = {"Authorization": f"Bearer {key}"}
        reply = httpx2.get(shell.base_url + "/v1/projects", headers=headers)
    assert [project["id"] for project in reply.json()["items"]] == ["palm-grove"]


def test_projects_in_and_out(shell: Server) -> None:
    file = shell.folder / "projects.json"
    file.write_text(json.dumps(PROJECTS))
    tried = shell.run("projects", "import", "projects.json", "--dry-run")
    assert "created" in tried.stdout
    assert json.loads(shell.run("projects", "export").stdout) == {"projects": []}
    assert shell.run("projects", "import", "projects.json").returncode == 0
    again = shell.run("projects", "import", "projects.json")
    assert again.stdout.split()[:2] == ["unchanged", "2"]
    exported = json.loads(shell.run("projects", "export").stdout)
    assert [project["id"] for project in exported["projects"]] == ["coral-bay", "palm-grove"]
    assert shell.run("projects", "export", "out.json").returncode == 0
    assert json.loads((shell.folder / "out.json").read_text()) == exported


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{", "is not JSON"),
        ('{"projects": [{"id": "Not An Id"}]}', "Nothing was imported"),
        (None, "Cannot read"),
    ],
)
def test_a_wrong_file_is_told_plainly(shell: Server, content: str | None, told: str) -> None:
    if content is not None:
        (shell.folder / "projects.json").write_text(content)
    done = shell.run("projects", "import", "projects.json")
    assert done.returncode == 1
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_that_is_taken_is_told_plainly(shell: Server) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        shell.settings["PORT"] = str(taken.getsockname()[1])
        done = shell.run("serve")
    assert done.returncode == 1
    assert "Cannot listen on 127.0.0.1" in done.stderr
    assert "Traceback" not in done.stderr


def test_serve_stops_when_told_and_starts_again_where_it_was_killed(tmp_path: Path) -> None:
    server = Server(tmp_path)
    server.start()
    assert server.terminate() == 0
    assert server.log_lines()[-1]["event"] == "stopped"
    server.start()
    server.kill()
    server.start()
    assert server.interrupt() == 0


def test_storage_that_cannot_open_ends_the_start(shell: Server) -> None:
    (shell.folder / "frontdesk.db").write_text("this was never a database, whatever it is named")
    done = shell.run("serve")
    assert done.returncode == 1
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    failure = next(line for line in lines if line["event"] == "cannot open storage")
    assert "not an SQLite database" in failure["error"][0]


def test_a_link_for_a_new_password_is_made_by_the_command_line(shell: Server) -> None:
    added = shell.run("members", "add", "a@agency.example", "--name", "Asha", "--role", "owner")
    assert added.returncode == 0
    assert shell.run("members", "list").stdout.split() == ["owner", "a@agency.example", "Asha"]
    made = shell.run("members", "link", "A@agency.example")
    assert "/dashboard/welcome?token=" in made.stdout
    nobody = shell.run("members", "link", "b@agency.example")
    assert (nobody.returncode, nobody.stdout) == (1, "")
    assert "no member" in nobody.stderr


def test_a_purge_says_what_became_of_each_host(shell: Server) -> None:
    nobody = shell.run("projects", "purge", "--all")
    assert (nobody.returncode, "FRONTDESK_PURGE_URL" in nobody.stderr) == (1, True)
    (shell.folder / "projects.json").write_text(json.dumps(PROJECTS))
    assert shell.run("projects", "import", "projects.json").returncode == 0
    # Port 9 discards: nobody listens there.
    shell.settings["PURGE_URL"] = "http://127.0.0.1:9/?host={host}"
    tried = shell.run("projects", "purge", "--all")
    assert tried.returncode == 1
    assert "not taken  ConnectError" in tried.stdout
    assert shell.run("projects", "purge", "--project", "nowhere").returncode == 1
    assert shell.run("projects", "purge").returncode == 2
