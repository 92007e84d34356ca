"""The form for widget settings: its fields, what it says, and where each value comes from. Pure."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from frontdesk.dashboard.forms import Form
from frontdesk.projects import defaults
from frontdesk.projects.differences import Difference, list_differences
from frontdesk.projects.layer_service import PlaceSettings
from frontdesk.projects.layers import WidgetVersion
from frontdesk.projects.model import WidgetSettings

NONE = "-"  # how a form says "none at all", because an empty field is inherited
CHOICES = {
    "language": {"en": "English", "hi": "Hindi"},
    "theme": {"auto": "As the visitor's device", "light": "Light", "dark": "Dark"},
    "position": {"right": "Right", "left": "Left"},
    "size": {"compact": "Compact", "regular": "Regular", "large": "Large"},
    "launcher": {"circle": "Circle", "pill": "Pill with words"},
    "bubble_on_exit": {"true": "Yes", "false": "No"},
    "sound": {"true": "Yes", "false": "No"},
}
LINES = (
    "accent",
    "greeting",
    "hours_line",
    "legal_line",
    "logo_url",
    "logo_path",
    "away_greeting",
    "away_line",
    "bubble_text",
    "bubble_after_seconds",
)
LISTS = ("quick_replies", "office_hours", "hidden_paths")
FIELDS = (*CHOICES, *LINES, *LISTS)
CONVERSIONS = {
    "data_layer": "Google Tag Manager (dataLayer)",
    "gtag": "Google's tag (gtag)",
    "fbq": "Meta's pixel (fbq)",
}
LABELS = {
    "accent": "Colour",
    "position": "Side",
    "hours_line": "Who answers, and when",
    "logo_url": "Logo",
    "logo_path": "Mark",
    "away_greeting": "Greeting while away",
    "away_line": "Line while away",
    "bubble_text": "Words of the bubble",
    "bubble_after_seconds": "Bubble after seconds",
    "bubble_on_exit": "Bubble on the way out",
    "hidden_paths": "Hidden on",
}
_SHIPPED = "Frontdesk"


class Behind(NamedTuple):
    """What is in force where a field is left empty, as it is written there, and whose it is."""

    text: str
    source: str


class ShownVersion(NamedTuple):
    """A version beside what it changed of the one before."""

    version: WidgetVersion
    differences: list[Difference]


def label_of(field: str) -> str:
    """`Colour` for `accent`; `Texts: send` for `texts.send`."""
    name, _, rest = field.partition(".")
    text = LABELS.get(name) or name[:1].upper() + name[1:].replace("_", " ")
    return f"{text}: {rest}" if rest else text


def read_settings(form: Form, before: WidgetSettings) -> WidgetSettings:
    """What the form says over what it does not show. Raises ValidationError."""
    said = dump(before)
    for name in FIELDS:
        said.pop(name, None)
        text = form.text(name).replace("\r", "").strip()
        if not text:
            continue
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        value = lines if name in LISTS else text
        said[name] = ([] if name in LISTS else "") if text == NONE else value
    if form.has("conversions_own"):
        said.pop("conversions", None)
        if form.text("conversions_own"):
            said["conversions"] = [one for one in CONVERSIONS if one in form.all("conversions")]
    return WidgetSettings.model_validate(said)


def fill(settings: WidgetSettings) -> Form:
    said = dump(settings)
    fields = {name: [write(said.get(name))] for name in FIELDS}
    conversions = said.get("conversions")
    own = [""] if conversions is None else ["own"]
    return Form({**fields, "conversions_own": own, "conversions": conversions or []})


def write(value: Any) -> str:
    """As a field of the form holds it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return "\n".join(value) or NONE
    return str(value) or NONE


def find_behind(state: PlaceSettings, own: WidgetSettings) -> dict[str, Behind]:
    """For each field what is behind this place; texts are in the language that `own` leads to."""
    layers = [("the group " + g if g else "everywhere", said) for g, said in state.inherited]
    language = next(
        (said.language for said in (own, *(it for _, it in layers)) if said.language),
        defaults.LANGUAGE,
    )
    texts = defaults.texts_for(language)
    shipped: dict[str, Any] = {
        "language": defaults.LANGUAGE,
        "theme": defaults.THEME,
        "accent": defaults.ACCENT,
        "position": defaults.POSITION,
        "size": defaults.SIZE,
        "launcher": defaults.LAUNCHER,
        "greeting": texts.greeting,
        "hours_line": texts.hours_line,
        "away_greeting": texts.away_greeting,
        "away_line": texts.away_line,
        "quick_replies": texts.quick_replies,
        "sound": False,
        "bubble_on_exit": False,
    }
    found = {}
    for name in FIELDS:
        sources = [(label, getattr(said, name)) for label, said in layers]
        sources.append((_SHIPPED, shipped.get(name)))
        label, value = next((one for one in sources if one[1] is not None), (_SHIPPED, None))
        found[name] = Behind(write(value), label)
    told = [(label, said.conversions) for label, said in layers if said.conversions is not None]
    label, conversions = told[0] if told else (_SHIPPED, ())
    named = [CONVERSIONS[one] for one in conversions or ()]
    found["conversions"] = Behind(", ".join(named) or "Nothing is told", label)
    return found


def list_versions(versions: Sequence[WidgetVersion]) -> list[ShownVersion]:
    """The newest first."""
    before: dict[str, Any] = {}
    shown: list[ShownVersion] = []
    for version in versions:
        after = dump(version.settings)
        # Of the oldest that is kept nobody knows what it changed, unless it was the first.
        is_known = bool(shown) or version.number == 1
        shown.append(ShownVersion(version, list_differences(before, after) if is_known else []))
        before = after
    return shown[::-1]


def dump(settings: WidgetSettings) -> dict[str, Any]:
    return settings.model_dump(mode="json", exclude_none=True)
