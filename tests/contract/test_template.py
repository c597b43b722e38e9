"""The template is code, and the gates that read it can fail."""

import ast
import json
import tomllib
from copy import deepcopy
from typing import Any

import pytest
from samtranslator.yaml_helper import yaml_parse

from local.template import translate
from tests.contract.template_reading import ROOT, Resources, folder_of
from tests.contract.template_rules import FOLDERS, RULES, Rule

pytestmark = pytest.mark.proves("G16")

TEMPLATE = ROOT / "template.yaml"
HOURLY = "ExpireFunctionHourly/Properties/Target"
STREAM = "PublishFunctionCommitted/Properties"
REDEEM = "RedeemFunctionRole/Properties/Policies/0/PolicyDocument/Statement/0"
SETTINGS_OF = {
    name: f"{name}Function/Properties/Environment/Variables"
    for name in ("Balance", "Codes", "Expire", "Notify", "Payments", "Deliver")
}
GONE = object()

# A path into the translated resources, and what a careless change would leave there.
PLANTED = [
    (
        "every_folder_is_a_function",
        "StrayFunction",
        {"Type": "AWS::Lambda::Function", "Properties": {}},
    ),
    ("each_function_has_its_rights_and_no_more", f"{REDEEM}/Action/0", "dynamodb:Query"),
    (
        "each_function_has_its_rights_and_no_more",
        f"{REDEEM}/Resource/1",
        {"Fn::Sub": "${Table.Arn}/index/worklist"},
    ),
    ("nothing_may_delete_scan_or_do_anything", f"{REDEEM}/Action/0", "dynamodb:DeleteItem"),
    ("nothing_may_delete_scan_or_do_anything", f"{REDEEM}/Action/0", "dynamodb:Get*"),
    ("nothing_may_delete_scan_or_do_anything", f"{REDEEM}/Resource", "*"),
    ("what_nobody_waits_for_is_retried_then_kept", f"{HOURLY}/RetryPolicy", GONE),
    ("what_nobody_waits_for_is_retried_then_kept", f"{HOURLY}/DeadLetterConfig", GONE),
    (
        "what_nobody_waits_for_is_retried_then_kept",
        "NotifyFunctionHappened/Properties/Targets/0/DeadLetterConfig",
        GONE,
    ),
    (
        "what_nobody_waits_for_is_retried_then_kept",
        "NotifyFunctionEventInvokeConfig/Properties/DestinationConfig",
        GONE,
    ),
    ("what_nobody_waits_for_is_retried_then_kept", f"{STREAM}/DestinationConfig", GONE),
    ("what_nobody_waits_for_is_retried_then_kept", f"{STREAM}/FunctionResponseTypes", GONE),
    (
        "what_nobody_waits_for_is_retried_then_kept",
        "CloseMonthFunctionOver/Properties/FunctionResponseTypes",
        GONE,
    ),
    ("every_queue_ends_somewhere", "Months/Properties/RedrivePolicy", GONE),
    ("a_queue_waits_longer_than_its_function_works", "Months/Properties/VisibilityTimeout", 300),
    ("a_queue_waits_longer_than_its_function_works", "Months/Properties/VisibilityTimeout", GONE),
    ("what_fails_unheard_is_watched", "InnerErrors/Properties/Metrics/1", GONE),
    ("what_fails_unheard_is_watched", "DeadLetters/Properties/Metrics/1", GONE),
    ("seals_stay_where_they_are", "Seals/UpdateReplacePolicy", "Delete"),
    ("seals_stay_where_they_are", "Seals/Properties/ObjectLockEnabled", False),
    ("seals_stay_where_they_are", "Seals/Properties/ObjectLockConfiguration", GONE),
    ("seals_stay_where_they_are", f"{REDEEM}/Action/0", "s3:BypassGovernanceRetention"),
    ("every_bucket_is_private", "Documents/Properties/PublicAccessBlockConfiguration", GONE),
    ("every_bucket_is_private", "Documents/Properties/BucketEncryption", GONE),
    ("every_bucket_is_private", "Seals/Properties/VersioningConfiguration", GONE),
    ("every_bucket_is_private", "DocumentsPolicy", GONE),
    ("what_is_filed_stays", "Documents/DeletionPolicy", GONE),
    (
        "what_is_filed_stays",
        "Documents/Properties/LifecycleConfiguration/Rules/0/Prefix",
        "",
    ),
    (
        "what_is_filed_stays",
        "DocumentsPolicy/Properties/PolicyDocument/Statement/1/Condition",
        GONE,
    ),
    ("what_is_filed_stays", f"{REDEEM}/Action/0", "s3:DeleteObject"),
    ("only_who_makes_papers_can_write_them", "DocumentsFunction/Properties/Layers/2", GONE),
    (
        "only_who_makes_papers_can_write_them",
        "ExpireFunction/Properties/Layers/1",
        {"Ref": "DocumentsLayer1"},
    ),
    ("every_queue_ends_somewhere", "Work", {"Type": "AWS::SQS::Queue", "Properties": {}}),
    ("money_outlives_the_stack", "Table/DeletionPolicy", "Delete"),
    ("money_outlives_the_stack", "Table/Properties/DeletionProtectionEnabled", False),
    ("money_outlives_the_stack", "Table/Properties/PointInTimeRecoverySpecification", GONE),
    ("money_outlives_the_stack", "Table/Properties/SSESpecification", GONE),
    ("money_outlives_the_stack", "CodeKey/UpdateReplacePolicy", GONE),
    ("one_runtime_everywhere", "RedeemFunction/Properties/Runtime", "python3.12"),
    ("one_runtime_everywhere", "RedeemFunction/Properties/Architectures", ["x86_64"]),
    ("every_log_ends", "RedeemLogs/Properties/RetentionInDays", GONE),
    ("every_log_ends", "RedeemLogs", GONE),
    (
        "every_service_calls_from_a_named_source",
        "NotifyFunctionHappenedPermission/Properties/SourceArn",
        GONE,
    ),
    ("callers_are_answered_in_time", "RedeemFunction/Properties/Timeout", 30),
    (
        "every_route_is_deployed_behind_a_token",
        "Api/Properties/Body/paths/~v1~redemptions/post/security",
        GONE,
    ),
    ("every_route_is_deployed_behind_a_token", "Api/Properties/Body/paths/~v1~redemptions", GONE),
    (
        "every_route_is_deployed_behind_a_token",
        "Api/Properties/Body/paths/~v1~redemptions/post/security",
        [{"NONE": []}],
    ),
    (
        "every_route_is_deployed_behind_a_token",
        "Api/Properties/Body/paths/~v1~payment-events/post/security",
        [{"Tokens": []}],
    ),
    ("only_who_needs_the_code_key_has_it", f"{SETTINGS_OF['Balance']}/CODE_KEY", "everywhere"),
    ("only_who_needs_the_code_key_has_it", f"{SETTINGS_OF['Notify']}/CODE_KEY", GONE),
    (
        "only_who_talks_to_the_payment_provider_can",
        f"{SETTINGS_OF['Codes']}/STRIPE_API_KEY",
        "everywhere",
    ),
    (
        "only_who_talks_to_the_payment_provider_can",
        f"{SETTINGS_OF['Payments']}/STRIPE_WEBHOOK_SECRET",
        GONE,
    ),
    ("only_who_talks_to_the_payment_provider_can", "OrdersFunction/Properties/Layers/2", GONE),
    ("what_fits_no_order_wakes_somebody", "GuessersStopped", GONE),
    ("what_fits_no_order_wakes_somebody", "PaymentsUnmatched", GONE),
    ("what_fits_no_order_wakes_somebody", "PaymentsUnmatched/Properties/Namespace", "AWS/Lambda"),
    (
        "what_people_hear_of_is_published",
        f"{STREAM}/FilterCriteria/Filters/0/Pattern",
        '{"dynamodb": {"NewImage": {"kind": {"S": ["account"]}}}}',
    ),
    ("every_group_of_the_vendor_can_be_joined", "AdvisorGroup", GONE),
    ("only_a_laptop_rehearses", f"{SETTINGS_OF['Expire']}/CLOCK_OFFSET_SECONDS", "60"),
    ("only_a_laptop_rehearses", f"{SETTINGS_OF['Payments']}/STRIPE_API_BASE", "elsewhere"),
    ("only_a_laptop_rehearses", f"{SETTINGS_OF['Deliver']}/LOCAL_WEBHOOKS", "yes"),
    ("only_who_delivers_signs", "DeliverFunction/Properties/Layers/2", GONE),
    ("only_who_delivers_signs", "NotifyFunction/Properties/Layers/1", {"Ref": "WebhooksLayer"}),
    (
        "a_delivery_is_tried_once_more_than_it_pauses",
        "Deliveries/Properties/RedrivePolicy/maxReceiveCount",
        5,
    ),
    ("nobody_writes_their_own_program", "UserPoolClient/Properties/WriteAttributes", GONE),
]


