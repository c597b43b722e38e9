"""Guards of accounts, of who belongs to them, and of their history."""

from dataclasses import replace
from datetime import date
from typing import Any

from tests.contract.guards import no, yes
from tests.contract.nouns import (
    AGREED,
    ANN,
    BOB,
    CARD,
    INSTANT,
    KIM,
    NOON,
    OTHER_CARD,
    PROPOSED,
    TARA,
    account,
    invited,
    line,
    member,
)
from training_credits.domain import change as c
from training_credits.domain.model import (
    Account,
    AccountKind,
    Approval,
    MemberState,
    Role,
)

OPENED = c.OpenAccount(account=account(), owners=1)
NAMED = c.EditAccount(contacts=(KIM,))
AGREEING = c.EditAccount(agreement=AGREED)
PROPOSING = c.EditAccount(proposed=PROPOSED)
KEPT = c.EditAccount(card=CARD)
OTHER_KEPT = c.EditAccount(card=OTHER_CARD)
DROPPED = c.EditAccount(dropped=CARD)
DROPPED_WITH_OWNER = c.OwnerCount(expected=1, change=-1, dropped=CARD)
ANN_IN = c.Invite(member=member(ANN))
BOB_ASKED = c.Invite(member=invited(BOB))
BOB_JOINS = c.Join(email=BOB, role=Role.OWNER, at=NOON)
BOB_GONE = c.RemoveMember(email=BOB, role=Role.OWNER, was=MemberState.INVITED, at=NOON)
ANN_GONE = c.RemoveMember(email=ANN, role=Role.OWNER, was=MemberState.ACTIVE, at=NOON)
DEPUTY_DAY = date(2026, 4, 1)
ANN_DEPUTY = c.NameDeputy(email=ANN, until=DEPUTY_DAY)
ANN_BUYS = c.Invite(member=member(ANN, Role.BUYER))
ANN_STILL_DEPUTY = c.StillMember(email=ANN, roles=(Role.OWNER,), deputy_until=DEPUTY_DAY)
ANN_STILL = c.StillMember(email=ANN, roles=(Role.CAPTAIN, Role.OWNER))
BOB_STILL = c.StillMember(email=BOB, roles=(Role.OWNER,))
SEAT = c.TakeSeat(email=ANN, role=Role.OWNER, only=True)
ANY_SEAT = c.TakeSeat(email=ANN, role=Role.OWNER, only=False)
LEFT = c.LeaveSeat(email=ANN, only=True)
LEFT_ANY = c.LeaveSeat(email=ANN, only=False)
TERMS = c.AcceptTerms(email=ANN, subject="s-ann", version="2021-06", at=NOON)
NOTED = c.Note(happening=line())


def counted(expected: int) -> c.OwnerCount:
    return c.OwnerCount(expected=expected, change=1)


def naming(was: Account) -> c.EditAccount:
    return c.EditAccount(contacts=(KIM, TARA), was=was)


EDITED = c.EditAccount(name="New", approval=Approval.AUTOMATIC, four_eyes=False, automatic_below=50)


def editing(**was: Any) -> c.EditAccount:
    """All of these at once, of an account that was read so."""
    return replace(EDITED, was=account(**was))


def agreeing(was: Account) -> c.EditAccount:
    return c.EditAccount(agreement=AGREED, was=was)


def proposing(was: Account) -> c.EditAccount:
    return c.EditAccount(proposed=PROPOSED, was=was)


