"""Who may do what on an account. What a caller may not see does not exist for them."""

from training_credits.domain.errors import Forbidden, NotFound, Reason
from training_credits.domain.model import Book, Caller


def account_not_found() -> NotFound:
    """The one answer for an account that does not exist and one that is somebody else's."""
    return NotFound(Reason.ACCOUNT_NOT_FOUND, "There is no such account for you.")


def check_may_read(book: Book | None, caller: Caller) -> Book:
    """Owners of the account, and the vendor's operators."""
    if book is None or not (book.owned_by(caller.person.email) or caller.operates):
        raise account_not_found()
    return book


def check_owns(book: Book | None, caller: Caller) -> Book:
    """Owners only: operators can see an account, and not spend or decide on its behalf."""
    found = check_may_read(book, caller)
    if not found.owned_by(caller.person.email):
        raise owner_only()
    return found


def owner_only() -> Forbidden:
    """For somebody who may see the account and is not one of its owners."""
    return Forbidden(Reason.OWNER_ONLY, "Only an owner of the account may do this.")
