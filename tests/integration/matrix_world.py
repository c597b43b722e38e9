"""One account with somebody in each role, and other accounts they have no business with."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from tests import engines
from tests.fakes.payments import FakePayments
from tests.http import casing, hooks
from tests.http.booking import machine
from tests.http.people import Company, Who, company, someone
from tests.http.world import functions_on
from tests.integration.snapshot import kept
from training_credits.domain.model import VENDOR_ROLES, Role
from training_credits.edge import wiring
from training_credits.programs import program_versions

PLACES = ("own", "other", "foreign", "unknown")
ELSEWHERE = {"atlassian": "salesforce", "cisco": "salesforce", "salesforce": "atlassian"}
NOWHERE = "0000000000000000"
NO_ENTRY = {"entry": "redeem-nothing", "at": "2026-01-01T00:00:00Z"}
CLASS = {"kind": "offering", "offering": "C-1", "type": "class", "title": "X", "eligible": False}
BEGUN = {"atlassian": "invoice", "salesforce": "assisted"}
# The steps after which only the credits are missing, and no customer may withdraw.
STEPS = {
    "atlassian": ("quoted", "accepted", "invoiced"),
    "salesforce": ("booked",),
    "cisco": ("approved", "invoiced"),
}


@dataclass(frozen=True, kw_only=True)
class Place:
    """An account, and one of each thing it has; `pays_with` is what a learner would name."""

    account: str = NOWHERE
    order: str = NOWHERE
    card_order: str = NOWHERE
    waiting: str = NOWHERE
    quoted: str = NOWHERE
    owed: str = NOWHERE
    lot: str = NOWHERE
    code: str = NOWHERE
    budget: str = NOWHERE
    later: str = NOWHERE
    redemption: str = f"{NOWHERE}-{NOWHERE}"
    case: str = NOWHERE
    entry: dict[str, str] = field(default_factory=lambda: dict(NO_ENTRY))
    email: str = "nobody@acme.example"
    owner: str = "nobody@acme.example"
    webhook: str = NOWHERE
    delivery: str = NOWHERE
    pays_with: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Matrix:
    """Who may ask in a program, what they are to the place `own`, and what they may ask for.

    `before` is all there is, and `put_back` undoes what was done to it.
    """

    actors: dict[str, Who]
    roles: dict[str, frozenset[Role]]
    places: dict[str, Place]
    before: engines.Dump
    put_back: Callable[[], None]


@contextmanager
def matrix(name: str) -> Iterator[Matrix]:
    """On a table of its own, with a payment provider in memory."""
    with engines.moto(), functions_on("credits") as wire, pytest.MonkeyPatch.context() as patch:
        payments = FakePayments()
        patch.setattr(wiring, "payments", lambda: payments)
        own = company(wire, program=name, credits=100)
        members, staff = _members(own), _staff(own)
        nobodies = _nobodies(own)
        places = {
            "own": _place(own),
            "other": _place(company(wire, program=name, credits=100)),
            "foreign": _place(company(wire, program=ELSEWHERE[name], credits=100)),
            "unknown": Place(pays_with=dict.fromkeys(own.pays_with, "0000-0000-00000")),
        }
        listed = own.staff[0].post("/v1/catalogue/imports", {"format": "json", "rows": [CLASS]})
        assert listed.status == 200, listed
        put_back = kept("credits", without=frozenset({"submission", "happening"}))
        asker = frozenset({Role.PLAYER}) if name == "cisco" else frozenset[Role]()
        yield Matrix(
            actors={**members, **staff, **nobodies, "asker": own.learner},
            roles={
                "asker": asker,
                "newcomer": frozenset({Role.OWNER}),
                **{role: frozenset({Role(role)}) for role in (*members, *staff) if role in [*Role]},
            },
            places=places,
            before=engines.dump("credits"),
            put_back=put_back,
        )


def _members(own: Company) -> dict[str, Who]:
    """Somebody in each role the program has for customers."""
    found = {Role.OWNER.value: own.owner}
    for role in program_versions(own.program)[-1].roles:
        if role not in VENDOR_ROLES and role is not Role.OWNER:
            found[role.value] = someone(own.owner.wire, role, program=own.program)
            own.adds(found[role.value], role)
    return found


def _staff(own: Company) -> dict[str, Who]:
    """An operator, a machine; and of those with accounts of their own, the contact and another."""
    found = {Role.OPERATOR.value: own.staff[0], Role.INTEGRATOR.value: machine(own)}
    for role in (Role.ACCOUNT_MANAGER, Role.ADVISOR):
        facts = {"program": own.program, "groups": (role.value,)}
        contact, another = (someone(own.owner.wire, role, **facts) for _ in range(2))
        named = {"name": "Contact", "email": contact.email}
        assert own.staff[0].put(f"{own.path}/contacts/{role}", named).status == 200
        found |= {role.value: contact, f"another {role}": another}
    return found


def _nobodies(own: Company) -> dict[str, Who]:
    """Those who are nothing to the account: never were, no longer are, or are not yet."""
    wire, program = own.owner.wire, own.program
    stranger, removed, invited, newcomer = (
        someone(wire, name, program=program)
        for name in ("stranger", "removed", "invited", "newcomer")
    )
    for arrived in (stranger, invited):
        arrived.arrives()
    own.adds(removed)
    assert own.removes(removed).status == 204
    assert own.asks_in(invited).status == 201
    found = {"stranger": stranger, "removed": removed, "invited": invited}
    if program_versions(program)[-1].terms.when == "first_login":
        assert own.asks_in(newcomer).status == 201
        assert newcomer.post("/v1/sign-ins", {}).status == 200
        found["newcomer"] = newcomer
    nobody = someone(wire, "nobody", program=program, signed_in=False)
    return found | {"nobody": nobody}


def _place(made: Company) -> Place:
    """One of each thing; where a program lacks one, something else of the account."""
    bought = made.buys(10)["order"]
    spare = someone(made.owner.wire, "spare", program=made.program)
    made.adds(spare, "finance")
    mate = someone(made.owner.wire, "mate", program=made.program)
    made.adds(mate)
    card = made.orders(5) if made.program == "atlassian" else None
    waiting = _begun(made)
    codes = made.owner.get(f"{made.path}/codes").json["codes"]
    webhook = hooks.hooked(made.staff[0]).json["webhook"]
    disputed = casing.opens(made, kind="dispute", **casing.spends(made))
    return Place(
        account=made.account,
        order=bought,
        card_order=card.json["order"] if card else bought,
        waiting=waiting,
        quoted=_quoted(made) or waiting,
        owed=_moved(made, _begun(made), *STEPS[made.program]),
        lot=bought,
        code=codes[0]["code_id"] if codes else NOWHERE,
        budget=made.budgets("Team", 5),
        later=made.budgets("Later", 5),
        redemption=made.wants().json["redemption"],
        case=disputed.json["case"],
        entry=casing.spends(made),
        email=spare.email,
        owner=mate.email,
        webhook=webhook,
        delivery=made.staff[0].post(f"{hooks.PATH}/{webhook}/tests", {}).json["delivery"],
        pays_with=made.pays_with,
    )


def _begun(made: Company) -> str:
    """An order that the vendor has to go on with."""
    channel = BEGUN.get(made.program)
    asked = made.orders(5, channel=channel) if channel else made.sells(5)
    return str(asked.json["order"])


def _quoted(made: Company) -> str | None:
    """An order that waits for its buyer, where the program has quotes."""
    if made.program == "cisco":
        return None
    channel = {"atlassian": "invoice", "salesforce": "quote"}[made.program]
    return _moved(made, str(made.orders(5, channel=channel).json["order"]), "quoted")


def _moved(made: Company, order: str, *steps: str) -> str:
    for step in steps:
        moved = made.moves(order, step, made.owner if step == "accepted" else None)
        assert moved.status == 200, moved
    return order
