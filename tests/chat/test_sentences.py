"""Sentences out of a stream, however it is cut into pieces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.chat.sentences import MAX_SENTENCE_CHARS, SentenceSplitter


def split(text: str, size: int) -> list[str]:
    splitter = SentenceSplitter()
    pieces = [text[i : i + size] for i in range(0, len(text), size)]
    sentences = [sentence for piece in pieces for sentence in splitter.feed(piece)]
    return [*sentences, *([splitter.rest()] if splitter.rest() else [])]


@pytest.mark.parametrize("size", [1, 3, 1000])
def test_sentences_end_where_people_end_them(size: int) -> None:
    text = (
        "It is Rs. 84 lakh for 742 sq. ft. of carpet. पज़ेशन 2027 में है। "
        "Shall we call? Yes\nNo 1.5 BHK."
    )
    assert split(text, size) == [
        "It is Rs. 84 lakh for 742 sq. ft. of carpet.",
        "पज़ेशन 2027 में है।",
        "Shall we call?",
        "Yes",
        "No 1.5 BHK.",
    ]


def test_text_without_an_end_cannot_fill_the_memory() -> None:
    splitter = SentenceSplitter()
    for _ in range(10_000):
        assert all(len(s) <= MAX_SENTENCE_CHARS for s in splitter.feed("word "))
    assert len(splitter.rest()) <= MAX_SENTENCE_CHARS


@given(st.text(max_size=300), st.integers(min_value=1, max_value=20))
def test_nothing_is_lost_whatever_the_pieces(text: str, size: int) -> None:
    assert "".join("".join(split(text, size)).split()) == "".join(text.split())
