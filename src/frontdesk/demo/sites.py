"""The demo's property sites: what a marketer's pages look like before Frontdesk is on them.

Each folder below `sites/` is one host. Its HTML files are its pages (`plans.html` is `/plans`,
`index.html` the folder itself, a leading underscore marks a layout), and `files/` is what they
load. Nothing in a page belongs to Frontdesk but the one script tag.
"""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

SITES = Path(__file__).parent / "sites"
NAMES = ("palmgrove", "coralbay", "urbannest", "brand")


def site_app(name: str, service_url: str) -> Starlette:
    """The site `name`; its pages load `{service_url}/widget.js`, from another origin as in life."""
    folder = SITES / name
    templates = Environment(
        loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined
    )
    headers = {"Content-Security-Policy": _content_security_policy(service_url)}

    def page(file: str) -> Route:
        # Rendered once: all that a page depends on is known now.
        html = templates.get_template(file).render(service_url=service_url)

        async def show(_: Request) -> Response:
            return HTMLResponse(html, headers=headers)

        return Route(page_path(file), show)

    return Starlette(
        routes=[
            *(page(file) for file in page_files(name)),
            Mount("/files", StaticFiles(directory=folder / "files")),
        ]
    )


def page_files(name: str) -> list[str]:
    """The site's pages, as paths below its folder."""
    folder = SITES / name
    return sorted(
        file.relative_to(folder).as_posix()
        for file in folder.rglob("*.html")
        if not file.name.startswith("_")
    )


def page_path(file: str) -> str:
    """`palm-heights/plans.html` is at `/palm-heights/plans`, `index.html` at `/`."""
    return "/" + file.removesuffix(".html").removesuffix("index").rstrip("/")


def _content_security_policy(service_url: str) -> str:
    """As strict as a careful agency's: the demo shows that the tag lives with it."""
    return (
        f"default-src 'none'; script-src {service_url}; connect-src {service_url}; "
        "style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )
