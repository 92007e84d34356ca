"""`frontdesk detect`, as an agency types it."""

import json
from pathlib import Path

import pytest

from tests.property.evaluation.tuning import PAGES
from tests.support.server import Server


@pytest.fixture
def shell(tmp_path: Path) -> Server:
    return Server(tmp_path)


def test_a_file_is_told_in_a_table_with_what_is_missing(shell: Server, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(PAGES[0].html, encoding="utf-8")
    done = shell.run("detect", str(file), "--url", PAGES[0].url)
    assert done.returncode == 0, done.stderr
    told = done.stdout
    for words in ("price (2 BHK)", "₹84 lakh onwards", "P52100012345", "742 sq ft carpet"):
        assert words in told
    assert "“₹ 84 Lakh onwards”" in told  # what it was read from
    missing = told.partition("Missing, and how to add it:")[2]
    assert "developer" in missing
    assert "amenities" not in missing


def test_an_agency_is_told_how_a_page_could_be_read_surer(shell: Server, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(
        "<title>3 BHK flat in Baner, Pune</title><h1>3 BHK flat in Baner, Pune</h1>"
        "<p>Price: ₹ 1.18 Cr</p><p>Agent RERA: A52100000001</p>",
        encoding="utf-8",
    )
    told = shell.run("detect", str(file)).stdout
    assert "Nothing was read from data for machines (JSON-LD" in told
    assert "What is less than 75% sure always waits for a person." in told
    assert "RERA registration\n" in told.partition("Missing, and how to add it:")[2]
    offer = '{"price": 11800000, "priceCurrency": "INR"}'
    data = f'{{"@type": "Apartment", "numberOfBedrooms": 3, "offers": {offer}}}'
    file.write_text(f'<script type="application/ld+json">{data}</script>', encoding="utf-8")
    assert "data for machines" not in shell.run("detect", str(file)).stdout


def test_what_was_found_is_written_as_data_to_put_into_the_page(
    shell: Server, tmp_path: Path
) -> None:
    file = tmp_path / "page.html"
    file.write_text(PAGES[0].html, encoding="utf-8")
    done = shell.run("detect", str(file), "--json-ld")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith('<script type="application/ld+json">')
    assert '"lowPrice": 8400000' in done.stdout
    file.write_text("<title>Our team</title><p>Hello</p>", encoding="utf-8")
    done = shell.run("detect", str(file), "--json-ld")
    assert (done.returncode, done.stdout) == (1, "")
    assert "about one property" in done.stderr


def test_a_page_for_programs(shell: Server, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(PAGES[2].html, encoding="utf-8")
    done = shell.run("detect", str(file), "--json")
    found = json.loads(done.stdout)
    (price,) = [fact for fact in found["facts"] if fact["key"] == "price"]
    assert price["quantity"] == {
        "low": 450_000,
        "high": 450_000,
        "unit": "",
        "currency": "GBP",
        "is_from": False,
    }


def test_a_wall_is_told_as_one_and_is_a_failure(shell: Server, tmp_path: Path) -> None:
    (wall,) = [page for page in PAGES if page.name == "Bot wall"]
    file = tmp_path / "page.html"
    file.write_text(wall.html, encoding="utf-8")
    done = shell.run("detect", str(file))
    assert done.returncode == 1
    assert "A check for robots" in done.stdout
    assert "Nothing is taken from it." in done.stdout


def test_a_file_that_is_not_there(shell: Server) -> None:
    done = shell.run("detect", "nowhere.html")
    assert done.returncode == 1
    assert "Cannot read nowhere.html" in done.stderr
    assert "Traceback" not in done.stderr


def test_knowledge_is_imported_and_faults_are_told_by_line(shell: Server, tmp_path: Path) -> None:
    projects = tmp_path / "projects.json"
    projects.write_text(json.dumps({"projects": [{"id": "palm-grove", "name": "Palm Grove"}]}))
    assert shell.run("projects", "import", str(projects)).returncode == 0
    file = tmp_path / "answers.csv"
    file.write_text("question,answer\nIs there a pool?,Yes\n", encoding="utf-8")
    done = shell.run("knowledge", "import", "palm-grove", str(file), "--dry-run")
    assert "1 added, 0 changed, 0 unchanged." in done.stdout
    assert "dry run" in done.stdout
    assert "1 added" in shell.run("knowledge", "import", "palm-grove", str(file)).stdout
    assert "1 unchanged" in shell.run("knowledge", "import", "palm-grove", str(file)).stdout
    file.write_text("question,answer\nPool?,\n", encoding="utf-8")
    done = shell.run("knowledge", "import", "palm-grove", str(file))
    assert done.returncode == 1
    assert "line 2: answer: This is missing." in done.stderr
    assert shell.run("knowledge", "import", "nowhere", str(file)).returncode == 1
