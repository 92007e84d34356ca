"""What a page is made of."""

from html.parser import HTMLParser


class Markup(HTMLParser):
    """Collects what a strict policy would refuse, and the links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.inline: list[str] = []
        self.links: list[str] = []
        self._script = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._script = tag == "script"
        for name, value in attrs:
            if name == "style" or name.startswith("on") or "javascript:" in (value or ""):
                self.inline.append(f"{tag} {name}")
            if tag == "a" and name == "href" and (value or "").startswith("/"):
                self.links.append(value or "")
        if tag == "style":
            self.inline.append("style")

    def handle_data(self, data: str) -> None:
        if self._script and data.strip():
            self.inline.append("script")
