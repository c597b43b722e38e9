"""How to come by each no that has to do with webhooks."""

from functools import partial

from tests.http.hooks import INNER, PATH, hooked, path_of, robot
from tests.integration.refusals import Ask, Case, Scenario
from training_credits.domain.decisions import webhooks
from training_credits.domain.errors import Reason

NOTHING = "0" * 16


def not_found(case: Case) -> Ask:
    return partial(robot(case.wire).get, f"{PATH}/{NOTHING}")


def delivery_not_found(case: Case) -> Ask:
    platform = robot(case.wire)
    path = f"{path_of(platform)}/deliveries/{NOTHING}/redeliveries"
    return partial(platform.post, path, {})


def inside(case: Case) -> Ask:
    return partial(hooked, robot(case.wire), INNER)


def disabled(case: Case) -> Ask:
    platform = robot(case.wire)
    path = path_of(platform)
    assert platform.delete(path).status == 204
    return partial(platform.post, f"{path}/tests", {})


def too_many(case: Case) -> Ask:
    platform = robot(case.wire)
    path_of(platform)
    case.patch.setattr(webhooks, "ENDPOINTS_MAX", 1)
    return partial(hooked, platform)


def unknown_event(case: Case) -> Ask:
    return partial(hooked, robot(case.wire), types=["AccountClosed"])


SCENARIOS: dict[str, Scenario] = {
    Reason.WEBHOOK_NOT_FOUND: not_found,
    Reason.DELIVERY_NOT_FOUND: delivery_not_found,
    Reason.WEBHOOK_URL_REFUSED: inside,
    Reason.WEBHOOK_DISABLED: disabled,
    Reason.TOO_MANY_WEBHOOKS: too_many,
    Reason.EVENT_TYPE_UNKNOWN: unknown_event,
}
