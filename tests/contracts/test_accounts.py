import asyncio

import pytest

from frontdesk.accounts.model import (
    ActorKind,
    ApiKey,
    AuditEntry,
    KeptReply,
    LinkPurpose,
    Member,
    PasswordLink,
    Role,
    Session,
)
from frontdesk.errors import Conflict, NotFound
from frontdesk.model import EVERY_PROJECT, Scope
from frontdesk.storage.base import Storage
from tests.support.samples import later


def make_member(member_id: str = "member_1", email: str = "meera@example.com") -> Member:
    return Member(
        id=member_id,
        email=email,
        name="Meera Iyer",
        role=Role.SALES,
        scope=Scope(projects=frozenset({"palm-grove", "coral-bay"})),
        password_hash="$argon2id$not-a-real-one",
        created_at=later(),
    )


def make_session(token_hash: str = "5e55") -> Session:
    return Session(
        token_hash=token_hash,
        member_id="member_1",
        created_at=later(),
        expires_at=later(hours=12),
    )


def make_key(key_id: str = "key_1", key_hash: str = "4a54") -> ApiKey:
    return ApiKey(
        id=key_id,
        name="CRM export",
        key_hash=key_hash,
        hint="fd_4f",
        role=Role.VIEWER,
        created_at=later(),
    )


def make_link(token_hash: str = "11ff") -> PasswordLink:
    return PasswordLink(
        token_hash=token_hash,
        member_id="member_1",
        purpose=LinkPurpose.INVITATION,
        created_at=later(),
        expires_at=later(days=7),
    )


def make_claim(token: str = "token", reply: str | None = None) -> KeptReply:
    return KeptReply(
        id="reply_1",
        fingerprint="f1",
        token=token,
        busy_until=later(minutes=5),
        expires_at=later(days=1),
        reply=reply,
    )


async def test_a_reply_is_claimed_by_one_and_kept_for_all(storage: Storage) -> None:
    claims = [make_claim(f"token {number}") for number in range(10)]
    found = await asyncio.gather(*(storage.claim_reply(claim, later()) for claim in claims))
    (ours,) = [claim for claim, other in zip(claims, found, strict=True) if other is None]
    assert {other for other in found if other} == {ours}
    await storage.keep_reply(make_claim("another's", reply="theirs"))
    assert await storage.claim_reply(make_claim("x"), later()) == ours
    kept = ours.model_copy(update={"reply": "sealed.1.x"})
    await storage.keep_reply(kept)
    # However long it took: what is done is done, until it runs out.
    assert await storage.claim_reply(make_claim("x"), later(hours=23)) == kept
    assert await storage.claim_reply(make_claim("x"), later(days=1)) is None


async def test_a_claim_that_is_given_up_or_left_may_be_taken(storage: Storage) -> None:
    assert await storage.claim_reply(make_claim("1"), later()) is None
    await storage.drop_reply("reply_1", "another's")
    assert await storage.claim_reply(make_claim("2"), later()) == make_claim("1")
    await storage.drop_reply("reply_1", "1")
    assert await storage.claim_reply(make_claim("2"), later()) is None
    assert await storage.claim_reply(make_claim("3"), later(minutes=4)) == make_claim("2")
    assert await storage.claim_reply(make_claim("3"), later(minutes=5)) is None
    await storage.keep_reply(make_claim("2", reply="too late"))
    assert await storage.claim_reply(make_claim("4"), later()) == make_claim("3")


async def test_kept_replies_that_ran_out_go(storage: Storage) -> None:
    await storage.claim_reply(make_claim(), later())
    assert await storage.remove_expired_sign_ins(later(days=1)) == 0
    assert await storage.remove_expired_sign_ins(later(days=2)) == 1
    assert await storage.remove_expired_sign_ins(later(days=2)) == 0


async def test_sign_ins_that_ran_out_go(storage: Storage) -> None:
    await storage.start_session(make_session())
    await storage.add_password_link(make_link())
    assert await storage.remove_expired_sign_ins(later(hours=12)) == 0, "not before their time"
    assert await storage.remove_expired_sign_ins(later(hours=13)) == 1
    assert await storage.find_session("5e55", later()) is None
    assert await storage.find_password_link("11ff", later()) is not None
    assert await storage.remove_expired_sign_ins(later(days=8)) == 1
    assert await storage.find_password_link("11ff", later()) is None
    assert await storage.remove_expired_sign_ins(later(days=8)) == 0


