"""F19: an item that is damaged: whoever reads it writes nothing, and whoever does not is right."""

import random
from collections.abc import Iterator
from functools import partial

import pytest

from tests import engines
from tests.http.people import Company, company
from tests.integration import snapshot
from tests.integration.cloud import Cloud, Json
from tests.proof.figures import Counts

pytestmark = [pytest.mark.proves("F19"), pytest.mark.timeout(900)]
KINDS = ["account", "code", "lot", "member", "opener", "redemption"]
SAMPLE, ALL, SEED = 40, 250, 1  # at least, of all that can be damaged
Table = dict[tuple[str, str], Json]
KEYS = {"pk", "sk"}
NUMBERS = ("available", "redeemed", "held", "expired", "credits")


def damages(item: Json) -> Iterator[tuple[str, Json]]:
    """Each attribute taken away, of another type, cut off, or beyond all reason."""
    for name in sorted(item.keys() - KEYS):
        rest = {other: value for other, value in item.items() if other != name}
        yield f"{name} is gone", rest
        yield f"{name} is a list", rest | {name: {"L": []}}
        if "S" in item[name]:
            yield f"{name} is cut off", rest | {name: {"S": item[name]["S"][:-1] or "-"}}
        if "N" in item[name]:
            yield f"{name} is a fraction", rest | {name: {"N": "1.5"}}
            yield f"{name} is negative", rest | {name: {"N": "-1"}}


class Scene:
    """A company whose owner is asked to say yes; `restore` takes back all that was said since."""

    def __init__(self, cloud: Cloud) -> None:
        self.acme: Company = company(cloud.wire, credits=9)
        self.asked = self.acme.wants(3).json["redemption"]
        self.restore = snapshot.kept("credits")

    def cases(self) -> list[tuple[str, Json]]:
        found = [each for each in snapshot.raw("credits").values() if each["kind"]["S"] in KINDS]
        return [
            (f"{item['kind']['S']}: {what}", broken)
            for item in found
            for what, broken in damages(item)
        ]


def kind_of(item: Json) -> str | None:
    """Which may be what is damaged."""
    found: str | None = item.get("kind", {}).get("S")
    return found


def asks(scene: Scene, number: int) -> list[int]:
    """An owner says yes, and a learner asks for more; 599 for what was a defect."""
    found = []
    for call in (
        partial(scene.acme.decides, "approve", scene.asked, key=f"damaged-yes-{number}"),
        partial(scene.acme.wants, 2, f"damaged-ask-{number}"),
    ):
        try:
            found.append(call().status)
        except Exception:  # noqa: BLE001 - Lambda answers it with 500
            found.append(599)
    return found


@pytest.mark.parametrize("most", [SAMPLE, pytest.param(10_000, marks=pytest.mark.proof)])
def test_nothing_is_written_on_top_of_a_damaged_item(
    cloud: Cloud, most: int, figure: Counts
) -> None:
    scene = Scene(cloud)
    cases = scene.cases()
    drawn = random.Random(SEED).sample(cases, min(most, len(cases)))  # noqa: S311 - no secret
    refused = 0
    for number, (what, broken) in enumerate(drawn):
        engines.mine("dynamodb").put_item(TableName="credits", Item=broken)
        before = snapshot.raw("credits")
        said = asks(scene, number)
        wrong = [*odd(before, snapshot.raw("credits"), said)]
        assert wrong == [], (what, said)
        refused += max(said) >= 400
        scene.restore()
    assert refused > len(drawn) / 5
    figure("damaged items, and nothing written on top", len(drawn), f"≥ {ALL}")


def odd(before: Table, after: Table, said: list[int]) -> Iterator[str]:
    """What a yes or a no has done that it must not do."""
    yes = said[0] < 300
    for place, was in before.items():
        if kind_of(was) != "lot":
            continue
        for name in NUMBERS:
            by = {"available": -3, "redeemed": 3}.get(name, 0) if yes else 0
            had, has = was.get(name), after[place].get(name)
            if has != ({"N": str(int(had["N"]) + by)} if by and had else had):
                yield f"{name} of a lot: {had}, then {has}, answered {said}"
    written = [sum(kind_of(i) == "entry" for i in table.values()) for table in (before, after)]
    if written[1] - written[0] != yes:
        yield f"{written[1] - written[0]} entries, answered {said}"
    if min(said) >= 400:
        changed = {p for p, i in after.items() if before.get(p) != i and kind_of(i) != "tries"}
        yield from (f"{place} was written by what was refused" for place in sorted(changed))
