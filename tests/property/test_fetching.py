import pytest

from frontdesk.outbound.client import Outbound
from frontdesk.property.fetching import FetchError, PageFetcher, read_text
from tests.property.conftest import Site


async def test_a_page_is_read_and_asked_for_again_only_if_it_changed(
    site: Site, fetcher: PageFetcher
) -> None:
    site.sells("₹ 1.18 Cr")
    page = await fetcher.fetch(site.url)
    assert (page.status_code, page.is_unchanged) == (200, False)
    assert "₹ 1.18 Cr" in page.text
    again = await fetcher.fetch(site.url, etag=page.etag)
    assert again.is_unchanged
    site.sells("₹ 1.20 Cr")
    assert not (await fetcher.fetch(site.url, etag=page.etag)).is_unchanged


async def test_robots_txt_is_asked_once_and_obeyed(site: Site, fetcher: PageFetcher) -> None:
    site.sells("₹ 1 Cr", "/open")
    site.sells("₹ 1 Cr", "/closed/a")
    site.pages["/robots.txt"] = (200, "User-agent: *\nDisallow: /closed/\nDisallow: /*?print=")
    await fetcher.fetch(site.url + "open")
    for path in ("closed/a", "open?print=1"):
        with pytest.raises(FetchError, match=r"robots\.txt"):
            await fetcher.fetch(site.url + path)
    assert site.paths() == ["/robots.txt", "/open"]


async def test_where_a_page_redirects_robots_txt_is_asked_again(
    site: Site, fetcher: PageFetcher
) -> None:
    site.sells("₹ 1 Cr", "/closed/a")
    site.sells("₹ 2 Cr", "/open")
    site.pages["/robots.txt"] = (200, "User-agent: *\nDisallow: /closed/")
    site.pages["/to-closed"] = (302, "/closed/a")
    site.pages["/to-open"] = (302, "/open")
    assert "₹ 2 Cr" in (await fetcher.fetch(site.url + "to-open")).text
    with pytest.raises(FetchError, match=r"robots\.txt asks not"):
        await fetcher.fetch(site.url + "to-closed")
    assert site.paths() == ["/robots.txt", "/to-open", "/open", "/to-closed"]


async def test_another_host_that_is_redirected_to_has_its_own_robots_txt(
    site: Site, fetcher: PageFetcher
) -> None:
    other = site.url.replace("127.0.0.1", "localhost")
    site.sells("₹ 1 Cr", "/elsewhere")
    site.pages["/away"] = (302, f"{other}elsewhere")
    outbound = Outbound([f"{host}:{site.port}" for host in ("127.0.0.1", "localhost")])
    page = await PageFetcher(outbound, pause_seconds=0.0).fetch(site.url + "away")
    await outbound.close()
    assert "₹ 1 Cr" in page.text
    asked = [(path, headers["host"].partition(":")[0]) for path, headers in site.asked]
    assert asked == [
        ("/robots.txt", "127.0.0.1"),
        ("/away", "127.0.0.1"),
        ("/robots.txt", "localhost"),
        ("/elsewhere", "localhost"),
    ]


async def test_no_page_is_asked_for_where_robots_txt_cannot_be_had(
    site: Site, fetcher: PageFetcher
) -> None:
    site.sells("₹ 1 Cr")
    site.pages["/robots.txt"] = (503, "")
    with pytest.raises(FetchError, match=r"robots\.txt cannot be read"):
        await fetcher.fetch(site.url)
    assert site.paths() == ["/robots.txt"]


async def test_a_private_address_is_not_asked(site: Site) -> None:
    outbound = Outbound()
    with pytest.raises(FetchError):
        await PageFetcher(outbound).fetch(site.url)
    await outbound.close()
    assert site.asked == []


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("₹ 84 लाख".encode(), "text/html"),
        ("₹ 84 लाख".encode("utf-16"), "text/html"),
        (b"\xef\xbb\xbf" + "₹ 84 लाख".encode(), "text/html; charset=latin-1"),
        ('<meta charset="utf-8">₹ 84 लाख'.encode(), ""),
    ],
)
def test_text_is_read_in_its_own_encoding(body: bytes, content_type: str) -> None:
    assert read_text(body, content_type).endswith("₹ 84 लाख")


def test_old_encodings_and_wrong_names_are_survived() -> None:
    assert read_text("Fläche 84 m², 349.000 €".encode("cp1252"), "text/html") == (
        "Fläche 84 m², 349.000 €"
    )
    assert read_text("é".encode("latin-1"), "text/html; charset=iso-8859-1") == "é"
    assert read_text(b"plain", "text/html; charset=no-such-thing") == "plain"
