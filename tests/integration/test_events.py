"""Who is told what, from the request that did it to the mail in somebody's inbox."""

import json
import re

from tests.http.people import BILLING, Company, company, someone
from tests.integration.cloud import Cloud

CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{5}")
INVITATION = "You are invited to a training credit account"


class Told:
    """The events of each step, and the mails they became; that credits moved has its own tests."""

    def __init__(self, cloud: Cloud) -> None:
        self.cloud = cloud
        self.read = 0

    def __call__(self) -> tuple[list[str], dict[str, str]]:
        events, mails = self.cloud.happens(), self.cloud.inbox()
        new, self.read = mails[self.read :], len(mails)
        return [event for event in events if event != "TransactionPosted"], dict(new)


def test_each_step_of_a_request_is_told_to_whom_it_concerns(cloud: Cloud) -> None:
    told = Told(cloud)
    acme = company(cloud.wire, credits=100)
    told()
    bob = someone(cloud.wire, "bob")
    acme.adds(bob)
    told()
    asked = acme.wants(30).json["redemption"]
    wanted = f"{acme.learner.name.title()} asks for 30 training credits"
    assert told() == (["RedemptionRequested"], {acme.owner.email: wanted, bob.email: wanted})
    acme.decides("approve", asked)
    approved = "Your training credits request was approved"
    assert told() == (["RedemptionApproved"], {acme.learner.email: approved})
    asked = acme.wants(5).json["redemption"]
    acme.decides("deny", asked)
    assert told()[0] == ["RedemptionRequested", "RedemptionDenied"]
    asked = acme.wants(5).json["redemption"]
    acme.learner.post(f"/v1/redemptions/{asked}/cancellation", {})
    assert told()[0] == ["RedemptionRequested", "RedemptionCancelled"]


def test_people_are_told_when_they_are_asked_in(cloud: Cloud) -> None:
    told, bob = Told(cloud), someone(cloud.wire, "bob")
    acme = company(cloud.wire)
    assert told() == (["AccountOpened", "MemberJoined"], {})
    acme.asks_in(bob)
    assert told() == (["MemberInvited"], {bob.email: INVITATION})
    bob.arrives()
    joined = f"{bob.email} joined your training credit account"
    assert told() == (["MemberJoined"], {acme.owner.email: joined})
    acme.removes(bob)
    left = f"{bob.email} left your training credit account"
    assert told() == (["MemberRemoved"], {acme.owner.email: left})
    acme.asks_in(bob)
    assert told() == (["MemberInvited"], {bob.email: INVITATION})


def test_a_card_that_is_refused_is_told_each_time_and_one_that_is_charged_once(
    cloud: Cloud,
) -> None:
    told, acme = Told(cloud), company(cloud.wire)
    told()
    placed = acme.orders(100).json
    assert told() == (["OrderAccepted"], {})
    for event in ("evt_1", "evt_2"):
        refused = {"kind": "payment_intent.payment_failed", "problem": "card_declined"}
        acme.pays(placed, event_id=event, **refused)
        failed = {acme.owner.email: "Your card was not accepted"}
        assert told() == (["OrderPaymentFailed"], failed)
    for _ in range(2):
        acme.pays(placed)
    ready = {acme.owner.email: "100 training credits are ready to use"}
    assert told() == (["OrderActivated"], ready)


def test_a_quote_goes_from_the_vendor_s_desk_to_the_buyer_and_back(cloud: Cloud) -> None:
    told, acme = Told(cloud), company(cloud.wire)
    told()
    order = acme.orders(20_000, channel="invoice").json["order"]
    desk = "training-credits@atlassian.example"
    wanted = {desk: "Acme asks for 20,000 training credits"}
    assert told() == (["OrderRequested"], wanted)
    acme.moves(order, "quoted")
    assert told() == (["OrderQuoted"], {acme.owner.email: "Your quote for 20,000 training credits"})
    acme.moves(order, "accepted", acme.owner)
    accepted = {desk: "Acme accepted a quote for 20,000 training credits"}
    assert told() == (["OrderAccepted"], accepted)
    acme.moves(order, "invoiced")
    assert told() == (["OrderInvoiced"], {})
    acme.moves(order, "paid")
    ready = {acme.owner.email: "20,000 training credits are ready to use"}
    assert told() == (["OrderActivated"], ready)


