"""What requests and answers are made of. Unknown fields are refused, numbers are whole.

Credits are whole numbers; money is in minor units beside its currency; times are RFC 3339 UTC.
"""

from datetime import date, datetime
from typing import Annotated

import msgspec
from msgspec import Meta

CREDITS_MAX = 10_000_000
ONE_LINE = r"^[^\u0000-\u001F\u007F-\u009F\u2028\u2029]*$(?!\n)"
LOCAL_PART = r"[A-Za-z0-9.!#$%&'*+=?^_`{|}~-]{1,64}"
LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
DOMAIN = rf"{LABEL}(?:\.{LABEL})+"
# ASCII only: in Unicode, two different addresses can have one lower case.
EMAIL = rf"^{LOCAL_PART}@{DOMAIN}$(?!\n)"

Instant = Annotated[datetime, Meta(tz=True)]
Credits = Annotated[int, Meta(ge=1, le=CREDITS_MAX)]
Line = Annotated[str, Meta(min_length=1, max_length=200, pattern=ONE_LINE)]
Name = Annotated[str, Meta(min_length=1, max_length=100, pattern=ONE_LINE)]
EMAIL_MAX = 254
Email = Annotated[str, Meta(max_length=EMAIL_MAX, pattern=EMAIL)]
YEARS = range(2000, 3000)
Day = Annotated[date, Meta(extra_json_schema={"pattern": "^2[0-9]{3}-"})]
Country = Annotated[str, Meta(pattern=r"^[A-Z]{2}$(?!\n)")]
Domain = Annotated[str, Meta(max_length=253, pattern=rf"^{DOMAIN}$(?!\n)")]
Minor = Annotated[int, Meta(ge=1, le=10**15)]
Token = Annotated[str, Meta(min_length=1, max_length=100, pattern=ONE_LINE)]


class Request(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A body a client sends."""

    def __post_init__(self) -> None:
        for name in self.__struct_fields__:
            value = getattr(self, name)
            if isinstance(value, date) and value.year not in YEARS:
                raise ValueError("A day is in the years 2000 to 2999.")


class Answer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A body a client gets; a member that says nothing is left out."""


class Problem(Answer, frozen=True, kw_only=True):
    """Problem details (RFC 9457). Further members say what would make it a yes."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    rule: str | None = None
