"""Pages and snapshots made to break or to hold up whoever reads them: anybody can send one."""

import time
from datetime import date

import pytest

from frontdesk.property.detect import detect_html
from frontdesk.property.fetching import MAX_PAGE_BYTES, read_text
from frontdesk.property.snapshot import MAX_JSON_LD_TEXT, MAX_TEXT, PageSnapshot, read_snapshot

URL, DAY = "https://palm-grove.example/", date(2026, 11, 25)
# CPU time and not the clock's: each takes a tenth of it, and took minutes where a rule blew up.
CPU_SECONDS = 3.0
PIECES = (
    *(
        "1",
        "1-",
        "1 to ",
        "3 and ",
        "+91 ",
        "₹ 1",
        "$1",
        "1 cr ",
        "2,50,000 ",
        "१",
        "²",
        "1.5 bhk ",
    ),
    *(
        "rera project ",
        "price: ",
        "deposit a ",
        "our ",
        "a-",
        " ",
        "\t",
        "\n",
        "-",
        "P1",
        "İ",
        "<p>",
    ),
)
AMOUNTS = ("1" * 400, "1e999", "-1e999", "1" * 5000, "NaN", '"' + "9" * 400 + '"')


def fill(piece: str, characters: int) -> str:
    return (piece * (characters // len(piece) + 1))[:characters]


@pytest.mark.parametrize("piece", PIECES)
def test_no_text_holds_up_whoever_reads_it(piece: str) -> None:
    text = fill(piece, MAX_TEXT)
    snapshots = (
        PageSnapshot(title=text, text=text, meta={"description": text}),
        PageSnapshot(title="Palm Grove", text="\n".join(fill(piece, 60) for _ in range(200))),
        PageSnapshot(json_ld=(fill(piece, MAX_JSON_LD_TEXT),) * 10),
    )
    page = f"<title>{text}</title><body><h1>{text}</h1><p>{text}</p>"
    begun = time.process_time()
    for snapshot in snapshots:
        read_snapshot(snapshot, URL, DAY)
    detect_html(page, URL, DAY, 200)
    assert time.process_time() - begun < CPU_SECONDS


@pytest.mark.parametrize("amount", AMOUNTS)
def test_no_amount_is_too_large_to_be_read(amount: str) -> None:
    offer = f'{{"@type": "Apartment", "name": "A", "offers": {{"price": {amount}}}}}'
    size = f'{{"@type": "Apartment", "floorSize": {{"value": {amount}, "unitCode": "FTK"}}}}'
    text = f"Palm Grove\n₹ {amount}\n{amount} BHK\n{amount} sq ft\nPossession {amount}"
    read_snapshot(PageSnapshot(title="Palm Grove", text=text, json_ld=(offer, size)), URL, DAY)
    scripts = "".join(f'<script type="application/ld+json">{one}</script>' for one in (offer, size))
    detect_html(f"{scripts}<h1>Palm Grove</h1><p>{text}</p>", URL, DAY, 200)


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 50_000,
        "<b>" * 50_000,
        "<table><tr><td>" * 5_000 + "1 BHK",
        "<ul>" + "<li><a href=/x>2 BHK ₹ 1 Cr</a>" * 20_000,
        "<dl>" * 3_000 + "<dt>Price<dd>₹ 1 Cr" * 3_000,
        f"<p class='{'similar-' * 100_000}'>₹ 1 Cr",
        f"<p style='{'display :' * 100_000}'>₹ 1 Cr",
        "<p hidden>" * 20_000,
    ],
    ids=lambda page: page[:12],
)
def test_no_markup_holds_up_whoever_reads_it(page: str) -> None:
    begun = time.process_time()
    detect_html(page, URL, DAY, 200)
    assert time.process_time() - begun < 2 * CPU_SECONDS


@pytest.mark.parametrize("name", ["punycode", "idna", "zip", "unicode_escape", "undefined"])
def test_only_encodings_of_text_are_believed(name: str) -> None:
    body = (b"a" * 50_000 + b"-" + b"zzzz" * 12_500) * (MAX_PAGE_BYTES // 100_000)
    begun = time.process_time()
    assert read_text(body, f"text/html; charset={name}") == body.decode()
    assert time.process_time() - begun < CPU_SECONDS


def test_encodings_of_text_are_believed() -> None:
    for name in ("windows-1252", "ISO-8859-15", "latin1", "Shift_JIS", "gb18030", "koi8-r"):
        assert read_text("½ Я".encode(name, "replace"), f"text/html; charset={name}")
    assert read_text("Größe".encode("latin-1"), "text/html; charset=iso-8859-1") == "Größe"
