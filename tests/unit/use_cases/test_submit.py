from datetime import date, datetime, timedelta

import pytest

from tests.builders import account_of, intent, member_of, person
from tests.fakes.clock import BEGIN, StoppedClock
from tests.fakes.memory_ledger import MemoryLedger
from training_credits.domain import change as c
from training_credits.domain.errors import (
    Conflict,
    Forbidden,
    NotFound,
    Reason,
    Refused,
    Stale,
    Unavailable,
)
from training_credits.domain.model import Role
from training_credits.ports import Identity
from training_credits.use_cases.submit import ATTEMPTS_MAX, carry_out, until_fresh

COUNTED = c.CountMade(
    subject="s-olga", day=date(2026, 3, 1), minor=1, below=2, currency="USD", percent_max=20
)


def test_a_stale_decision_is_made_again_at_the_time_it_is_then(clock: StoppedClock) -> None:
    seen: list[datetime] = []

    def attempt(now: datetime) -> str:
        seen.append(now)
        if len(seen) == 1:
            clock.advance(timedelta(seconds=1))
            raise Stale(c.OwnerCount(expected=1, change=1))
        return "done"

    assert until_fresh(clock, attempt) == "done"
    assert seen == [BEGIN, BEGIN + timedelta(seconds=1)]


def test_after_five_attempts_the_caller_may_try_again(clock: StoppedClock) -> None:
    attempts = 0

    def attempt(_: datetime) -> str:
        nonlocal attempts
        attempts += 1
        raise Stale(c.OwnerCount(expected=1, change=1))

    with pytest.raises(Unavailable) as no:
        until_fresh(clock, attempt)
    assert no.value.reason is Reason.BUSY
    assert attempts == ATTEMPTS_MAX == 5


@pytest.mark.parametrize(
    ("write", "kind", "due"),
    [
        (c.TakeSeat(email="a", role=Role.OWNER, only=True), Conflict, Reason.ALREADY_OWNER),
        (c.OpenAccount(account=account_of(), owners=1), Conflict, Reason.ALREADY_OWNER),
        (c.Invite(member=member_of("a")), Conflict, Reason.ALREADY_MEMBER),
        (c.TakeSalesOrder(number="SO-1", order_id="O1"), Conflict, Reason.SALES_ORDER_TAKEN),
        (COUNTED, Forbidden, Reason.SECOND_OPERATOR_NEEDED),
        (c.StillMember(email="a", roles=(Role.OWNER,)), NotFound, Reason.ACCOUNT_NOT_FOUND),
    ],
)
def test_a_guard_that_no_second_look_can_mend_is_final(
    clock: StoppedClock, write: c.Write, kind: type[Exception], due: Reason
) -> None:
    attempts = 0

    def attempt(_: datetime) -> str:
        nonlocal attempts
        attempts += 1
        raise Stale(write)

    with pytest.raises(kind) as no:
        until_fresh(clock, attempt)
    assert getattr(no.value, "reason", None) is due
    assert attempts == 1


def test_a_refusal_is_not_kept_so_that_a_later_try_may_succeed(clock: StoppedClock) -> None:
    ledger, asking = MemoryLedger(), intent("ann", "op", "key-1")
    empty = c.Change(program="atlassian", account_id="A1", writes=())
    money: list[int] = []

    def decide(_: datetime) -> tuple[str, c.Change]:
        if not money:
            raise Refused(Reason.NO_CREDITS, "None.")
        return "answer", empty

    with pytest.raises(Refused):
        carry_out(ledger, clock, asking, decide)
    money.append(1)
    assert carry_out(ledger, clock, asking, decide) == "answer"
    money.clear()
    assert carry_out(ledger, clock, asking, decide) == "answer"


def test_the_answer_is_kept_with_whoever_asked_under_which_key(clock: StoppedClock) -> None:
    ledger, asking = MemoryLedger(), intent("ann", "op", "key-1", "digest")
    empty = c.Change(program="atlassian", account_id="A1", writes=())
    carry_out(ledger, clock, asking, lambda _: ("answer", empty))
    identity = Identity(subject=person("ann").subject, operation="op", key="key-1")
    assert asking.identity == identity
    kept = ledger.submission("atlassian", identity)
    assert kept is not None
    assert (kept.answer, kept.digest, kept.at, kept.repeatable) == (
        "answer",
        "digest",
        BEGIN,
        False,
    )
