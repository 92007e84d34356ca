"""The widget's settings: defaults, languages and readable colours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.projects.defaults import TEXTS
from frontdesk.projects.model import Project, Site, WidgetProject, WidgetSettings
from frontdesk.projects.resolve import HostSite
from frontdesk.projects.widget import choose_text_colour, contrast, make_widget_project
from tests.support.samples import make_project


def show(project: Project) -> WidgetProject:
    return make_widget_project(HostSite(project, Site(host="palm-grove.example"), by_hand=False))


def with_widget(**own: object) -> Project:
    return make_project().model_copy(update={"widget": WidgetSettings.model_validate(own)})


def test_defaults_fill_in_what_a_project_leaves_out() -> None:
    shown = show(make_project())
    assert shown.greeting == (
        "Hello. Ask me anything about Palm Grove: prices, sizes, possession, a visit."
    )
    assert (shown.accent, shown.on_accent, shown.position) == ("#1f6f54", "#ffffff", "right")
    assert shown.language == "en"
    assert shown.legal_line is None
    assert shown.quick_replies == ("Prices", "Sizes", "Possession", "Book a visit")


def test_hindi_by_the_first_part_of_the_language() -> None:
    shown = show(with_widget(language="hi-IN"))
    assert shown.greeting == (
        "नमस्ते। Palm Grove के बारे में कुछ भी पूछिए: कीमत, साइज़, पज़ेशन या साइट विज़िट।"
    )
    assert shown.language == "hi-IN"
    assert show(with_widget(language="mr")).greeting.startswith("Hello")


def test_every_language_fits_the_widget() -> None:
    for texts in TEXTS.values():
        assert "{project}" in texts.greeting
        assert 1 <= len(texts.quick_replies) <= 4


def test_a_projects_own_settings_win() -> None:
    shown = show(
        with_widget(
            greeting="Welcome to {project} {0} {name}.",
            hours_line="{project}, 9 to 6",
            legal_line="MahaRERA P00000000000",
            quick_replies=[],
            accent="#FFD400",
            position="left",
            texts={"launcher": "Talk about {project}"},
        )
    )
    assert shown.greeting == "Welcome to Palm Grove {0} {name}."
    assert shown.hours_line == "Palm Grove, 9 to 6"
    assert shown.legal_line == "MahaRERA P00000000000"
    assert shown.quick_replies == ()
    assert (shown.accent, shown.on_accent, shown.position) == ("#FFD400", "#17201c", "left")
    assert shown.texts == {"launcher": "Talk about Palm Grove"}


def test_no_greeting_is_a_choice() -> None:
    assert show(with_widget(greeting="")).greeting == ""


def test_contrast_as_wcag_counts_it() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


@given(st.integers(0, 0xFFFFFF))
def test_text_is_readable_on_every_accent(number: int) -> None:
    accent = f"#{number:06x}"
    assert contrast(choose_text_colour(accent), accent) >= 4.5


def test_black_stands_in_where_neither_white_nor_ink_can_be_read() -> None:
    assert contrast("#7a7a7a", "#ffffff") < 4.5 > contrast("#7a7a7a", "#17201c")
    assert choose_text_colour("#7a7a7a") == "#000000"
