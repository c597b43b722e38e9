"""CloudFormation's functions, resolved as CloudFormation does."""

from typing import Any

import pytest

from local.intrinsics import Resolver, Unresolvable

TEMPLATE: dict[str, dict[str, Any]] = {
    "Parameters": {
        "Issuer": {"Type": "String", "Default": ""},
        "Limit": {"Type": "Number", "Default": 0},
        "Audience": {"Type": "CommaDelimitedList", "Default": "a,b"},
    },
    "Conditions": {
        "Own": {"Fn::Equals": [{"Ref": "Issuer"}, ""]},
        "Limited": {"Fn::Not": [{"Fn::Equals": [{"Ref": "Limit"}, 0]}]},
        "Both": {"Fn::And": [{"Condition": "Own"}, {"Condition": "Limited"}]},
        "Either": {"Fn::Or": [{"Condition": "Own"}, {"Condition": "Limited"}]},
    },
}


@pytest.fixture
def resolver() -> Resolver:
    return Resolver(TEMPLATE, {"AWS::Region": "eu-west-1"}, lambda name, one: f"<{name}|{one}>")


@pytest.mark.parametrize(
    ("value", "resolved"),
    [
        ({"Ref": "Table"}, "<Table|>"),
        ({"Ref": "AWS::Region"}, "eu-west-1"),
        ({"Ref": "Audience"}, ["a", "b"]),
        ({"Fn::GetAtt": ["Table", "Arn"]}, "<Table|Arn>"),
        ({"Fn::GetAtt": "Table.Stream.Arn"}, "<Table|Stream.Arn>"),
        ({"Fn::Sub": "${Table.Arn}/${AWS::Region}/${!kept}"}, "<Table|Arn>/eu-west-1/${kept}"),
        ({"Fn::Sub": ["${Mine}-${Table}", {"Mine": {"Ref": "AWS::Region"}}]}, "eu-west-1-<Table|>"),
        ({"Fn::If": ["Own", "pool", "issuer"]}, "pool"),
        ({"a": {"Fn::If": ["Limited", 1, {"Ref": "AWS::NoValue"}]}, "b": 2}, {"b": 2}),
        ([1, {"Fn::If": ["Limited", 2, {"Ref": "AWS::NoValue"}]}], [1]),
        ({"Fn::Select": [1, {"Fn::Split": ["@", "ann@acme.example"]}]}, "acme.example"),
        ({"Fn::Join": ["-", ["a", {"Ref": "AWS::Region"}]]}, "a-eu-west-1"),
        ({"keep": [True, 1, None, "${text}"]}, {"keep": [True, 1, None, "${text}"]}),
    ],
)
def test_a_value_is_resolved(resolver: Resolver, value: Any, resolved: Any) -> None:
    assert resolver.resolve(value) == resolved


def test_conditions_combine(resolver: Resolver) -> None:
    holds = {name: resolver.condition(name) for name in TEMPLATE["Conditions"]}
    assert holds == {"Own": True, "Limited": False, "Both": False, "Either": True}


def test_an_unknown_function_is_refused(resolver: Resolver) -> None:
    with pytest.raises(Unresolvable, match="Fn::Cidr"):
        resolver.resolve({"Fn::Cidr": ["10.0.0.0/8", 1, 8]})
