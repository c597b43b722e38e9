"""Who opens accounts, who belongs to them, and which terms they accept."""

from dataclasses import dataclass
from enum import StrEnum

from training_credits.domain.program.checks import check


class Onboarding(StrEnum):
    """Who opens an account: anyone signed in, or the vendor's staff for a first owner."""

    SELF_SERVICE = "self_service"
    VENDOR = "vendor"


class TermsWhen(StrEnum):
    """When terms are accepted: never, before anything else, or with each request to spend."""

    NONE = "none"
    FIRST_LOGIN = "first_login"
    PER_ORDER = "per_order"


@dataclass(frozen=True, kw_only=True, slots=True)
class Terms:
    """The terms in force; a new version is asked for again (CI-27)."""

    when: TermsWhen
    version: str = ""
    url: str = ""

    def __post_init__(self) -> None:
        there = bool(self.version and self.url)
        check(there is not (self.when is TermsWhen.NONE), "terms have a version and a url, or none")


@dataclass(frozen=True, kw_only=True, slots=True)
class Members:
    """Whether owning one account bars a person from owning another (AT-23).

    Nobody with an address of `vendor_domains` may hold a role on the customer's side (CI-42).
    """

    one_account_each: bool = False
    vendor_domains: tuple[str, ...] = ()
