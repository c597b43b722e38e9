"""EventBridge event patterns, as rules and stream filters use them."""

import ipaddress
import operator
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

COMPARISONS: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "=": operator.eq,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_ABSENT: Final = object()


def matches(pattern: Mapping[str, Any], event: Any) -> bool:  # any JSON
    """Every field of the pattern fits. A list in the event fits when one of its values does."""
    fields = event if isinstance(event, Mapping) else {}
    return all(_field(name, wanted, fields) for name, wanted in pattern.items())


def _field(name: str, wanted: Any, fields: Mapping[str, Any]) -> bool:
    if name == "$or":
        return any(matches(one, fields) for one in wanted)
    value = fields.get(name, _ABSENT)
    if isinstance(wanted, Mapping):
        within = value if isinstance(value, list) else [value]
        return any(matches(wanted, one) for one in within)
    values = value if isinstance(value, list) else [value]
    return any(_value(one, each) for one in wanted for each in values)


def _value(wanted: Any, value: Any) -> bool:
    if not isinstance(wanted, Mapping):
        return value is not _ABSENT and _same(wanted, value)
    [(name, argument)] = wanted.items()
    if name == "exists":
        return (value is not _ABSENT) is bool(argument)
    if name not in OPERATORS:
        raise NotImplementedError(f"event pattern: {name}")
    return value is not _ABSENT and OPERATORS[name](argument, value)


def _same(wanted: Any, value: Any) -> bool:
    """True is not 1, as in JSON."""
    return bool(wanted == value) and isinstance(wanted, bool) == isinstance(value, bool)


def _text(fits: Callable[[str, str], bool]) -> Callable[[Any, Any], bool]:
    return lambda argument, value: isinstance(value, str) and fits(value, argument)


def _any_but(argument: Any, value: Any) -> bool:
    refused = argument if isinstance(argument, list) else [argument]
    return not any(_value(one, value) for one in refused)


def _numeric(argument: list[Any], value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    pairs = zip(argument[::2], argument[1::2], strict=True)
    return all(COMPARISONS[sign](value, bound) for sign, bound in pairs)


def _wildcard(value: str, pattern: str) -> bool:
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), value, re.DOTALL) is not None


def _cidr(value: str, network: str) -> bool:
    return ipaddress.ip_address(value) in ipaddress.ip_network(network)


OPERATORS: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "prefix": _text(str.startswith),
    "suffix": _text(str.endswith),
    "equals-ignore-case": _text(lambda value, wanted: value.lower() == wanted.lower()),
    "wildcard": _text(_wildcard),
    "cidr": _text(_cidr),
    "anything-but": _any_but,
    "numeric": _numeric,
}
