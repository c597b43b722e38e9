"""Alarms as CloudWatch reckons them: points of metrics, statistics by period, and a state."""

import json
import operator
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
PERIOD = 300
OPERATORS: dict[str, Callable[[float, float], bool]] = {
    "GreaterThanThreshold": operator.gt,
    "GreaterThanOrEqualToThreshold": operator.ge,
    "LessThanThreshold": operator.lt,
    "LessThanOrEqualToThreshold": operator.le,
}
Reckon = Callable[[list[float]], float]
STATISTICS: dict[str, Reckon] = {"Sum": sum, "Maximum": max, "Minimum": min}
# For an alarm that watches several: the only expression of ours, which passes over what is missing.
EXPRESSIONS: dict[str, Reckon] = {"SUM(METRICS())": sum}


@dataclass(frozen=True, kw_only=True)
class Metric:
    """What an alarm looks at; the names of resources are their logical ids."""

    namespace: str
    name: str
    dimensions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Point:
    """A value that AWS, or a log line of ours, has given to a metric, in one period."""

    metric: Metric
    value: float
    period: int = 0


@dataclass(frozen=True, kw_only=True)
class Alarm:
    """One of the template, with the metrics it watches and the statistic of each."""

    name: str
    watched: dict[Metric, str]
    facts: Json = field(hash=False)

    def state(self, points: Iterable[Point], now: int) -> str:
        """After the period `now`."""
        told = list(points)
        size, missing = self.facts["EvaluationPeriods"], self.facts["TreatMissingData"]
        needed = self.facts.get("DatapointsToAlarm", size)
        values = [self._value(told, period) for period in range(now - size + 1, now + 1)]
        breaches = OPERATORS[self.facts["ComparisonOperator"]]
        over = [
            missing == "breaching" if v is None else breaches(v, self.facts["Threshold"])
            for v in values
        ]
        return "ALARM" if sum(over) >= needed else "OK"

    def _value(self, points: list[Point], period: int) -> float | None:
        found = []
        for metric, statistic in self.watched.items():
            values = [p.value for p in points if p.metric == metric and p.period == period]
            if values:
                found.append(STATISTICS[statistic](values))
        if not found:
            return None
        expression = self.facts.get("Expression")
        return float(EXPRESSIONS[expression](found) if expression else found[0])


def alarms(resources: Json) -> dict[str, Alarm]:
    """Every alarm of the translated template."""
    return {
        name: _alarm(name, resource["Properties"])
        for name, resource in resources.items()
        if resource["Type"] == "AWS::CloudWatch::Alarm"
    }


def _alarm(name: str, facts: Json) -> Alarm:
    if "Metrics" not in facts:
        assert facts["Period"] == PERIOD, name
        return Alarm(name=name, watched={_metric(facts): facts["Statistic"]}, facts=facts)
    stats = [each["MetricStat"] for each in facts["Metrics"] if "MetricStat" in each]
    (expression,) = (each for each in facts["Metrics"] if each.get("ReturnData", True))
    assert {stat["Period"] for stat in stats} == {PERIOD}, name
    watched = {_metric(stat["Metric"]): stat["Stat"] for stat in stats}
    return Alarm(name=name, watched=watched, facts=facts | {"Expression": expression["Expression"]})


def _metric(facts: Json) -> Metric:
    dimensions = {each["Name"]: _named(each["Value"]) for each in facts.get("Dimensions", ())}
    return Metric(
        namespace=facts["Namespace"],
        name=facts["MetricName"],
        dimensions=tuple(sorted(dimensions.items())),
    )


def _named(value: Any) -> str:
    """A resource by its logical id, however the template names it."""
    if isinstance(value, str):
        return value
    (kind, about), *_ = value.items()
    return str(about if kind == "Ref" else about[0])


def metric(namespace: str, name: str, **dimensions: str) -> Metric:
    return Metric(namespace=namespace, name=name, dimensions=tuple(sorted(dimensions.items())))


def embedded(printed: str) -> Iterator[Point]:
    """What CloudWatch makes of log lines in the embedded metric format."""
    for line in printed.splitlines():
        if '"CloudWatchMetrics"' not in line:
            continue
        said = json.loads(line)
        for directive in said["_aws"]["CloudWatchMetrics"]:
            for names in directive["Dimensions"]:
                about = {name: str(said[name]) for name in names}
                for each in directive["Metrics"]:
                    counted = said[each["Name"]]
                    for value in counted if isinstance(counted, list) else [counted]:
                        found = metric(directive["Namespace"], each["Name"], **about)
                        yield Point(metric=found, value=value)
