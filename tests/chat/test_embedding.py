"""Embeddings from the pages of their own file."""

from pathlib import Path

import numpy as np
import pytest

from frontdesk.chat.retrieval.embedding import load_embedding

SMAPS = Path("/proc/self/smaps")


def resident_kilobytes() -> int:
    """Of the table's file, over all its mappings in this process."""
    kilobytes, is_table = 0, False
    for line in SMAPS.read_text().splitlines():
        if line[0].isdigit() or line[0] in "abcdef":
            is_table = line.endswith("l2_supercat_256.safetensors")
        elif is_table and line.startswith("Rss:"):
            kilobytes += int(line.split()[1])
    return kilobytes


@pytest.mark.skipif(not SMAPS.exists(), reason="memory is told by /proc alone")
def test_what_start_has_read_is_given_back_and_can_be_read_again() -> None:
    embedding = load_embedding()
    texts = ["Is there a garden?", "What does a 3 BHK cost?", ""]
    before = embedding.embed(texts)
    others = resident_kilobytes()
    float(embedding.table.astype(np.float32).sum())
    assert resident_kilobytes() > others + 8_000
    embedding.let_go()
    assert resident_kilobytes() < others
    assert np.array_equal(embedding.embed(texts), before)
    assert np.allclose(np.linalg.norm(before, axis=1), [1, 1, 0])
