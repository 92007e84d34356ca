"""Meaning as vectors: wordllama's static embeddings, read from the files in its wheel.

Read directly, not through the package: importing it brings an HTTP client, a logging set-up and a
copy of the table in twice the precision: twice the memory and six times the CPU at start.
"""

import json
import mmap
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

Vectors = NDArray[np.float32]

SAME_MEANING = 0.55
MAX_WORDS = 20_000


@dataclass(frozen=True, slots=True)
class Embedding:
    """`table` has a row for each token: 32,000 by 256, half precision; it is `file`'s own pages."""

    table: NDArray[np.float16]
    tokenizer: Tokenizer
    file: mmap.mmap
    _words: dict[str, tuple[Vectors, float]] = field(default_factory=dict, compare=False)

    def embed(self, texts: list[str]) -> Vectors:
        """A unit vector for each text: the mean of its tokens. Empty text gives zeros."""
        vectors = np.zeros((len(texts), self.table.shape[1]), dtype=np.float32)
        for row, text in enumerate(texts):
            ids = self.tokenizer.encode(text, add_special_tokens=False).ids
            if ids:
                mean = self.table[ids].astype(np.float32).mean(axis=0)
                vectors[row] = mean / (np.linalg.norm(mean) or 1.0)
        return vectors

    def weigh(self, word: str) -> float:
        """How much a word says: what is in every text (`the`, `please`) has a short vector, 2 to
        11, and what names a thing (`floor`, `launched`) a long one, 12 to 25."""
        return self._word(word)[1]

    def is_near(self, word: str, others: Iterable[str]) -> bool:
        """Whether one of the others means the same (`ladies`, `women`) or is a form of it."""
        vector, _ = self._word(word)
        return any(float(vector @ self._word(other)[0]) >= SAME_MEANING for other in others)

    def _word(self, word: str) -> tuple[Vectors, float]:
        if word not in self._words:
            if len(self._words) >= MAX_WORDS:
                self._words.clear()
            ids = self.tokenizer.encode(word, add_special_tokens=False).ids
            whole = self.table[ids].astype(np.float32).sum(axis=0)
            length = float(np.linalg.norm(whole))
            self._words[word] = (whole / (length or 1.0), length)
        return self._words[word]

    def let_go(self) -> None:
        """Give back the file's pages: making the matcher reads nearly all of them, a question few.
        What is read again comes from the system's cache.
        """
        if hasattr(self.file, "madvise"):  # not on Windows
            self.file.madvise(mmap.MADV_DONTNEED)

    def list_words(self) -> frozenset[str]:
        """Words common enough to be one token: English ones, nearly all."""
        words = (token[1:] for token in self.tokenizer.get_vocab() if token.startswith("▁"))
        return frozenset(w for w in words if len(w) >= 4 and w.isascii() and w.islower())


def load_embedding() -> Embedding:
    """Takes about 0.1 s of CPU and 20 MB; never touches the network."""
    spec = find_spec("wordllama")
    assert spec is not None
    assert spec.origin is not None
    folder = Path(spec.origin).parent
    file, table = map_table(folder / "weights" / "l2_supercat_256.safetensors")
    tokenizer = Tokenizer.from_file(
        str(folder / "tokenizers" / "l2_supercat_tokenizer_config.json")
    )
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return Embedding(table, tokenizer, file)


def map_table(path: Path) -> tuple[mmap.mmap, NDArray[np.float16]]:
    """The one tensor of a safetensors file, as the file's own pages: the system shares them between
    processes and takes them back when memory is short. https://github.com/huggingface/safetensors
    """
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    header_end = 8 + int.from_bytes(mapped[:8], "little")
    ((_, tensor),) = json.loads(mapped[8:header_end]).items()
    rows, columns = tensor["shape"]
    start = header_end + tensor["data_offsets"][0]
    values = np.frombuffer(mapped, np.float16, rows * columns, start)
    return mapped, values.reshape(rows, columns)
