"""What a broken run must have come to: exactly what the same scene comes to undisturbed."""

import json
from collections.abc import Iterator

from tests.engines import Dump
from tests.http.audit import violations
from tests.http.wire import WRITE
from tests.proof.crash.faults import CLAIM, MAIL, Break, How
from tests.proof.crash.stage import AMPLE, Played, Scene, Stage, called, killed, masked

BUSY = "503 "
LATE = 900  # milliseconds that are left
WRITES = frozenset({WRITE, "UpdateItem", CLAIM, MAIL, "PutObject", "PutEvents"})
# They do one thing after the other, and ask before each whether there is time for it.
HEEDFUL = frozenset({"expire", "lapse", "month_end", "close_month", "digest"})
Items = dict[tuple[str, str], str]


def undisturbed(stage: Stage, scene: Scene) -> Played:
    """The measure; what is called again must change nothing any more."""
    played = stage.play(scene, Break(), lambda: called(scene))
    found = [*_audited(played), *_again(scene, played, since=0)]
    first = played.answers[0] or ""
    if not first.startswith("2" if scene.http else "{"):
        found.append(f"it went wrong by itself: {first}")
    if scene.keyed and len(set(played.answers)) > 1:
        found.append(f"answered {played.answers}")
    assert found == [], (scene.name, found)
    return played


def every_call(stage: Stage, scene: Scene) -> tuple[int, list[str]]:
    """Break at each call in each way: how many runs that were, and what was found."""
    golden = undisturbed(stage, scene)
    points = [(at, how) for at in range(len(golden.calls)) for how in How]
    return len(points), [
        each for at, how in points for each in broken(stage, scene, golden, at, how)
    ]


def broken(stage: Stage, scene: Scene, golden: Played, at: int, how: How) -> list[str]:
    """What is wrong after a run that broke at one call."""
    played = stage.play(scene, Break(at, how), lambda: killed(scene))
    doubt = (golden.calls[at], how) in scene.doubts
    where = f"{how.value} call {at + 1} ({golden.calls[at]})"
    return judged(scene, golden, played, where, lost_max=int(doubt))


def hurried(stage: Stage, scene: Scene, golden: Played, at: int) -> list[str]:
    """What is wrong after a run that had no time left from one call on."""
    watch = Break()

    def left() -> int:
        return AMPLE if len(watch.calls) <= at else LATE

    played = stage.play(scene, watch, lambda: called(scene, left))
    where = f"out of time from call {at + 1} on"
    late = [f"{scene.name}, {where}: {each}" for each in _begun_late(scene, golden, played, at)]
    return late + judged(scene, golden, played, where)


def judged(
    scene: Scene, golden: Played, played: Played, where: str, lost_max: int = 0
) -> list[str]:
    """Every difference in words; `lost_max` mails may be missing."""
    found = [
        *_audited(played),
        *_again(scene, played, since=1),
        *_differing(_at_last(scene, golden), _at_last(scene, played), "at last"),
        *_answered(scene, golden, played),
        *_told(golden, played),
        *_mailed(golden, played, lost_max),
    ]
    if not played.came:
        found.append("the call was never made")
    return [f"{scene.name}, {where}: {each}" for each in found]


def _begun_late(scene: Scene, golden: Played, played: Played, at: int) -> Iterator[str]:
    """What is under way may end, and that is one change of the books; nothing more is begun."""
    if scene.function not in HEEDFUL:
        return
    changes = played.calls[at + 1 :].count(WRITE)
    if changes > 1:
        yield f"{changes} changes of the books were made after that"
    if at == 0 and len(played.calls) >= len(golden.calls):
        yield "it went on to its end"


def _audited(played: Played) -> Iterator[str]:
    """Right after the crash too: nobody waits for the next call to read a balance."""
    for number, table in enumerate(played.tables):
        if number and table == played.tables[number - 1]:
            continue  # and was judged
        for each in violations(table):
            yield f"after call {number + 1} of the handler: {each}"


def _again(scene: Scene, played: Played, since: int) -> Iterator[str]:
    """What is done is not done again."""
    if played.tables[since] != played.tables[-1]:
        before = _items(scene, played.tables[since])
        yield from _differing(before, _at_last(scene, played), "called again")


def _at_last(scene: Scene, played: Played) -> Items:
    """Worked out once: what is undisturbed is compared with each run that is not."""
    if not played.masked:
        played.masked.update(_items(scene, played.tables[-1]))
    return played.masked


def _items(scene: Scene, table: Dump) -> Items:
    return {
        (masked(pk), masked(sk)): masked(json.dumps(item, sort_keys=True))
        for (pk, sk), item in table.items()
        if item["kind"] not in scene.excused
    }


def _differing(wanted: Items, found: Items, when: str) -> Iterator[str]:
    for place in sorted(wanted.keys() | found.keys()):
        if wanted.get(place) != found.get(place):
            yield f"{when}, {place} is {found.get(place)} and not {wanted.get(place)}"


def _answered(scene: Scene, golden: Played, played: Played) -> Iterator[str]:
    """A person gets the answer they would have got; one who sends it again, the same for ever."""
    if not scene.http:
        return
    first, *later = played.answers
    right = golden.answers[:1] if scene.keyed else golden.answers
    for answer in later:
        if answer not in right:
            yield f"answered {answer} and not {right[0]}"
    if first is not None and first not in right and not first.startswith(BUSY):
        yield f"answered at once {first} and not {right[0]}"


def _told(golden: Played, played: Played) -> Iterator[str]:
    """Objects to the byte; messages, events and payments at least once, and no others."""
    here, there = played.outside, golden.outside
    if here.objects != there.objects:
        yield f"kept {sorted(here.objects)} and not {sorted(there.objects)}"
    if here.messages.keys() != there.messages.keys():
        yield f"sent {here.messages} and not {there.messages}"
    if played.events != golden.events:
        yield "other events are on the bus"
    if played.payments.payments != golden.payments.payments:
        yield "other payments are at the provider"
    if played.posts != golden.posts:
        yield f"posted {sorted(played.posts)} and not {sorted(golden.posts)}"


def _mailed(golden: Played, played: Played, lost_max: int) -> Iterator[str]:
    here, there = played.outside.mails, golden.outside.mails
    twice, lost = here - there, there - here
    if twice or lost.total() > lost_max:
        yield f"mailed {here} and not {there}"
