"""A reply from the project's own knowledge, without a model."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from frontdesk.chat.cache import KnowledgeCache
from frontdesk.chat.retrieval.index import ProjectIndex, build_index
from frontdesk.chat.retrieval.instalments import read_instalment
from frontdesk.chat.retrieval.language import Language
from frontdesk.chat.retrieval.matching import Matcher, load_matcher
from frontdesk.chat.retrieval.parts import Subjects
from frontdesk.chat.retrieval.reading import read_message
from frontdesk.chat.retrieval.replying import Answerer, KnowledgeReply
from frontdesk.projects.model import Knowledge, Project


@dataclass(frozen=True, slots=True)
class KnowledgeDesk:
    """Answers from a project's knowledge. Indexes are built on first use and kept."""

    indexes: KnowledgeCache[ProjectIndex] = field(default_factory=KnowledgeCache)

    def warm(self) -> None:
        """Load the embeddings now rather than at the first question; about half a second."""
        load_matcher().embedding.let_go()

    def prepare(self, project: Project, knowledge: Knowledge, today: date) -> ProjectIndex:
        """The project's index, built where it is not there: half a second for 500 facts and 500
        answers."""
        matcher = load_matcher()
        return self.indexes.get(
            project.id, knowledge, today, lambda: build_index(matcher, knowledge, project.name)
        )

    def topics_of(self, texts: Sequence[str]) -> list[str]:
        """What was asked about or asked for, without the project's knowledge; in order."""
        matcher = load_matcher()
        topics: list[str] = []
        for text in texts:
            for question in read_message(matcher, Subjects({}, frozenset()), text, ()):
                topic = question.topic
                if topic is not None and topic.kind in {"ask", "act"}:
                    topics.append(topic.name)
        return list(dict.fromkeys(topics))

    def tell_language(self, texts: Sequence[str]) -> Language | None:
        """The language of the last of them that tells one."""
        detect = load_matcher().lexicon.detect
        return next((found for text in reversed(texts) if (found := detect(text))), None)

    def reply(
        self,
        project: Project,
        knowledge: Knowledge,
        text: str,
        *,
        history: Sequence[str] = (),
        today: date,
        language: str | None = None,
    ) -> KnowledgeReply:
        """`knowledge` is already `usable` on `today`; `language` is the page's, for short texts.

        Takes milliseconds, so off the event loop; any thread may ask.
        """
        matcher = load_matcher()
        index = self.prepare(project, knowledge, today)
        spoken = choose_language(matcher, text, history, language)
        questions = read_message(matcher, index.subjects, text, history)
        desk = Answerer(matcher, index, project, spoken, today)
        known = desk.reply(questions)
        asked = read_instalment(text, history)
        return known if asked is None else desk.with_instalment(known, questions, asked, history)


def choose_language(
    matcher: Matcher, text: str, history: Sequence[str], page_language: str | None
) -> Language:
    """The language of the message; where that says nothing, of the talk so far, then the page's."""
    for said in (text, *reversed(history)):
        if found := matcher.lexicon.detect(said):
            return found
    return Language.HINDI if (page_language or "").lower().startswith("hi") else Language.ENGLISH
