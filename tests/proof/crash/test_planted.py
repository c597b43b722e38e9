"""The harness can fail: with a bug planted, breaking off at every call finds violations."""

from collections.abc import Callable

import pytest
from pynamodb.exceptions import TransactWriteError

from tests.proof.crash.judging import every_call, hurried, undisturbed
from tests.proof.crash.recording import Recorder
from tests.proof.crash.scenes import SCENES
from tests.proof.crash.stage import Stage
from tests.proof.figures import Counts
from training_credits.domain.change import Change
from training_credits.dynamodb import keys, reading, transaction
from training_credits.dynamodb.items import SentItem
from training_credits.edge import scheduled
from training_credits.ports import Mail
from training_credits.use_cases import notify
from training_credits.use_cases.mailing import Office

pytestmark = pytest.mark.engine


def in_pieces(change: Change, _: Callable[[], float]) -> None:
    """Three writes or more, each with its guard, none with the others."""
    for step in transaction._in_order(change):  # noqa: SLF001 - the bug is planted there
        try:
            transaction._send([step])  # noqa: SLF001
        except TransactWriteError as error:
            transaction._raise_if_final(error, [step])  # noqa: SLF001


def mail_first(office: Office, program: str, message_id: str, mail: Mail) -> bool:
    """Looked up, sent, and noted down afterwards."""
    if reading.get(SentItem, keys.mail(program, message_id), keys.SENT) is not None:
        return False
    office.mailer.send(mail)
    return office.outbox.claim(program, message_id)


@pytest.mark.proves("G2", "G20")
@pytest.mark.parametrize(
    "name",
    [
        "redeem (atlassian)",
        pytest.param("decide (atlassian)", marks=pytest.mark.proof),
        pytest.param("hearPayment (atlassian)", marks=pytest.mark.proof),
        pytest.param("cancelRedemption, of what is held (cisco)", marks=pytest.mark.proof),
        pytest.param("expire", marks=[pytest.mark.proof, pytest.mark.timeout(900)]),
    ],
)
def test_a_change_of_several_writes_is_found(
    stage: Stage,
    recorder: Recorder,
    monkeypatch: pytest.MonkeyPatch,
    figure: Counts,
    name: str,
) -> None:
    scene = SCENES[name](recorder)
    monkeypatch.setattr(transaction, "commit", in_pieces)
    runs, found = every_call(stage, scene)
    figure("crash, planted: runs of changes of several writes", runs, "≥ 12")
    figure("crash, planted: violations found in those", len(found), "≥ 1")
    assert found


@pytest.mark.proves("F9", "G20")
def test_a_sweep_that_never_looks_at_its_time_is_found(
    stage: Stage, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = SCENES["expire"](recorder)
    golden = undisturbed(stage, scene)
    assert hurried(stage, scene, golden, at=0) == []
    monkeypatch.setattr(scheduled, "has_time", lambda _: lambda: True)
    found = hurried(stage, scene, golden, at=0)
    assert [each.rpartition(": ")[2] for each in found] == [
        "2 changes of the books were made after that",
        "it went on to its end",
    ]


@pytest.mark.proof
@pytest.mark.timeout(900)
@pytest.mark.proves("G20")
def test_a_mail_that_is_sent_before_it_is_noted_down_is_found(
    stage: Stage, recorder: Recorder, monkeypatch: pytest.MonkeyPatch, figure: Counts
) -> None:
    scene = SCENES["notify"](recorder)
    monkeypatch.setattr(notify, "send_once", mail_first)
    _, found = every_call(stage, scene)
    figure("crash, planted: mails sent twice, found", len(found), "≥ 1")
    assert found
    assert all("mailed" in each for each in found)
