"""The account, its people, its codes, and the program it belongs to."""

from datetime import date, timedelta

from msgspec.structs import asdict, replace

from openapi.examples import names as n
from openapi.examples import spending
from training_credits.domain.model import (
    AccountKind,
    Approval,
    HappeningKind,
    MemberState,
    OrderState,
    RedemptionState,
    Role,
)
from training_credits.edge import schemas

billing = schemas.BillingBody(company="Acme", country="US", tax_id="12-3456789")
contact = schemas.ContactAnswer(role=Role.ADVISOR, name="Kim Lee", email=n.ADVISOR)
agreement = schemas.AgreementAnswer(
    percent=15,
    starts_on=date(2026, 1, 1),
    ends_on=date(2026, 12, 31),
    made_by=n.OPERATOR,
    waits=False,
    spending_percent=0,
    approved_by=n.OPERATOR,
)
account = schemas.AccountAnswer(
    account=n.ACCOUNT,
    program=n.PROGRAM,
    name="Acme",
    kind=AccountKind.ORGANISATION,
    approval=Approval.MANUAL,
    four_eyes=False,
    automatic_below=100,
    opened_by=n.OWNER,
    opened_at=n.BOUGHT,
)
advised = replace(account, contacts=(contact,))
balance = schemas.Balance(
    available=19_700, held=0, redeemed=300, delivered=0, expired=0, voided=0, reissued=0
)
lot = schemas.LotAnswer(
    lot=n.LOT,
    product=n.PRODUCT,
    credits=20_000,
    face_minor=2_000_000,
    paid_minor=1_600_000,
    unspent_paid_minor=1_576_000,
    currency=n.CURRENCY,
    granted_at=n.PAID,
    expires_on=n.LAST_DAY,
    expires_at=n.END,
    days_left=336,
    balance=balance,
    policy=n.POLICY,
    anchors={"purchase": n.PAID.date()},
    country="US",
)
owner = schemas.MemberAnswer(
    email=n.OWNER,
    role=Role.OWNER,
    state=MemberState.ACTIVE,
    added_by=n.OWNER,
    added_at=n.BOUGHT,
    accepted_at=n.BOUGHT,
)
invited = schemas.MemberAnswer(
    email=n.SECOND,
    role=Role.BUYER,
    state=MemberState.INVITED,
    added_by=n.OWNER,
    added_at=n.PAID,
)
deputy = replace(
    invited,
    state=MemberState.ACTIVE,
    accepted_at=n.PAID,
    decides_until=n.PAID.date() + timedelta(days=14),
)
page = schemas.AccountPage(
    **{**asdict(advised), "card_kept": True},
    balances={n.PRODUCT: balance},
    next_expiry=schemas.NextExpiry(
        product=n.PRODUCT, expires_on=n.LAST_DAY, credits=19_700, days_left=336
    ),
    lots=(lot,),
    members=(owner, invited),
    code_hints=("9F2K",),
    help={"credits": "https://northwind.example/training"},
)
history = schemas.HappeningList(
    happenings=(
        schemas.HappeningAnswer(
            kind=HappeningKind.ACCOUNT_OPENED,
            at=n.BOUGHT,
            actor=n.OWNER,
            about=n.OWNER,
            detail="manual",
        ),
        schemas.HappeningAnswer(
            kind=HappeningKind.MEMBER_INVITED,
            at=n.PAID,
            actor=n.OWNER,
            about=n.SECOND,
            detail="buyer",
        ),
    )
)
wish = schemas.PlanWish(title=n.TITLE, month="2026-05", credits=3_000, person=n.LEARNER)
plan = schemas.PlanAnswer(lot=n.LOT, items=(wish,), planned=3_000, unplanned=17_000)
seat = schemas.SeatAnswer(account=n.ACCOUNT, role=Role.BUYER)
signed_in = schemas.SignInAnswer(
    accounts=(seat,),
    terms=schemas.TermsAnswer(version="2026-01", url="https://northwind.example/terms"),
)
new_code = schemas.NewCodeAnswer(
    code_id=n.CODE,
    code="7KXM-3QP2-49F2K",
    hint="9F2K",
    share_link="https://credits.example.com/redeem#program=northwind&code=7KXM-3QP2-49F2K",
)
code = schemas.CodeAnswer(
    code_id=n.CODE,
    hint="9F2K",
    works=True,
    made_by=n.OWNER,
    made_at=n.PAID,
    label="Spring classes",
    limit=5_000,
    used=300,
    domains=("acme.example",),
)
uses = schemas.CodeUseList(
    uses=(
        schemas.CodeUse(
            redemption=n.REQUEST,
            lines=(spending.line,),
            state=RedemptionState.APPROVED,
            title=n.TITLE,
            credits=300,
            requested_at=n.ASKED,
            decided_at=n.DECIDED,
            policy=n.POLICY,
            country="US",
            learner="Lee",
            learner_email=n.LEARNER,
        ),
    )
)
program = schemas.ProgramAnswer(
    program=n.PROGRAM,
    name="Northwind training credits",
    policy=n.POLICY,
    time_zone="UTC",
    products=(
        schemas.ProductAnswer(
            product=n.PRODUCT, name="Training credits", value_minor=100, currency=n.CURRENCY
        ),
    ),
    channels=(
        schemas.ChannelAnswer(
            channel="card",
            steps=(OrderState.ACCEPTED, OrderState.PAID, OrderState.ACTIVATED),
            by_customer=True,
        ),
    ),
    countries=("CA", "US"),
    roles={Role.OWNER: ("buy", "decide", "people", "read"), Role.BUYER: ("buy", "read")},
    terms=signed_in.terms,
    help=page.help,
)
