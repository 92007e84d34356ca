"""The widget's files on their way out."""

import gzip
import json
from pathlib import Path

import httpx2
import pytest

from frontdesk.web.assets import (
    FOLDER,
    WidgetNotBuiltError,
    choose_coding,
    has_matching_etag,
    load_assets,
)

CODINGS = ("br", "gzip", "identity")


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0.5, gzip;q=0.8", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("*", "br"),
        ("*;q=0.1, br;q=0", "gzip"),
        ("identity", "identity"),
        ("identity;q=0.5, gzip;q=0.2", "identity"),
        ("gzip;q=0.2", "gzip"),
        ("deflate", "identity"),
        ("br;q=junk", "identity"),
        ("*;q=0", "identity"),
        ("", "identity"),
        ("BR", "br"),
    ],
)
def test_choose_coding(accepted: str, expected: str) -> None:
    assert choose_coding(accepted, CODINGS) == expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [('"a"', True), ('W/"a"', True), ('"b", "a"', True), ("*", True), ('"b"', False), ("", False)],
)
def test_matching_etags(header: str, expected: bool) -> None:
    assert has_matching_etag(header, '"a"') is expected


def panel() -> str:
    name: str = json.loads((FOLDER / "manifest.json").read_text())["panel"]["file"]
    return name


@pytest.mark.parametrize("coding", ["br", "gzip"])
async def test_the_tag_is_compressed_and_short_lived(
    client: httpx2.AsyncClient, coding: str
) -> None:
    async with client.stream("GET", "/widget.js", headers={"Accept-Encoding": coding}) as reply:
        body = b"".join([chunk async for chunk in reply.aiter_raw()])
    assert reply.headers["content-encoding"] == coding
    assert reply.headers["cache-control"] == "public, max-age=300, stale-while-revalidate=86400"
    assert reply.headers["vary"] == "Accept-Encoding"
    assert reply.headers["content-type"] == "text/javascript; charset=utf-8"
    assert int(reply.headers["content-length"]) == len(body)
    if coding == "gzip":
        assert gzip.decompress(body) == (FOLDER / "widget.js").read_bytes()
    else:
        assert body == (FOLDER / "widget.js.br").read_bytes()


async def test_a_file_named_by_its_content_is_kept_for_a_year(client: httpx2.AsyncClient) -> None:
    reply = await client.get(f"/assets/{panel()}")
    assert reply.headers["cache-control"] == "public, max-age=31536000, immutable"


async def test_a_stale_tag_gets_todays_parts(client: httpx2.AsyncClient) -> None:
    """It was built before an upgrade, and names a panel that is gone."""
    panel = json.loads((FOLDER / "manifest.json").read_text("utf-8"))["panel"]["file"]
    today = await client.get(f"/assets/{panel}")
    stale = await client.get("/assets/panel-000000000000.js")
    assert (stale.status_code, stale.content) == (200, today.content)
    assert stale.headers["cache-control"] == "no-store"
    for name in ("other-000000000000.js", "panel-000000000000.css", "widget-000000000000.js"):
        assert (await client.get(f"/assets/{name}")).status_code == 404


async def test_not_modified(client: httpx2.AsyncClient) -> None:
    first = await client.get("/widget.js", headers={"Accept-Encoding": "gzip"})
    etag = first.headers["etag"]
    headers = {"If-None-Match": etag, "Accept-Encoding": "gzip"}
    again = await client.get("/widget.js", headers=headers)
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
    # Another coding is another representation.
    other = await client.get("/widget.js", headers=headers | {"Accept-Encoding": "br"})
    assert other.status_code == 200


@pytest.mark.parametrize("name", ["manifest.json", ".sources", "widget.js.br", "panel-0.js"])
async def test_only_what_the_manifest_names_is_served(
    client: httpx2.AsyncClient, name: str
) -> None:
    assert (await client.get(f"/assets/{name}")).status_code == 404


def test_without_a_build_the_start_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(WidgetNotBuiltError, match="script/build-widget"):
        load_assets(tmp_path)
