"""The settings that a project's widget gets: the project's own over the installation's."""

from frontdesk.projects import defaults
from frontdesk.projects.model import WidgetProject
from frontdesk.projects.resolve import HostSite

WHITE = "#ffffff"
INK = "#17201c"
BLACK = "#000000"
MIN_CONTRAST = 4.5  # WCAG 2.2, success criterion 1.4.3


def make_widget_project(found: HostSite) -> WidgetProject:
    project = found.project
    own = project.widget
    language = own.language or defaults.LANGUAGE
    texts = defaults.texts_for(language)
    accent = own.accent or defaults.ACCENT

    def name(text: str) -> str:
        # Not str.format: the text is a marketer's, and braces in it are braces.
        return text.replace("{project}", project.name)

    return WidgetProject(
        id=project.id,
        name=project.name,
        path_prefix=found.site.path_prefix,
        by_hand=found.by_hand,
        language=language,
        country=project.country,
        accent=accent,
        on_accent=choose_text_colour(accent),
        position=own.position or defaults.POSITION,
        greeting=name(texts.greeting if own.greeting is None else own.greeting),
        hours_line=name(texts.hours_line if own.hours_line is None else own.hours_line),
        legal_line=None if own.legal_line is None else name(own.legal_line),
        quick_replies=texts.quick_replies if own.quick_replies is None else own.quick_replies,
        texts={key: name(text) for key, text in own.texts.items()},
        consent=project.consent,
    )


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
