"""Every alarm of the template is made to ring: what it watches is provoked, and reckoned as by AWS.

What our functions count is read from what they print. What AWS counts is written down here, as its
documentation has it, and fed from what the functions did, or what a queue holds.
"""

import itertools
import json
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import pytest
from botocore.exceptions import ReadTimeoutError

from local.template import translate
from tests import engines
from tests.contract.template_reading import ROOT, of
from tests.http.people import company, invoke, provider_says, someone
from tests.http.stripe import signed_event
from tests.http.wire import Request, Wire
from tests.integration.alarms import Alarm, Json, Metric, Point, alarms, embedded, metric
from training_credits.edge.observability import NAMESPACE
from training_credits.edge.routes import ROUTES

Printed = Callable[[], str]
# What AWS publishes, under which dimensions: an alarm on anything else would be silent for ever.
PUBLISHED = {
    ("AWS/ApiGateway", "5xx"): ("ApiId",),
    ("AWS/Lambda", "Errors"): ("FunctionName",),
    ("AWS/Lambda", "IteratorAge"): ("FunctionName",),
    ("AWS/Lambda", "Throttles"): (),
    ("AWS/SQS", "ApproximateNumberOfMessagesVisible"): ("QueueName",),
    ("AWS/DynamoDB", "ReadThrottleEvents"): ("TableName",),
    ("AWS/DynamoDB", "WriteThrottleEvents"): ("TableName",),
}
WORKLIST = "GlobalSecondaryIndexName"
TEN_MINUTES = 600_000
# CloudWatch takes no more of them into one expression.
METRICS_MAX = 10


@cache
def resources() -> Json:
    found: Json = translate()["Resources"]
    return found


def every_alarm() -> dict[str, Alarm]:
    return alarms(resources())


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str]) -> Printed:
    """All that the functions have printed since the last look."""
    return lambda: capsys.readouterr().out


def broken(request: Request) -> Any:
    """Nothing behind the function answers."""
    raise ReadTimeoutError(endpoint_url=request.service)


def callers_get_5xx(wire: Wire, _: Printed) -> list[Point]:
    """API Gateway counts each answer of 500 and more."""
    acme = company(wire)
    wire.fault = broken
    replies = [acme.owner.get(acme.path), acme.wants(1)]
    wire.fault = None
    replies += [acme.owner.get(acme.path), acme.owner.get("/v1/accounts/unknown")]
    served = [reply.status for reply in replies]
    assert served == [503, 503, 200, 404]
    counted = metric("AWS/ApiGateway", "5xx", ApiId="Api")
    return [Point(metric=counted, value=float(status >= 500)) for status in served]


def money_comes_that_nobody_asked_for(wire: Wire, printed: Printed) -> list[Point]:
    acme = company(wire)
    said = signed_event(program="atlassian", account=acme.account, order="0" * 16, amount_minor=1)
    printed()
    assert provider_says(wire, "atlassian", said).status == 200
    return list(embedded(printed()))


def somebody_guesses(wire: Wire, printed: Printed) -> list[Point]:
    acme = company(wire, program="salesforce", credits=5)
    guesser = someone(wire, "eve", program="salesforce")
    printed()
    for _ in range(6):
        acme.wants(1, who=guesser, code="0000-0000-00000")
    return list(embedded(printed()))


def fails(wire: Wire, folder: str) -> bool:
    """Whether Lambda would count an error: the function raises, whatever comes of its caller."""
    event = json.loads((ROOT / f"tests/events/{folder}.json").read_text("utf-8"))
    for each, fault in ((event, broken), ({"Records": None, "detail": None}, broken)):
        wire.fault = fault
        try:
            invoke(folder, each)
        except Exception:  # noqa: BLE001 - whatever it is
            return True
        finally:
            wire.fault = None
    return False


def inner_functions_fail(wire: Wire, _: Printed) -> list[Point]:
    """Lambda counts an invocation that raises, retries too."""
    found = []
    for name, folder in inner().items():
        assert fails(wire, folder), f"{name} hides what goes wrong"
        counted = metric("AWS/Lambda", "Errors", FunctionName=name)
        found.append(Point(metric=counted, value=1))
    return found


def something_is_given_up(_: Wire, __: Printed) -> list[Point]:
    """SQS counts what waits in a queue, as it says when it is asked."""
    sqs, found = engines.mine("sqs"), []
    for name in dead_letters():
        url = sqs.create_queue(QueueName=name)["QueueUrl"]
        sqs.send_message(QueueUrl=url, MessageBody="{}")
        said = sqs.get_queue_attributes(
            QueueUrl=url, AttributeNames=["ApproximateNumberOfMessages"]
        )["Attributes"]
        counted = metric("AWS/SQS", "ApproximateNumberOfMessagesVisible", QueueName=name)
        found.append(Point(metric=counted, value=float(said["ApproximateNumberOfMessages"])))
    return found


