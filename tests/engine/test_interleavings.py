"""Of two who act at once each has exactly one outcome, in whatever order AWS hears of them."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests import engines
from tests.engine import endings_of_cases
from tests.engine.conftest import Dumps
from tests.engine.endings import STORIES, Story
from tests.engine.fresh import Fresh, Table
from tests.engine.interleaving import Act, Run, Turns
from tests.engine.pairs import Pair
from tests.engine.stages import ASKED, atlassian
from tests.http.audit import violations
from training_credits.domain.change import MakeRequest, Record
from training_credits.domain.decisions import settling
from training_credits.domain.drawing import draw
from training_credits.domain.identity import derived
from training_credits.domain.model import (
    Approval,
    EntryKind,
    Line,
    Redemption,
    RedemptionState,
    State,
    Tender,
)
from training_credits.dynamodb import keys
from training_credits.dynamodb.items import LotItem

pytestmark = [pytest.mark.engine, pytest.mark.proves("G4", "T3", "T6", "T24")]
LAST_CREDITS = STORIES["redeem with redeem on the last credits"]
# What takes more schedules than this takes part in `make proof`.
SCHEDULES_MAX = 20
ALL = STORIES | endings_of_cases.STORIES
EVERY = [
    pytest.param(name, marks=pytest.mark.proof if story.schedules > SCHEDULES_MAX else ())
    for name, story in ALL.items()
]


@pytest.fixture
def board(table: str) -> Table:
    engines.make_table(table)
    return Table(table)


def played(story: Story, table: Table) -> Iterator[tuple[Run, list[str]]]:
    """Every schedule of a story, each on an account of its own, and its flaws."""
    latest: list[tuple[Fresh, Pair]] = []

    def stage(number: int) -> tuple[Act, Act]:
        world = Fresh.of(table, story.program, number)
        latest[:] = [(world, story.stage(world))]
        return latest[0][1].acts

    with Turns() as turns:
        for run in turns.walk(stage):
            yield run, story.flaws(run, *latest[0])


@pytest.mark.parametrize("name", EVERY)
def test_each_of_two_has_one_outcome_in_every_order_of_their_calls(
    board: Table, dump: Dumps, request: pytest.FixtureRequest, name: str
) -> None:
    story = ALL[name]
    runs, flaws = [], []
    for run, found in played(story, board):
        runs.append(run)
        flaws += found
    request.node.user_properties.append(("schedules", len(runs)))
    assert flaws == []
    assert {run.outcomes for run in runs} == story.ends.keys(), "an outcome was never seen"
    assert len(runs) >= story.schedules, f"only {len(runs)} schedules"
    assert violations(dump()) == []


def carelessly(world: Fresh, who: str) -> Act:
    """To redeem as nobody may: read what is there, and write what was worked out from it."""

    def act() -> str:
        (lot,) = world.ledger.lots(world.program, world.account)
        draws = draw([lot], ASKED, world.clock())
        line = Line(title="Jira Basics", credits=ASKED, tenders=(Tender(),), draws=draws)
        person = world.caller(who).person
        redemption = Redemption(
            redemption_id=f"{world.account}-{derived(who)}",
            account_id=world.account,
            lines=(line,),
            learner=person,
            state=RedemptionState.APPROVED,
            approval=Approval.AUTOMATIC,
            requested_at=world.clock(),
        )
        entry = settling.moved(redemption, EntryKind.REDEEM, State.AVAILABLE, State.REDEEMED)
        assert entry is not None
        world.commit(MakeRequest(redemption=redemption), Record(entry=entry))
        kept = LotItem(pk=keys.account(world.program, world.account), sk=keys.lot(lot.lot_id))
        kept.update(
            actions=[
                LotItem.available.set(lot.balance.available - ASKED),
                LotItem.redeemed.set(lot.balance.redeemed + ASKED),
            ]
        )
        return "redeemed"

    return act


def careless(world: Fresh) -> Pair:
    atlassian(world, ASKED, approval=Approval.AUTOMATIC)
    return Pair(acts=(carelessly(world, "lee"), carelessly(world, "kim")))


def test_a_redeem_that_reads_and_then_writes_is_caught(board: Table) -> None:
    found = dict(played(replace(LAST_CREDITS, stage=careless), board))
    caught = {run.schedule for run, flaws in found.items() if flaws}
    oversold = {run.schedule for run in found if run.outcomes == ("redeemed", "redeemed")}
    assert {run.schedule for run in found} - caught == {"AAAB", "BBBA"}, "one after the other"
    assert caught == oversold
    assert len(caught) == 18
    told = "\n".join(flaw for flaws in found.values() for flaw in flaws)
    assert "nobody may be told that" in told
    assert "negative after" in told
