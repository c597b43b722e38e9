"""Makes what the product talks to, by plain boto3 calls, from translated CloudFormation."""

import contextlib
import json
import secrets
import string
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import boto3
from botocore.config import Config

from local.intrinsics import ACCOUNT, Resolver
from local.template import REGION

# What CreateTable needs; backups, encryption and protection mean nothing on a laptop.
TABLE_PROPERTIES = (
    "AttributeDefinitions",
    "KeySchema",
    "LocalSecondaryIndexes",
    "GlobalSecondaryIndexes",
)
# Dead letters are a queue's own doing; keys and policies mean nothing here.
QUEUE_PROPERTIES = ("DelaySeconds", "MessageRetentionPeriod", "RedrivePolicy", "VisibilityTimeout")


def create_table(client: Any, properties: Mapping[str, Any], name: str) -> dict[str, str]:
    """Create it unless it is there. Returns its attributes as GetAtt names them."""
    wanted = {key: properties[key] for key in TABLE_PROPERTIES if key in properties}
    stream = properties.get("StreamSpecification")
    if stream:
        wanted["StreamSpecification"] = {"StreamEnabled": True, **stream}
    with contextlib.suppress(client.exceptions.ResourceInUseException):
        client.create_table(TableName=name, BillingMode="PAY_PER_REQUEST", **wanted)
    table = client.describe_table(TableName=name)["Table"]
    return {"": name, "Arn": table["TableArn"], "StreamArn": table.get("LatestStreamArn", "")}


class Clients:
    """boto3 clients of the local cloud: one address for the table, one for all else."""

    def __init__(self, *, table: str, services: str) -> None:
        self._table, self._services = table, services
        self._session = boto3.session.Session("local", "local", region_name=REGION)
        self._made: dict[str, Any] = {}

    def __getitem__(self, service: str) -> Any:
        if service not in self._made:
            near = service in {"dynamodb", "dynamodbstreams"}
            self._made[service] = self._session.client(  # type: ignore[call-overload]  # any name
                service,
                endpoint_url=self._table if near else self._services,
                config=Config(retries={"total_max_attempts": 2}, max_pool_connections=32),
            )
        return self._made[service]


class Resources:
    """The resources of one stack, each made when it is first asked for. Answers Ref and GetAtt."""

    def __init__(
        self, template: Mapping[str, Any], *, stack: str, clients: Clients, state: Path
    ) -> None:
        self.clients, self.state, self.stack = clients, state, stack
        self._declared = template["Resources"]
        self._made: dict[str, dict[str, str]] = {}
        pseudo = {
            "AWS::AccountId": ACCOUNT,
            "AWS::Partition": "aws",
            "AWS::Region": REGION,
            "AWS::StackName": stack,
            "AWS::URLSuffix": "amazonaws.com",
        }
        self._resolver = Resolver(template, pseudo, self.attribute)
        self.resolve = self._resolver.resolve

    def of_type(self, kind: str) -> dict[str, dict[str, Any]]:
        """Resolved properties by logical id, of resources whose condition holds."""
        return {
            logical_id: self.resolve(resource.get("Properties", {}))
            for logical_id, resource in self._declared.items()
            if resource["Type"] == kind and self._wanted(resource)
        }

    def make_all(self) -> dict[str, str]:
        """Make everything makeable. Returns type by logical id of what exists in AWS only."""
        wanted = {name: one for name, one in self._declared.items() if self._wanted(one)}
        for logical_id, resource in wanted.items():
            if resource["Type"] in CREATORS:
                self._attributes(logical_id)
        return {name: one["Type"] for name, one in wanted.items() if one["Type"] not in CREATORS}

    def attribute(self, logical_id: str, name: str) -> str:
        """What `Ref` (empty name) or GetAtt says; a made-up ARN for what is not made locally."""
        return self._attributes(logical_id).get(name, f"{logical_id}.{name}")

    def _wanted(self, resource: Mapping[str, Any]) -> bool:
        return "Condition" not in resource or self._resolver.condition(resource["Condition"])

    def _attributes(self, logical_id: str) -> dict[str, str]:
        if logical_id not in self._made:
            resource = self._declared[logical_id]
            create = CREATORS.get(resource["Type"], _name_only)
            properties = self.resolve(resource.get("Properties", {})) if create in MADE else {}
            self._made[logical_id] = create(self, logical_id, properties)
        return self._made[logical_id]


