"""Items of accounts and people: headers, members, invitations, codes, history."""

from pynamodb.attributes import BooleanAttribute, UnicodeAttribute, UnicodeSetAttribute

from tests.compat.before.domain import model
from tests.compat.before.dynamodb.attributes import Choice, Day, Instant, Json, WholeNumber
from tests.compat.before.dynamodb.items.base import Item, Stored


class AccountItem(Stored[model.Account], discriminator="account"):
    """An account's header; `owners` counts them, so that the last one cannot leave."""

    stands_for = model.Account
    account_id = UnicodeAttribute()
    program = UnicodeAttribute()
    name = UnicodeAttribute()
    kind = Choice(model.AccountKind, attr_name="account_kind")
    approval = Choice(model.Approval)
    opened_by = UnicodeAttribute()
    opened_at = Instant()
    four_eyes = BooleanAttribute()
    contacts = Json(tuple[model.Contact, ...])
    agreement = Json(model.Agreement, null=True)
    proposed = Json(model.Agreement, null=True)
    card = Json(model.Card, null=True)
    codes = WholeNumber()
    automatic_below = WholeNumber(default=0)
    budgeted = WholeNumber(default=0)
    voided = WholeNumber(default=0)
    owners = WholeNumber()


class MemberItem(Stored[model.Member], discriminator="member"):
    """A member, or somebody invited; a removed one stays, off the book."""

    stands_for = model.Member
    email = UnicodeAttribute()
    role = Choice(model.Role)
    state = Choice(model.MemberState)
    added_by = UnicodeAttribute()
    added_at = Instant()
    accepted_at = Instant(null=True)
    decides_until = Day(null=True)
    removed_at = Instant(null=True)


class SeatItem(Item, discriminator="seat"):
    """That a person belongs to an account; free when it names none."""

    account_id = UnicodeAttribute(null=True)
    role = Choice(model.Role)


class InvitationItem(Item, discriminator="invitation"):
    """That a person is asked into an account, until they join or are no longer wanted."""

    account_id = UnicodeAttribute()
    role = Choice(model.Role)
    open = BooleanAttribute()


class TermsItem(Item, discriminator="terms"):
    """That a person has accepted a version of the terms."""

    version = UnicodeAttribute()
    subject = UnicodeAttribute()
    at = Instant()


class CodeItem(Stored[model.Code], discriminator="code"):
    """A redemption code as its account sees it; an ended one leaves the top of the book."""

    stands_for = model.Code
    code_id = UnicodeAttribute()
    account_id = UnicodeAttribute()
    digest = UnicodeAttribute()
    hint = UnicodeAttribute()
    made_by = UnicodeAttribute()
    made_at = Instant()
    lot_id = UnicodeAttribute(null=True)
    label = UnicodeAttribute(null=True)
    cost_centre = UnicodeAttribute(null=True)
    limit = WholeNumber(null=True)
    limit_each = WholeNumber(null=True)
    ends_on = Day(null=True)
    ends_at = Instant(null=True)
    domains = Json(tuple[str, ...])
    used = WholeNumber()
    previous = UnicodeAttribute(null=True)


class OpenerItem(Stored[model.Opened], discriminator="opener"):
    """What the text of a code opens, under its digest; a rotated text has an end."""

    stands_for = model.Opened
    digest = UnicodeAttribute()
    account_id = UnicodeAttribute()
    code_id = UnicodeAttribute()
    ends_at = Instant(null=True)


class UseItem(Item, discriminator="use"):
    """Credits one learner has asked for with one code, where that is bounded."""

    used = WholeNumber()


class TriesItem(Item, discriminator="tries"):
    """Wrong codes a caller has tried in one month: when each was, in no order."""

    wrong = UnicodeSetAttribute()


class HappeningItem(Stored[model.Happening], discriminator="happening"):
    """A line of an account's history: written once, never changed."""

    stands_for = model.Happening
    kind = Choice(model.HappeningKind, attr_name="happening_kind")
    at = Instant()
    actor = UnicodeAttribute()
    about = UnicodeAttribute()
    detail = UnicodeAttribute()


class SubmissionItem(Stored[model.Submission], discriminator="submission"):
    """A request that was carried out, with the answer that was given."""

    stands_for = model.Submission
    subject = UnicodeAttribute()
    operation = UnicodeAttribute()
    key = UnicodeAttribute()
    digest = UnicodeAttribute()
    answer = UnicodeAttribute()
    at = Instant()
    repeatable = BooleanAttribute()


class SentItem(Item, discriminator="sent"):
    """That a mail was sent, or may be tried again."""

    released = BooleanAttribute(default=False)
