"""Whoever is silent must be given up while there is time left to say so."""

from typing import Any

import pytest

from local.template import REGION, translate
from tests import engines
from tests.contract.template_access import WITH_CARDS
from tests.contract.template_reading import functions
from training_credits.dynamodb.items import Item
from training_credits.dynamodb.ledger import DynamoLedger
from training_credits.edge.http import SAFETY_SECONDS
from training_credits.payments.stripe import CONNECT_SECONDS, READ_SECONDS, RETRIES

pytestmark = pytest.mark.proves("G18")

BACK_OFF_SECONDS = 1


def silent_table() -> float:
    """How long a request to a table that says nothing takes, tries and all."""
    with engines.moto():
        DynamoLedger("credits", REGION)
        config: Any = Item.connection().client.meta.config
    tries: int = config.retries["total_max_attempts"]
    assert tries == 2
    longest: float = max(config.connect_timeout, config.read_timeout)
    return tries * longest + BACK_OFF_SECONDS


def silent_provider() -> float:
    """The same of the payment provider."""
    return (1 + RETRIES) * (CONNECT_SECONDS + READ_SECONDS) + RETRIES * BACK_OFF_SECONDS


def shortest(folders: set[str] | None = None) -> float:
    """The least time that one of these functions has for an answer."""
    every = functions(translate()["Resources"])
    given = [it["Timeout"] for folder, it, _ in every if folders is None or folder in folders]
    return float(min(given))


def test_a_silent_table_is_given_up_in_time() -> None:
    assert silent_table() < shortest() - SAFETY_SECONDS


def test_a_silent_payment_provider_is_given_up_in_time_by_a_slow_table_too() -> None:
    assert silent_table() + silent_provider() < shortest(WITH_CARDS) - SAFETY_SECONDS
