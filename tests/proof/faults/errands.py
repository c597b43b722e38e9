"""What people ask of the product, so often as a test wants: each time something new, by one key."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from tests.http.people import Company, Reply, company
from tests.http.wire import Wire

Ask = Callable[[], Reply]
CREDITS = 2
_numbers = itertools.count(1)


@dataclass(frozen=True, kw_only=True)
class Errand:
    """`ready` prepares one, and what it returns may be sent again and again under its one key.

    `moves` is what one does to the balance, however often it is sent.
    """

    ready: Callable[[Company, str], Ask]
    moves: dict[str, int] = field(default_factory=dict)
    approval: str | None = None

    def company(self, wire: Wire, credits: int = 1_000) -> Company:
        """Where it can be asked for many times."""
        return company(wire, approval=self.approval, credits=credits)

    def next(self, acme: Company) -> Ask:
        """One more."""
        return self.ready(acme, f"errand-{next(_numbers)}")

    def after(self, before: dict[str, int], times: int = 1) -> dict[str, int]:
        """What the balance is when so many were carried out."""
        return {state: n + times * self.moves.get(state, 0) for state, n in before.items()}


def _redeem(acme: Company, key: str) -> Ask:
    return partial(acme.wants, CREDITS, key)


def _approve(acme: Company, key: str) -> Ask:
    asked = acme.wants(CREDITS).json["redemption"]
    return partial(acme.decides, "approve", asked, key=key)


def _cancel(acme: Company, key: str) -> Ask:
    asked = acme.wants(CREDITS).json["redemption"]
    return partial(acme.learner.post, f"/v1/redemptions/{asked}/cancellation", {}, key)


def _pay(acme: Company, key: str) -> Ask:
    return partial(acme.pays, acme.orders(CREDITS, key).json)


SPENT = {"available": -CREDITS, "redeemed": CREDITS}
ERRANDS = {
    "redeem": Errand(ready=_redeem, moves=SPENT, approval="automatic"),
    "approve": Errand(ready=_approve, moves=SPENT, approval="manual"),
    "cancel": Errand(ready=_cancel, approval="manual"),
    "pay": Errand(ready=_pay, moves={"available": CREDITS}),
}
