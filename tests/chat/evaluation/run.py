"""Answer every question of a set without a model and count right, wrong and declined.

`python -m tests.chat.evaluation.run [--misses] [SET …]`; the sets are `tuning` and `held_back`.
"""

import argparse
import json
import time
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from frontdesk.chat.knowledge import usable
from frontdesk.chat.model import ReplySource
from frontdesk.chat.retrieval.answering import KnowledgeDesk, KnowledgeReply
from frontdesk.projects.model import Knowledge, Project
from tests.support.clock import START

FOLDER = Path(__file__).parent
TODAY = date(2026, 11, 23)


class Case(NamedTuple):
    """`expected`: texts that must all be in the reply, or `offer`, or `decline`."""

    project_id: str
    language: str
    question: str
    expected: str


class Outcome(NamedTuple):
    """`verdict`: right, wrong (something else was said) or declined (it said it does not know).

    An off-topic question is right when it is declined in either way.
    """

    case: Case
    verdict: str
    reply: KnowledgeReply


def load_projects() -> dict[str, tuple[Project, Knowledge]]:
    data = json.loads((FOLDER / "projects.json").read_text("utf-8"))
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
    return [Case(*line.split("\t")) for line in lines if line and not line.startswith("#")]


def judge(case: Case, reply: KnowledgeReply) -> str:
    refused = reply.source is ReplySource.OFFER or reply.topics == ("off_topic",)
    if case.expected in {"offer", "decline"}:
        return "right" if refused else "wrong"
    if all(text.strip() in reply.text for text in case.expected.split(";")):
        return "right"
    return "declined" if refused else "wrong"


def evaluate(cases: Sequence[Case]) -> list[Outcome]:
    projects, desk = load_projects(), KnowledgeDesk()
    outcomes = []
    for case in cases:
        project, knowledge = projects[case.project_id]
        reply = desk.reply(project, knowledge, case.question, today=TODAY)
        outcomes.append(Outcome(case, judge(case, reply), reply))
    return outcomes


def group_of(case: Case) -> str:
    return "off topic" if case.expected == "decline" else case.language


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
    parser.add_argument("sets", nargs="*", default=["tuning", "held_back"])
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
                    print(f"  {outcome.verdict:9}{case.question}")
                    print(f"           {case.expected!r}; {reply.topics}: {reply.text}")


if __name__ == "__main__":
    main()
