"""Who is told where a case stands: the vendor when it is asked, the customer when it answers."""

from training_credits.domain.model import CaseState, Permission, Role
from training_credits.use_cases.news import News

STAFF = (Role.ACCOUNT_MANAGER, Role.ADVISOR)


def prepared_for(news: News) -> set[str]:
    """Whoever may ask, of what the vendor's staff have drafted for them (CI-04)."""
    drafted = news.fact("state") == CaseState.DRAFT
    return _who_claim(news) if drafted and news.fact("by") in _staff(news) else set()


def asked_of(news: News) -> set[str]:
    """Operations, who answer; whoever takes it on knows it already."""
    asked = news.fact("state") in {CaseState.SUBMITTED, CaseState.OPEN}
    return {news.program.operations} if asked else set()


def approved_for(news: News) -> set[str]:
    """Whoever may ask, and who has drafted it."""
    return _answered(news, CaseState.APPROVED)


def upheld_for(news: News) -> set[str]:
    """Whoever asked, once a dispute is upheld."""
    return _answered(news, CaseState.UPHELD)


def rejected_for(news: News) -> set[str]:
    """Whoever asked, once it is rejected."""
    return _answered(news, CaseState.REJECTED)


def _answered(news: News, state: CaseState) -> set[str]:
    if news.fact("state") != state:
        return set()
    drafted_by = {news.fact("opened_by_email")} & _staff(news)
    return _who_claim(news) | drafted_by


def _who_claim(news: News) -> set[str]:
    return news.who_may(Permission.CLAIM)


def _staff(news: News) -> set[str]:
    """The vendor's, as the account names them now."""
    contacts = (news.book.account.contact(role) for role in STAFF)
    return {contact.email for contact in contacts if contact}
