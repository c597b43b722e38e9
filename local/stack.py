"""What the template says happens: functions, routes, schedules, rules, mappings."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local.provision import Resources
from local.template import ROOT

_SECRET = re.compile(r"\{\{resolve:secretsmanager:(.+?):SecretString(?::([^:}]+))?[:}]")
_FUNCTION_ARN = re.compile(r"arn:aws:lambda:[^:]*:\d*:([A-Za-z0-9]+)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Function:
    """One Lambda function; its name is its logical id."""

    name: str
    folder: Path
    handler: str
    environment: dict[str, str]
    timeout_seconds: int
    memory_mib: int
    retries: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Authorizer:
    """What API Gateway would check in a token."""

    issuer: str
    audience: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Route:
    """One method and path, with {names} in it, and the function behind it."""

    method: str
    path: str
    function: str
    authorizer: Authorizer | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Schedule:
    """A function called by time: by EventBridge Scheduler, or by a rule of the default bus."""

    name: str
    arn: str
    expression: str
    function: str
    source: str
    payload: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """A function called for each event of a bus that fits the pattern."""

    name: str
    bus: str
    pattern: dict[str, Any]
    function: str


@dataclass(frozen=True, kw_only=True, slots=True)
class StreamMapping:
    """A function called with batches of a table's stream."""

    name: str
    stream: str
    function: str
    batch_size: int
    patterns: tuple[dict[str, Any], ...]
    retries: int
    partial: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class QueueMapping:
    """A function called with batches of a queue's messages; `queue` is its URL."""

    name: str
    queue: str
    arn: str
    function: str
    batch_size: int
    partial: bool


def functions(resources: Resources) -> dict[str, Function]:
    configured = resources.of_type("AWS::Lambda::EventInvokeConfig").values()
    retries = {one["FunctionName"]: one.get("MaximumRetryAttempts", 2) for one in configured}
    return {
        name: Function(
            name=name,
            folder=ROOT / properties["Code"]["S3Key"],
            handler=properties["Handler"],
            environment=_environment(resources, properties),
            timeout_seconds=properties.get("Timeout", 3),
            memory_mib=int(properties.get("MemorySize", 128)),
            retries=retries.get(name, 2),
        )
        for name, properties in resources.of_type("AWS::Lambda::Function").items()
    }


def routes(resources: Resources) -> list[Route]:
    """Those with fewest {names} first: API Gateway too prefers the most specific."""
    found = []
    for api in resources.of_type("AWS::ApiGatewayV2::Api").values():
        schemes = api["Body"].get("components", {}).get("securitySchemes", {})
        for path, methods in api["Body"]["paths"].items():
            for method, operation in methods.items():
                found.append(_route(schemes, path, method, operation))
    return sorted(found, key=lambda route: (route.path.count("{"), route.path, route.method))


def schedules(resources: Resources) -> list[Schedule]:
    found = []
    for name, one in resources.of_type("AWS::Scheduler::Schedule").items():
        found.append(_schedule(resources, name, one, one["Target"], "aws.scheduler"))
    for name, one in resources.of_type("AWS::Events::Rule").items():
        if "ScheduleExpression" in one:
            found += [
                _schedule(resources, name, one, target, "aws.events") for target in one["Targets"]
            ]
    return found


def rules(resources: Resources) -> list[Rule]:
    return [
        Rule(
            name=name,
            bus=properties.get("EventBusName", "default"),
            pattern=properties["EventPattern"],
            function=_function_of(target["Arn"]),
        )
        for name, properties in resources.of_type("AWS::Events::Rule").items()
        if "EventPattern" in properties
        for target in properties["Targets"]
    ]


def mappings(resources: Resources) -> list[StreamMapping]:
    return [
        StreamMapping(
            name=name,
            stream=one["EventSourceArn"],
            function=one["FunctionName"],
            batch_size=one.get("BatchSize", 100),
            patterns=tuple(
                json.loads(each["Pattern"])
                for each in one.get("FilterCriteria", {}).get("Filters", [])
            ),
            retries=one.get("MaximumRetryAttempts", -1),
            partial="ReportBatchItemFailures" in one.get("FunctionResponseTypes", []),
        )
        for name, one in _sources(resources, "dynamodb")
    ]


def queues(resources: Resources) -> list[QueueMapping]:
    urls = {
        resources.attribute(name, "Arn"): resources.attribute(name, "")
        for name in resources.of_type("AWS::SQS::Queue")
    }
    return [
        QueueMapping(
            name=name,
            queue=urls[one["EventSourceArn"]],
            arn=one["EventSourceArn"],
            function=one["FunctionName"],
            batch_size=one.get("BatchSize", 10),
            partial="ReportBatchItemFailures" in one.get("FunctionResponseTypes", []),
        )
        for name, one in _sources(resources, "sqs")
    ]


def _sources(resources: Resources, service: str) -> list[tuple[str, dict[str, Any]]]:
    """What a function is fed from, of one service."""
    found = resources.of_type("AWS::Lambda::EventSourceMapping").items()
    return [each for each in found if each[1]["EventSourceArn"].split(":")[2] == service]


def _environment(resources: Resources, properties: Mapping[str, Any]) -> dict[str, str]:
    variables = properties.get("Environment", {}).get("Variables", {})
    return {name: _revealed(resources, str(value)) for name, value in variables.items()}


def _revealed(resources: Resources, value: str) -> str:
    """As CloudFormation puts the value of a secret in place of its dynamic reference."""
    match = _SECRET.match(value)
    if not match:
        return value
    secret = resources.clients["secretsmanager"].get_secret_value(SecretId=match[1])
    text: str = secret["SecretString"]
    return str(json.loads(text)[match[2]]) if match[2] else text


def _route(
    schemes: Mapping[str, Any], path: str, method: str, operation: Mapping[str, Any]
) -> Route:
    # SAM writes the want of an authorizer as one called NONE.
    names = [name for one in operation.get("security", []) for name in one if name != "NONE"]
    jwt = schemes[names[0]]["x-amazon-apigateway-authorizer"]["jwtConfiguration"] if names else None
    return Route(
        method="ANY" if method == "x-amazon-apigateway-any-method" else method.upper(),
        path=path,
        function=_function_of(operation["x-amazon-apigateway-integration"]["uri"]),
        authorizer=Authorizer(issuer=jwt["issuer"], audience=tuple(jwt["audience"]))
        if jwt
        else None,
    )


def _schedule(
    resources: Resources,
    name: str,
    one: Mapping[str, Any],
    target: Mapping[str, Any],
    source: str,
) -> Schedule:
    return Schedule(
        name=name,
        arn=resources.attribute(name, "Arn"),
        expression=one["ScheduleExpression"],
        function=_function_of(target["Arn"]),
        source=source,
        payload=target.get("Input"),
    )


def _function_of(arn: str) -> str:
    match = _FUNCTION_ARN.search(arn)
    if not match:
        raise LookupError(f"not a function: {arn}")
    return match[1]
