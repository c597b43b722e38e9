"""What JSON Schema cannot say, or cannot be asked for. Loaded by schemathesis."""

from datetime import UTC, datetime
from typing import Any

import schemathesis
from hypothesis import strategies as st

# By chance an instant is of the year 2000 or later once in nine times: too seldom.
START, END = datetime(2000, 1, 1), datetime(2999, 12, 31)  # noqa: DTZ001  # as `datetimes` wants it
INSTANTS = st.datetimes(START, END, timezones=st.just(UTC)).map(datetime.isoformat)
schemathesis.openapi.format("date-time", INSTANTS)
DAYS = st.dates(START.date(), END.date()).map(str)
schemathesis.openapi.format("date", DAYS)


@schemathesis.hook
def before_call(_: Any, case: schemathesis.Case[Any], **__: Any) -> None:
    """To JSON Schema 1.0 is an integer; the API takes whole numbers only as they are written."""
    case.body = _plain(case.body)


def _plain(value: Any) -> Any:
    match value:
        case dict():
            return {name: _plain(one) for name, one in value.items()}
        case list():
            return [_plain(one) for one in value]
        case float() if value.is_integer():
            return int(value)
        case _:
            return value
