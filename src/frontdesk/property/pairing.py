"""Whether labels in a run of lines stand above their values or below them. Pure."""

from collections.abc import Callable, Sequence

from frontdesk.property.content import Line
from frontdesk.property.labels import Label, read_label

# Only what has to fit: any text could be a developer's name.
_TELLING = frozenset(["price", "rent", "size", "plot_size", "configuration", "bathrooms", "possession", "rera"])  # fmt: skip
LEAST = 3


def find_upward(lines: Sequence[Line], fits: Callable[[Label, str, str], bool]) -> set[int]:
    """The places of labels whose values stand above them: of runs that are value, label, value,
    label, … and read better so than the other way round."""
    labels = [
        read_label(line.text) if len(line.cells) == 1 and len(line.text) <= 48 else None
        for line in lines
    ]
    upward: set[int] = set()
    place = 0
    while place < len(lines):
        run = []
        while place < len(lines) and labels[place] is not None:
            run.append(place)
            place += 2
        names = [lines[at].text.lower() for at in run]
        # A run that says a label twice is of several homes.
        if (
            len(run) >= LEAST
            and len(set(names)) == len(names)
            and run[0] > 0
            and labels[run[0] - 1] is None
        ):
            telling = [(at, label) for at in run if (label := labels[at]) and label.key in _TELLING]
            above = sum(fits(label, lines[at - 1].text, lines[at].text) for at, label in telling)
            below = sum(
                at + 1 < len(lines) and fits(label, lines[at + 1].text, lines[at].text)
                for at, label in telling
            )
            if above > below:
                upward.update(run)
        place = run[-1] + 1 if run else place + 1
    return upward
