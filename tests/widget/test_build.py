"""What the build promises to the service and to the page: names, sizes, hashes."""

import base64
import gzip
import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path

import phonenumbers

from tests.widget.stub import ASSETS

WIDGET = Path(__file__).parents[2] / "widget"


def test_the_manifest_describes_the_files() -> None:
    manifest = json.loads((ASSETS / "manifest.json").read_text("utf-8"))
    assert set(manifest) == {
        "widget.js",
        "panel",
        "cards",
        "picker",
        "hindi",
        "bubble",
        "chime",
        "snapshot",
    }
    assert manifest["widget.js"]["file"] == "widget.js"
    for name, entry in manifest.items():
        content = (ASSETS / entry["file"]).read_bytes()
        digest = base64.b64encode(hashlib.sha384(content).digest()).decode()
        assert entry["sri"] == f"sha384-{digest}"
        assert entry["bytes"] == len(content)
        assert entry["brotli_bytes"] == (ASSETS / f"{entry['file']}.br").stat().st_size
        assert gzip.decompress((ASSETS / f"{entry['file']}.gz").read_bytes()) == content
        if name != "widget.js":
            assert entry["file"] == f"{name}-{hashlib.sha256(content).hexdigest()[:12]}.js"
    tag = (ASSETS / "widget.js").read_text("utf-8")
    panel = (ASSETS / manifest["panel"]["file"]).read_text("utf-8")
    for name, loaded_by in (("panel", tag), ("bubble", tag), ("cards", panel), ("hindi", tag)):
        assert manifest[name]["file"] in loaded_by


def test_browsers_compile_the_tag_while_they_read_it() -> None:
    """The comment counts in a script's first lines only, before any code."""
    tag = (ASSETS / "widget.js").read_text("utf-8")
    assert tag.startswith("//# allFunctionsCalledOnLoad\n")


def test_the_widget_is_within_its_budget() -> None:
    manifest = json.loads((ASSETS / "manifest.json").read_text("utf-8"))
    loader, panel, hindi = (
        manifest[name]["brotli_bytes"] for name in ("widget.js", "panel", "hindi")
    )
    assert loader <= 4000
    assert loader + max(panel, hindi) <= 16000, "all that an open panel has loaded"


def test_the_build_fails_over_its_budget(tmp_path: Path) -> None:
    """The control: the same build with a loader that has grown."""
    shutil.copytree(WIDGET, tmp_path / "widget", ignore=shutil.ignore_patterns("node_modules"))
    (tmp_path / "widget/node_modules").symlink_to(WIDGET / "node_modules")
    noise = "".join(hashlib.sha256(bytes([i])).hexdigest() for i in range(256))
    loader = tmp_path / "widget/src/loader.ts"
    loader.write_text(loader.read_text("utf-8") + f'\nconsole.log("{noise}");\n', "utf-8")
    node = subprocess.run(
        [WIDGET.parent / "script/node-path"], capture_output=True, text=True, check=True
    )
    built = subprocess.run(
        [f"{node.stdout.strip()}/node", "build.mjs"],
        cwd=tmp_path / "widget",
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 1
    assert "over its byte budget" in built.stderr


def test_every_country_has_its_calling_code() -> None:
    source = (WIDGET / "src/countries.ts").read_text("utf-8")
    data = "".join(re.findall(r'"([0-9A-Z]+)"', source))
    ours = {
        region: int(code)
        for code, regions in re.findall(r"(\d+)(\D+)", data)
        for region in re.findall("..", regions)
    }
    theirs = {
        region: phonenumbers.country_code_for_region(region)
        for region in phonenumbers.SUPPORTED_REGIONS
    }
    assert ours == theirs
