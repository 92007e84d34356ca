"""Answers from what the visitor's own page shows, where the project's knowledge has none.

Said as what it is: the page's word, which nobody has confirmed. It is never said over a fact, and
never to anybody but the visitor whose browser sent it. No model is asked for such a reply, nor told
what a page says; but a reply is a message like any other, so a model that is asked later in the
same conversation reads it among those before. Its figures are not checked against that one.
"""

import re
from collections.abc import Sequence

from frontdesk.chat.model import PageFact, ReplySource
from frontdesk.chat.retrieval.phrases import say
from frontdesk.chat.retrieval.replying import KnowledgeReply

MAX_VALUES = 3
_KEYS = {
    "price": ("price", "rent"),
    "configuration": ("configuration",),
    "size": ("size", "plot_size"),
    "possession": ("possession",),
    "rera": ("rera",),
}


def add_page(known: KnowledgeReply, facts: Sequence[PageFact], text: str) -> KnowledgeReply:
    """The reply with the page's word in front of the offer, where knowledge could only offer."""
    if known.source is not ReplySource.OFFER or not facts:
        return known
    sentences = [
        say(known.language, "page_says", value=value)
        for topic in dict.fromkeys(known.topics)
        if (value := _value(facts, _KEYS.get(topic, ()), text))
    ]
    if not sentences:
        return known
    return known._replace(sentences=(*sentences, *known.sentences), wants_model=False)


def _value(facts: Sequence[PageFact], keys: Sequence[str], text: str) -> str:
    """What the page says under the first of these keys that it has: of the part that was asked
    for, if it names one."""
    asked = set(re.findall(r"\d+(?:\.5)?", text))
    for key in keys:
        own = [fact for fact in facts if fact.key == key]
        parts = [fact for fact in own if asked & set(re.findall(r"\d+(?:\.5)?", fact.subject))]
        chosen = parts or ([fact for fact in own if not fact.subject] or own)[:MAX_VALUES]
        if chosen:
            return "; ".join(f"{fact.subject}: {fact.value}".strip(": ") for fact in chosen)
    return ""
