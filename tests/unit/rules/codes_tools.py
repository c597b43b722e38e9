"""What the tests of codes begin with: a lot that has a code."""

from datetime import date
from typing import Any

from tests.builders import SECRET, code_of
from tests.world import World
from training_credits.domain import codes as texts
from training_credits.domain.change import IssueCode
from training_credits.domain.errors import Reason, Refused
from training_credits.domain.model import Caller, Code
from training_credits.use_cases import codes

START = date(2026, 2, 10)


def with_lot(credits: int = 1_000, **conditions: Any) -> World:
    """Ann's account with lot L1, and a code for it under these conditions."""
    world = World(program="salesforce")
    world.open()
    world.grant("L1", credits, order_start=START)
    world.issue_code(lot="L1", **conditions)
    return world


def card(world: World, code_id: str | None = None) -> Code:
    """A code as its account keeps it."""
    return world.ledger.rows(world.program, world.account).codes.cards[code_id or world.code_id]


def listed(world: World, who: str = "ann") -> tuple[Code, ...]:
    """The codes of the account as its owners see them."""
    return codes.listed(world.ledger, world.clock, world.caller(who), world.account)


def limited_by_hand(world: World, **conditions: Any) -> str:
    """A code with conditions where the program offers none: there its requests wait."""
    text = "0123456789ABC"
    digest = texts.digest(SECRET, world.program, text)
    kept = code_of(account_id=world.account, digest=digest, **conditions)
    world.commit(IssueCode(code=kept, made=None))
    world.code, world.code_id = text, kept.code_id
    return text


def accepted(world: World, who: str | Caller = "lee", code: str | None = None) -> bool:
    """Whether the code opens anything for them now."""
    asking = world.intent(who, "redeem")
    try:
        world.redeem(1, code=code, asking=asking)
    except Refused as no:
        if no.reason is not Reason.CODE_NOT_ACCEPTED:
            raise
        return False
    return True