@pytest.fixture(scope="module")
def resources() -> Resources:
    """What CloudFormation would be given."""
    found: Resources = translate(TEMPLATE)["Resources"]
    return found


@pytest.mark.proves("T7", "T13")
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_template_keeps_the_rule(resources: Resources, rule: Rule) -> None:
    assert list(rule(resources)) == []


@pytest.mark.parametrize(("name", "path", "value"), PLANTED)
def test_the_gate_can_fail(resources: Resources, name: str, path: str, value: object) -> None:
    rule = next(rule for rule in RULES if rule.__name__ == name)
    assert list(rule(planted(resources, path, value)))


def test_every_gate_was_seen_to_fail() -> None:
    assert {name for name, _, _ in PLANTED} == {rule.__name__ for rule in RULES}


def test_each_function_is_built_from_its_own_folder() -> None:
    written = yaml_parse(TEMPLATE.read_text())["Resources"]
    folders = {
        folder_of(name): resource["Properties"]["CodeUri"]
        for name, resource in written.items()
        if resource["Type"] == "AWS::Serverless::Function"
    }
    assert folders == {folder: f"functions/{folder}" for folder in FOLDERS}


@pytest.mark.parametrize("folder", sorted(FOLDERS))
def test_each_handler_and_its_sample_event_exist(folder: str) -> None:
    module = ast.parse((ROOT / "functions" / folder / "app.py").read_text())
    defined = {node.name for node in module.body if isinstance(node, ast.FunctionDef)}
    assigned = {
        target.id
        for node in module.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    assert "handler" in defined | assigned
    assert json.loads((ROOT / "tests" / "events" / f"{folder}.json").read_text())


def test_cards_are_charged_only_where_the_deployer_says_so() -> None:
    declared = yaml_parse(TEMPLATE.read_text())["Parameters"]
    assert declared["Payments"]["Default"] == "none"
    assert declared["Payments"]["AllowedValues"] == ["none", "stripe"]
    settings = tomllib.loads((ROOT / "samconfig.toml").read_text())
    for stage in ("default", "prod"):
        chosen = settings[stage]["deploy"]["parameters"]["parameter_overrides"]
        assert [each for each in chosen if each.startswith("Payments=")] == ["Payments=none"]


def test_no_secret_is_written_into_the_template(resources: Resources) -> None:
    revealed = str(resources["PaymentsFunction"]["Properties"]["Environment"])
    for field in ("api_key", "webhook_secret"):
        assert f"resolve:secretsmanager:${{StripeSecret}}:SecretString:{field}" in revealed


def planted(resources: Resources, path: str, value: object) -> Resources:
    """A copy with one thing changed or gone; `~` stands for a slash inside a key."""
    copy = deepcopy(resources)
    *parents, last = [part.replace("~", "/") for part in path.split("/")]
    found: Any = copy
    for part in parents:
        found = found[int(part) if isinstance(found, list) else part]
    key: Any = int(last) if isinstance(found, list) else last
    if value is GONE:
        del found[key]
    else:
        found[key] = value
    return copy
