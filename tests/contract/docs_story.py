"""One account's life on a table made from template.yaml, for the pages that show real items."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Any

import boto3

from local.provision import create_table
from local.template import REGION, translate
from tests.engines import moto
from tests.fakes.clock import StoppedClock
from tests.fakes.payments import GOOD, FakePayments
from training_credits.domain.decisions.wishes import Wish
from training_credits.domain.model import (
    AccountKind,
    Approval,
    Billing,
    Caller,
    Line,
    Person,
    Role,
    Verdict,
)
from training_credits.dynamodb.ledger import DynamoLedger
from training_credits.dynamodb.stream import events_of
from training_credits.edge import views
from training_credits.ports import Event
from training_credits.programs import program_named
from training_credits.use_cases import (
    accounts,
    approve,
    codes,
    expire,
    payments,
    people,
    purchase,
    redeem,
)
from training_credits.use_cases.instruments import Form, Instrument, Position
from training_credits.use_cases.submit import Intent

PROGRAM = "atlassian"
SECRET = "the key of this page"
TABLE = "page"
BILLING = Billing(company="Acme", country="US")
Item = dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What the table holds when the story is over, and what its stream said."""

    items: tuple[Item, ...]
    events: tuple[Event, ...]


@dataclass
class Story:
    """Ann and Bob own the account, Cara is invited, Lee learns."""

    ledger: DynamoLedger
    clock: StoppedClock = field(default_factory=StoppedClock)
    provider: FakePayments = field(default_factory=FakePayments)
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
        self.pays(account, self.orders(account, 1000))
        code = self.makes_a_code(account)
        self.invites(account, "bob", Role.OWNER)
        self.invites(account, "cara", Role.FINANCE)
        self.later(minutes=1)
        people.sign_in(self.ledger, self.clock, caller("bob"))
        approved, denied, cancelled, _ = [self.asks(code, n) for n in (300, 200, 50, 100)]
        self.later(hours=1)
        self.decides(account, Verdict.APPROVE, approved)
        self.decides(account, Verdict.DENY, denied)
        intent = self.intent("lee", "cancelRedemption", redemption_answer)
        redeem.cancel(self.ledger, self.clock, intent, cancelled)
        self.clock.at = datetime(2026, 6, 1, 9, tzinfo=UTC)
        self.pays(account, self.orders(account, 500))
        self.clock.at = datetime(2027, 2, 11, 0, 30, tzinfo=UTC)
        expire.sweep(self.ledger, self.clock, lambda: True)
        self.orders(account, 5000, channel="invoice")
        self.ledger.claim(PROGRAM, f"RedemptionApproved-{approved}#lee@acme.example")

    def later(self, **by: int) -> None:
        self.clock.advance(timedelta(**by))

    def opens(self) -> str:
        intent = self.intent("ann", "openAccount", lambda a: views.encoded(views.account(a)))
        answer = accounts.open_account(
            self.ledger,
            self.clock,
            intent,
            name="Acme",
            kind=AccountKind.ORGANISATION,
            approval=Approval.MANUAL,
            owner=None,
        )
        return str(json.loads(answer)["account"])

    def orders(self, account: str, credits: int, channel: str = "card") -> str:
        program = program_named(PROGRAM, self.clock())
        answer = purchase.purchase(
            self.ledger,
            self.clock,
            self.intent("ann", "purchase", views.order_of(program, self.clock())),
            account_id=account,
            basket=purchase.Basket(credits=credits, channel=channel, billing=BILLING),
        )
        return str(json.loads(answer)["order"])

    def pays(self, account: str, order: str) -> None:
        """By card; the provider tells us a minute later."""
        means = payments.Means(method_id=GOOD)
        _, payment = payments.pay(
            self.ledger,
            self.clock,
            self.provider,
            caller("ann"),
            account_id=account,
            order_id=order,
            means=means,
        )
        self.later(minutes=1)
        news = self.provider.heard(*self.provider.webhook(payment.payment_id))
        assert news is not None
        payments.hear(self.ledger, self.clock, news, SECRET)

    def makes_a_code(self, account: str) -> str:
        intent = self.intent("ann", "issueCode", lambda code: str(code.hint))
        conditions = codes.Conditions(label="Everybody")
        _, code = codes.issue(
            self.ledger,
            self.clock,
            intent,
            account_id=account,
            conditions=conditions,
            secret=SECRET,
        )
        return code

    def invites(self, account: str, name: str, role: Role) -> None:
        intent = self.intent("ann", "inviteMember", lambda m: views.encoded(views.member(m)))
        email = caller(name).person.email
        people.invite(self.ledger, self.clock, intent, account, email, role)

    def asks(self, code: str, credits: int) -> str:
        self.later(minutes=1)
        line = Line(title=f"Course {credits}", credits=credits)
        one = Position(line=line, instruments=(Instrument(code=code),))
        answer = redeem.redeem(
            self.ledger,
            self.ledger,
            self.clock,
            self.intent("lee", "redeem", redemption_answer),
            form=Form(wish=Wish(lines=()), lines=(one,)),
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
            secret=SECRET,
        )


def caller(who: str) -> Caller:
    person = Person(subject=f"sub-{who}", email=f"{who}@acme.example", name=who.title())
    return Caller(person=person, program=PROGRAM)


def redemption_answer(redemption: Any) -> str:
    return views.encoded(views.redemption(redemption))


def told() -> Told:
    """Play the story in memory; everything in it is fixed, so it always ends the same."""
    with moto():
        client = boto3.client("dynamodb", region_name=REGION)
        properties = translate()["Resources"]["Table"]["Properties"]
        stream = create_table(client, properties, TABLE)["StreamArn"]
        Story(DynamoLedger(TABLE, REGION)).tell()
        items = client.scan(TableName=TABLE)["Items"]
        events = tuple(chain.from_iterable(map(events_of, _records(stream))))
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
