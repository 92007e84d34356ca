"""The settings that a project's widget gets: the project's own over the installation's."""

from typing import Any, TypeVar

import phonenumbers
from phonenumbers import PhoneMetadata

from frontdesk.projects import defaults
from frontdesk.projects.model import (
    FactsMode,
    WidgetBubble,
    WidgetOffice,
    WidgetPhone,
    WidgetProject,
    WidgetSettings,
)
from frontdesk.projects.phones import adjective, mobile_lengths
from frontdesk.projects.resolve import HostSite
from frontdesk.projects.schedule import Schedule
from frontdesk.projects.texts import join_texts

T = TypeVar("T")

WHITE = "#ffffff"
INK = "#17201c"
BLACK = "#000000"
PAPER_DARK = "#161a18"
MIN_CONTRAST = 4.5  # WCAG 2.2, success criterion 1.4.3
MIN_SHAPE_CONTRAST = 3.0


def inherit(*layers: WidgetSettings) -> WidgetSettings:
    """Settings over each other, the closest to the project first; `texts` line by line."""
    merged: dict[str, Any] = {}
    texts: dict[str, str] = {}
    for layer in reversed(layers):
        said = {name: getattr(layer, name) for name in WidgetSettings.model_fields}
        texts |= said.pop("texts")
        merged |= {name: value for name, value in said.items() if value is not None}
    return WidgetSettings(**merged, texts=texts)


def make_widget_project(found: HostSite, *layers: WidgetSettings) -> WidgetProject:
    """`layers` are what the project inherits, its group's before the installation's."""
    project = found.project
    own = inherit(project.widget, *layers) if layers else project.widget
    language = or_default(own.language, defaults.LANGUAGE)
    texts = defaults.texts_for(language)
    accent = or_default(own.accent, defaults.ACCENT)
    accent_dark = lighten_for_dark(accent)

    def name(text: str) -> str:
        # Not str.format: the text is a marketer's, and braces in it are braces.
        return text.replace("{project}", project.name)

    greeting = name(or_default(own.greeting, texts.greeting))
    hours = or_default(own.office_hours, hours_of_calls(project.schedule))
    return WidgetProject(
        id=project.id,
        name=project.name,
        path_prefix=found.site.path_prefix,
        by_hand=found.by_hand,
        language=language,
        country=project.country,
        time_zone=project.time_zone,
        phone=describe_phone(project.country),
        theme=or_default(own.theme, defaults.THEME),
        accent=accent,
        on_accent=choose_text_colour(accent),
        accent_dark=accent_dark,
        on_accent_dark=choose_text_colour(accent_dark),
        position=or_default(own.position, defaults.POSITION),
        size=or_default(own.size, defaults.SIZE),
        launcher=or_default(own.launcher, defaults.LAUNCHER),
        logo_url=own.logo_url,
        logo_path=own.logo_path,
        greeting=greeting,
        hours_line=name(or_default(own.hours_line, texts.hours_line)),
        legal_line=None if own.legal_line is None else name(own.legal_line),
        quick_replies=or_default(own.quick_replies, texts.quick_replies),
        office=WidgetOffice(
            hours=hours,
            greeting=name(or_default(own.away_greeting, texts.away_greeting)),
            line=name(or_default(own.away_line, texts.away_line)),
        )
        if hours
        else None,
        bubble=choose_bubble(own, name(or_default(own.bubble_text, greeting))),
        hidden_paths=own.hidden_paths or (),
        snapshot=project.facts_mode is not FactsMode.OFF,
        sound=bool(own.sound),
        conversions=own.conversions or (),
        texts={
            key: name(text)
            for key, text in (texts.texts | join_texts((project.widget, *layers), language)).items()
        },
        consent=project.consent,
    )


def or_default(own: T | None, default: T) -> T:
    """An empty text and an empty list are choices; only None leaves it to the default."""
    return default if own is None else own


def hours_of_calls(schedule: Schedule) -> tuple[str, ...]:
    """When the team calls, as `Mo,Tu 10:00-19:00`: nobody needs to say it twice."""
    return tuple(
        f"{','.join(day[:2].title() for day in opening.days)} {opening.opens}-{opening.closes}"
        for opening in schedule.calls
    )


def choose_bubble(own: WidgetSettings, text: str) -> WidgetBubble | None:
    """A bubble without words, or without a moment to come, is none."""
    after_seconds, on_exit = own.bubble_after_seconds, bool(own.bubble_on_exit)
    if not text or (after_seconds is None and not on_exit):
        return None
    return WidgetBubble(text=text, after_seconds=after_seconds, on_exit=on_exit)


def describe_phone(country: str) -> WidgetPhone:
    """What a form can say of a number before it is sent: in the words of `leads.phone`."""
    metadata = PhoneMetadata.metadata_for_region(country, None)
    kinds = (metadata.mobile, metadata.fixed_line) if metadata else ()
    digits = {length for kind in kinds if kind for length in kind.possible_length if length > 0}
    return WidgetPhone(
        calling_code=str(phonenumbers.country_code_for_region(country) or ""),
        digits=tuple(sorted(digits)),
        mobile_digits=mobile_lengths(country),
        adjective=adjective(country),
    )


def lighten_for_dark(colour: str) -> str:
    """The colour, mixed with as much white as it needs to stand out from the dark theme's paper.

    3:1 is what a control's own shape needs (WCAG 2.2, success criterion 1.4.11).
    """
    mixtures = (mix_with_white(colour, step / 20) for step in range(21))
    return next(it for it in mixtures if contrast(it, PAPER_DARK) >= MIN_SHAPE_CONTRAST)


def mix_with_white(colour: str, part: float) -> str:
    channels = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(it + (255 - it) * part):02x}" for it in channels)


def choose_text_colour(background: str) -> str:
    """White, else ink, else black: the first with contrast 4.5:1 or better on this colour.

    Black stands in for the narrow band of middle colours where neither white nor ink reaches it;
    on every colour that white fails, black passes. The brand's colour is never changed.
    """
    return next(
        colour for colour in (WHITE, INK, BLACK) if contrast(colour, background) >= MIN_CONTRAST
    )


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours `#rrggbb`, from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    if channel <= 0.04045:
        return channel / 12.92
    return float(((channel + 0.055) / 1.055) ** 2.4)
