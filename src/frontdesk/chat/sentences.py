"""Whole sentences out of a stream of pieces."""

import re

# `Rs. 84`, `sq. ft.`, `No. 5`, `1. ` and initials do not end a sentence.
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:rs|sq|no|nos|st|dr|mr|mrs|ms|approx|ft|min|max|incl|e\.g|i\.e|vs|cr|[a-z]|\d+)\.$",
    re.IGNORECASE,
)
_END = re.compile(r"(?<=[.!?।])[\"”’')\]]*(?=\s)|\n+")
MAX_SENTENCE_CHARS = 600


class SentenceSplitter:
    """`feed` it pieces; it gives back the sentences that are complete. `rest` is what is left.

    Something without an end is cut off at 600 characters, so that a stream cannot fill the memory.
    """

    def __init__(self) -> None:
        self._text = ""

    def feed(self, piece: str) -> list[str]:
        self._text += piece
        sentences: list[str] = []
        start = 0
        for match in _END.finditer(self._text):
            candidate = self._text[start : match.start()]
            ends_line = "\n" in match[0]
            if not ends_line and _ABBREVIATION.search(candidate):
                continue
            if candidate.strip():
                sentences.append(candidate.strip())
            start = match.end()
        self._text = self._text[start:]
        while len(self._text) > MAX_SENTENCE_CHARS:
            sentences.append(self._text[:MAX_SENTENCE_CHARS])
            self._text = self._text[MAX_SENTENCE_CHARS:]
        return sentences

    def rest(self) -> str:
        return self._text.strip()
