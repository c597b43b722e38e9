"""Whether the product did what the model says, and whether the laws still hold."""

import pickle
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from datetime import datetime
from itertools import permutations
from typing import Any, TypeVar

from tests.fakes.clock import StoppedClock
from tests.proof.simulator.model import Lot, Model, Request
from tests.proof.simulator.operations import Answer, Op
from tests.proof.simulator.tenants import Account
from training_credits.domain.model import Balance
from training_credits.ports import Ledger

STATES = [each.name for each in fields(Balance)]
Seen = dict[str, dict[str, int]]
# A request stays approved, whatever becomes of its line; the model knows one state for both.
LINES = {"delivered": "approved", "returned": "approved"}
Kept = TypeVar("Kept", Lot, Request)


class Broken(AssertionError):
    """The product is not what it promises to be; the seed says how it came to that."""


class Judge:
    """`ids` is what the hands know: what the product calls that which an operation made."""

    def __init__(
        self,
        model: Model,
        ledger: Ledger,
        clock: StoppedClock,
        accounts: dict[str, Account],
        ids: dict[tuple[str, str], str],
    ) -> None:
        self.model = model
        self._ledger = ledger
        self._clock = clock
        self._accounts = accounts
        self._ids = ids

    def answered_in_parts(self, op: Op, answer: Answer) -> None:
        """Of several requests some were busy and decided later: in which order, nobody was told."""
        kept, wrong = pickle.dumps(self.model), list[Broken]()
        for order in permutations(zip(op.requests, answer.each, strict=True)):
            requests, each = zip(*order, strict=True)
            try:
                self.answered(replace(op, requests=requests), replace(answer, each=each))
            except Broken as broken:
                self.model = pickle.loads(kept)  # noqa: S301 - made here
                wrong.append(broken)
            else:
                return
        raise wrong[0]

    def answered(self, op: Op, answer: Answer) -> None:
        """To be carried out on the model, which must say the same."""
        due = self.model.apply(op)
        if not _same(answer, due, fair := self.model.fair):
            said, right = brief(answer), brief(due)
            raise Broken(f"{brief(op)} -> {said}; the model says {right} {sorted(fair)}")
        self.accounts_agree(op.account)

    def raced(self, op: Op, answer: Answer, other: Op, other_answer: Answer) -> None:
        """One happened while the other did: it must be as if one had come after the other."""
        wrong: list[object] = []
        kept = pickle.dumps(self.model)  # copies faster than deepcopy
        for ours in (((other, other_answer), (op, answer)), ((op, answer), (other, other_answer))):
            model: Model = pickle.loads(kept)  # noqa: S301 - made here
            said = [(was, model.apply(each), model.fair) for each, was in ours]
            if not all(_same(*each) for each in said):
                wrong += [brief(due) for _, due, _ in said]
                continue
            self.model, before = model, self.model
            different = [*self._differences(op.account)]
            if not different:
                return
            self.model, wrong = before, [*wrong, *different]
        one, two = f"{brief(op)} -> {brief(answer)}", f"{brief(other)} -> {brief(other_answer)}"
        raise Broken(f"{one}\nand {two}\nare in no order: {wrong}")

    def accounts_agree(self, *names: str) -> None:
        for name in names:
            for difference in self._differences(name):
                raise Broken(difference)

    def _differences(self, name: str) -> Iterator[str]:
        due, found = self._due_balances(name), self.balances(name)
        for lot in sorted(due.keys() | found.keys()):
            if due.get(lot) != found.get(lot):
                yield f"{lot} of {name} has {found.get(lot)}, the model says {due.get(lot)}"
        states = self.requests(name)
        for request, each in _of(name, self.model.requests).items():
            state = LINES.get(each.state, each.state)
            if states.get(request) != state:
                yield f"{request} is {states.get(request)}, the model says {state}"

    def _due_balances(self, name: str) -> Seen:
        lots, now = _of(name, self.model.lots), self._clock.at
        return {lot: _some(self.model.balance(each, now)) for lot, each in lots.items()}

    # What the product has, by the names of the seed.

    def balances(self, name: str) -> Seen:
        """Of each lot, as a reader sees it now; states without a credit are left out."""
        account, called = self._accounts[name], self.names("lot")
        seen = {}
        for lot in self._ledger.lots(account.program, account.id):
            balance = lot.seen_at(self._clock.at).balance
            states = {state: getattr(balance, state) for state in STATES}
            seen[called.get(lot.lot_id, lot.lot_id)] = _some(states)
        return seen

    def requests(self, name: str) -> dict[str, str]:
        account, called = self._accounts[name], self.names("request")
        mine = [one for one in called if one.startswith(f"{account.id}-")]
        found = self._ledger.redemptions(account.program, account.id, mine)
        return {called[each.redemption_id]: each.state.value for each in found}

    def cases(self, name: str) -> dict[str, str]:
        account, called = self._accounts[name], self.names("case")
        page = self._ledger.cases(account.program, account.id, None, 100)
        return {called.get(case.case_id, case.case_id): case.state.value for case in page.items}

    def ends(self, name: str) -> dict[str, Any]:
        account, called = self._accounts[name], self.names("lot")
        lots = self._ledger.lots(account.program, account.id)
        return {called.get(lot.lot_id, lot.lot_id): lot.expires_at for lot in lots}

    def names(self, kind: str) -> dict[str, str]:
        return {made: name for (what, name), made in self._ids.items() if what == kind}

    def everything_agrees(self) -> None:
        """Also what no single operation shows."""
        self.accounts_agree(*self._accounts)
        for name in self._accounts:
            ends = {lot: each.ends for lot, each in _of(name, self.model.lots).items()}
            asked = self.model.cases.items()
            states = {case.name: state for case, state in asked if case.account == name}
            for due, found in ((ends, self.ends(name)), (states, self.cases(name))):
                if due != found:
                    raise Broken(f"{name} has {found}, the model says {due}")


def _of(account: str, every: dict[str, Kept]) -> dict[str, Kept]:
    return {name: one for name, one in every.items() if one.op.account == account}


def _some(balance: Mapping[str, int]) -> dict[str, int]:
    return {state: credits for state, credits in balance.items() if credits}


def brief(one: Op | Answer) -> str:
    """What is not as it always is."""
    known = {each.name: getattr(one, each.name) for each in fields(one)}
    odd = {each.name for each in fields(one) if known[each.name] != each.default}
    name = f"{known.get('name', '')} {known.get('kind', '')}".strip()
    rest = [f"{k}={_text(v)}" for k, v in known.items() if k in odd - {"name", "kind"}]
    return " ".join([name, *rest]).strip()


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _same(answer: Answer, due: Answer, fair: set[str]) -> bool:
    """Where no document says which reason comes first, any of them will do."""
    if answer.code and due.code and answer.code in fair:
        return True
    return answer == due
