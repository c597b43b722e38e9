"""Who may do what: rules for rights, routes, keys and groups. Each names what breaks it."""

import re
from collections.abc import Iterator

from tests.contract.template_reading import (
    Resources,
    folder_of,
    functions,
    listed,
    of,
    role_of,
    statements,
)
from training_credits.domain.decisions.webhooks import TRIES_MAX
from training_credits.domain.model import VENDOR_ROLES
from training_credits.edge.routes import ROUTES

# What each function may do on the table, and the indexes it may query.
TABLE_RIGHTS = {
    "accounts": "BatchGetItem ConditionCheckItem GetItem PutItem Query UpdateItem + book",
    "people": "BatchGetItem ConditionCheckItem GetItem PutItem Query UpdateItem + book",
    "balance": "GetItem Query + book",
    "purchase": "BatchGetItem ConditionCheckItem GetItem PutItem Query UpdateItem + book",
    "orders": "BatchGetItem ConditionCheckItem GetItem PutItem Query UpdateItem + book + worklist",
    "payments": "BatchGetItem GetItem PutItem UpdateItem",
    "catalogue": "BatchGetItem GetItem Query UpdateItem + book",
    "codes": "ConditionCheckItem GetItem PutItem Query UpdateItem + book",
    "budgets": "ConditionCheckItem GetItem PutItem Query UpdateItem + book",
    "redeem": "BatchGetItem ConditionCheckItem GetItem PutItem Query UpdateItem + book",
    "approve": "BatchGetItem ConditionCheckItem GetItem PutItem Query UpdateItem + book",
    "vouchers": "BatchGetItem ConditionCheckItem GetItem PutItem Query UpdateItem",
    "bookings": "BatchGetItem ConditionCheckItem GetItem PutItem Query UpdateItem + book",
    "reports": "BatchGetItem GetItem Query + book",
    "cases": "BatchGetItem ConditionCheckItem GetItem PutItem Query UpdateItem + book + worklist",
    "statements": "BatchGetItem GetItem Query",
    "documents": "BatchGetItem GetItem Query UpdateItem",
    "expire": "GetItem PutItem Query UpdateItem + worklist",
    "month_end": "Query + worklist",
    "close_month": "GetItem PutItem Query UpdateItem + book",
    "journal": "BatchGetItem GetItem Query",
    "lapse": "BatchGetItem PutItem Query UpdateItem + book + worklist",
    "publish": "",
    "notify": "BatchGetItem GetItem PutItem Query UpdateItem + book",
    "digest": "BatchGetItem PutItem Query UpdateItem + book + worklist",
    "webhooks": "BatchGetItem GetItem PutItem Query UpdateItem + book",
    "dispatch": "PutItem Query",
    "deliver": "BatchGetItem PutItem UpdateItem",
}
# Who makes or reads redemption codes, or secrets; and who talks to the payment provider.
WITH_CODES = {
    *("codes", "redeem", "approve", "vouchers", "orders", "payments", "notify"),
    *("webhooks", "deliver"),
}
WITH_CARDS = {"orders", "payments"}
STRIPE = {"PAYMENTS", "STRIPE_API_KEY", "STRIPE_WEBHOOK_SECRET"}
REHEARSING = ("CLOCK_OFFSET_SECONDS", "STRIPE_API_BASE", "LOCAL_WEBHOOKS")
# Items are never deleted, and nothing is read or written without a key.
NEVER = re.compile(r".*\*.*|dynamodb:(DeleteItem|Scan|BatchWriteItem|DeleteTable|PartiQL.*)")


def each_function_has_its_rights_and_no_more(resources: Resources) -> Iterator[str]:
    for folder, rights in TABLE_RIGHTS.items():
        actions: set[str] = set()
        indexes: set[str] = set()
        for name, statement in statements(resources):
            if name == role_of(folder):
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


def every_service_calls_from_a_named_source(resources: Resources) -> Iterator[str]:
    for name, permission in of(resources, "AWS::Lambda::Permission").items():
        if permission["Principal"].endswith(".amazonaws.com") and "SourceArn" not in permission:
            yield name


def every_route_is_deployed_behind_a_token(resources: Resources) -> Iterator[str]:
    """But those that are public; SAM writes their want of an authorizer as one called NONE."""
    deployed = set()
    public = {(route.method, route.path) for route in ROUTES if route.public}
    for path, methods in resources["Api"]["Properties"]["Body"]["paths"].items():
        for method, operation in methods.items():
            uri = str(operation["x-amazon-apigateway-integration"]["uri"])
            function = folder_of(re.findall(r"\{(\w+)Function\.Arn\}", uri)[0])
            deployed.add((method.upper(), path, function))
            authorizer = "NONE" if (method.upper(), path) in public else "Tokens"
            if operation.get("security") != [{authorizer: []}]:
                yield f"{method} {path}: not {authorizer}"
    written = {(route.method, route.path, route.function) for route in ROUTES}
    yield from (str(route) for route in deployed ^ written)


def only_who_needs_the_code_key_has_it(resources: Resources) -> Iterator[str]:
    yield from {f for f, _, settings in functions(resources) if "CODE_KEY" in settings} ^ WITH_CODES


def only_who_talks_to_the_payment_provider_can(resources: Resources) -> Iterator[str]:
    for folder, function, settings in functions(resources):
        carries = any("PaymentsLayer" in layer for layer in map(str, function["Layers"]))
        if carries != (folder in WITH_CARDS):
            yield f"{folder}: its layer"
        if settings & STRIPE != (STRIPE if folder in WITH_CARDS else set()):
            yield f"{folder}: its keys"


def only_a_laptop_rehearses(resources: Resources) -> Iterator[str]:
    """A clock that can be moved, payments that are none, receivers of webhooks on this machine."""
    for name, resource in resources.items():
        if any(setting in str(resource) for setting in REHEARSING):
            yield name


def only_who_delivers_signs(resources: Resources) -> Iterator[str]:
    """The library is carried by nobody else."""
    for folder, function, _ in functions(resources):
        carries = any("WebhooksLayer" in layer for layer in map(str, function["Layers"]))
        if carries != (folder == "deliver"):
            yield folder


def a_delivery_is_tried_once_more_than_it_pauses(resources: Resources) -> Iterator[str]:
    """The queue takes it away after the try that the product calls its last."""
    redrive = resources["Deliveries"]["Properties"]["RedrivePolicy"]
    if redrive["maxReceiveCount"] != TRIES_MAX:
        yield f"Deliveries: {redrive['maxReceiveCount']}"


def every_group_of_the_vendor_can_be_joined(resources: Resources) -> Iterator[str]:
    groups = {group["GroupName"] for group in of(resources, "AWS::Cognito::UserPoolGroup").values()}
    yield from {role.value for role in VENDOR_ROLES} - groups


def nobody_writes_their_own_program(resources: Resources) -> Iterator[str]:
    for name, client in of(resources, "AWS::Cognito::UserPoolClient").items():
        if "custom:program" in client.get("WriteAttributes", ["custom:program"]):
            yield name
