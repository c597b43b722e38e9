"""One account and the people who use it, for tests that tell a story."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, TypeVar

from tests.budgeting import Budgeting
from tests.builders import SECRET
from training_credits.domain import codes as texts
from training_credits.domain.change import IssueCode
from training_credits.domain.decisions.lots import first_code
from training_credits.domain.decisions.wishes import Wish
from training_credits.domain.identity import derived
from training_credits.domain.model import (
    Approval,
    Balance,
    Caller,
    Code,
    CodeScope,
    Entry,
    Line,
    Redemption,
    Verdict,
)
from training_credits.domain.program import TermsWhen
from training_credits.ports import Page
from training_credits.use_cases import approve, codes, lapse, redeem
from training_credits.use_cases.approve import Outcome
from training_credits.use_cases.codes import Conditions
from training_credits.use_cases.instruments import Form, Instrument, Position
from training_credits.use_cases.lapse import Lapsed
from training_credits.use_cases.submit import Intent

W = TypeVar("W", bound="World")


class World(Budgeting):
    """Codes, redemptions, decisions, and what is left."""

    def issue_code(
        self,
        who: str = "ann",
        lot: str | None = None,
        key: str | None = None,
        asking: Intent | None = None,
        **conditions: Any,
    ) -> str:
        """A code, which is then the one people redeem with."""
        self.code_id, self.code = codes.issue(
            self.ledger,
            self.clock,
            asking or self.intent(who, "issue_code", key),
            account_id=self.account,
            conditions=Conditions(lot_id=lot, **conditions),
            secret=SECRET,
        )
        return self.code

    def rotate(
        self,
        who: str = "ann",
        code_id: str | None = None,
        grace: timedelta = timedelta(),
        asking: Intent | None = None,
    ) -> str:
        """Another text for a code, which is then the one people redeem with."""
        self.code_id, self.code = codes.rotate(
            self.ledger,
            self.clock,
            asking or self.intent(who, "rotate_code"),
            account_id=self.account,
            code_id=code_id or self.code_id,
            grace=grace,
            secret=SECRET,
        )
        return self.code

    def revoke(self, who: str = "ann", code_id: str | None = None) -> None:
        code_id = code_id or self.code_id
        codes.revoke(self.ledger, self.clock, self.caller(who), self.account, code_id)

    def first_code(self, order_id: str) -> str:
        """The code that came with an order, as its buyer's mail shows it."""
        return texts.shown(first_code(SECRET, self.program, order_id))

    def code_by_hand(self, text: str = "0123456789ABC") -> str:
        """A code for the account of a program that hands out none: a way in for tests."""
        digest = texts.digest(SECRET, self.program, text)
        kept = Code(
            code_id=derived("code", digest),
            digest=digest,
            account_id=self.account,
            hint=text[-4:],
            made_by="by hand",
            made_at=self.clock(),
        )
        self.commit(IssueCode(code=kept, made=None))
        self.code, self.code_id = text, kept.code_id
        return text

    def redeem(
        self,
        credits: int = 0,
        who: str | Caller = "lee",
        *,
        title: str = "Jira Basics",
        code: str | None = None,
        sales_order: str | None = None,
        lines: Sequence[Position] = (),
        account: str | None = None,
        asking: Intent | None = None,
        **wish: Any,
    ) -> str:
        """Ask with the world's code, another, or a sales order; or for several `lines`, each with
        what pays for it. Terms are ticked where needed.
        """
        asked = self.code if code is None and sales_order is None else code
        pays = Instrument(code=asked, sales_order=sales_order)
        one = Position(line=Line(title=title, credits=credits), instruments=(pays,))
        terms = self.rules.terms
        ticked = terms.version if terms.when is TermsWhen.PER_ORDER else None
        return redeem.redeem(
            self.ledger,
            self.ledger,
            self.clock,
            asking or self.intent(who, "redeem"),
            form=Form(
                wish=Wish(lines=(), **({"terms": ticked} | wish)),
                lines=tuple(lines) or (one,),
                account_id=account,
            ),
            secret=SECRET,
        )

    def confirm(self, redemption_id: str, who: str = "lee", asking: Intent | None = None) -> str:
        asking = asking or self.intent(who, "confirm")
        return redeem.confirm(self.ledger, self.clock, asking, redemption_id, secret=SECRET)

    def lapse(self) -> Lapsed:
        """Whatever is due about requests that wait."""
        return lapse.sweep(self.ledger, self.clock, lambda: True)

    def cancel(self, redemption_id: str, who: str = "lee", asking: Intent | None = None) -> str:
        asking = asking or self.intent(who, "cancel")
        return redeem.cancel(self.ledger, self.clock, asking, redemption_id)

    def decide(
        self,
        verdict: Verdict,
        redemption_ids: Sequence[str],
        who: str = "ann",
        *,
        note: str | None = None,
        asking: Intent | None = None,
    ) -> tuple[Outcome, ...]:
        return approve.decide(
            self.ledger,
            self.clock,
            asking or self.intent(who, "decide"),
            account_id=self.account,
            verdict=verdict,
            redemption_ids=redemption_ids,
            note=note,
            secret=SECRET,
        )

    def approve(self, *redemption_ids: str, who: str = "ann") -> tuple[Outcome, ...]:
        return self.decide(Verdict.APPROVE, redemption_ids, who)

    def deny(
        self, *redemption_ids: str, who: str = "ann", note: str | None = None
    ) -> tuple[Outcome, ...]:
        return self.decide(Verdict.DENY, redemption_ids, who, note=note)

    def uses(self, who: str = "ann", code_id: str | None = None) -> Page[Redemption]:
        """Requests that were made with a code."""
        code_id = code_id or self.code_id
        asking = self.caller(who)
        return codes.uses(
            self.ledger, self.clock, asking, self.account, code_id, cursor=None, limit=100
        )

    def balance(self) -> Balance:
        """What a reader sees now, over all lots."""
        total = Balance()
        for lot in self.ledger.lots(self.program, self.account):
            total = total.plus(lot.seen_at(self.clock()).balance)
        return total

    def entries(self) -> tuple[Entry, ...]:
        """Every entry, in the order of its writing."""
        return tuple(self.ledger.rows(self.program, self.account).entries.values())


def ready(approval: Approval | None = None, program: str = "atlassian", **more: Any) -> World:
    """A world whose account is open and has a code, which learners may use at once."""
    return prepared(World(program=program, **more), approval)


def prepared(world: W, approval: Approval | None = None) -> W:
    """The same in a world that can do more."""
    world.open(approval)
    for learner in ("lee", "kim", "mia"):
        world.accept_terms(learner)
    if world.rules.codes.scope is CodeScope.ACCOUNT:
        world.issue_code()
    elif world.rules.codes.scope is CodeScope.NONE:
        world.code_by_hand()
    return world
