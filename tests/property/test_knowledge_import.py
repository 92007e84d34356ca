"""Facts, answers and pages from files and from a site's own questions."""

import json

import pytest

from frontdesk.errors import Invalid
from frontdesk.projects.model import Answer, Fact
from frontdesk.property.faq import read_questions
from frontdesk.property.importing import import_knowledge, import_page
from frontdesk.property.knowledge_file import KnowledgeReport, read_knowledge
from frontdesk.property.service import Facts
from tests.property.conftest import Site

P = "palm-grove"
CSV = """kind,key,subject,value,source,as_of,question,answer,language,valid_until,title,text
fact,price,2 BHK,"₹84 lakh, onwards",Price list,2026-11-01,,,,,,
answer,,,,,,Is there a pool?,"Yes, 25 metres.
Open from six.",en,2027-12-31,,
page,,,,Brochure,,,,,,The grove,Three towers around one grove.
"""


async def test_a_file_is_added_to_what_is_there_and_adding_it_again_changes_nothing(
    facts: Facts,
) -> None:
    await facts.add(P, "price", "3 BHK", "₹1.18 crore", "", None)
    await facts.add(P, "price", "2 BHK", "₹80 lakh", "", None)
    dry = await import_knowledge(facts.projects, P, CSV, "k.csv", dry_run=True)
    assert dry == KnowledgeReport(added=2, changed=1)
    assert len((await facts.projects.knowledge(P)).answers) == 0
    assert await import_knowledge(facts.projects, P, CSV, "k.csv") == dry
    known = await facts.projects.knowledge(P)
    assert {(f.subject, f.value) for f in known.facts} == {
        ("3 BHK", "₹1.18 crore"),
        ("2 BHK", "₹84 lakh, onwards"),
    }
    (answer,) = known.answers
    assert (answer.question, answer.answer) == (
        "Is there a pool?",
        "Yes, 25 metres.\nOpen from six.",
    )
    assert str(answer.valid_until) == "2027-12-31"
    assert known.pages[0].text == "Three towers around one grove."
    again = await import_knowledge(facts.projects, P, CSV, "k.csv")
    assert again == KnowledgeReport(unchanged=3)
    assert (await facts.projects.knowledge(P)).updated_at == known.updated_at


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("key;value\nparking;Two spaces\n", "k.csv"),
        ("\ufeffkey\tvalue\r\nparking\tTwo spaces\r\n", "k.csv"),
        ('[{"key": "parking", "value": "Two spaces"}]', "k.json"),
        ('{"facts": [{"key": "parking", "value": "Two spaces"}]}', "k"),
    ],
)
def test_forms_of_files(text: str, name: str) -> None:
    details, faults = read_knowledge(text, name)
    assert faults == []
    assert details.facts == (Fact(key="parking", value="Two spaces"),)


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("key,value\nPrice,1\nparking,\nok,yes\n", [(2, "key"), (3, "value")]),
        ('key,value\na,"x\ny"\nB,1\n', [(4, "key")]),
        ("key,value\na,b,c\n", [(2, "file")]),
        ("price,amount\n1,2\n", [(1, "file")]),
        ("", [(1, "file")]),
        ("question,answer,valid_until\nPool?,Yes,soon\n", [(2, "valid_until")]),
        ("question,answer\nPool?,Yes\npool?,No\n", [(3, "question")]),
        ("kind,key,value\nfakt,a,b\n", [(2, "kind")]),
        ("source,key\nx,\n", [(2, "kind")]),
        ("question,answer,text\nPool?,Yes,More\n", [(2, "text")]),
        ('[{"key": "a"}, 7]', [(1, "value"), (2, "file")]),
        ('{"facts": {}}', [(1, "file")]),
        ('[\n{"key": 1,\n}]', [(3, "file")]),
        ("<p>No questions here</p>", [(1, "page")]),
    ],
)
async def test_every_fault_is_told_with_its_line_and_nothing_is_stored(
    facts: Facts, text: str, faults: list[tuple[int, str]]
) -> None:
    name = "k.csv" if text[:1] not in {"[", "{", "<"} else "k"
    report = await import_knowledge(facts.projects, P, text, name)
    assert [(fault.line, fault.field) for fault in report.faults] == faults
    assert (await facts.projects.knowledge(P)).facts == ()


ANSWER = '{"@type":"Answer","text":"<p>Yes, 25&nbsp;metres.</p>"}'
STATED = (
    '{"@type":"FAQPage","mainEntity":[{"@type":"Question","name":"Is there a pool?",'
    f'"acceptedAnswer":{ANSWER}}}]}}'
)
TYPE = 'itemscope itemtype="https://schema.org/'
MARKED = (
    f'<div {TYPE}FAQPage"><div itemprop="mainEntity" {TYPE}Question">'
    '<h3 itemprop="name">Is there a pool?</h3>'
    f'<div itemprop="acceptedAnswer" {TYPE}Answer">'
    '<div itemprop="text">Yes, 25 metres.</div></div></div></div>'
)
FAQ = [
    f'<script type="application/ld+json">{STATED}</script>',
    "<details><summary>Is there a pool?</summary><p>Yes, 25 metres.</p></details>",
    "<dl><dt>Is there a pool?</dt><dd>Yes, 25 metres.</dd><dt>Area</dt><dd>742 sq ft</dd></dl>",
    "<h2>FAQ</h2><h3>Q1. Is there a pool?</h3><p>Yes, 25 metres.</p><h3>Contact</h3><p>Call</p>",
    '<div class="q"><button>Is there a pool?</button></div><div class="a">Yes, 25 metres.</div>',
    MARKED,
]


@pytest.mark.parametrize("body", FAQ, ids=range(len(FAQ)))
def test_a_page_s_own_questions(body: str) -> None:
    (found,) = read_questions(f'<html lang="en-IN"><body>{body}</body></html>')
    assert (found.question, found.answer, found.language) == (
        "Is there a pool?",
        "Yes, 25 metres.",
        "en",
    )


def test_a_question_stated_twice_is_one() -> None:
    assert len(read_questions(FAQ[0] + FAQ[1] + FAQ[3])) == 1


async def test_a_page_of_the_project_s_own_site(facts: Facts, site: Site) -> None:
    site.pages["/faq"] = (200, "".join(FAQ[:1]) + "<h3>Are pets welcome?</h3><p>Yes.</p>")
    report = await import_page(facts.projects, facts.fetcher, P, site.url + "faq")
    assert report == KnowledgeReport(added=2)
    answers = (await facts.projects.knowledge(P)).answers
    assert Answer(question="Are pets welcome?", answer="Yes.") in answers
    for url, code in (
        ("https://other.example/faq", "page_not_on_site"),
        (site.url + "gone", "page_not_read"),
    ):
        with pytest.raises(Invalid) as caught:
            await import_page(facts.projects, facts.fetcher, P, url)
        assert caught.value.code == code


async def test_too_much_for_one_project_is_refused_whole(facts: Facts) -> None:
    many = json.dumps([{"key": f"k{n}", "value": "x"} for n in range(501)])
    report = await import_knowledge(facts.projects, P, many, "k.json")
    assert [fault.field for fault in report.faults] == ["file"]
    assert (await facts.projects.knowledge(P)).facts == ()
