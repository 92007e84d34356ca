"""What a widget says and looks like where its project says nothing else.

A language is one more row. `{project}` stands for the project's name, `{opens}` for when the team
is back ("tomorrow, 10:00 am"). `texts` are lines of the widget's own table (`widget/src/texts.ts`)
that are needed before the panel, which brings its language along.
"""

from typing import NamedTuple

from frontdesk.projects.model import LauncherShape, Position, Size, Theme

LANGUAGE = "en"
THEME: Theme = "auto"
ACCENT = "#1f6f54"
POSITION: Position = "right"
SIZE: Size = "regular"
LAUNCHER: LauncherShape = "circle"


class DefaultTexts(NamedTuple):
    greeting: str
    hours_line: str
    away_greeting: str
    away_line: str
    quick_replies: tuple[str, ...]
    texts: dict[str, str]


TEXTS = {
    "en": DefaultTexts(
        greeting="Hello. Ask me anything about {project}: prices, sizes, possession, a visit.",
        hours_line="Answers in seconds, people from 10 to 7",
        away_greeting=(
            "Hello. The team is back {opens}. Ask me about {project} now: "
            "prices, sizes, possession, a visit."
        ),
        away_line="Answers in seconds, the team is back {opens}",
        quick_replies=("Prices", "Sizes", "Possession", "Book a visit"),
        texts={},
    ),
    "hi": DefaultTexts(
        greeting=("नमस्ते। {project} के बारे में कुछ भी पूछिए: कीमत, साइज़, पज़ेशन या साइट विज़िट।"),
        hours_line="जवाब तुरंत, टीम से बात सुबह 10 से शाम 7 बजे तक",
        away_greeting=(
            "नमस्ते। टीम {opens} मिलेगी। {project} के बारे में अभी मुझसे पूछिए: "
            "कीमत, साइज़, पज़ेशन या साइट विज़िट।"
        ),
        away_line="जवाब तुरंत, टीम {opens} मिलेगी",
        quick_replies=("कीमत", "साइज़", "पज़ेशन", "साइट विज़िट"),
        texts={
            "launcher": "{project} के बारे में पूछिए",
            "failed": "यह खुल नहीं पाया। एक बार फिर कोशिश कीजिए।",
            "dismiss": "हटाइए",
            "unread": "{count} नए मैसेज",
        },
    ),
}


def texts_for(language: str) -> DefaultTexts:
    """The row for a BCP 47 tag by its first part (`hi-IN`: Hindi), or English."""
    return TEXTS.get(language.partition("-")[0].lower(), TEXTS[LANGUAGE])
