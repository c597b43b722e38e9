import pytest

from tests.builders import refused
from training_credits.domain.errors import Reason
from training_credits.edge import wiring


@pytest.mark.parametrize("chosen", [None, "none"])
def test_until_a_provider_is_chosen_nothing_is_bought_by_card(
    monkeypatch: pytest.MonkeyPatch, chosen: str | None
) -> None:
    monkeypatch.delenv("PAYMENTS", raising=False)
    if chosen is not None:
        monkeypatch.setenv("PAYMENTS", chosen)
    no = refused(lambda: wiring.payments().charge("O1", 1_600_000, "USD"))
    assert no.reason is Reason.PAYMENTS_UNAVAILABLE
    assert no.facts == {"order": "O1", "amount_minor": 1_600_000, "currency": "USD"}


def test_the_stand_in_pays_the_same_order_with_the_same_payment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PAYMENTS", "stand-in")
    first = wiring.payments().charge("O1", 100, "USD")
    assert wiring.payments().charge("O1", 100, "USD") == first
    assert wiring.payments().charge("O2", 100, "USD") != first


def test_a_provider_nobody_knows_is_a_defect(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAYMENTS", "stand_in")
    with pytest.raises(KeyError):
        wiring.payments()