ACCOUNTS = (
    yes("a new account opens", OPENED),
    no("an account opens once", OPENED, OPENED),
    yes("an account is renamed", c.EditAccount(name="New"), OPENED),
    no("what is not there is not renamed", c.EditAccount(name="New")),
    yes("approval changes", c.EditAccount(approval=Approval.AUTOMATIC), OPENED),
    yes("the kind changes", c.EditAccount(kind=AccountKind.INDIVIDUAL), OPENED),
    yes("small requests wait for nobody", c.EditAccount(automatic_below=50), OPENED),
    yes("four eyes are switched off", c.EditAccount(four_eyes=False), OPENED),
    yes("a card is kept", c.EditAccount(card=CARD), OPENED),
    yes("a card is dropped", DROPPED, OPENED, KEPT),
    no("a card is dropped once", DROPPED, OPENED, KEPT, DROPPED),
    no("a card kept meanwhile stays", DROPPED, OPENED, OTHER_KEPT),
    no("no card is dropped where there is none", DROPPED, OPENED),
    no("nor one of another account", DROPPED, OPENED, elsewhere=(OPENED, KEPT)),
    yes("a card goes with its owner", DROPPED_WITH_OWNER, OPENED, KEPT),
    no("it stays if owners were counted before", DROPPED_WITH_OWNER, OPENED, KEPT, counted(1)),
    no("a card kept meanwhile stays when an owner goes", DROPPED_WITH_OWNER, OPENED, OTHER_KEPT),
    yes("nothing is said", c.EditAccount(), OPENED),
    no("nothing is said of nothing", c.EditAccount()),
    yes("contacts are as they were read", naming(account()), OPENED),
    yes("named contacts are as they were read", naming(account(contacts=(KIM,))), OPENED, NAMED),
    no("contacts were named meanwhile", naming(account()), OPENED, NAMED),
    no("other contacts were read", naming(account(contacts=(TARA,))), OPENED, NAMED),
    yes("there was no agreement", agreeing(account()), OPENED),
    yes("the agreement is as it was read", agreeing(account(agreement=AGREED)), OPENED, AGREEING),
    no("an agreement was made meanwhile", agreeing(account()), OPENED, AGREEING),
    no("an agreement was read that is not there", agreeing(account(agreement=AGREED)), OPENED),
    yes("an agreement does not look at contacts", agreeing(account()), OPENED, NAMED),
    no("something was proposed meanwhile", agreeing(account()), OPENED, PROPOSING),
    no("another proposal was read", agreeing(account(proposed=AGREED)), OPENED, PROPOSING),
    yes("what was proposed is agreed", agreeing(account(proposed=PROPOSED)), OPENED, PROPOSING),
    yes("nothing was proposed", proposing(account()), OPENED),
    no("it was proposed meanwhile", proposing(account()), OPENED, PROPOSING),
    yes("it is proposed anew", proposing(account(proposed=PROPOSED)), OPENED, PROPOSING),
    no("a proposal was read that is not there", proposing(account(proposed=AGREED)), OPENED),
    no("it was agreed meanwhile", proposing(account()), OPENED, AGREEING),
    yes("it is proposed beside", proposing(account(agreement=AGREED)), OPENED, AGREEING),
    no(
        "a proposal that was agreed is none",
        proposing(account(agreement=AGREED, proposed=PROPOSED)),
        OPENED,
        PROPOSING,
        AGREEING,
    ),
    yes("a proposal does not look at contacts", proposing(account()), OPENED, NAMED),
    yes("a name does not look at either", c.EditAccount(name="New", was=account()), OPENED, NAMED),
    yes("an account is as it was read", editing(), OPENED),
    no("it was renamed meanwhile", editing(), OPENED, c.EditAccount(name="Old")),
    no("another name was read", editing(name="Old"), OPENED),
    no("another way of approval was read", editing(approval=Approval.AUTOMATIC), OPENED),
    no("other eyes were read", editing(four_eyes=not account().four_eyes), OPENED),
    no("another threshold was read", editing(automatic_below=7), OPENED),
    yes("owners are counted", counted(1), OPENED),
    no("owners were counted wrongly", counted(2), OPENED),
    no("owners of nothing", counted(0)),
    no("owners were counted before", counted(1), OPENED, counted(1)),
    yes("a line of history is written", NOTED),
    no("a line of history is written once", NOTED, NOTED),
    yes(
        "the same an instant later is another line",
        c.Note(happening=line(at=NOON + INSTANT)),
        NOTED,
    ),
    yes("the same of somebody else is another line", c.Note(happening=line(ANN)), NOTED),
    yes("the same elsewhere is another line", NOTED, elsewhere=(NOTED,)),
)
MEMBERS = (
    yes("somebody new is a member at once", ANN_IN),
    yes("somebody new is asked in", BOB_ASKED),
    no("a member is not asked in", c.Invite(member=invited(ANN)), ANN_IN),
    no("somebody is asked in once", BOB_ASKED, BOB_ASKED),
    no("nor in another role", c.Invite(member=invited(BOB, Role.BUYER)), BOB_ASKED),
    yes("a removed member is asked in again", c.Invite(member=invited(ANN)), ANN_IN, ANN_GONE),
    yes("somebody asked in elsewhere is asked in here", BOB_ASKED, elsewhere=(BOB_ASKED,)),
    yes("whoever is asked in joins", BOB_JOINS, BOB_ASKED),
    no("whoever is not asked in does not", BOB_JOINS),
    no(
        "nor in a role they were not asked into",
        c.Join(email=BOB, role=Role.BUYER, at=NOON),
        BOB_ASKED,
    ),
    no("somebody joins once", BOB_JOINS, BOB_ASKED, BOB_JOINS),
    no("an invitation withdrawn is none", BOB_JOINS, BOB_ASKED, BOB_GONE),
    no("an invitation elsewhere is none here", BOB_JOINS, elsewhere=(BOB_ASKED,)),
    yes("a member is removed", ANN_GONE, ANN_IN),
    yes("an invitation is withdrawn", BOB_GONE, BOB_ASKED),
    no("a stranger is not removed", ANN_GONE),
    no("a member is removed once", ANN_GONE, ANN_IN, ANN_GONE),
    no("an invitation that was accepted is not withdrawn", BOB_GONE, BOB_ASKED, BOB_JOINS),
    no(
        "nor is a member removed in another role",
        c.RemoveMember(email=ANN, role=Role.BUYER, was=MemberState.ACTIVE, at=NOON),
        ANN_IN,
    ),
    no("a member elsewhere is not removed here", ANN_GONE, elsewhere=(ANN_IN,)),
    yes("a member has one of the roles", ANN_STILL, ANN_IN),
    no("a member in another role has none", ANN_STILL, c.Invite(member=member(ANN, Role.BUYER))),
    no("whoever is asked in has none yet", BOB_STILL, BOB_ASKED),
    yes("whoever joined has", BOB_STILL, BOB_ASKED, BOB_JOINS),
    no("a stranger has none", BOB_STILL, ANN_IN),
    no("a removed one has none", ANN_STILL, ANN_IN, ANN_GONE),
    no("a member elsewhere has none here", ANN_STILL, elsewhere=(ANN_IN,)),
)
DEPUTIES = (
    yes("a member becomes a deputy", ANN_DEPUTY, ANN_IN),
    yes("whatever their role", ANN_DEPUTY, ANN_BUYS),
    yes("a deputy is named anew", replace(ANN_DEPUTY, until=date(2026, 5, 1)), ANN_IN, ANN_DEPUTY),
    yes("a deputy is one no longer", c.NameDeputy(email=ANN, until=None), ANN_IN, ANN_DEPUTY),
    yes("who never was one neither", c.NameDeputy(email=ANN, until=None), ANN_IN),
    no("a stranger becomes none", ANN_DEPUTY),
    no("whoever is asked in becomes none yet", replace(ANN_DEPUTY, email=BOB), BOB_ASKED),
    no("a removed member becomes none", ANN_DEPUTY, ANN_IN, ANN_GONE),
    no("a member elsewhere becomes none here", ANN_DEPUTY, elsewhere=(ANN_IN,)),
    yes("a deputy decides without the role", ANN_STILL_DEPUTY, ANN_BUYS, ANN_DEPUTY),
    yes("and whoever has the role without being one", ANN_STILL_DEPUTY, ANN_IN),
    no("nobody else does", ANN_STILL_DEPUTY, ANN_BUYS),
    no("nor a deputy who was not read as one", ANN_STILL, ANN_BUYS, ANN_DEPUTY),
    no(
        "nor a deputy to another day",
        replace(ANN_STILL_DEPUTY, deputy_until=date(2026, 4, 2)),
        ANN_BUYS,
        ANN_DEPUTY,
    ),
    no(
        "nor one who is none any more",
        ANN_STILL_DEPUTY,
        ANN_BUYS,
        ANN_DEPUTY,
        replace(ANN_DEPUTY, until=None),
    ),
    no(
        "nor a deputy who was removed",
        ANN_STILL_DEPUTY,
        ANN_BUYS,
        ANN_DEPUTY,
        replace(ANN_GONE, role=Role.BUYER),
    ),
    no(
        "who is asked in again is none",
        ANN_STILL_DEPUTY,
        ANN_BUYS,
        ANN_DEPUTY,
        replace(ANN_GONE, role=Role.BUYER),
        c.Invite(member=member(ANN, Role.BUYER)),
    ),
    no("a deputy elsewhere is none here", ANN_STILL_DEPUTY, elsewhere=(ANN_BUYS, ANN_DEPUTY)),
)
SEATS = (
    yes("a free seat is taken", SEAT),
    no("the only seat is taken elsewhere", SEAT, elsewhere=(SEAT,)),
    no("the only seat is taken here", SEAT, SEAT),
    yes("a freed seat is taken", SEAT, elsewhere=(SEAT, LEFT)),
    yes("one of many seats is taken", ANY_SEAT, elsewhere=(ANY_SEAT,)),
    yes("one of many seats is taken beside the only one", ANY_SEAT, elsewhere=(SEAT,)),
    no("one of many seats is taken once", ANY_SEAT, ANY_SEAT),
    yes("a seat is left", LEFT, SEAT),
    no("a seat elsewhere is not left here", LEFT, elsewhere=(SEAT,)),
    no("nobody leaves a seat they lack", LEFT),
    no("a seat is left once", LEFT, SEAT, LEFT),
    yes("one of many seats is left", LEFT_ANY, ANY_SEAT, elsewhere=(ANY_SEAT,)),
    no("one of many seats is left where it is", LEFT_ANY, elsewhere=(ANY_SEAT,)),
    yes("terms are accepted", TERMS),
    yes("terms are accepted again", TERMS, TERMS),
)
PEOPLE = (*ACCOUNTS, *MEMBERS, *DEPUTIES, *SEATS)
