"""The header of an account in memory: what an edit demands of it, and does to it."""

from dataclasses import replace

from training_credits.domain import change as c
from training_credits.domain.model import Account

EDITABLE = (
    *("name", "kind", "approval", "four_eyes", "contacts"),
    *("agreement", "proposed", "card", "automatic_below"),
)


def is_as_read(account: Account, write: c.EditAccount) -> bool:
    """What is said anew is still what it was."""
    was = write.was
    if not has_card(account, write):
        return False
    if was is None:
        return True
    said = ("name", "approval", "four_eyes", "contacts", "automatic_below")
    for name in said:
        if getattr(write, name) is not None and getattr(account, name) != getattr(was, name):
            return False
    if write.agreement is None and write.proposed is None:
        return True
    kept, read = ((who.agreement, who.proposed) for who in (account, was))
    return kept == read


def has_card(account: Account | None, write: c.EditAccount | c.OwnerCount) -> bool:
    """The card that is to be dropped is the one that is kept."""
    if write.dropped is None:
        return True
    card = account.card if account else None
    return card is not None and card.method_id == write.dropped.method_id


def without(account: Account, write: c.EditAccount | c.OwnerCount) -> Account:
    return account if write.dropped is None else replace(account, card=None)


def edited(account: Account, write: c.EditAccount) -> Account:
    said = {name: getattr(write, name) for name in EDITABLE}
    account = without(account, write)
    if write.agreement is not None:
        account = replace(account, proposed=None)
    return replace(account, **{name: value for name, value in said.items() if value is not None})
