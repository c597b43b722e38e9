"""What must hold of the template: each rule names what breaks it."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from tests.contract import template_access as access
from tests.contract import template_buckets as buckets
from tests.contract.template_access import TABLE_RIGHTS
from tests.contract.template_reading import (
    ROOT,
    Resources,
    folder_of,
    functions,
    listed,
    of,
    referred,
    statements,
)
from training_credits.edge.observability import NAMESPACE
from training_credits.edge.routes import ROUTES

__all__ = ["FOLDERS", "ROOT", "RULES", "TABLE_RIGHTS", "Rule"]

Rule = Callable[[Resources], Iterator[str]]

FOLDERS = {path.parent.name for path in ROOT.glob("functions/*/app.py")}
# The kinds of items whose changes are events (dynamodb/stream).
HEARD = {"account", "block", "case", "entry", "lot", "member", "order", "redemption", "voucher"}

# What would let somebody take a seal away, or make room for another.
UNLOCKING = {
    "s3:BypassGovernanceRetention",
    "s3:DeleteObject",
    "s3:DeleteObjectVersion",
    "s3:PutBucketObjectLockConfiguration",
    "s3:PutObjectLegalHold",
    "s3:PutObjectRetention",
}


def every_folder_is_a_function(resources: Resources) -> Iterator[str]:
    yield from {folder for folder, _, _ in functions(resources)} ^ FOLDERS


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
        # A queue retries and keeps by itself: every_queue_ends_somewhere.
        kept_there = needed <= set(mapping) or _is_of_queue(resources, mapping)
        reports = mapping.get("FunctionResponseTypes") == ["ReportBatchItemFailures"]
        if not (kept_there and reports):
            yield name


def every_queue_ends_somewhere(resources: Resources) -> Iterator[str]:
    for name, queue in of(resources, "AWS::SQS::Queue").items():
        if not ("RedrivePolicy" in queue or name.endswith("Failures")):
            yield name


def _is_of_queue(resources: Resources, mapping: dict[str, Any]) -> bool:
    return bool(referred(mapping["EventSourceArn"]) & of(resources, "AWS::SQS::Queue").keys())


def a_queue_waits_longer_than_its_function_works(resources: Resources) -> Iterator[str]:
    """Else a message comes again while somebody is at it: AWS asks for six times as long."""
    queues = of(resources, "AWS::SQS::Queue")
    every = of(resources, "AWS::Lambda::Function")
    for name, mapping in of(resources, "AWS::Lambda::EventSourceMapping").items():
        for queue in referred(mapping["EventSourceArn"]) & queues.keys():
            (function,) = referred(mapping["FunctionName"]) & every.keys()
            if queues[queue].get("VisibilityTimeout", 30) < 6 * every[function]["Timeout"]:
                yield name


def what_fails_unheard_is_watched(resources: Resources) -> Iterator[str]:
    """Functions that nobody waits for, and queues of what was given up."""
    called = {route.function for route in ROUTES}
    unheard = {
        name for name in of(resources, "AWS::Lambda::Function") if folder_of(name) not in called
    }
    alarms = of(resources, "AWS::CloudWatch::Alarm")
    yield from unheard - referred(alarms["InnerErrors"]["Metrics"])
    failures = {name for name in of(resources, "AWS::SQS::Queue") if name.endswith("Failures")}
    dead = referred(alarms["DeadLetters"]["Metrics"])
    yield from (name for name in failures if name not in dead)


def seals_stay_where_they_are(resources: Resources) -> Iterator[str]:
    """Locked by the bucket itself, whoever puts them there; and nobody can unlock one."""
    bucket = resources["Seals"]
    for policy in ("DeletionPolicy", "UpdateReplacePolicy"):
        if bucket.get(policy) != "Retain":
            yield policy
    if not bucket["Properties"].get("ObjectLockEnabled"):
        yield "not locked"
    if "ObjectLockConfiguration" not in bucket["Properties"]:
        yield "locked for no time"
    for name, statement in statements(resources):
        held = set(listed(statement["Action"])) & UNLOCKING
        if statement["Effect"] == "Allow" and held:
            yield f"{name}: {sorted(held)}"


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


def callers_are_answered_in_time(resources: Resources) -> Iterator[str]:
    called = {route.function for route in ROUTES}
    for folder, function, _ in functions(resources):
        if folder in called and function["Timeout"] >= 29:
            yield folder


def what_fits_no_order_wakes_somebody(resources: Resources) -> Iterator[str]:
    heard = {
        alarm.get("MetricName"): alarm for alarm in of(resources, "AWS::CloudWatch::Alarm").values()
    }
    for counted in ("PaymentsUnmatched", "GuessersStopped"):
        if heard.get(counted, {}).get("Namespace") != NAMESPACE:
            yield counted


def what_people_hear_of_is_published(resources: Resources) -> Iterator[str]:
    """The stream is filtered by kind: what is left out is never an event, and never a mail."""
    passed = {
        kind
        for mapping in of(resources, "AWS::Lambda::EventSourceMapping").values()
        if not _is_of_queue(resources, mapping)
        for each in mapping["FilterCriteria"]["Filters"]
        for kind in json.loads(each["Pattern"])["dynamodb"]["NewImage"]["kind"]["S"]
    }
    yield from passed ^ HEARD


RULES: tuple[Rule, ...] = (
    every_folder_is_a_function,
    access.each_function_has_its_rights_and_no_more,
    access.nothing_may_delete_scan_or_do_anything,
    what_nobody_waits_for_is_retried_then_kept,
    every_queue_ends_somewhere,
    a_queue_waits_longer_than_its_function_works,
    what_fails_unheard_is_watched,
    seals_stay_where_they_are,
    buckets.every_bucket_is_private,
    buckets.what_is_filed_stays,
    buckets.only_who_makes_papers_can_write_them,
    money_outlives_the_stack,
    one_runtime_everywhere,
    every_log_ends,
    access.every_service_calls_from_a_named_source,
    callers_are_answered_in_time,
    access.every_route_is_deployed_behind_a_token,
    access.only_who_needs_the_code_key_has_it,
    access.only_who_talks_to_the_payment_provider_can,
    what_fits_no_order_wakes_somebody,
    what_people_hear_of_is_published,
    access.every_group_of_the_vendor_can_be_joined,
    access.only_a_laptop_rehearses,
    access.only_who_delivers_signs,
    access.a_delivery_is_tried_once_more_than_it_pauses,
    access.nobody_writes_their_own_program,
)
