"""What an item must have to be judged at all, by its kind; and where its kind belongs (I18, I19).

`tests/proof/audit/test_shapes.py` holds this against the items the product writes.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from audit.facts import Item, Partition, Violation
from training_credits.programs import program_names

SCHEMA = 2
BYTES_MAX = 100_000
AT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z"
DAY = r"\d{4}-\d\d-\d\d"
MONTH = r"\d{4}-\d\d"

# By kind: the family of its partition, its sort key, and what it never lacks.
TABLE = """
account      ACCOUNT    ACCOUNT                    account_id program name account_kind approval
                                                   opened_by opened_at four_eyes contacts codes
                                                   owners
code         ACCOUNT    CODE#…                     code_id account_id digest hint made_by made_at
                                                   domains used
lot          ACCOUNT    LOT#…                      account_id lot_id order_id product credits
                                                   paid_minor currency granted_at expires_on
                                                   expires_at closed available held redeemed
                                                   delivered expired voided policy face_minor
                                                   anchors
member       ACCOUNT    MEMBER#…                   email role state added_by added_at
budget       ACCOUNT    BUDGET#…                   budget_id name limit left learners
redemption   ACCOUNT    REDEMPTION#…               redemption_id account_id learner state approval
                                                   requested_at policy
voucher      ACCOUNT    VOUCHER#…                  voucher_id account_id redemption_id line title
                                                   hint issued_at usable_until state
order        ACCOUNT    ORDER#…                    order_id account_id product credits list_minor
                                                   discount_minor currency channel state buyer
                                                   billing sale placed_at trail policy
case         ACCOUNT    CASE#…                     case_id account_id case_kind opened_by reason
                                                   trail policy credits plan
newest       ACCOUNT    NEWEST#…                   case_id
asked        ACCOUNT    ASKED#…
entry        ACCOUNT    ENTRY#<at>#…               entry_id account_id at entry_kind movements
                                                   reference title actor
filing       ACCOUNT    FILING
block        ACCOUNT    BLOCK#<month>              program account_id month start end previous
                                                   entries listed opening closing lots digest
happening    ACCOUNT    HISTORY#<at>#…             happening_kind at actor about detail
digest       ACCOUNT    DIGEST#<day>#…             account_id email day
papers       ACCOUNT    PAPERS#<day>               papers
plan         ACCOUNT    PLAN#…                     wishes
use          ACCOUNT    USE#…#…                    used
offering     OFFERING   OFFERING                   offering_id type title collections family
                                                   audience eligible prices titles
session      OFFERING   SESSION#…                  session_id offering_id starts_on ends_on mode
                                                   country language taken
listed       CATALOGUE  (ALL|IN#…)#…               offering_id
opener       CODE       CODE                       digest account_id code_id
sales_order  SO         SO
seat         PERSON     SEAT(#…)?                  role
invitation   PERSON     INVITED#…                  account_id role open
terms        PERSON     TERMS#…                    version subject at
preferences  PREFERENCES PREFERENCES               off
submission   CALLER     SUBMISSION#[^#]+#…         subject operation key digest answer at repeatable
tries        CALLER     TRIES#<month>
made         CALLER     MADE#<day>                 minor
sent         MAIL       SENT
endpoint     WEBHOOKS   ENDPOINT#…                 endpoint_id url name contact made_by made_at
                                                   types state generation
delivery     WEBHOOK    DELIVERY#…                 delivery_id endpoint_id event_id type body
                                                   made_at state attempts
"""
# What is kept as JSON text.
PARTS = frozenset(
    {"lines", "budgets", "trail", "sale", "billing", "plan", "anchors", "told", "contacts"}
    | {"agreement", "proposed", "card", "lots", "wishes", "learners", "domains", "holder"}
    | {"collections", "prices", "titles", "types", "attempts", "off"}
)
# An item stands under its own name.
NAMES = {
    "lot": "LOT#{lot_id}",
    "code": "CODE#{code_id}",
    "budget": "BUDGET#{budget_id}",
    "redemption": "REDEMPTION#{redemption_id}",
    "order": "ORDER#{order_id}",
    "case": "CASE#{case_id}",
    "session": "SESSION#{session_id}",
    "endpoint": "ENDPOINT#{endpoint_id}",
    "delivery": "DELIVERY#{delivery_id}",
    "digest": "DIGEST#{day}#{email}",
    "terms": "TERMS#{version}",
    "invitation": "INVITED#{account_id}",
    "voucher": "VOUCHER#{redemption_id}#{line:03}#{voucher_id}",
}


@cache
def _kinds() -> dict[str, tuple[str, re.Pattern[str], frozenset[str]]]:
    """The table above."""
    found: dict[str, tuple[str, re.Pattern[str], frozenset[str]]] = {}
    rows = re.sub(r"\n +", " ", TABLE).strip().splitlines()
    for row in rows:
        kind, family, place, *names = row.split()
        for short, long in (("…", ".+"), ("<at>", AT), ("<day>", DAY), ("<month>", MONTH)):
            place = place.replace(short, long)
        found[kind] = family, re.compile(place, re.DOTALL), frozenset(names)
    return found


def readable(item: Item) -> Item:
    """With what is kept as text in its parts; ValueError names what is wrong with it."""
    kind = item.get("kind")
    known = _kinds().get(kind) if isinstance(kind, str) else None
    if known is None:
        raise ValueError(f"nobody knows the kind {kind!r}")
    family, place, names = known
    lacking = sorted(names - item.keys())
    if lacking:
        raise ValueError(f"the {kind} lacks {', '.join(lacking)}")
    program, _, rest = item["pk"].partition("#")
    if rest.partition("#")[0] != family or place.fullmatch(item["sk"]) is None:
        raise ValueError(f"a {kind} does not belong there")
    if program not in program_names():
        raise ValueError(f"there is no program {program!r}")
    if _newer(item.get("v")):
        raise ValueError(f"the {kind} was written by newer code: {item.get('v')!r}")
    return {name: _part(name, value) for name, value in item.items()}


def _newer(version: Any) -> bool:
    return version is not None and (not isinstance(version, int) or version > SCHEMA)


def _part(name: str, value: Any) -> Any:
    if name not in PARTS or not isinstance(value, str):
        return value
    return json.loads(value, parse_float=_no_float)


def _no_float(text: str) -> Any:
    raise ValueError(f"{text} is no whole number")


def bounded(partition: Partition, item: Item) -> Iterator[Violation]:
    """Nothing grows without end, and every number is whole (I19)."""
    size = sum(len(f"{name}{value}".encode()) for name, value in item.items())
    if size > BYTES_MAX:
        yield partition.says("I19", f"{item['sk']}: {size} bytes, more than {BYTES_MAX}")
    for name, value in item.items():
        if isinstance(value, float):
            yield partition.says("I1", f"{item['sk']}: {name} is {value}, no whole number")


def owned(partition: Partition, item: Item) -> Iterator[Violation]:
    """What an item says of its program and its account is where it stands (I18)."""
    name = NAMES.get(item["kind"])
    if name is not None and item["sk"] != name.format_map(item):
        yield partition.says("I18", f"{item['sk']}: it stands under another's name")
    if partition.family != "ACCOUNT":
        return
    about = item.get("account_id")
    if about is not None and about != partition.name:
        yield partition.says("I18", f"{item['sk']}: it says it is of account {about}")
    own = item.get("program")
    if own is not None and own != partition.program:
        yield partition.says("I18", f"{item['sk']}: it says it is of program {own}")
