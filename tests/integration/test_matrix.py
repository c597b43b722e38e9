"""The matrix is whole: no operation of the document is without a row."""

import pytest

from tests.integration.matrix_check import places_of
from tests.integration.matrix_requests import OPERATIONS, operation_of
from tests.integration.matrix_table import ASKING_THEMSELVES, BEFORE_TERMS, NEEDS, NOT_SO_HERE
from training_credits.edge.routes import ROUTES

pytestmark = pytest.mark.proves("G8")


def test_the_table_has_a_row_for_every_operation_of_the_document() -> None:
    assert {operation_of(name) for name in NEEDS} == OPERATIONS.keys() <= NEEDS.keys()
    assert {name for _, name in NOT_SO_HERE} <= NEEDS.keys()


def test_what_names_an_account_or_a_thing_of_one_is_asked_for_on_all_of_them() -> None:
    of_no_account = {name for name in OPERATIONS if places_of(name) == ("own",)}
    assert of_no_account == {
        "readProgram",
        "openAccount",
        "listAccounts",
        "signIn",
        "acceptTerms",
        "readPreferences",
        "setPreferences",
        "listOpenOrders",
        "listOpenCases",
        "listOfferings",
        "readOffering",
        "importCatalogue",
        "hearPayment",
        "addWebhook",
        "listWebhooks",
        "readWebhook",
        "editWebhook",
        "disableWebhook",
        "rotateWebhookSecret",
        "listDeliveries",
        "redeliver",
        "testWebhook",
    }


def test_the_routes_know_what_may_be_asked_before_terms_and_without_a_token() -> None:
    ungated = {route.operation for route in ROUTES if not route.gated}
    assert ungated == BEFORE_TERMS | ASKING_THEMSELVES
    assert {route.operation for route in ROUTES if route.public} == {"hearPayment"}
