"""What a widget says and looks like where its project says nothing else.

A language is one more row. `{project}` stands for the project's name.
"""

from typing import Literal, NamedTuple

ACCENT = "#1f6f54"
POSITION: Literal["left", "right"] = "right"
LANGUAGE = "en"


class DefaultTexts(NamedTuple):
    greeting: str
    hours_line: str
    quick_replies: tuple[str, ...]


TEXTS = {
    "en": DefaultTexts(
        greeting="Hello. Ask me anything about {project}: prices, sizes, possession, a visit.",
        hours_line="Answers in seconds, people from 10 to 7",
        quick_replies=("Prices", "Sizes", "Possession", "Book a visit"),
    ),
    "hi": DefaultTexts(
        greeting=("नमस्ते। {project} के बारे में कुछ भी पूछिए: कीमत, साइज़, पज़ेशन या साइट विज़िट।"),
        hours_line="जवाब तुरंत, टीम से बात सुबह 10 से शाम 7 बजे तक",
        quick_replies=("कीमत", "साइज़", "पज़ेशन", "साइट विज़िट"),
    ),
}


def texts_for(language: str) -> DefaultTexts:
    """The row for a BCP 47 tag by its first part (`hi-IN`: Hindi), or English."""
    return TEXTS.get(language.partition("-")[0].lower(), TEXTS[LANGUAGE])
