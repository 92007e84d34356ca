"""Answer every question of a set without a model and count right, wrong and declined.

`python -m tests.chat.evaluation.run [--misses] [SET …]`; the sets are the `.tsv` files beside this.

A line has the project, the language, the question and what is expected. What the visitor said
before stands in front of the question, each followed by ` || `. Expected are texts that must all be
in the reply, joined by `;` (`a|b`: one of them; `!a`: not this one), or `offer` (it is not known),
or `decline` (it is off the topic).
"""

import argparse
import json
import time
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from frontdesk.chat.knowledge import usable
from frontdesk.chat.model import ReplySource
from frontdesk.chat.retrieval.answering import KnowledgeDesk
from frontdesk.chat.retrieval.replying import KnowledgeReply
from frontdesk.projects.model import Knowledge, Project
from tests.support.clock import START

FOLDER = Path(__file__).parent
SETS = [
    "tuning", "visitors_tuning", "later_tuning", "fresh_visitors", "unseen_visitors", "probes",
    "shore_tuning", "shore_later", "early_tuning", "blind_dev",
    "visitors_held_back", "blind_held_back",
]  # fmt: skip
TODAY = date(2026, 11, 23)


class Case(NamedTuple):
    """`history` is what the visitor said before."""

    project_id: str
    language: str
    question: str
    expected: str
    history: tuple[str, ...] = ()


class Outcome(NamedTuple):
    """`verdict`: right, wrong (something else was said) or declined (it said it does not know).

    An off-topic question is right when it is declined in either way.
    """

    case: Case
    verdict: str
    reply: KnowledgeReply


def load_projects() -> dict[str, tuple[Project, Knowledge]]:
    data: dict[str, Any] = {}
    for path in sorted(FOLDER.glob("*projects.json")):
        data |= json.loads(path.read_text("utf-8"))
    return {
        project_id: (
            Project(id=project_id, name=entry["name"], created_at=START, updated_at=START),
            usable(
                Knowledge.model_validate(
                    {"facts": entry["facts"], "answers": entry["answers"], "updated_at": START}
                ),
                TODAY,
            ),
        )
        for project_id, entry in data.items()
    }


def load_cases(name: str) -> list[Case]:
    lines = (FOLDER / f"{name}.tsv").read_text("utf-8").splitlines()
    cases = []
    for line in lines:
        if line and not line.startswith("#"):
            project_id, language, said, expected = line.split("\t")
            *history, question = (text.strip() for text in said.split("||"))
            cases.append(Case(project_id, language, question, expected, tuple(history)))
    return cases


def judge(case: Case, reply: KnowledgeReply) -> str:
    refused = reply.source is ReplySource.OFFER or reply.topics == ("off_topic",)
    choices = {choice.strip() for choice in case.expected.split("|")}
    if refused and choices & {"offer", "decline"}:
        return "right"
    if all(_holds(text.strip(), reply.text) for text in case.expected.split(";")):
        return "right"
    return "declined" if refused else "wrong"


def _holds(expected: str, text: str) -> bool:
    if expected.startswith("!"):
        return expected[1:] not in text
    return any(choice.strip() in text for choice in expected.split("|"))


def evaluate(cases: Sequence[Case]) -> list[Outcome]:
    projects, desk = load_projects(), KnowledgeDesk()
    outcomes = []
    for case in cases:
        project, knowledge = projects[case.project_id]
        reply = desk.reply(project, knowledge, case.question, history=case.history, today=TODAY)
        outcomes.append(Outcome(case, judge(case, reply), reply))
    return outcomes


def group_of(case: Case) -> str:
    return "off topic" if "decline" in case.expected.split("|") else case.language


def counts(outcomes: Sequence[Outcome]) -> dict[str, Counter[str]]:
    """Verdicts by language, off-topic questions apart, and `all` for what is on topic."""
    table: dict[str, Counter[str]] = {}
    for outcome in outcomes:
        group = group_of(outcome.case)
        table.setdefault(group, Counter())[outcome.verdict] += 1
        if group != "off topic":
            table.setdefault("all", Counter())[outcome.verdict] += 1
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", default=SETS)
    parser.add_argument("--misses", action="store_true", help="show what went wrong")
    arguments = parser.parse_args()
    KnowledgeDesk().warm()
    for name in arguments.sets:
        cases = load_cases(name)
        evaluate(cases)  # the indexes of the projects are built
        before = time.process_time()
        outcomes = evaluate(cases)
        each_ms = (time.process_time() - before) * 1000 / len(cases)
        print(f"\n{name}: {len(cases)} questions, {each_ms:.2f} ms of CPU each")
        print(f"{'':12}{'n':>5}{'right':>9}{'wrong':>9}{'declined':>10}")
        for group, found in sorted(counts(outcomes).items()):
            total = found.total()
            shares = [found[verdict] / total for verdict in ("right", "wrong", "declined")]
            print(f"{group:12}{total:5}{shares[0]:9.0%}{shares[1]:9.0%}{shares[2]:10.0%}")
        if arguments.misses:
            for outcome in outcomes:
                if outcome.verdict != "right":
                    case, reply = outcome.case, outcome.reply
                    print(f"  {outcome.verdict:9}{' || '.join((*case.history, case.question))}")
                    print(f"           {case.expected!r}; {reply.topics}: {reply.text}")


if __name__ == "__main__":
    main()