Creator = Callable[[Resources, str, Mapping[str, Any]], dict[str, str]]


def _name_only(resources: Resources, logical_id: str, _: Mapping[str, Any]) -> dict[str, str]:
    kind = resources._declared[logical_id]["Type"].split("::")[1].lower()  # noqa: SLF001  # one module
    return {"": logical_id, "Arn": f"arn:aws:{kind}:{REGION}:{ACCOUNT}:{logical_id}"}


def _table(resources: Resources, logical_id: str, properties: Mapping[str, Any]) -> dict[str, str]:
    name = properties.get("TableName", f"{resources.stack}-{logical_id}")
    return create_table(resources.clients["dynamodb"], properties, name)


def _queue(resources: Resources, logical_id: str, properties: Mapping[str, Any]) -> dict[str, str]:
    sqs = resources.clients["sqs"]
    name = properties.get("QueueName", f"{resources.stack}-{logical_id}")
    wanted = {key: properties[key] for key in QUEUE_PROPERTIES if key in properties}
    attributes = {
        key: json.dumps(value) if isinstance(value, Mapping) else str(value)
        for key, value in wanted.items()
    }
    url = sqs.create_queue(QueueName=name, Attributes=attributes)["QueueUrl"]
    return {"": url, "Arn": f"arn:aws:sqs:{REGION}:{ACCOUNT}:{name}", "QueueName": name}


def _bus(resources: Resources, _: str, properties: Mapping[str, Any]) -> dict[str, str]:
    name = properties["Name"]
    arn = resources.clients["events"].create_event_bus(Name=name)["EventBusArn"]
    return {"": name, "Arn": arn, "Name": name}


def _bucket(resources: Resources, logical_id: str, properties: Mapping[str, Any]) -> dict[str, str]:
    name = properties.get("BucketName", f"{resources.stack}-{logical_id}".lower())
    lock = properties.get("ObjectLockConfiguration")
    resources.clients["s3"].create_bucket(Bucket=name, ObjectLockEnabledForBucket=bool(lock))
    if lock:
        kept = lock["Rule"]["DefaultRetention"]
        rule = {"DefaultRetention": {"Mode": kept["Mode"], "Years": int(kept["Years"])}}
        resources.clients["s3"].put_object_lock_configuration(
            Bucket=name,
            ObjectLockConfiguration={"ObjectLockEnabled": "Enabled", "Rule": rule},
        )
    return {"": name, "Arn": f"arn:aws:s3:::{name}"}


def _identity(resources: Resources, _: str, properties: Mapping[str, Any]) -> dict[str, str]:
    name = properties["EmailIdentity"]
    resources.clients["sesv2"].create_email_identity(EmailIdentity=name)
    return {"": name, "Arn": f"arn:aws:ses:{REGION}:{ACCOUNT}:identity/{name}"}


def _secret(resources: Resources, logical_id: str, properties: Mapping[str, Any]) -> dict[str, str]:
    """Generated once and kept beside the data, which is worthless under another key."""
    kept = resources.state / f"{logical_id}.secret"
    if not kept.exists():
        wanted = properties.get("GenerateSecretString", {}).get("PasswordLength", 32)
        letters = string.ascii_letters + string.digits
        text = "".join(secrets.choice(letters) for _ in range(wanted))
        kept.touch(mode=0o600)
        kept.write_text(properties.get("SecretString", text), encoding="utf-8")
    made = resources.clients["secretsmanager"].create_secret(
        Name=f"{resources.stack}-{logical_id}", SecretString=kept.read_text(encoding="utf-8")
    )
    return {"": made["ARN"], "Id": made["ARN"]}


CREATORS: Final[dict[str, Creator]] = {
    "AWS::DynamoDB::Table": _table,
    "AWS::Events::EventBus": _bus,
    "AWS::S3::Bucket": _bucket,
    "AWS::SES::EmailIdentity": _identity,
    "AWS::SQS::Queue": _queue,
    "AWS::SecretsManager::Secret": _secret,
}
MADE = frozenset(CREATORS.values())
