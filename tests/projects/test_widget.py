"""The widget's settings: defaults, languages and readable colours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from frontdesk.projects.defaults import TEXTS
from frontdesk.projects.model import FactsMode, Project, Site, WidgetProject, WidgetSettings
from frontdesk.projects.resolve import HostSite
from frontdesk.projects.schedule import Schedule
from frontdesk.projects.widget import (
    PAPER_DARK,
    choose_text_colour,
    contrast,
    describe_phone,
    lighten_for_dark,
    make_widget_project,
)
from tests.support.samples import make_project


def show(project: Project) -> WidgetProject:
    return make_widget_project(HostSite(project, Site(host="palm-grove.example"), by_hand=False))


def with_widget(**own: object) -> Project:
    return make_project().model_copy(update={"widget": WidgetSettings.model_validate(own)})


def test_a_page_is_asked_for_what_it_shows_unless_facts_are_off() -> None:
    for mode, asked in ((FactsMode.PROPOSE, True), (FactsMode.OFF, False)):
        project = make_project().model_copy(update={"facts_mode": mode})
        found = HostSite(project, Site(host="palm-grove.example"), by_hand=False)
        assert make_widget_project(found).snapshot is asked


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


def test_looks_have_defaults() -> None:
    shown = show(make_project())
    assert (shown.theme, shown.size, shown.launcher, shown.sound) == (
        "auto",
        "regular",
        "circle",
        False,
    )
    assert (shown.logo_url, shown.logo_path, shown.office, shown.bubble) == (None,) * 4
    assert shown.hidden_paths == ()


def test_office_hours_come_with_the_time_zone_and_what_is_said_outside_them() -> None:
    shown = show(with_widget(office_hours=["Mo-Fr 10:00-19:00", "Sa,Su 11:00-17:00"]))
    assert shown.office is not None
    assert shown.time_zone == "Asia/Kolkata"
    assert shown.office.greeting.startswith("Hello. The team is back {opens}. Ask me about Palm")
    own = show(
        with_widget(office_hours=["Mo 10:00-24:00"], away_greeting="", away_line="Back soon")
    )
    assert own.office is not None
    assert (own.office.greeting, own.office.line) == ("", "Back soon")


def test_office_hours_are_those_in_which_the_team_calls_unless_the_widget_has_its_own() -> None:
    calls = [{"days": ["mon", "sat"], "opens": "09:30", "closes": "18:00"}]
    project = make_project().model_copy(
        update={"schedule": Schedule.model_validate({"calls": calls})}
    )
    shown = show(project).office
    assert shown is not None
    assert shown.hours == ("Mo,Sa 09:30-18:00",)
    always = project.model_copy(update={"widget": WidgetSettings(office_hours=())})
    assert show(always).office is None


def test_a_bubble_needs_words_and_a_moment() -> None:
    assert show(with_widget(bubble_text="Hello")).bubble is None
    assert show(with_widget(bubble_text="", bubble_after_seconds=5)).bubble is None
    greeting = show(with_widget(greeting="Ask about {project}.", bubble_on_exit=True)).bubble
    assert greeting is not None
    assert (greeting.text, greeting.after_seconds, greeting.on_exit) == (
        "Ask about Palm Grove.",
        None,
        True,
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("logo_url", "http://cdn.example/logo.png"),
        ("logo_url", "https://user:secret@cdn.example/logo.png"),
        ("logo_url", "javascript:alert(1)"),
        ("logo_url", "https://[/logo.png"),
        ("logo_path", "M0 0h24v24H0z<script>"),
        ("logo_path", "url(#a)"),
        ("office_hours", ["Mo-Fr 19:00-10:00"]),
        ("office_hours", ["Monday 10:00-19:00"]),
        ("office_hours", ["Mo 10:00-25:00"]),
        ("hidden_paths", ["careers"]),
        ("hidden_paths", ["/a?b=1"]),
        ("bubble_after_seconds", -1),
        ("theme", "sepia"),
    ],
)
def test_what_cannot_be_shown_is_refused(field: str, value: object) -> None:
    with pytest.raises(ValidationError):
        WidgetSettings.model_validate({field: value})


def test_the_shape_of_a_number_is_told_by_country() -> None:
    assert (describe_phone("IN").calling_code, describe_phone("IN").digits) == ("91", (10,))
    assert (describe_phone("SG").calling_code, describe_phone("SG").digits) == ("65", (8,))
    assert (describe_phone("ZZ").calling_code, describe_phone("ZZ").digits) == ("", ())
    assert (describe_phone("IN").adjective, describe_phone("IN").mobile_digits) == ("Indian", (10,))
    assert (describe_phone("DE").adjective, describe_phone("DE").mobile_digits) == (
        "German",
        (10, 11),
    )


@given(st.integers(0, 0xFFFFFF))
def test_an_accent_stands_out_on_dark_paper(number: int) -> None:
    accent = f"#{number:06x}"
    lightened = lighten_for_dark(accent)
    assert contrast(lightened, PAPER_DARK) >= 3
    assert contrast(choose_text_colour(lightened), lightened) >= 4.5
    if contrast(accent, PAPER_DARK) >= 3:
        assert lightened == accent


@given(st.integers(0, 0xFFFFFF))
def test_text_is_readable_on_every_accent(number: int) -> None:
    accent = f"#{number:06x}"
    assert contrast(choose_text_colour(accent), accent) >= 4.5


def test_black_stands_in_where_neither_white_nor_ink_can_be_read() -> None:
    assert contrast("#7a7a7a", "#ffffff") < 4.5 > contrast("#7a7a7a", "#17201c")
    assert choose_text_colour("#7a7a7a") == "#000000"
