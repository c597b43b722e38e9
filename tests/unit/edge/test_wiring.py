from collections.abc import Callable, Iterator

import pytest

from tests.builders import refused
from training_credits.domain.errors import Reason
from training_credits.domain.model import Card
from training_credits.edge import wiring
from training_credits.ports import PaymentRequest, SignatureInvalid

CARD = Card(customer_id="", method_id="pm_1")
ORDER = PaymentRequest(
    program="atlassian",
    account_id="A1",
    order_id="O1",
    amount_minor=1_600_000,
    currency="USD",
)


@pytest.fixture(autouse=True)
def _each_time_anew() -> Iterator[None]:
    wiring.payments.cache_clear()
    yield
    wiring.payments.cache_clear()


@pytest.mark.parametrize(
    "act",
    [
        lambda: wiring.payments().open(ORDER),
        lambda: wiring.payments().show("pi_1"),
        lambda: wiring.payments().pay("pi_1", CARD),
        lambda: wiring.payments().keep("A1", "atlassian", None, "pm_1"),
    ],
    ids=["open", "show", "pay", "keep"],
)
def test_until_a_provider_is_chosen_nothing_is_bought_by_card(
    monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]
) -> None:
    monkeypatch.setenv("PAYMENTS", "none")
    no = refused(act)
    assert (no.reason, no.facts) == (Reason.PAYMENTS_UNAVAILABLE, {})


def test_until_a_provider_is_chosen_an_order_can_be_withdrawn_and_nobody_tells_us_anything(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PAYMENTS", "none")
    wiring.payments().cancel("pi_1")
    with pytest.raises(SignatureInvalid):
        wiring.payments().heard(b"{}", "t=1,v1=0")


@pytest.mark.parametrize("chosen", [None, "stand-in", "Stripe", ""])
def test_a_provider_nobody_knows_is_a_defect(
    monkeypatch: pytest.MonkeyPatch, chosen: str | None
) -> None:
    monkeypatch.delenv("PAYMENTS", raising=False)
    if chosen is not None:
        monkeypatch.setenv("PAYMENTS", chosen)
    with pytest.raises(KeyError):
        wiring.payments()
