"""F16: what is read is what was true a moment ago: decisions are not made on it, lists may lag."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse

from tests.engine.conftest import Dumps
from tests.http.casing import lot_of
from tests.http.people import Company, Reply, company, invoke
from tests.http.wire import READS, WRITE, Fault, Request, Wire, conflict, made_here
from tests.proof.faults.errands import CREDITS, ERRANDS
from tests.proof.figures import Counts
from training_credits.domain.errors import Reason

pytestmark = [pytest.mark.engine, pytest.mark.proves("F16"), pytest.mark.timeout(900)]
DUE = re.compile(rb'"(\w+#(?:EXPIRY|WAITING)#\d)"')


@dataclass
class Yesterday:
    """Remembers what was read, and answers the same question so again, so many times each."""

    told: dict[bytes, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    answered: int = 0

    def listens(self, request: Request) -> Any:
        """Reads are heard; nothing is written."""
        if request.operation == WRITE:
            return conflict(request)
        return partial(self._hear, question(request)) if question(request) else None

    def _hear(self, asked: bytes, client: Any, sent: Any) -> AWSResponse:
        heard = client._endpoint.http_session.send(sent)  # noqa: SLF001 - the hook is in its way
        self.told[asked] = heard.status_code, dict(heard.headers), heard.content
        return made_here(*self.told[asked])

    def repeats(self, times: int) -> Fault:
        """From now on, what was heard is all that there is to hear."""
        left = dict.fromkeys(self.told, times)

        def fault(request: Request) -> Any:
            asked = question(request)
            if not left.get(asked):
                return None
            left[asked] -= 1
            self.answered += 1
            return made_here(*self.told[asked])

        return fault


def question(request: Request) -> bytes:
    """What is asked, but for the instant by which something is due; of a write nothing."""
    if request.operation not in READS:
        return b""
    due = DUE.search(request.raw)
    return due[1] if due else request.raw


def before(wire: Wire, ask: Callable[[], Reply]) -> Yesterday:
    """What whoever asks this would read now."""
    memory = Yesterday()
    wire.fault = memory.listens
    assert ask().code == Reason.BUSY
    wire.fault = None
    return memory


@dataclass(frozen=True, kw_only=True)
class Rivals:
    """Two who want what only one of them can have: how the one who was late is told."""

    program: str = "atlassian"
    approval: str
    acts: Callable[[Company], tuple[Callable[[], Reply], Callable[[], Reply]]]
    no: Reason


def last_credits(acme: Company) -> tuple[Callable[[], Reply], Callable[[], Reply]]:
    return partial(acme.wants, 8, "late-key"), partial(acme.wants, 9, "early-key")


def decisions(acme: Company) -> tuple[Callable[[], Reply], Callable[[], Reply]]:
    one = acme.wants(2).json["redemption"]
    says = partial(acme.decides, key="late-key")
    return partial(says, "approve", one), partial(acme.decides, "deny", one)


def withdrawn(acme: Company) -> tuple[Callable[[], Reply], Callable[[], Reply]]:
    one = acme.wants(2).json["redemption"]
    back = partial(acme.learner.post, f"/v1/redemptions/{one}/cancellation", {})
    return partial(acme.decides, "approve", one, key="late-key"), back


def ended_code(acme: Company) -> tuple[Callable[[], Reply], Callable[[], Reply]]:
    made = acme.issues(lot=lot_of(acme))
    acme.pays_with["code"] = made["code"]
    path = f"{acme.path}/codes/{made['code_id']}"
    return partial(acme.wants, 2, "late-key"), partial(acme.owner.delete, path)


RIVALS = {
    "the last credits": Rivals(
        approval="automatic", acts=last_credits, no=Reason.INSUFFICIENT_CREDITS
    ),
    "yes after no": Rivals(approval="manual", acts=decisions, no=Reason.ALREADY_DECIDED),
    "yes after taken back": Rivals(approval="manual", acts=withdrawn, no=Reason.ALREADY_DECIDED),
    "a code that was ended": Rivals(
        program="salesforce",
        approval="automatic",
        acts=ended_code,
        no=Reason.CODE_NOT_ACCEPTED,
    ),
}


@pytest.mark.usefixtures("pauses")
@pytest.mark.parametrize("name", RIVALS)
def test_who_decides_on_what_was_true_a_moment_ago_is_stopped_when_it_is_written(
    wire: Wire, dump: Dumps, name: str, figure: Counts
) -> None:
    story = RIVALS[name]
    acme = company(wire, program=story.program, approval=story.approval, credits=9)
    late, early = story.acts(acme)
    memory = before(wire, late)
    assert early().status < 300
    settled = dump()
    wire.fault = memory.repeats(99)  # all it will ever read
    assert late().status >= 400
    answered = memory.answered
    assert answered > 0
    assert {p: i for p, i in dump().items() if i["kind"] != "tries"} == settled
    wire.fault = memory.repeats(1)  # what it reads first
    reply = late()
    wire.fault = None
    assert reply.code == story.no, reply
    assert memory.answered > answered
    assert {p: i for p, i in dump().items() if i["kind"] != "tries"} == settled
    figure("stale reads, of which no decision was written", memory.answered, "≥ 30")


@pytest.mark.usefixtures("pauses")
@pytest.mark.parametrize("name", ERRANDS)
def test_who_does_not_see_what_they_have_done_does_not_do_it_twice(
    wire: Wire, dump: Dumps, name: str
) -> None:
    errand = ERRANDS[name]
    acme = errand.company(wire)
    ask, had = errand.next(acme), acme.balance()
    memory = before(wire, ask)
    first, after = ask(), dump()
    for times in (1, 99):
        wire.fault = memory.repeats(times)
        again = ask()
        wire.fault = None
        assert again.status < 300 or again.code == Reason.BUSY
        if again.status < 300 and name != "pay":
            assert again.json == first.json or name == "approve"
        assert dump() == after
    assert acme.balance() == errand.after(had)


def test_an_index_that_shows_what_is_settled_makes_no_sweep_do_it_again(
    wire: Wire, dump: Dumps, monkeypatch: pytest.MonkeyPatch
) -> None:
    acme = company(wire, program="cisco", credits=9)
    for _ in range(2):
        assert acme.wants(CREDITS).json["state"] == "pending"
    for days, function, done in ((300, "lapse", "lapsed"), (400, "expire", "lots")):
        monkeypatch.setenv("CLOCK_OFFSET_SECONDS", str(days * 86_400))
        memory = Yesterday()
        wire.fault = partial(_of_the_index, memory.listens)
        assert invoke(function, {})[done] > 0
        settled = dump()
        wire.fault = memory.repeats(99)
        again = invoke(function, {})
        wire.fault = None
        assert memory.answered > 0
        assert (again[done], again["finished"]) == (0, True)
        assert dump() == settled


def _of_the_index(fault: Fault, request: Request) -> Any:
    return fault(request) if DUE.search(request.raw) and request.operation != WRITE else None
