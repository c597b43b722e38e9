"""CloudFormation's intrinsic functions, as far as our template uses them."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

ACCOUNT = "123456789012"
_VARIABLE = re.compile(r"\$\{([^!}][^}]*)\}")


class _Absent:
    """What AWS::NoValue resolves to: the property that holds it disappears."""


ABSENT: Final = _Absent()


class Unresolvable(LookupError):
    """An intrinsic function or a name that the local cloud does not know."""


class Resolver:
    """Resolves values of one translated template. `attribute` answers Ref ("") and GetAtt."""

    def __init__(
        self,
        template: Mapping[str, Any],
        pseudo: Mapping[str, str],
        attribute: Callable[[str, str], str],
    ) -> None:
        self._parameters = {
            name: _parameter(declared) for name, declared in template.get("Parameters", {}).items()
        }
        self._conditions = template.get("Conditions", {})
        self._pseudo = pseudo
        self._attribute = attribute

    def condition(self, name: str) -> bool:
        return bool(self.resolve(self._conditions[name]))

    def resolve(self, value: Any) -> Any:  # JSON in, JSON out
        if isinstance(value, list):
            return [one for one in map(self.resolve, value) if one is not ABSENT]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            [(name, argument)] = value.items()
            if name in self._functions:
                return self._functions[name](self, argument)
            if name.startswith("Fn::"):
                raise Unresolvable(name)
        resolved = {key: self.resolve(one) for key, one in value.items()}
        return {key: one for key, one in resolved.items() if one is not ABSENT}

    def _ref(self, name: str) -> Any:
        if name == "AWS::NoValue":
            return ABSENT
        if name in self._parameters:
            return self._parameters[name]
        return self._pseudo[name] if name in self._pseudo else self._attribute(name, "")

    def _get_att(self, target: str | list[str]) -> str:
        logical_id, _, attribute = (
            target if isinstance(target, str) else ".".join(target)
        ).partition(".")
        return self._attribute(logical_id, attribute)

    def _sub(self, argument: str | list[Any]) -> str:
        text, own = (argument, {}) if isinstance(argument, str) else argument
        known = {name: self.resolve(value) for name, value in own.items()}

        def replacement(match: re.Match[str]) -> str:
            name = match[1]
            if name in known:
                return str(known[name])
            return str(self._get_att(name) if "." in name else self._ref(name))

        return _VARIABLE.sub(replacement, text).replace("${!", "${")

    def _if(self, argument: list[Any]) -> Any:
        name, then, otherwise = argument
        return self.resolve(then if self.condition(name) else otherwise)

    def _equals(self, argument: list[Any]) -> bool:
        left, right = map(self.resolve, argument)
        return _text(left) == _text(right)

    def _join(self, argument: list[Any]) -> str:
        separator, parts = argument
        return str(separator).join(map(_text, self.resolve(parts)))

    def _split(self, argument: list[Any]) -> list[str]:
        separator, text = argument
        return str(self.resolve(text)).split(separator)

    def _select(self, argument: list[Any]) -> Any:
        index, choices = argument
        return self.resolve(choices)[int(self.resolve(index))]

    _functions: Final[dict[str, Callable[["Resolver", Any], Any]]] = {
        "Ref": _ref,
        "Condition": condition,
        "Fn::GetAtt": _get_att,
        "Fn::Sub": _sub,
        "Fn::If": _if,
        "Fn::Equals": _equals,
        "Fn::Not": lambda self, argument: not self.resolve(argument[0]),
        "Fn::And": lambda self, argument: all(map(self.resolve, argument)),
        "Fn::Or": lambda self, argument: any(map(self.resolve, argument)),
        "Fn::Join": _join,
        "Fn::Split": _split,
        "Fn::Select": _select,
    }


def _parameter(declared: Mapping[str, Any]) -> str | list[str]:
    value = _text(declared.get("Default", ""))
    return value.split(",") if declared["Type"] == "CommaDelimitedList" else value


def _text(value: Any) -> str:
    """As CloudFormation compares and joins: everything is a string."""
    return str(value).lower() if isinstance(value, bool) else str(value)
