"""Sites that real frameworks make: React Router, React's whole documents, Turbo and Astro. The
project follows the address, and nobody is in anybody's way."""

import subprocess
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect
from starlette.responses import JSONResponse

from tests.widget.conftest import ask, open_panel
from tests.widget.stub import Page as HostPage
from tests.widget.stub import Stub, make_project

pytestmark = pytest.mark.asyncio(loop_scope="session")

ROOT = Path(__file__).parents[2]
PATHS = ("/palm", "/palm/plans", "/coral/plans")
NAV = "".join(f'<a href="{path}">{path}</a> ' for path in PATHS)


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `widget/tests/sites/` becomes."""
    folder = tmp_path_factory.mktemp("sites")
    node = subprocess.run([ROOT / "script/node-path"], capture_output=True, text=True, check=True)
    subprocess.run(
        [f"{node.stdout.strip()}/node", ROOT / "widget/tests/sites/build.mjs", folder], check=True
    )
    return folder


@pytest.fixture
def two_projects(stub: Stub) -> Stub:
    stub.projects = [
        make_project(path_prefix="/palm"),
        make_project("coral-bay", path_prefix="/coral"),
    ]
    return stub


def serve(stub: Stub, head: str, body: str = "", script: str | None = None) -> None:
    """The same frame at every address, each with its own heading."""
    for path in PATHS:
        stub.pages[path] = HostPage(
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{path}</title>'
            f'<link rel="icon" href="data:,">{head}'
            f'<script async src="{stub.origin}/widget.js"></script></head>'
            f"<body>{body or f'<nav>{NAV}</nav><h1>This is {path}</h1>'}</body></html>"
        )
    if script is not None:
        stub.pages["/site.js"] = HostPage(script, {"content-type": "text/javascript"})


def launcher(page: Page, name: str = "Palm Grove") -> Locator:
    return page.get_by_role("button", name=f"Ask about {name}")


async def walk(page: Page, stub: Stub) -> None:
    """Within the project the talk goes on; the next project has its own; back is back."""
    faults: list[object] = []
    page.on("pageerror", lambda fault: faults.append(fault))
    await page.goto(stub.site(path="/palm"))
    await page.evaluate("() => { window.isOnePage = true; }")
    await open_panel(page)
    await ask(page, "What does a 2 BHK cost?")
    await expect(page.get_by_role("log")).to_contain_text("84 lakh")

    await page.get_by_role("link", name="/palm/plans").click()
    await expect(page.get_by_role("heading", name="This is /palm/plans")).to_be_visible()
    await expect(page.get_by_role("log")).to_contain_text("84 lakh")

    await page.get_by_role("link", name="/coral/plans").click()
    await expect(page.get_by_role("heading", name="This is /coral/plans")).to_be_visible()
    await expect(launcher(page, "Coral Bay")).to_be_visible()
    await expect(page.locator("frontdesk-widget")).to_have_count(1)
    dialog = await open_panel(page, "Ask about Coral Bay")
    await expect(dialog).to_have_accessible_name("Coral Bay")

    told = {"id": "2", "author": "desk", "text": "2 BHK homes start at ₹84 lakh."}
    stub.history = lambda: JSONResponse({"messages": [told]})
    await page.go_back()
    await expect(page.get_by_role("heading", name="This is /palm/plans")).to_be_visible()
    await open_panel(page)
    await expect(page.get_by_role("log")).to_contain_text("84 lakh")
    assert await page.evaluate("() => window.isOnePage"), "the site loaded anew: nothing is shown"
    assert len(stub.to("GET", "/v1/widget")) == 1, "the settings at hand were enough"
    assert faults == []


@pytest.mark.parametrize("has_navigation", [True, False])
async def test_react_router(
    page: Page, two_projects: Stub, sites: Path, has_navigation: bool
) -> None:
    if not has_navigation:
        await page.add_init_script("delete window.navigation")
    serve(
        two_projects,
        '<script defer src="/site.js"></script>',
        '<div id="root"></div>',
        (sites / "react.js").read_text("utf-8"),
    )
    await walk(page, two_projects)
    await page.get_by_role("link", name="/about").click()
    await expect(page.get_by_role("heading", name="This is /about")).to_be_visible()
    await expect(page.locator("frontdesk-widget")).to_have_count(0)


@pytest.mark.parametrize("refresh", ["replace", "morph"])
async def test_turbo_drive(page: Page, two_projects: Stub, sites: Path, refresh: str) -> None:
    serve(
        two_projects,
        f'<meta name="turbo-refresh-method" content="{refresh}">'
        '<meta name="view-transition" content="same-origin"><script src="/site.js"></script>',
        script=(sites / "turbo.js").read_text("utf-8"),
    )
    await walk(page, two_projects)
    # A page that fetches itself anew, by `<turbo-stream action="refresh">` or a push.
    await page.evaluate("""() => new Promise((rendered) => {
        addEventListener('turbo:render', rendered, {once: true});
        Turbo.session.refresh(location.href);
    })""")
    await expect(page.get_by_role("log")).to_contain_text("84 lakh")


async def test_turbo_drive_runs_the_next_pages_tag(page: Page, stub: Stub, sites: Path) -> None:
    """A tag in the body names another project on each page; Turbo makes it anew with the body."""
    stub.projects = [make_project(by_hand=True), make_project("coral-bay", by_hand=True)]
    stub.pages["/site.js"] = HostPage(
        (sites / "turbo.js").read_text("utf-8"), {"content-type": "text/javascript"}
    )
    for path, project in (("/palm", "palm-grove"), ("/coral/plans", "coral-bay")):
        stub.pages[path] = HostPage(
            f"<!doctype html><title>{path}</title><link rel='icon' href='data:,'>"
            f"<script src='/site.js'></script><body><nav>{NAV}</nav>"
            f"<script async data-project='{project}' src='{stub.origin}/widget.js'></script>"
        )
    await page.goto(stub.site(path="/palm"))
    await expect(launcher(page)).to_be_visible()
    await page.get_by_role("link", name="/coral/plans").click()
    await expect(launcher(page, "Coral Bay")).to_be_visible()
    await expect(page.locator("frontdesk-widget")).to_have_count(1)
    named = [call.query.rpartition("=")[2] for call in stub.to("GET", "/v1/widget")]
    assert named == ["palm-grove", "coral-bay"]


@pytest.mark.parametrize("has_transitions", [True, False])
async def test_astro_view_transitions(
    page: Page, two_projects: Stub, has_transitions: bool
) -> None:
    """`sites/astro-client-router.js` is what Astro builds from `<ClientRouter />`."""
    if not has_transitions:
        await page.add_init_script("delete Document.prototype.startViewTransition")
    serve(
        two_projects,
        '<meta name="astro-view-transitions-enabled" content="true">'
        '<meta name="astro-view-transitions-fallback" content="animate">'
        '<script type="module" src="/site.js"></script>',
        script=Path(__file__).with_name("astro-client-router.js").read_text("utf-8"),
    )
    await walk(page, two_projects)


async def test_a_document_that_react_renders_whole(page: Page, stub: Stub, sites: Path) -> None:
    """Hydrated after the tag has run, with a child of <html> that the server knew nothing of."""
    tag = f"{stub.origin}/widget.js"
    html = (sites / "react-document.html").read_text("utf-8").replace("TAG", tag)
    stub.pages["/"] = HostPage(f"<!doctype html>{html}")
    await page.goto(stub.site())
    await open_panel(page)
    await page.evaluate((sites / "react-document.js").read_text("utf-8"))
    await page.evaluate("(tag) => { hydrate(tag); }", tag)
    await expect(page.get_by_text("Hydrated")).to_be_visible()
    await page.get_by_role("button", name="Seen 0 times").click()
    await expect(page.get_by_role("button", name="Seen 1 times")).to_be_visible()
    await expect(page.get_by_role("dialog")).to_be_visible()
    assert await page.evaluate("() => faults") == [], "React found what it expected"
