"""Where localstripe does not start. Clouds of one process share one moto: no other runs here."""

from pathlib import Path

import pytest

from local.cloud import Cloud
from local.localstripe import LocalStripe
from local.processes import NotStarted
from tests.integration.local.conftest import Caller

pytestmark = pytest.mark.filterwarnings("ignore:No application metrics to publish")


def test_without_localstripe_cards_are_refused_and_all_else_works(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def cannot(*, log: Path) -> LocalStripe:
        raise NotStarted(log)

    monkeypatch.setattr(LocalStripe, "start", cannot)
    with Cloud(port=0, in_memory=True, engine="moto", runtime="process") as cloud:
        call = Caller(cloud)
        order = call.ordered(call.opened("ann@acme.example"), "ann@acme.example", 100)
        status, problem = call.paid(order, "ann@acme.example", method="pm_card_visa")
        assert (status, problem["code"]) == (422, "payments_unavailable")
        assert "localstripe does not start" in cloud.takes_cards
        assert "localstripe.log" in cloud.takes_cards
