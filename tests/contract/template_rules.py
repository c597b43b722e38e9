"""What must hold of the template: each rule names what breaks it."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from training_credits.edge.routes import ROUTES

Resources = dict[str, Any]
Rule = Callable[[Resources], Iterator[str]]

ROOT = Path(__file__).parents[2]
FOLDERS = {path.parent.name for path in ROOT.glob("functions/*/app.py")}

# What each function may do on the table, and the indexes it may query.
TABLE_RIGHTS = {
    "accounts": "ConditionCheckItem GetItem PutItem Query UpdateItem + book",
    "balance": "Query + book",
    "purchase": "BatchGetItem GetItem PutItem",
    "redeem": "BatchGetItem GetItem PutItem Query UpdateItem + book",
    "approve": "BatchGetItem ConditionCheckItem GetItem PutItem Query UpdateItem + book",
    "statements": "GetItem Query + book",
    "expire": "GetItem PutItem Query UpdateItem + worklist",
    "publish": "",
    "notify": "PutItem Query UpdateItem + book",
}
# Items are never deleted, and nothing is read or written without a key.
NEVER = re.compile(r".*\*.*|dynamodb:(DeleteItem|Scan|BatchWriteItem|DeleteTable|PartiQL.*)")


def of(resources: Resources, kind: str) -> dict[str, Any]:
    """Properties by logical id of every resource of one type."""
    return {
        name: resource["Properties"]
        for name, resource in resources.items()
        if resource["Type"] == kind
    }


def listed(value: object) -> list[Any]:
    """IAM takes one or many anywhere; this reads both."""
    return value if isinstance(value, list) else [value]


def referred(value: object) -> set[str]:
    """Every logical id that a value mentions."""
    return set(re.findall(r"\w+", str(value)))


def statements(resources: Resources) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every policy statement that is written out, with the resource it belongs to."""
    for name, resource in resources.items():
        found = resource["Properties"]
        documents = [
            policy["PolicyDocument"]
            for policy in found.get("Policies", ())
            if "PolicyDocument" in policy
        ]
        documents += [found[key] for key in ("PolicyDocument", "KeyPolicy") if key in found]
        for document in documents:
            for statement in listed(document["Statement"]):
                yield name, statement


def every_folder_is_a_function(resources: Resources) -> Iterator[str]:
    deployed = {
        name.removesuffix("Function").lower() for name in of(resources, "AWS::Lambda::Function")
    }
    yield from deployed ^ FOLDERS


def each_function_has_its_rights_and_no_more(resources: Resources) -> Iterator[str]:
    for folder, rights in TABLE_RIGHTS.items():
        actions: set[str] = set()
        indexes: set[str] = set()
        for name, statement in statements(resources):
            if name == f"{folder.title()}FunctionRole":
                actions |= {
                    action.removeprefix("dynamodb:")
                    for action in listed(statement["Action"])
                    if "dynamodb:" in action
                }
                indexes |= set(re.findall(r"/index/([\w*]+)", str(statement["Resource"])))
        held = " ".join(sorted(actions)) + "".join(f" + {index}" for index in sorted(indexes))
        if held != rights:
            yield f"{folder}: {held}"


def nothing_may_delete_scan_or_do_anything(resources: Resources) -> Iterator[str]:
    for name, statement in statements(resources):
        if statement["Effect"] == "Allow":
            yield from (
                f"{name}: {action}"
                for action in listed(statement["Action"])
                if NEVER.fullmatch(action)
            )
            if name.endswith("Role") and "*" in listed(statement["Resource"]):
                yield f"{name}: any resource"


def what_nobody_waits_for_is_retried_then_kept(resources: Resources) -> Iterator[str]:
    targets = [
        target for rule in of(resources, "AWS::Events::Rule").values() for target in rule["Targets"]
    ]
    targets += [each["Target"] for each in of(resources, "AWS::Scheduler::Schedule").values()]
    kept = {
        name
        for config in of(resources, "AWS::Lambda::EventInvokeConfig").values()
        if {"MaximumRetryAttempts", "MaximumEventAgeInSeconds"} <= set(config)
        and config.get("DestinationConfig", {}).get("OnFailure")
        for name in referred(config["FunctionName"])
    }
    for target in targets:
        if not {"RetryPolicy", "DeadLetterConfig"} <= set(target):
            yield f"{target['Arn']}: not delivered"
        if not referred(target["Arn"]) & kept:
            yield f"{target['Arn']}: not carried out"
    for name, mapping in of(resources, "AWS::Lambda::EventSourceMapping").items():
        needed = {"BisectBatchOnFunctionError", "MaximumRetryAttempts", "DestinationConfig"}
        reports = mapping.get("FunctionResponseTypes") == ["ReportBatchItemFailures"]
        if not (needed <= set(mapping) and reports):
            yield name