def the_stream_stands_still(_: Wire, __: Printed) -> list[Point]:
    """Lambda gives the age of the last record it has read, in milliseconds."""
    age = metric("AWS/Lambda", "IteratorAge", FunctionName="PublishFunction")
    return [Point(metric=age, value=TEN_MINUTES + 1, period=period) for period in (-1, 0)]


def functions_are_turned_away(_: Wire, __: Printed) -> list[Point]:
    """Beside each function's, Lambda gives the sum over all, without a dimension."""
    return [Point(metric=metric("AWS/Lambda", "Throttles"), value=1)]


def the_table_is_hot(_: Wire, __: Printed) -> list[Point]:
    """DynamoDB counts each refused read and write of the table with its local indexes.

    And those of a global index by themselves.
    """
    places = ({"TableName": "Table"}, {"TableName": "Table", WORKLIST: "worklist"})
    names = ("ReadThrottleEvents", "WriteThrottleEvents")
    every = itertools.product(names, places)
    return [Point(metric=metric("AWS/DynamoDB", n, **place), value=1) for n, place in every]


CASES: dict[str, Callable[[Wire, Printed], list[Point]]] = {
    "ApiErrors": callers_get_5xx,
    "PaymentsUnmatched": money_comes_that_nobody_asked_for,
    "GuessersStopped": somebody_guesses,
    "InnerErrors": inner_functions_fail,
    "DeadLetters": something_is_given_up,
    "StreamBehind": the_stream_stands_still,
    "FunctionsThrottled": functions_are_turned_away,
    "TableThrottled": the_table_is_hot,
}


def inner() -> dict[str, str]:
    """Functions nobody waits for, with their folders."""
    called = {route.function for route in ROUTES}
    found = of(resources(), "AWS::Lambda::Function").items()
    folders = {name: facts["Code"]["S3Key"].rpartition("/")[2] for name, facts in found}
    return {name: folder for name, folder in folders.items() if folder not in called}


def dead_letters() -> set[str]:
    """Queues at the end of a line: nothing takes anything out of them."""
    queues = of(resources(), "AWS::SQS::Queue").items()
    return {name for name, facts in queues if "RedrivePolicy" not in facts}


def only(points: Iterable[Point], watched: Metric) -> list[Point]:
    return [point for point in points if point.metric == watched]


def test_every_alarm_has_its_case() -> None:
    assert CASES.keys() == every_alarm().keys()


@pytest.mark.parametrize("name", CASES)
def test_it_rings_when_what_it_watches_happens_and_is_quiet_before_and_after(
    own_wire: Wire, printed: Printed, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    alarm = every_alarm()[name]
    assert alarm.state([], 0) == "OK"
    points = CASES[name](own_wire, printed)
    assert alarm.state(points, 0) == "ALARM"
    assert alarm.state(points, -2) == "OK"
    assert alarm.state(points, 5) == "OK"
    assert alarm.watched.keys() <= {point.metric for point in points}
    for watched in alarm.watched:
        assert alarm.state(only(points, watched), 0) == "ALARM", f"{watched} alone"


@pytest.mark.parametrize(
    ("value", "periods", "state"),
    [(TEN_MINUTES, (-1, 0), "OK"), (TEN_MINUTES + 1, (0,), "OK"), (10**9, (-1,), "OK")],
)
def test_a_stream_that_is_late_for_a_moment_wakes_nobody(
    value: int, periods: tuple[int, ...], state: str
) -> None:
    alarm = every_alarm()["StreamBehind"]
    (age,) = alarm.watched
    points = [Point(metric=age, value=value, period=period) for period in periods]
    assert alarm.state(points, 0) == state


@pytest.mark.parametrize("name", CASES)
def test_it_watches_what_is_published(name: str) -> None:
    alarm = every_alarm()[name]
    assert len(alarm.watched) <= METRICS_MAX
    for watched in alarm.watched:
        dimensions = tuple(key for key, _ in watched.dimensions if key != WORKLIST)
        if watched.namespace != NAMESPACE:  # ours are read from what is printed
            assert PUBLISHED[watched.namespace, watched.name] == dimensions


@pytest.mark.parametrize("name", CASES)
def test_somebody_is_told_if_somebody_is_named(name: str) -> None:
    actions = every_alarm()[name].facts["AlarmActions"]
    assert actions["Fn::If"][:2] == ["HeardAlarms", [{"Ref": "AlarmTopic"}]]


def test_no_function_fails_and_no_letter_dies_unheard() -> None:
    watched = {metric for alarm in every_alarm().values() for metric in alarm.watched}
    errors = {dict(m.dimensions)["FunctionName"] for m in watched if m.name == "Errors"}
    assert errors == inner().keys()
    waiting = {dict(m.dimensions)["QueueName"] for m in watched if m.namespace == "AWS/SQS"}
    assert waiting == dead_letters()