def make_entry(
    entry_id: str,
    project_id: str | None = "palm-grove",
    actor_id: str = "member_1",
    action: str = "save_project",
) -> AuditEntry:
    return AuditEntry(
        id=entry_id,
        created_at=later(),
        actor_kind=ActorKind.MEMBER,
        actor_id=actor_id,
        actor_name="Meera Iyer",
        action=action,
        project_id=project_id,
        targets={"project_id": project_id} if project_id else {},
        changes=("accent: #1f6f54 instead of #000000",),
    )


async def test_a_member_is_found_by_id_and_by_email(storage: Storage) -> None:
    member = make_member()
    await storage.add_member(member)
    assert await storage.get_member("member_1") == member
    assert await storage.find_member("meera@example.com") == member
    assert await storage.find_member("nobody@example.com") is None
    with pytest.raises(NotFound) as caught:
        await storage.get_member("member_2")
    assert caught.value.code == "member_not_found"


async def test_an_email_has_one_member_however_many_try(storage: Storage) -> None:
    members = [make_member(f"member_{number}") for number in range(10)]
    results = await asyncio.gather(
        *(storage.add_member(member) for member in members), return_exceptions=True
    )
    refused = [result for result in results if isinstance(result, Conflict)]
    assert [error.code for error in refused] == ["email_taken"] * 9
    assert await storage.find_member("meera@example.com") == members[results.index(None)]


async def test_the_id_of_a_member_is_its_own(storage: Storage) -> None:
    await storage.add_member(make_member())
    with pytest.raises(Conflict) as caught:
        await storage.add_member(make_member(email="other@example.com"))
    assert caught.value.code == "id_taken"
    assert await storage.find_member("other@example.com") is None


async def test_of_those_who_change_a_member_at_once_one_succeeds(storage: Storage) -> None:
    member = make_member()
    await storage.add_member(member)
    changed = [
        member.model_copy(update={"name": f"Name {number}", "version": 1}) for number in range(8)
    ]
    saved = await asyncio.gather(*(storage.save_member(one) for one in changed))
    assert sorted(saved) == [False] * 7 + [True]
    assert await storage.get_member("member_1") == changed[saved.index(True)]
    again = member.model_copy(update={"role": Role.OWNER, "version": 2})
    assert await storage.save_member(again)
    assert await storage.find_member("meera@example.com") == again


async def test_a_member_who_is_not_there_is_not_made_by_a_change(storage: Storage) -> None:
    with pytest.raises(NotFound) as caught:
        await storage.save_member(make_member().model_copy(update={"version": 1}))
    assert caught.value.code == "member_not_found"
    await storage.add_member(make_member())
    with pytest.raises(ValueError, match="e-mail"):
        await storage.save_member(make_member(email="other@example.com"))


async def test_members_are_listed_by_email(storage: Storage) -> None:
    for number, name in enumerate("cab"):
        await storage.add_member(make_member(f"member_{number}", f"{name}@example.com"))
    first = await storage.list_members(limit=2)
    assert [member.email for member in first.items] == ["a@example.com", "b@example.com"]
    rest = await storage.list_members(limit=2, after=first.next_cursor)
    assert [member.email for member in rest.items] == ["c@example.com"]
    assert rest.next_cursor is None


async def test_a_link_is_good_once_and_for_a_while(storage: Storage) -> None:
    link = make_link()
    await storage.add_password_link(link)
    assert await storage.find_password_link("11ff", later()) == link
    assert await storage.find_password_link("11ff", later(days=7)) is None
    assert await storage.find_password_link("0000", later()) is None
    taken = await asyncio.gather(*(storage.take_password_link("11ff", later()) for _ in range(8)))
    assert [one for one in taken if one is not None] == [link]
    assert await storage.find_password_link("11ff", later()) is None
    await storage.add_password_link(make_link("22ff"))
    assert await storage.take_password_link("22ff", later(days=7)) is None


async def test_a_session_holds_until_it_expires_or_ends(storage: Storage) -> None:
    session = make_session()
    await storage.start_session(session)
    almost = later(hours=12, milliseconds=-1)
    assert await storage.find_session("5e55", almost) == session
    assert await storage.find_session("5e55", later(hours=12)) is None
    assert await storage.find_session("0000", later()) is None
    await storage.end_session("5e55")
    assert await storage.find_session("5e55", later()) is None
    await storage.end_session("5e55")  # no error