def test_what_the_vendor_activates_is_told_to_everybody_who_sees_the_account(cloud: Cloud) -> None:
    told, acme = Told(cloud), company(cloud.wire, program="cisco")
    kim = {"name": "Kim", "email": "kim@cisco.example"}
    acme.staff[0].put(f"{acme.path}/contacts/account_manager", kim)
    told()
    acme.buys(5)
    assert told() == (
        ["OrderBooked", "OrderApproved", "OrderInvoiced", "OrderActivated"],
        {
            "learning-credits@cisco.example": "Activate 5 credits for Acme",
            acme.owner.email: "5 training credits are ready to use",
            acme.learner.email: "5 training credits were added to your account",
            kim["email"]: "5 training credits of Acme are ready",
        },
    )
    wrong = acme.sells(9).json["order"]
    booked = "Your order of 9 training credits is booked"
    assert told() == (["OrderBooked"], {acme.owner.email: booked})
    acme.moves(wrong, "cancelled", note="Typed twice.")
    assert told()[0] == ["OrderCancelled"]


def activated(acme: Company) -> str:
    order: str = acme.orders(50, channel="assisted").json["order"]
    for step in ("booked", "activated"):
        assert acme.moves(order, step).status == 200
    return order


def test_the_code_of_an_order_is_in_its_buyer_s_mail_and_nowhere_else(cloud: Cloud) -> None:
    acme = company(cloud.wire, program="salesforce")
    fay = someone(cloud.wire, "fay", program="salesforce")
    acme.adds(fay, "finance")
    activated(acme)
    events, _ = cloud.published(cloud.records())
    assert cloud.told(events) > 0
    assert fay.email in dict(cloud.texts())
    coded = {to: CODE.findall(text) for to, text in cloud.texts() if CODE.search(text)}
    assert coded.keys() == {acme.owner.email}
    (code,) = coded[acme.owner.email]
    assert code not in json.dumps(events)
    assert code.replace("-", "") not in json.dumps(events)
    assert acme.wants(code=code).status == 201


def test_the_code_of_what_the_vendor_sold_to_somebody_is_in_their_mail_alone(cloud: Cloud) -> None:
    acme = company(cloud.wire, program="salesforce")
    bill = someone(cloud.wire, "bill", program="salesforce")
    nobody = acme.sells(50, product="LC", channel="assisted", sale={"buyer": bill.email})
    assert (nobody.status, nobody.json["code"]) == (404, "member_not_found")
    acme.adds(bill, "buyer")
    sold = acme.sells(50, product="LC", channel="assisted", sale={"buyer": bill.email.upper()})
    assert (sold.status, sold.json["buyer"]) == (201, bill.email)
    assert acme.moves(sold.json["order"], "activated").status == 200
    cloud.told(cloud.published(cloud.records())[0])
    assert [to for to, text in cloud.texts() if CODE.search(text)] == [bill.email]


def test_an_event_has_what_a_subscriber_needs_and_no_code(cloud: Cloud) -> None:
    acme = company(cloud.wire, credits=10)
    acme.wants(2)
    events, _ = cloud.published(cloud.records())
    details = {event["detail-type"]: event["detail"] for event in events}
    bought, requested = details["OrderActivated"], details["RedemptionRequested"]
    for detail in (bought, requested):
        assert (detail["version"], detail["program"]) == (1, "atlassian")
        assert detail["account"] == acme.account
    assert bought["facts"]["total_minor"] == 1_000
    assert bought["facts"]["company"] == BILLING["company"]
    assert requested["facts"]["credits"] == 2
    assert acme.code.replace("-", "") not in json.dumps(events)
    assert acme.code not in json.dumps(events)
