"""Answers as a marketer keeps them: found, tried out, written, removed, imported."""

import re

from frontdesk.accounts.model import Role
from frontdesk.model import Scope
from frontdesk.projects.model import Answer, Knowledge
from tests.dashboard.conftest import Desk, Person
from tests.dashboard.filled import Filled
from tests.dashboard.test_pages import words
from tests.dashboard.test_projects import read_seen, send

PATH = "/dashboard/projects/palm-grove/answers"


async def questions(person: Person, query: str = "") -> list[str]:
    return re.findall("<h3 lang=[^>]+>([^<]+)</h3>", await person.read(f"{PATH}{query}"))


async def test_answers_are_found_and_expired_ones_are_marked(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in(Role.VIEWER)
    page = await person.read(PATH)
    assert len(await questions(person)) == 3
    assert page.count(">Expired<") == 1
    assert "expired on 3 Nov 2026" in words(page)
    assert await questions(person, "?search=LEASH+shared") == ["Are pets allowed?"]
    assert await questions(person, "?show=expired") == ["Is there a festive offer?"]
    assert "No answer fits" in await person.read(f"{PATH}?search=helipad")
    assert "/edit" not in page.split("<main")[1], "a viewer changes nothing"


def tried(html: str) -> str:
    """What stands where a question is tried, without the list of answers beside it."""
    return html.partition('aria-labelledby="try"')[2].partition("</section>")[0]


async def test_a_question_is_answered_as_a_visitor_would_be(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in(Role.MANAGER)
    spent = await desk.storage.list_spending(Scope(), desk.clock().date())
    page = await person.read(f"{PATH}?question=2+BHK+price%3F+Are+pets+allowed%3F")
    assert "₹84 lakh" in tried(page)
    assert "Yes, with a leash in shared areas." in tried(page)
    origins = re.findall(r'<li><a href="([^"]+)">([^<]+)</a><span', page)
    assert [name for _, name in origins] == ["Price 2 BHK", "Are pets allowed?"]
    for link, _ in origins:
        assert (await person.get(link)).status_code == 200
    page = await person.read(f"{PATH}?question=Is+there+a+festive+offer%3F")
    assert "modular kitchen" not in tried(page), "what has expired is not said"
    page = await person.read(f"{PATH}?question=Is+there+a+helipad%3F")
    assert "Nothing known answers this" in page
    assert "/answers/edit?question=Is%20there%20a%20helipad%3F" in page
    assert await desk.storage.list_spending(Scope(), desk.clock().date()) == spent


async def test_an_answer_is_written_changed_and_removed(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in(Role.MANAGER)
    fields = {"question": "Is there a gym?", "answer": "Yes, on the roof.", "language": "en"}
    assert (await send(person, f"{PATH}/edit", **fields))[0] == 303
    assert (await questions(person))[0] == "Is there a gym?"
    status, page = await send(person, f"{PATH}/edit", **fields | {"question": "is there a GYM?"})
    assert (status, 'id="fault-question">This question has' in page) == (409, True)
    wrong = {"question": "", "answer": "", "valid_until": "soon"}
    status, page = await send(person, f"{PATH}/edit", **wrong)
    assert status == 422
    assert re.findall('id="fault-([a-z_]+)"', page) == ["question", "answer", "valid_until"]
    assert 'value="soon"' in page

    page = await person.read(PATH)
    name = re.findall(r'edit\?answer=(\w+)">Change<span class="unseen">: Is there a gym', page)[0]
    assert "Yes, on the roof.</textarea>" in await person.read(f"{PATH}/edit?answer={name}")
    changed = fields | {"id": name, "answer": "Yes, on the ground floor."}
    assert (await send(person, f"{PATH}/edit", **changed))[0] == 303
    status, page = await send(person, f"{PATH}/edit", **changed | {"answer": "No."})
    assert (status, "changed it meanwhile" in page, ">No.</textarea>" in page) == (409, True, True)
    status, _ = await send(person, f"{PATH}/remove", id=name)
    assert status == 409, "it is not what was seen any more"
    page = await person.read(PATH)
    name = re.findall(r'edit\?answer=(\w+)">Change<span class="unseen">: Is there a gym', page)[0]
    assert (await send(person, f"{PATH}/remove", id=name))[0] == 200
    assert len(await questions(person)) == 3


async def test_an_import_shows_first_what_it_would_do(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in(Role.MANAGER)
    path = f"{PATH}/import"
    text = "question,answer,valid_until\nAre pets allowed?,Small ones.,\nIs there a gym?,Yes.,soon"
    status, page = await send(person, path, text=text, act="apply")
    assert (status, "Write a date as 2027-12-31" in page) == (422, True)
    text = text.replace("soon", "2027-12-31")
    _, page = await send(person, path, text=text, act="try")
    assert "1 new, 1 changed, 0 as they are. Nothing is stored yet." in page
    assert "instead of Yes, with a leash in shared areas." in page
    assert len(await questions(person)) == 3
    seen = read_seen(page)
    _, page = await send(person, path, text=text + "\nA pool?,No.", act="apply", seen=seen)
    assert "2 new" in page, "other text than what was looked at is looked at first"
    assert (await send(person, path, text=text, act="apply", seen=seen))[0] == 303
    assert (await desk.storage.get_knowledge("palm-grove")).answers[0].answer == "Small ones."
    assert len(await questions(person)) == 4
    status, page = await send(person, path, url="https://elsewhere.example/faq", act="try")
    assert (status, 'id="fault-url">This is no page on a site' in page) == (422, True)


async def test_a_page_of_five_hundred_long_answers_is_small(desk: Desk, filled: Filled) -> None:
    answers = tuple(Answer(question=f"Question {n}?", answer="Yes. " * 100) for n in range(500))
    known = Knowledge(answers=answers, updated_at=desk.clock())
    await desk.storage.save_knowledge("palm-grove", known)
    person = await desk.let_in(Role.MANAGER)
    for path in (f"{PATH}?page=25", "/dashboard/projects/palm-grove"):
        assert len((await person.read(path)).encode()) < 100_000
    assert "Question 499?" in await person.read(f"{PATH}?page=25")


async def test_answers_of_other_projects_are_not_there(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in(Role.MANAGER, Scope(projects=frozenset({"coral-bay"})))
    for path in (PATH, f"{PATH}/edit", f"{PATH}/import", f"{PATH}?question=price"):
        assert (await person.get(path)).status_code == 404
    for path in (f"{PATH}/edit", f"{PATH}/remove", f"{PATH}/import"):
        assert (await send(person, path, question="a", answer="b"))[0] == 404
