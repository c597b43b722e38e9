"""What was written of accounts, people, codes and orders is read again, and by nobody else."""

from dataclasses import replace
from typing import Any

import pytest

from tests.contract.guards_people import ANN_GONE, ANN_IN, BOB_ASKED, BOB_GONE, BOB_JOINS, OPENED
from tests.contract.nouns import (
    AGREED,
    ANN,
    BOB,
    CARD,
    ELSEWHERE,
    HERE,
    HOUR,
    KIM,
    NOON,
    PROPOSED,
    TARA,
    account,
    invited,
    line,
    member,
    submission,
)
from tests.contract.scene import IDENTITY, Scene
from training_credits.domain import change as c
from training_credits.domain.model import (
    AccountKind,
    Approval,
    Card,
    Happening,
    Member,
    MemberState,
    Presence,
    Role,
    Seat,
    Standing,
)
from training_credits.dynamodb import keys
from training_credits.dynamodb.items import AccountItem
from training_credits.dynamodb.ledger import DynamoLedger
from training_credits.ports import Page

OWNER = Seat(account_id=HERE, role=Role.OWNER)


def test_an_account_is_read_as_it_was_opened(scene: Scene) -> None:
    whole = account(
        kind=AccountKind.INDIVIDUAL,
        four_eyes=True,
        contacts=(KIM, TARA),
        agreement=AGREED,
        proposed=PROPOSED,
        card=CARD,
    )
    scene.write(c.OpenAccount(account=whole, owners=0))
    assert scene.book().account == whole
    assert scene.standing().account == whole


