"""A table that is silent must be given up while there is time left to say so."""

from typing import Any

from local.template import REGION, translate
from tests import engines
from training_credits.dynamodb.items import Item
from training_credits.dynamodb.ledger import DynamoLedger
from training_credits.edge.http import SAFETY_SECONDS

BACK_OFF_SECONDS = 1


def test_two_silent_tries_end_within_the_time_out_of_a_function() -> None:
    with engines.moto():
        DynamoLedger("credits", REGION)
        config: Any = Item.connection().client.meta.config
    tries = config.retries["total_max_attempts"]
    longest = tries * max(config.connect_timeout, config.read_timeout) + BACK_OFF_SECONDS
    functions = translate()["Resources"].values()
    shortest = min(
        one["Properties"]["Timeout"] for one in functions if one["Type"] == "AWS::Lambda::Function"
    )
    assert tries == 2
    assert longest < shortest - SAFETY_SECONDS
