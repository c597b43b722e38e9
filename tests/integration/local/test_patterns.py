"""Event patterns, as EventBridge documents them."""

from typing import Any

import pytest

from local.patterns import matches

EVENT = {
    "source": "training-credits",
    "detail": {"credits": 300, "lots": ["a", "b"], "note": None, "open": True},
    "people": [{"email": "ann@acme.example"}, {"email": "lee@acme.example"}],
}


@pytest.mark.parametrize(
    "pattern",
    [
        {},
        {"source": ["other", "training-credits"]},
        {"source": [{"prefix": "training"}]},
        {"source": [{"suffix": "-credits"}]},
        {"source": [{"equals-ignore-case": "Training-Credits"}]},
        {"source": [{"wildcard": "tr*-*s"}]},
        {"source": [{"anything-but": ["x", {"prefix": "y"}]}]},
        {"detail": {"credits": [{"numeric": [">", 0, "<=", 300]}]}},
        {"detail": {"lots": ["b"]}},
        {"detail": {"note": [None]}},
        {"detail": {"missing": [{"exists": False}]}},
        {"people": {"email": ["lee@acme.example"]}},
        {"$or": [{"source": ["x"]}, {"detail": {"open": [True]}}]},
    ],
)
def test_it_fits(pattern: dict[str, Any]) -> None:
    assert matches(pattern, EVENT)


@pytest.mark.parametrize(
    "pattern",
    [
        {"source": ["other"]},
        {"source": ["training-credits"], "detail": {"credits": [299]}},
        {"detail": {"credits": ["300"]}},
        {"detail": {"open": [1]}},
        {"detail": {"missing": [None]}},
        {"detail": {"credits": [{"exists": False}]}},
        {"detail": {"open": [{"numeric": [">", 0]}]}},
        {"source": {"deeper": ["x"]}},
    ],
)
def test_it_does_not_fit(pattern: dict[str, Any]) -> None:
    assert not matches(pattern, EVENT)


def test_what_is_not_understood_is_refused_rather_than_passed() -> None:
    with pytest.raises(NotImplementedError, match="newer"):
        matches({"source": [{"newer": 1}]}, EVENT)
