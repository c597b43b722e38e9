"""Reading bodies and parameters: strictly, and every failure with its own code."""

import base64
import binascii
import json
from typing import Any, NoReturn, TypeVar

import msgspec

from training_credits.edge.problems import BadInput, BadRequest

BODY_MAX = 10_000
DIGITS_MAX = 18
T = TypeVar("T")

# The beginnings of msgspec's messages, and what they mean. tests/unit pins each.
MEANINGS = (
    ("Object contains unknown field", BadInput.UNKNOWN_FIELD),
    ("Object missing required field", BadInput.MISSING_FIELD),
    ("Invalid enum value", BadInput.NOT_ALLOWED),
    ("Expected `str` matching regex", BadInput.NOT_ALLOWED),
    ("Expected `str` of length", BadInput.OUT_OF_RANGE),
    ("Expected `array` of length", BadInput.OUT_OF_RANGE),
    ("Expected `int` >=", BadInput.OUT_OF_RANGE),
    ("Expected `int` <=", BadInput.OUT_OF_RANGE),
    ("Integer value out of range", BadInput.OUT_OF_RANGE),
    ("A day is", BadInput.OUT_OF_RANGE),
    ("Invalid RFC3339", BadInput.NOT_ALLOWED),
    ("Expected", BadInput.WRONG_TYPE),
)


def meaning(message: str) -> BadInput:
    """The stable code of what msgspec says is wrong."""
    meant = (code for start, code in MEANINGS if message.startswith(start))
    return next(meant, BadInput.WRONG_TYPE)


def decoded(event: dict[str, Any], shape: type[T], most: int | None = None) -> tuple[T, str]:
    """The body as a struct, and its canonical text, by which a replay is known."""
    value = _parsed(_text(event, most or BODY_MAX))
    try:
        canonical = json.dumps(value, sort_keys=True, ensure_ascii=False)
        canonical.encode()
        return msgspec.convert(value, shape, strict=True), canonical
    except msgspec.ValidationError as error:
        raise BadRequest(meaning(str(error)), str(error)) from None
    except UnicodeEncodeError:
        raise BadRequest(BadInput.MALFORMED_JSON, "The body holds half a character.") from None


def _text(event: dict[str, Any], most: int) -> str:
    body = event.get("body")
    if not body:
        raise BadRequest(BadInput.BODY_MISSING, "The request needs a JSON body.")
    if len(body) > most:
        raise BadRequest(BadInput.BODY_TOO_LARGE, f"A body has at most {most} characters.")
    kind = event.get("headers", {}).get("content-type", "application/json")
    if kind.partition(";")[0].strip().lower() != "application/json":
        raise BadRequest(BadInput.CONTENT_TYPE, "Send the body as application/json.")
    if not event.get("isBase64Encoded"):
        return str(body)
    try:
        return base64.b64decode(body, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        raise BadRequest(BadInput.MALFORMED_JSON, "The body is not UTF-8 text.") from None


def _parsed(text: str) -> Any:
    try:
        return json.loads(
            text,
            object_pairs_hook=_object,
            parse_float=_no_fraction,
            parse_constant=_no_number,
            parse_int=_whole,
        )
    except (json.JSONDecodeError, RecursionError):
        raise BadRequest(BadInput.MALFORMED_JSON, "The body is not JSON.") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise BadRequest(BadInput.DUPLICATE_FIELD, "The body names a field twice.")
    return found


def _no_fraction(text: str) -> NoReturn:
    raise BadRequest(BadInput.NOT_WHOLE, f"Numbers are whole and written plainly, not {text[:20]}.")


def _no_number(text: str) -> NoReturn:
    raise BadRequest(BadInput.NOT_A_NUMBER, f"{text} is not a number.")


def _whole(text: str) -> int:
    if len(text) > DIGITS_MAX:
        raise BadRequest(BadInput.OUT_OF_RANGE, "A number of the body is far too large.")
    return int(text)
