"""A portal draws the screens; this API has what each of them shows or does."""

from typing import Any

import pytest
import yaml

from tests.contract.template_rules import ROOT

ACCOUNT = "/v1/accounts/{account}"
SCREENS = {
    "transactions": (f"{ACCOUNT}/transactions", "get"),
    "owners": (ACCOUNT, "get"),
    "owners, adding one": (f"{ACCOUNT}/members", "post"),
    "owners, removing one": (f"{ACCOUNT}/members/{{email}}", "delete"),
    "edit": (ACCOUNT, "patch"),
    "purchase": (f"{ACCOUNT}/orders", "post"),
    "purchase, paying for it": (f"{ACCOUNT}/orders/{{order}}/payment", "post"),
}


@pytest.fixture(scope="module")
def paths() -> Any:
    return yaml.safe_load((ROOT / "docs" / "openapi.yaml").read_text(encoding="utf-8"))["paths"]


@pytest.mark.rule("AT-45")
@pytest.mark.parametrize("screen", SCREENS)
def test_each_screen_of_an_account_has_its_route(paths: Any, screen: str) -> None:
    path, method = SCREENS[screen]
    assert method in paths.get(path, {})


@pytest.mark.rule("AT-45")
@pytest.mark.parametrize("state", ["pending", "approved", "denied", "cancelled"])
def test_requests_are_listed_by_the_state_of_their_screen(paths: Any, state: str) -> None:
    parameters = paths[f"{ACCOUNT}/redemptions"]["get"]["parameters"]
    states = [one["schema"]["enum"] for one in parameters if one.get("name") == "state"]
    assert [state in one for one in states] == [True]