EDITS: dict[str, Any] = {
    "name": "New",
    "kind": AccountKind.INDIVIDUAL,
    "approval": Approval.AUTOMATIC,
    "four_eyes": True,
    "contacts": (KIM, TARA),
    "agreement": AGREED,
    "proposed": PROPOSED,
    "card": CARD,
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_leaves_what_it_does_not_name(scene: Scene, name: str) -> None:
    scene.write(OPENED)
    edit: dict[str, Any] = {name: EDITS[name]}
    scene.write(c.EditAccount(**edit))
    assert scene.book().account == account(**edit)


def test_what_was_set_is_set_anew(scene: Scene) -> None:
    scene.write(OPENED)
    scene.write(c.EditAccount(**EDITS))
    scene.write(c.EditAccount(four_eyes=False, contacts=(), agreement=replace(AGREED, percent=0)))
    kept = EDITS | {
        "four_eyes": False,
        "contacts": (),
        "agreement": replace(AGREED, percent=0),
        "proposed": None,
    }
    assert scene.book().account == account(**kept)


def test_a_proposal_waits_beside_the_agreement_and_the_next_agreement_ends_it(
    scene: Scene,
) -> None:
    scene.write(OPENED)
    scene.write(c.EditAccount(agreement=AGREED))
    scene.write(c.EditAccount(proposed=PROPOSED))
    assert scene.book().account == account(agreement=AGREED, proposed=PROPOSED)
    scene.write(c.EditAccount(name="New"))
    assert scene.book().account.proposed == PROPOSED
    approved = replace(PROPOSED, approved_by="olga@vendor.example")
    scene.write(c.EditAccount(agreement=approved))
    assert scene.book().account == account(name="New", agreement=approved)


@pytest.mark.parametrize(
    "drop", [c.EditAccount(dropped=CARD), c.OwnerCount(expected=1, change=-1, dropped=CARD)]
)
def test_a_card_that_is_dropped_takes_nothing_else_with_it(scene: Scene, drop: c.Write) -> None:
    scene.write(OPENED)
    scene.write(c.EditAccount(**EDITS))
    scene.write(drop)
    assert scene.book().account == account(**(EDITS | {"card": None}))


def test_a_card_of_before_is_read_without_its_owner_and_can_be_dropped(scene: Scene) -> None:
    old = Card(customer_id="cus_1", method_id="pm_1")
    scene.write(c.OpenAccount(account=account(card=old), owners=1))
    if isinstance(scene.ledger, DynamoLedger):
        text: Any = {"customer_id": "cus_1", "method_id": "pm_1"}
        header = AccountItem(pk=keys.account(scene.program, HERE), sk=keys.ACCOUNT)
        header.update(actions=[AccountItem.card.set(text)])
    assert scene.book().account.card == old
    scene.write(c.EditAccount(dropped=old))
    assert scene.book().account.card is None


# Members, seats, invitations, terms


def test_members_join_leave_and_come_again_in_another_role(scene: Scene) -> None:
    def there() -> tuple[Member, ...]:
        assert [scene.standing(email).member for email in (ANN, BOB)] == [
            scene.book().member(email) for email in (ANN, BOB)
        ]
        return scene.book().members

    scene.write(OPENED, BOB_ASKED, ANN_IN)
    assert there() == (member(ANN), invited(BOB))
    scene.write(BOB_JOINS)
    joined = replace(invited(BOB), state=MemberState.ACTIVE, accepted_at=NOON)
    assert there() == (member(ANN), joined)
    scene.write(ANN_GONE)
    assert there() == (joined,)
    again = replace(invited(ANN, Role.FINANCE), added_by=BOB, added_at=NOON + HOUR)
    scene.write(c.Invite(member=again))
    assert there() == (again, joined)


def test_an_invitation_is_open_until_it_is_answered_or_withdrawn(scene: Scene) -> None:
    def asked() -> tuple[Seat, ...]:
        return scene.ledger.presence(scene.program, BOB).invitations

    scene.write(c.Invite(member=invited(BOB, Role.FINANCE)))
    assert asked() == (Seat(account_id=HERE, role=Role.FINANCE),)
    scene.write(replace(BOB_GONE, role=Role.FINANCE))
    assert asked() == ()
    scene.write(BOB_ASKED)
    scene.write(BOB_ASKED, account_id=ELSEWHERE)
    assert asked() == (OWNER, Seat(account_id=ELSEWHERE, role=Role.OWNER))
    scene.write(BOB_JOINS)
    scene.write(BOB_GONE, account_id=ELSEWHERE)
    assert asked() == ()


@pytest.mark.parametrize("only", [True, False])
def test_a_person_is_found_on_the_account_they_sit_on(scene: Scene, *, only: bool) -> None:
    def seats(email: str) -> tuple[Seat, ...]:
        return scene.ledger.presence(scene.program, email).seats

    leave = c.LeaveSeat(email=ANN, only=only)
    scene.write(c.TakeSeat(email=ANN, role=Role.OWNER, only=only))
    assert (seats(ANN), seats(BOB)) == ((OWNER,), ())
    scene.write(leave)
    assert seats(ANN) == ()
    scene.write(c.TakeSeat(email=ANN, role=Role.BUYER, only=only), account_id=ELSEWHERE)
    assert seats(ANN) == (Seat(account_id=ELSEWHERE, role=Role.BUYER),)


def test_where_seats_are_many_a_person_has_several(scene: Scene) -> None:
    scene.write(c.TakeSeat(email=ANN, role=Role.BUYER, only=False), account_id=ELSEWHERE)
    scene.write(c.TakeSeat(email=ANN, role=Role.OWNER, only=False))
    assert scene.ledger.presence(scene.program, ANN).seats == (
        OWNER,
        Seat(account_id=ELSEWHERE, role=Role.BUYER),
    )


def test_terms_are_accepted_by_person_and_version_and_the_first_time_stays(scene: Scene) -> None:
    def accept(version: str, subject: str = "s-ann") -> None:
        accepted = c.AcceptTerms(email=ANN, subject=subject, version=version, at=NOON)
        scene.write(accepted, account_id="")

    accept("2013-01")
    before = scene.kept()
    accept("2013-01", "s-another")
    assert scene.kept() == before
    accept("2021-06")
    ledger, program = scene.ledger, scene.program
    assert ledger.presence(program, ANN) == Presence(terms=frozenset({"2013-01", "2021-06"}))
    assert ledger.accepted(program, ANN, "2021-06")
    assert not ledger.accepted(program, ANN, "2024-09")
    assert not ledger.accepted(program, BOB, "2021-06")
    assert not ledger.accepted(f"{program}-other", ANN, "2021-06")


def test_a_caller_learns_all_they_are_in_one_read(scene: Scene) -> None:
    scene.write(OPENED, ANN_IN, submission=submission())
    other = replace(IDENTITY, key="key-0002")
    assert scene.standing(ANN, IDENTITY) == Standing(
        account=account(), member=member(ANN), submission=submission()
    )
    assert scene.standing(ANN) == Standing(account=account(), member=member(ANN))
    assert scene.standing(BOB, other) == Standing(account=account(), member=None)
    scene.write(ANN_GONE)
    assert scene.standing(ANN) == Standing(account=account(), member=None)
    assert scene.ledger.standing(scene.program, ELSEWHERE, ANN, IDENTITY) == Standing(
        account=None, member=None, submission=submission()
    )


def test_a_line_of_history_is_read_as_it_was_written(scene: Scene) -> None:
    plain = Happening(kind=line().kind, at=NOON + HOUR, actor=ANN, about=BOB)
    scene.write(c.Note(happening=line()), c.Note(happening=plain))
    page = scene.ledger.history(scene.program, HERE, None, 100)
    assert page == Page(items=(line(), plain))
