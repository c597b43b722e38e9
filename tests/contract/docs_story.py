"""One account's life on a table made from template.yaml, for the pages that show real items."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
from moto import mock_aws

from local.provision import create_table
from local.template import REGION, translate
from tests.fakes.clock import StoppedClock
from tests.fakes.outside import RecordedPayments
from training_credits.domain.model import Approval, Caller, Person, Verdict
from training_credits.dynamodb.ledger import DynamoLedger
from training_credits.dynamodb.stream import event_of
from training_credits.edge import schemas, views
from training_credits.ports import Event
from training_credits.programs import program_named
from training_credits.use_cases import accounts, approve, expire, purchase, redeem
from training_credits.use_cases.submit import Intent

PROGRAM = "atlassian"
SECRET = "the key of this page"
TABLE = "page"
Item = dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What the table holds when the story is over, and what its stream said."""

    items: tuple[Item, ...]
    events: tuple[Event, ...]


@dataclass
class Story:
    """Ann and Bob own the account, Lee learns."""

    ledger: DynamoLedger
    clock: StoppedClock = field(default_factory=StoppedClock)
    keys: int = 0

    def intent(self, who: str, operation: str, render: Callable[[Any], str] = str) -> Intent:
        self.keys += 1
        key = f"key-{self.keys:04}"
        digest = hashlib.sha256(key.encode()).hexdigest()
        return Intent(
            caller=caller(who), operation=operation, key=key, digest=digest, render=render
        )

    def tell(self) -> None:
        account = self.opens()
        self.buys(account, 1000)
        code = accounts.issue_code(
            self.ledger,
            self.clock,
            self.intent("ann", "issueCode"),
            account_id=account,
            lot_id=None,
            secret=SECRET,
        )
        self.adds_and_removes_bob(account)
        approved, denied, cancelled, _ = [self.asks(code, n) for n in (300, 200, 50, 100)]
        self.clock.advance(timedelta(hours=1))
        self.decides(account, Verdict.APPROVE, approved)
        self.decides(account, Verdict.DENY, denied)
        intent = self.intent("lee", "cancelRedemption", redemption_answer)
        redeem.cancel(self.ledger, self.clock, intent, cancelled)
        self.clock.at = datetime(2026, 6, 1, 9, tzinfo=UTC)
        self.buys(account, 500)
        self.clock.at = datetime(2027, 2, 11, 0, 30, tzinfo=UTC)
        expire.sweep(self.ledger, self.clock, lambda: True)
        self.ledger.claim(PROGRAM, f"RedemptionApproved-{approved}#lee@acme.example")

    def opens(self) -> str:
        intent = self.intent("ann", "openAccount", lambda a: views.encoded(views.account(a)))
        answer = accounts.open_account(
            self.ledger, self.clock, intent, name="Acme", approval=Approval.MANUAL, owner=None
        )
        return str(json.loads(answer)["account"])

    def buys(self, account: str, credits: int) -> None:
        program = program_named(PROGRAM)
        intent = self.intent(
            "ann", "purchase", lambda bought: views.encoded(views.order(program, bought))
        )
        purchase.purchase(
            self.ledger,
            self.clock,
            RecordedPayments(),
            intent,
            account_id=account,
            credits=credits,
            promo=None,
        )

    def adds_and_removes_bob(self, account: str) -> None:
        email = "bob@acme.example"
        intent = self.intent("ann", "addOwner", lambda e: views.encoded(schemas.NewOwner(email=e)))
        accounts.add_owner(self.ledger, self.clock, intent, account, email)
        accounts.remove_owner(self.ledger, self.clock, caller("ann"), account, email)

    def asks(self, code: str, credits: int) -> str:
        self.clock.advance(timedelta(minutes=1))
        answer = redeem.redeem(
            self.ledger,
            self.clock,
            self.intent("lee", "redeem", redemption_answer),
            code=code,
            title=f"Course {credits}",
            credits=credits,
            secret=SECRET,
        )
        return str(json.loads(answer)["redemption"])

    def decides(self, account: str, verdict: Verdict, redemption: str) -> None:
        approve.decide(
            self.ledger,
            self.clock,
            self.intent("ann", "decide"),
            account_id=account,
            verdict=verdict,
            redemption_ids=(redemption,),
            note=None,
        )


def caller(who: str) -> Caller:
    person = Person(subject=f"sub-{who}", email=f"{who}@acme.example", name=who.title())
    return Caller(person=person, program=PROGRAM)


def redemption_answer(redemption: Any) -> str:
    return views.encoded(views.redemption(redemption))


def told() -> Told:
    """Play the story in memory; everything in it is fixed, so it always ends the same."""
    with mock_aws():
        client = boto3.client("dynamodb", region_name=REGION)
        properties = translate()["Resources"]["Table"]["Properties"]
        stream = create_table(client, properties, TABLE)["StreamArn"]
        Story(DynamoLedger(TABLE, REGION)).tell()
        items = client.scan(TableName=TABLE)["Items"]
        events = tuple(filter(None, map(event_of, _records(stream))))
    return Told(items=tuple(sorted(map(_plain, items), key=_place)), events=events)


def _records(stream: str) -> Iterator[Any]:
    client = boto3.client("dynamodbstreams", region_name=REGION)
    for shard in client.describe_stream(StreamArn=stream)["StreamDescription"]["Shards"]:
        position = client.get_shard_iterator(
            StreamArn=stream, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON"
        )
        yield from client.get_records(ShardIterator=position["ShardIterator"])["Records"]


def _place(item: Item) -> tuple[str, str]:
    return item["pk"], item["sk"]


def _plain(item: Mapping[str, Any]) -> Item:
    return {name: _value(typed) for name, typed in item.items()}


def _value(typed: Mapping[str, Any]) -> Any:
    kind, value = next(iter(typed.items()))
    match kind:
        case "N":
            return int(value)
        case "L":
            return [_value(one) for one in value]
        case "M":
            return _plain(value)
        case _:
            return value