async def test_ending_a_session_leaves_the_others(storage: Storage) -> None:
    await storage.start_session(make_session("5e55"))
    await storage.start_session(make_session("6f66"))
    await storage.end_session("5e55")
    assert await storage.find_session("6f66", later()) is not None


async def test_a_session_token_cannot_be_taken_over(storage: Storage) -> None:
    await storage.start_session(make_session())
    with pytest.raises(Conflict) as caught:
        await storage.start_session(make_session().model_copy(update={"member_id": "member_2"}))
    assert caught.value.code == "id_taken"
    assert await storage.find_session("5e55", later()) == make_session()


async def test_a_key_holds_until_it_expires_or_is_revoked(storage: Storage) -> None:
    endless = make_key()
    expiring = make_key("key_2", "4b54").model_copy(update={"expires_at": later(days=1)})
    revoked = make_key("key_3", "4c54").model_copy(update={"revoked_at": later(hours=1)})
    for key in (endless, expiring, revoked):
        await storage.add_api_key(key)
    assert await storage.find_api_key("4a54", later(days=999)) == endless
    assert await storage.find_api_key("4b54", later(hours=23)) == expiring
    assert await storage.find_api_key("4b54", later(days=1)) is None
    assert await storage.find_api_key("4c54", later(minutes=59)) == revoked
    assert await storage.find_api_key("4c54", later(hours=1)) is None
    assert await storage.find_api_key("0000", later()) is None


@pytest.mark.parametrize("other", [make_key("key_1", "ffff"), make_key("key_2", "4a54")])
async def test_a_key_cannot_be_taken_over(storage: Storage, other: ApiKey) -> None:
    await storage.add_api_key(make_key())
    with pytest.raises(Conflict) as caught:
        await storage.add_api_key(other)
    assert caught.value.code == "id_taken"
    assert await storage.find_api_key("4a54", later()) == make_key()


async def test_the_latest_use_of_a_key_is_kept(storage: Storage) -> None:
    await storage.add_api_key(make_key())
    await storage.record_api_key_use("key_1", later(hours=2))
    await storage.record_api_key_use("key_1", later(hours=1))  # from a slower process
    key = await storage.find_api_key("4a54", later(hours=3))
    assert key == make_key().model_copy(update={"last_used_at": later(hours=2)})
    await storage.record_api_key_use("key_0", later())  # no error


async def test_a_revoked_key_opens_nothing_and_stays_in_the_list(storage: Storage) -> None:
    await storage.add_api_key(make_key())
    await storage.add_api_key(make_key("key_2", "4b54"))
    revoked = await storage.revoke_api_key("key_1", later(hours=1))
    assert revoked == make_key().model_copy(update={"revoked_at": later(hours=1)})
    assert await storage.revoke_api_key("key_1", later(hours=2)) == revoked
    assert await storage.find_api_key("4a54", later(hours=1)) is None
    assert await storage.find_api_key("4b54", later(hours=1)) is not None
    page = await storage.list_api_keys(limit=1)
    rest = await storage.list_api_keys(limit=1, after=page.next_cursor)
    assert [key.id for key in page.items + rest.items] == ["key_2", "key_1"]
    with pytest.raises(NotFound) as caught:
        await storage.revoke_api_key("key_0", later())
    assert caught.value.code == "api_key_not_found"


async def test_the_audit_log_is_read_by_who_and_by_what(storage: Storage) -> None:
    entries = [
        make_entry("audit_1"),
        make_entry("audit_2", project_id="coral-bay", actor_id="key_1"),
        make_entry("audit_3", project_id=None, action="invite_member"),
    ]
    for entry in entries:
        await storage.add_audit_entry(entry)
    everything = await storage.list_audit_entries(EVERY_PROJECT)
    assert [*everything.items] == entries[::-1]
    of_key = await storage.list_audit_entries(EVERY_PROJECT, actor_id="key_1")
    invitations = await storage.list_audit_entries(EVERY_PROJECT, action="invite_member")
    of_project = await storage.list_audit_entries(Scope(projects=frozenset({"palm-grove"})))
    assert [of_key.items, invitations.items, of_project.items] == [
        (entries[1],),
        (entries[2],),
        (entries[0],),
    ]
