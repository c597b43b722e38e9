"""The end of a month: each month of an account is filed once, in its order, whatever happens."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count, pairwise
from zoneinfo import ZoneInfo

import pytest

from tests.filing import Archive
from tests.world import World, ready
from training_credits.domain.change import Change, FileMonth
from training_credits.domain.errors import Stale
from training_credits.domain.journal import GENESIS, block_facts, entry_facts
from training_credits.domain.model import Approval, Balance, EntryKind
from training_credits.domain.verifying import heads_of, verify
from training_credits.use_cases.filing import Contradiction, OutOfTime, seal_key

MOMENT = timedelta(microseconds=1)
HALF_AN_HOUR = timedelta(minutes=30)


def local(world: World, *when: int) -> datetime:
    return datetime(*when, tzinfo=ZoneInfo(world.rules.time_zone)).astimezone(UTC)  # type: ignore[arg-type,misc]


def march(program: str = "cisco") -> Archive:
    """100 credits bought in February, 39 of them spent in March, and it is the first of April."""
    world = ready(Approval.AUTOMATIC, program) if program != "cisco" else World(program=program)
    world.clock.at = datetime(2026, 2, 10, 17, tzinfo=UTC)
    if program == "cisco":
        world.open()
        world.accept_terms("lee")
    world.grant("SO-1", 100, order_start=world.clock().date(), purchase=world.clock().date())
    if program == "cisco":
        world.code_by_hand()
    world.clock.at = local(world, 2026, 3, 10, 9)
    asked = world.redeem(39)
    if program == "cisco":
        world.approve(asked)
    world.clock.at = local(world, 2026, 4, 1, 0, 30)
    return Archive(world)


@pytest.mark.rule("CI-17")
def test_on_the_first_of_april_march_is_filed_opening_100_minus_39_is_closing_61() -> None:
    archive = march()
    assert archive.file() == 2
    february, block = archive.blocks()
    assert (february.month, february.opening, february.closing) == ("2026-02", 0, 100)
    assert (block.month, block.opening, block.closing) == ("2026-03", 100, 61)
    assert block.lots == {"SO-1": Balance(available=61, redeemed=39)}
    world = archive.world
    assert {lot.lot_id: lot.balance for lot in world.ledger.lots("cisco", world.account)} == (
        block.lots
    )
    assert sorted(archive.documents.kept) == [
        f"statements/cisco/{world.account}/2026-{month}.{form}"
        for month in ("02", "03")
        for form in ("csv", "pdf", "xlsx")
    ]


def test_a_month_is_filed_half_an_hour_after_it_is_over_and_not_before() -> None:
    archive = march()
    world = archive.world
    world.clock.at -= MOMENT
    assert archive.send().accounts == 1
    assert archive.file() == 1
    assert archive.send().accounts == 0
    assert archive.file() == 0
    world.clock.advance(MOMENT)
    assert archive.send().accounts == 1
    assert archive.errands.sent[-1] == {"program": "cisco", "account": world.account}
    assert archive.file() == 1
    assert archive.months() == ["2026-02", "2026-03"]


def test_what_was_filed_is_neither_due_nor_filed_again() -> None:
    archive = march()
    archive.file()
    before = archive.world.ledger.kept()
    papers = dict(archive.documents.kept), dict(archive.seals.kept)
    assert archive.file() == 0
    assert archive.send().accounts == 0
    assert archive.world.ledger.kept() == before
    assert (archive.documents.kept, archive.seals.kept) == papers


def test_an_account_without_credits_is_not_filed() -> None:
    world = World()
    world.open()
    world.clock.advance(timedelta(days=400))
    archive = Archive(world)
    assert archive.send().accounts == 0
    assert archive.file() == 0


def test_a_year_that_was_missed_is_filed_month_by_month() -> None:
    archive = march("atlassian")
    world = archive.world
    world.clock.at = datetime(2027, 2, 1, 12, tzinfo=UTC)
    assert archive.send().accounts == 1
    assert archive.file() == 12
    blocks = archive.blocks()
    assert [block.month for block in blocks][-3:] == ["2026-11", "2026-12", "2027-01"]
    assert [block.entries for block in blocks] == [1, 1, *[0] * 10]
    assert blocks[0].previous == GENESIS
    for before, after in pairwise(blocks):
        assert (after.previous, after.start) == (before.digest, before.end)
        assert after.opening == before.closing
    assert archive.send().accounts == 0


@pytest.mark.rule("CI-17")
def test_what_ended_in_a_month_is_booked_before_it_is_filed() -> None:
    """Whether the sweep has come by or not."""
    archive = march("atlassian")
    world = archive.world
    (lot,) = world.ledger.lots("atlassian", world.account)
    world.clock.at = lot.expires_at + timedelta(days=40)
    archive.file()
    (expired,) = [one for one in world.entries() if one.kind is EntryKind.EXPIRE]
    assert (expired.at, expired.change) == (lot.expires_at, -61)
    block = next(one for one in archive.blocks() if one.start <= lot.expires_at < one.end)
    assert (block.opening, block.closing, block.entries) == (61, 0, 1)
    assert block.lots["SO-1"] == Balance(redeemed=39, expired=61)


def test_what_is_filed_is_what_a_verifier_accepts() -> None:
    archive = march()
    archive.file()
    world = archive.world
    items = []
    for block in archive.blocks():
        items.append({"block": block_facts(block)})
        items += [
            {"entry": entry_facts("cisco", entry)}
            for entry in world.entries()
            if block.start <= entry.at < block.end
        ]
    heads = heads_of([json.loads(text) for text, _ in archive.seals.kept.values()])
    verdict = verify(items, heads)
    assert (verdict.finding, verdict.months, verdict.entries) == (None, 2, 3)


class Killed(BaseException):
    """Nothing catches it."""


def killing_at(n: int, archive: Archive) -> Callable[[], None]:
    """Ends before or after something that is asked of the world outside; says how to mend it."""
    left = [n]
    taken: list[tuple[object, str]] = []
    for thing, names in (
        (archive.world.ledger, ("filed", "lots", "entries", "commit", "book", "lot")),
        (archive.documents, ("put_once",)),
        (archive.seals, ("put_once", "get")),
    ):
        for name in names:
            taken.append((thing, name))
            setattr(thing, name, _counted(getattr(thing, name), left))

    def mend() -> None:
        for thing, name in taken:
            delattr(thing, name)

    return mend


def _counted(act: Callable[..., object], left: list[int]) -> Callable[..., object]:
    def acting(*args: object, **named: object) -> object:
        left[0] -= 1
        if left[0] == 0:
            raise Killed
        done = act(*args, **named)
        left[0] -= 1
        if left[0] == 0:
            raise Killed  # after it was done, and before anybody knew
        return done

    return acting


@pytest.mark.usefixtures("untypeset")
def test_killed_anywhere_and_begun_again_it_files_the_same() -> None:
    killed = 0
    for n in count(1):
        archive = march()
        mend = killing_at(n, archive)
        try:
            archive.file()
        except Killed:
            killed += 1
        mend()
        archive.file()
        assert [one.month for one in archive.blocks()] == ["2026-02", "2026-03"], n
        assert len(archive.documents.kept) == 6
        assert len(archive.seals.kept) == 2
        for block in archive.blocks():
            key = seal_key("cisco", archive.world.account, block.month)
            text, _ = archive.seals.kept[key]
            assert json.loads(text)["block"] == block_facts(block)
        if killed < n:
            break
    assert killed > 30


def test_a_block_is_there_only_with_its_papers_and_its_seal() -> None:
    archive = march()
    commit = archive.world.ledger.commit

    def looking(change: Change) -> None:
        for write in change.writes:
            if isinstance(write, FileMonth):
                month = write.block.month
                assert sum(month in key for key in archive.documents.kept) == 3
                assert sum(month in key for key in archive.seals.kept) == 1
        commit(change)

    archive.world.ledger.commit = looking  # type: ignore[method-assign]
    assert archive.file() == 2


def test_of_two_workers_each_files_what_the_other_has_not() -> None:
    archive = march()
    other = Archive(archive.world, archive.documents, archive.seals)
    done: list[int] = []
    archive.world.ledger.meanwhile.append(lambda: done.append(other.file()))
    done.append(archive.file())
    assert done == [2, 0]
    assert archive.months() == ["2026-02", "2026-03"]


def test_papers_are_the_same_bytes_whenever_they_are_made() -> None:
    archive = march()
    archive.file()
    again = Archive(march().world)
    again.world.clock.advance(timedelta(days=9))
    again.file()
    mine, theirs = archive.documents.kept, again.documents.kept
    assert archive.world.account == again.world.account
    assert {key: mine[key] for key in mine} == {key: theirs[key] for key in mine}


def test_another_seal_under_the_same_key_stops_it() -> None:
    archive = march()
    key = seal_key("cisco", archive.world.account, "2026-02")
    archive.seals.put_once(key, b"{}", "application/json")
    with pytest.raises(Contradiction):
        archive.file()
    assert archive.months() == []


def test_a_month_that_can_neither_be_filed_nor_found_stops_it() -> None:
    archive = march()

    def refused(change: Change) -> None:
        raise Stale(change.writes[0])

    archive.world.ledger.commit = refused  # type: ignore[method-assign]
    with pytest.raises(Contradiction):
        archive.file()


def test_without_time_it_says_so_and_the_next_run_goes_on() -> None:
    archive = march()
    turns = iter([True, False])
    with pytest.raises(OutOfTime):
        archive.file(lambda: next(turns))
    assert archive.months() == ["2026-02"]
    assert archive.file() == 1


def test_accounts_that_the_queue_did_not_take_are_due_again() -> None:
    archive = march()
    archive.errands.down = frozenset({archive.world.account})
    sent = archive.send()
    assert (sent.accounts, sent.lost, sent.finished) == (0, 1, True)
    archive.errands.down = frozenset()
    assert archive.send().accounts == 1
