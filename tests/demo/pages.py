"""The demo's pages as a crawler sees them: texts, scripts, addresses, figures."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

import httpx2

from frontdesk.demo.sites import page_files, page_path, site_app

SERVICE_URL = "http://localhost:8000"

# Which pages tell of which project.
PROJECT_PAGES = {
    "palm-grove": ("palmgrove", "/"),
    "coral-bay": ("coralbay", "/"),
    "urban-nest": ("urbannest", "/"),
    "palm-heights": ("brand", "/palm-heights"),
    "lake-terrace": ("brand", "/lake-terrace"),
    "signature-row": ("brand", "/signature"),
}

_MONEY = re.compile(r"(?:₹|\bRs\.?)\s*(\d[\d,]*(?:\.\d+)?)\s*(lakh|crore)?", re.IGNORECASE)
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_MEASURE = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*(sq ft|sq m|km|m|%|homes|flats|villas)(?!\w)")
_FACTOR = {"": 1, "lakh": 100_000, "crore": 10_000_000}


@dataclass
class Page(HTMLParser):
    html: str
    headers: httpx2.Headers
    texts: list[str] = field(default_factory=list)
    scripts: list[dict[str, str | None]] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    metas: dict[str, str] = field(default_factory=dict)
    addresses: list[str] = field(default_factory=list)
    _inside: str = ""

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.html)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "script":
            self.scripts.append(values)
        if tag == "meta":
            name = values.get("name") or values.get("property")
            if name:
                self.metas[name] = values.get("content") or ""
        self.addresses += [values[name] or "" for name in ("src", "href", "action") & values.keys()]
        if tag in ("script", "style"):
            self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        (self.data if self._inside else self.texts).append(data)


async def load_page(site: str, path: str) -> Page:
    transport = httpx2.ASGITransport(app=site_app(site, SERVICE_URL))
    async with httpx2.AsyncClient(transport=transport, base_url="http://site") as client:
        reply = await client.get(path)
    assert reply.status_code == 200, (site, path)
    return Page(reply.text, reply.headers)


async def load_project(project_id: str) -> str:
    """The text of the project's page and of those below it."""
    site, start = PROJECT_PAGES[project_id]
    paths = [page_path(file) for file in page_files(site)]
    below = [path for path in paths if path == start or path.startswith(f"{start}/")]
    return " ".join([(await load_page(site, path)).text for path in below])


def amounts(text: str) -> set[float]:
    """Sums of money in rupees: `₹1.18 crore` and `Rs. 1,18,00,000` are both 11800000."""
    return {
        round(float(number.replace(",", "")) * _FACTOR[unit.lower()], 2)
        for number, unit in _MONEY.findall(text)
    }


def numbers(text: str) -> set[str]:
    return {number.replace(",", "") for number in _NUMBER.findall(text)}


def measures(text: str) -> set[tuple[str, str]]:
    return {(number.replace(",", ""), unit) for number, unit in _MEASURE.findall(text)}