def every_queue_ends_somewhere(resources: Resources) -> Iterator[str]:
    for name, queue in of(resources, "AWS::SQS::Queue").items():
        if not ("RedrivePolicy" in queue or name.endswith("Failures")):
            yield name


def money_outlives_the_stack(resources: Resources) -> Iterator[str]:
    for name in ("Table", "CodeKey", "DataKey"):
        for policy in ("DeletionPolicy", "UpdateReplacePolicy"):
            if resources[name].get(policy) != "Retain":
                yield f"{name}: {policy}"
    for name, table in of(resources, "AWS::DynamoDB::Table").items():
        recovery = table.get("PointInTimeRecoverySpecification", {})
        if table.get("DeletionProtectionEnabled") is not True:
            yield f"{name}: may be deleted"
        if recovery.get("PointInTimeRecoveryEnabled") is not True:
            yield f"{name}: cannot be restored"
        if table.get("SSESpecification") != {"SSEEnabled": True}:
            yield f"{name}: not encrypted"


def one_runtime_everywhere(resources: Resources) -> Iterator[str]:
    for name, function in of(resources, "AWS::Lambda::Function").items():
        if (function["Runtime"], function["Architectures"]) != ("python3.13", ["arm64"]):
            yield name
    for name, layer in of(resources, "AWS::Lambda::LayerVersion").items():
        found = (layer["CompatibleRuntimes"], layer["CompatibleArchitectures"])
        if found != (["python3.13"], ["arm64"]):
            yield name


def every_log_ends(resources: Resources) -> Iterator[str]:
    groups = of(resources, "AWS::Logs::LogGroup")
    yield from (name for name, group in groups.items() if "RetentionInDays" not in group)
    logged = {str(group["LogGroupName"]) for group in groups.values()}
    for name in of(resources, "AWS::Lambda::Function"):
        if str({"Fn::Sub": f"/aws/lambda/${{{name}}}"}) not in logged:
            yield name


def every_service_calls_from_a_named_source(resources: Resources) -> Iterator[str]:
    for name, permission in of(resources, "AWS::Lambda::Permission").items():
        if permission["Principal"].endswith(".amazonaws.com") and "SourceArn" not in permission:
            yield name


def callers_are_answered_in_time(resources: Resources) -> Iterator[str]:
    called = {route.function for route in ROUTES}
    for name, function in of(resources, "AWS::Lambda::Function").items():
        if name.removesuffix("Function").lower() in called and function["Timeout"] >= 29:
            yield name


def every_route_is_deployed_behind_a_token(resources: Resources) -> Iterator[str]:
    deployed = set()
    for path, methods in resources["Api"]["Properties"]["Body"]["paths"].items():
        for method, operation in methods.items():
            uri = str(operation["x-amazon-apigateway-integration"]["uri"])
            function = re.findall(r"\{(\w+)Function\.Arn\}", uri)[0].lower()
            deployed.add((method.upper(), path, function))
            if operation.get("security") != [{"Tokens": []}]:
                yield f"{method} {path}: open"
    written = {(route.method, route.path, route.function) for route in ROUTES}
    yield from (str(route) for route in deployed ^ written)


def only_who_needs_the_code_key_has_it(resources: Resources) -> Iterator[str]:
    for name, function in of(resources, "AWS::Lambda::Function").items():
        holds = "CODE_KEY" in function["Environment"]["Variables"]
        if holds != (name in {"AccountsFunction", "RedeemFunction"}):
            yield name


def time_is_only_moved_on_a_laptop(resources: Resources) -> Iterator[str]:
    yield from (name for name, it in resources.items() if "CLOCK_OFFSET_SECONDS" in str(it))


def nobody_writes_their_own_program(resources: Resources) -> Iterator[str]:
    for name, client in of(resources, "AWS::Cognito::UserPoolClient").items():
        if "custom:program" in client.get("WriteAttributes", ["custom:program"]):
            yield name


RULES: tuple[Rule, ...] = (
    every_folder_is_a_function,
    each_function_has_its_rights_and_no_more,
    nothing_may_delete_scan_or_do_anything,
    what_nobody_waits_for_is_retried_then_kept,
    every_queue_ends_somewhere,
    money_outlives_the_stack,
    one_runtime_everywhere,
    every_log_ends,
    every_service_calls_from_a_named_source,
    callers_are_answered_in_time,
    every_route_is_deployed_behind_a_token,
    only_who_needs_the_code_key_has_it,
    time_is_only_moved_on_a_laptop,
    nobody_writes_their_own_program,
)
