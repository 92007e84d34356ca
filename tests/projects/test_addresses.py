"""Hosts, origins and paths: one written form each, the one that browsers use."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.projects.addresses import (
    Origin,
    is_below,
    list_host_patterns,
    normalise_host,
    normalise_path,
    normalise_path_prefix,
    normalise_site_host,
    parse_host_and_port,
    parse_origin,
    parse_page_url,
)


@pytest.mark.parametrize(
    ("written", "host"),
    [
        ("palmgrove.example", "palmgrove.example"),
        ("PalmGrove.EXAMPLE", "palmgrove.example"),
        ("palmgrove.example.", "palmgrove.example"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("पाम.example", "xn--n2bi1c.example"),
        ("straße.example", "xn--strae-oqa.example"),  # UTS 46 without transition, as browsers do
        ("ｂrand。example", "brand.example"),  # full-width letters and stop
        ("dev_site.example", "dev_site.example"),
        ("127.0.0.1", "127.0.0.1"),
        ("[0:0::1]", "[::1]"),
    ],
)
def test_a_host_has_one_form(written: str, host: str) -> None:
    assert normalise_host(written) == host


@pytest.mark.parametrize(
    "written",
    [
        "",
        ".",
        "a..b",
        ".brand.example",
        "brand.example..",
        "-brand.example",
        "brand-.example",
        "brand example",
        "brand.example\n",
        "brand.example\x00",
        "brand.example:8000",
        "user@brand.example",
        "https://brand.example",
        "brand.example/x",
        "*.brand.example",
        "☃.example",
        "0x7f.1",
        "127.1",
        "256.1.1.1",
        "[::1",
        "[fe80::1%eth0]",
        "::1",
        "a" * 64 + ".example",
        ".".join(["a" * 50] * 6),
    ],
)
def test_what_is_no_host_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        normalise_host(written)


def test_a_homograph_is_another_host() -> None:
    assert normalise_host("brаnd.example") != "brand.example"  # the first has a Cyrillic а


@pytest.mark.parametrize("written", ["*.com", "*.", "*", "*.127.0.0.1", "*.[::1]", "a.*.example"])
def test_a_wildcard_needs_a_name_below_it(written: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        normalise_site_host(written)


def test_wildcards_are_written_in_one_form() -> None:
    assert normalise_site_host(" *.Brand.Example. ") == "*.brand.example"
    assert normalise_site_host("*.localhost") == "*.localhost"


def test_host_and_port() -> None:
    assert parse_host_and_port("Brand.localhost:8000") == ("brand.localhost", 8000)
    assert parse_host_and_port("[::1]:80") == ("[::1]", 80)
    assert parse_host_and_port("brand.example") == ("brand.example", None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "*",
        "brand.example",
        "//brand.example",
        "ftp://brand.example",
        "javascript://brand.example",
        "chrome-extension://abcdefgh",
        "https://",
        "https:///brand.example",
        "https:/brand.example",
        "https://brand.example/",
        "https://brand.example?x",
        "https://brand.example#x",
        "https://brand.example:",
        "https://brand.example:port",
        "https://brand.example:99999",
        "https://brand.example:443:443",
        "https://user@brand.example",
        "https://brand.example@evil.example",
        "https://brand.example\\@evil.example",
        "https://brand.example, https://evil.example",
        "https://brand.example https://evil.example",
        " https://brand.example",
        "https://brand.example\r\nX: y",
        "https://brand.example\x00.evil.example",
        "https://brand.example%00.evil.example",
        "https://*.brand.example",
        "https://brаnd.example",  # Cyrillic; a browser sends punycode
        "https://brand。example",
        "httpſ://brand.example",  # upper-cases to S
        "https://[::1",
        "https://0x7f.1",
    ],
)
def test_what_is_no_origin_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_origin(text)


def test_origins_say_scheme_host_and_port() -> None:
    assert parse_origin("https://brand.example") == Origin("https", "brand.example", 443)
    assert parse_origin("http://localhost:8000") == Origin("http", "localhost", 8000)
    assert parse_origin("HTTPS://Brand.Example.:443").has_default_port
    assert not parse_origin("https://brand.example:80").has_default_port


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("", "/"),
        ("/", "/"),
        ("/palm-grove", "/palm-grove"),
        ("/palm-grove/", "/palm-grove"),
        ("/palm-grove/../coral-bay", "/coral-bay"),
        ("/palm-grove/%2e%2E/coral-bay", "/coral-bay"),
        ("/../../palm-grove", "/palm-grove"),
        ("/./palm-grove/.", "/palm-grove"),
        ("//palm-grove///plans", "/palm-grove/plans"),
        ("\\palm-grove\\plans", "/palm-grove/plans"),
        ("/palm%2Dgrove", "/palm-grove"),
        ("/palm%2fgrove", "/palm%2Fgrove"),
        ("/palm%5cgrove", "/palm%5Cgrove"),
        ("/100%", "/100%25"),
        ("/%%34%31", "/%2541"),  # not walked twice: what comes out of an escape is no escape
        ("/पाम", "/%E0%A4%AA%E0%A4%BE%E0%A4%AE"),
        ("/%e0%a4%aa", "/%E0%A4%AA"),
        ("/%ff", "/%FF"),
        ("/a b", "/a%20b"),
        ("/...", "/..."),
        ("/Palm", "/Palm"),
    ],
)
def test_a_path_has_one_form(written: str, path: str) -> None:
    assert normalise_path(written) == path


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_a_normalised_path_stays_as_it_is(text: str) -> None:
    path = normalise_path(text)
    assert normalise_path(path) == path
    assert path.startswith("/")
    assert path.isascii()
    assert not {"", ".", ".."} & set(path[1:].split("/")[:-1])


@given(st.text(alphabet="ab%2eEfF./\\5cC"))
def test_walking_never_leaves_a_dot_segment(text: str) -> None:
    assert not {".", "..", "%2e", "%2E"} & set(normalise_path(text).split("/"))


@given(st.from_regex(r"(?:[a-zA-Z0-9_-]{1,8}\.){1,4}[a-zA-Z]{2,8}\.?", fullmatch=True))
def test_a_normalised_host_stays_as_it_is(text: str) -> None:
    try:
        host = normalise_host(text)
    except ValueError:
        return
    assert normalise_host(host) == host


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    for read in (normalise_site_host, normalise_path_prefix, parse_origin, parse_page_url):
        try:
            read(text)
        except ValueError:
            continue


@pytest.mark.parametrize("prefix", ["/a?b", "/a#b", "/a b", "/a\n"])
def test_a_prefix_is_a_path_alone(prefix: str) -> None:
    with pytest.raises(ValueError, match="path alone"):
        normalise_path_prefix(prefix)


@pytest.mark.parametrize(
    ("path", "prefix", "below"),
    [
        ("/palm-grove", "/palm-grove", True),
        ("/palm-grove/plans", "/palm-grove", True),
        ("/palm-grove-2", "/palm-grove", False),
        ("/palm", "/palm-grove", False),
        ("/en/palm-grove", "/palm-grove", False),
        ("/Palm-Grove", "/palm-grove", False),
        ("/palm-grove%2Fplans", "/palm-grove", False),
        ("/", "/", True),
        ("/anything", "/", True),
    ],
)
def test_a_prefix_ends_at_a_segment_border(path: str, prefix: str, below: bool) -> None:
    assert is_below(path, prefix) is below


def test_a_page_address_is_its_origin_and_path() -> None:
    page = parse_page_url("https://Brand.example/palm-grove/?utm_source=x#plans")
    assert page == (("https", "brand.example", 443), "/palm-grove")
    assert parse_page_url("https://brand.example?x=/palm-grove").path == "/"
    assert parse_page_url("https://brand.example\\palm-grove").path == "/palm-grove"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/palm-grove",
        "about:blank",
        "data:text/html,x",
        "https://brand.example@evil.example/",
        "https://user:secret@brand.example/",
        "https://brand.example /",
        "https://brand.example/\n",
        "https://brand.example/a\tb",
    ],
)
def test_what_is_no_page_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_page_url(text)


def test_patterns_of_a_host_closest_first() -> None:
    assert [*list_host_patterns("a.brand.example")] == [
        "a.brand.example",
        "*.brand.example",
        "*.example",
    ]
    assert [*list_host_patterns("127.0.0.1")] == ["127.0.0.1"]
    assert [*list_host_patterns("[::1]")] == ["[::1]"]
