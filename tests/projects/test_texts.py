"""The widget's single lines, by language."""

import json
import re
from pathlib import Path

from frontdesk.projects import defaults
from frontdesk.projects.model import Site, WidgetSettings
from frontdesk.projects.resolve import HostSite
from frontdesk.projects.texts import shipped_line, shipped_texts
from frontdesk.projects.widget import make_widget_project
from tests.support.samples import make_project

WIDGET = Path(__file__).parents[2] / "widget" / "src"
LINE = re.compile(r'^  (\w+):\s*("(?:[^"\\]|\\.)*")', re.MULTILINE)


def read_source(name: str) -> dict[str, str]:
    text = (WIDGET / name).read_text(encoding="utf-8")
    return {match[1]: json.loads(match[2]) for match in LINE.finditer(text)}


def test_what_the_editor_shows_is_what_the_widget_ships() -> None:
    launcher = read_source("texts.ts")
    assert shipped_texts()["en"] == launcher | read_source("texts.en.ts")
    assert shipped_texts()["hi"] == defaults.TEXTS["hi"].texts | read_source("texts.hi.ts")
    assert len(shipped_texts()["en"]) > 40


def texts(own: dict[str, str], *layers: dict[str, str], language: str = "hi-IN") -> dict[str, str]:
    project = make_project()
    widget = WidgetSettings(language=language, texts=own)
    found = HostSite(project.model_copy(update={"widget": widget}), Site(host="a.example"), False)
    behind = [WidgetSettings(texts=layer) for layer in layers]
    return make_widget_project(found, *behind).texts


def test_a_language_goes_before_every_language_and_the_closest_layer_before_both() -> None:
    own = {"send": "Go", "hi:send": "जाओ", "en:stop": "Halt", "mr:send": "पाठवा"}
    assert texts(own)["send"] == "जाओ"
    assert texts(own, language="en")["send"] == "Go"
    assert texts(own, language="mr")["send"] == "पाठवा"
    assert "stop" not in texts(own)
    assert texts({"send": "Go"}, {"hi:send": "समूह"})["send"] == "Go"
    assert texts({}, {"close": "X"}, {"hi:close": "बंद", "hi:send": "सब"})["close"] == "X"
    assert texts({}, {"close": "X"}, {"hi:send": "सब"})["send"] == "सब"
    assert not any(":" in key for key in texts(own))


def test_a_language_that_is_not_shipped_reads_english() -> None:
    assert shipped_line("mr", "send") == "Send"
    assert shipped_line("hi-IN", "send") == shipped_texts()["hi"]["send"]
    assert shipped_line("en", "nothing") == ""
