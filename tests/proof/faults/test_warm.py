"""F20: an environment that has served one program serves another as if it knew no other."""

import importlib
import pkgutil
from types import ModuleType
from typing import Any

import pytest

import training_credits
from tests.http.people import Company, company
from tests.http.wire import Wire
from tests.http.world import CACHED
from tests.proof.figures import Counts
from training_credits.edge import wiring
from training_credits.programs import program_names

pytestmark = [pytest.mark.engine, pytest.mark.proves("F20", "T5"), pytest.mark.timeout(600)]
# How long the invocation that runs may still take; each begins by saying so anew.
OF_THE_INVOCATION = {"training_credits.edge.wiring._invocation"}
PATHS = ["", "/codes", "/budgets", "/orders", "/redemptions", "/cases", "/history", "/forecast"]


def modules() -> dict[str, ModuleType]:
    """Of the product, all of them."""
    found = pkgutil.walk_packages(training_credits.__path__, "training_credits.")
    return {each.name: importlib.import_module(each.name) for each in found}


def kept(found: dict[str, ModuleType]) -> dict[str, str]:
    """What modules and classes hold that could change, as text."""
    state: dict[str, str] = {}
    for name, module in found.items():
        places: list[tuple[str, Any]] = [(name, module)]
        own = [v for v in vars(module).values() if isinstance(v, type) and v.__module__ == name]
        places += [(f"{name}.{each.__qualname__}", each) for each in own]
        for place, holder in places:
            for attribute, value in vars(holder).items():
                if isinstance(value, dict | list | set) and not attribute.startswith("__"):
                    state[f"{place}.{attribute}"] = repr(value)
    return {name: text for name, text in state.items() if name not in OF_THE_INVOCATION}


def seen(acme: Company) -> list[bytes]:
    """All that an owner sees of the account."""
    replies = [acme.owner.get(acme.path + path) for path in PATHS]
    replies += [acme.owner.get(path) for path in ("/v1/program", "/v1/catalogue", "/v1/accounts")]
    assert {reply.status for reply in replies} <= {200, 403}, [reply.status for reply in replies]
    return [reply.body for reply in replies]


def cold() -> None:
    """The environment is a new one."""
    for made in CACHED:
        made.cache_clear()


def test_one_environment_answers_each_program_as_if_it_knew_no_other(
    wire: Wire, monkeypatch: pytest.MonkeyPatch, figure: Counts
) -> None:
    companies = [company(wire, program=program, credits=5) for program in program_names()]
    for acme in companies:
        asked = acme.wants(1).json
        if asked["state"] == "pending":
            acme.decides("approve", asked["redemption"])
    now = wiring.clock()
    monkeypatch.setattr(wiring, "clock", lambda: now)
    alone = []
    for acme in companies:
        cold()
        alone.append(seen(acme))
    before = kept(modules())
    assert len(before) > 20
    cold()
    pairs, warm = list(zip(companies, alone, strict=True)), 0
    for acme, alike in [*pairs, *pairs[::-1]] * 2:
        answers = seen(acme)
        assert answers == alike
        warm += len(answers)
    for acme in companies:
        assert acme.wants(1).status == 201
    assert kept(modules()) == before
    figure("answers alike, warm and cold", warm, "≥ 100")


def test_what_a_module_would_keep_of_somebody_is_found(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    from training_credits.use_cases import rights  # noqa: PLC0415

    remembered: dict[str, object] = {}
    checked = rights.check_right

    def careless(ledger: Any, clock: Any, caller: Any, account_id: str, *more: Any) -> Any:
        remembered[account_id] = caller
        return checked(ledger, clock, caller, account_id, *more)

    monkeypatch.setattr(rights, "REMEMBERED", remembered, raising=False)
    monkeypatch.setattr(rights, "check_right", careless)
    monkeypatch.setattr("training_credits.use_cases.approve.check_right", careless)
    acme, found = company(wire), modules()
    before = kept(found)
    acme.owner.get(f"{acme.path}/redemptions/{acme.account}-0000000000000000")
    after = kept(found)
    changed = [name for name in after if after[name] != before[name]]
    assert changed == ["training_credits.use_cases.rights.REMEMBERED"]
