"""What the local cloud answers about itself, under /_local and /.well-known."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from local import pages
from local.clock import ClockRefused, stamp
from local.http_event import Answer, Request
from local.receiver import PATH
from local.tokens import EXPIRES_IN_SECONDS

if TYPE_CHECKING:
    from local.cloud import Cloud

LIFE_SECONDS_MAX: Final = 365 * 86_400
STATUSES: Final = range(200, 600)
_DURATION = re.compile(r"P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")


class BadRequest(ValueError):
    """The caller asked the console for something it cannot read."""


def answer(cloud: "Cloud", request: Request) -> Answer | None:
    """None when the path is not the console's. Never says what only a token may ask for."""
    if request.path == PATH and request.method == "POST":
        return cloud.receiver.answer(request)
    action = ACTIONS.get((request.method, request.path))
    if not action:
        return None
    if not _from_here(request):
        return Answer.message(403, "Forbidden")
    try:
        return action(cloud, _fields(request))
    except (BadRequest, ClockRefused, OverflowError) as error:
        return Answer.message(400, str(error))
    except TimeoutError as error:
        now = stamp(cloud.clock.now())
        return Answer.json(503, {"message": f"{error}: ask again".capitalize(), "now": now})


def _from_here(request: Request) -> bool:
    """No other web page may mint tokens or move the clock through somebody's browser."""
    host = request.header("host").rpartition(":")[0] or request.header("host")
    site = request.header("sec-fetch-site")
    return host in {"127.0.0.1", "localhost"} and site in {"", "none", "same-origin"}


def _fields(request: Request) -> Mapping[str, Any]:
    if request.method not in {"POST", "PUT"} or not request.body:
        return {}
    try:
        found = json.loads(request.body)
    except ValueError as error:
        raise BadRequest(f"not JSON: {error}") from None
    if not isinstance(found, dict):
        raise BadRequest("not a JSON object")
    return found


def _clock(cloud: "Cloud", fields: Mapping[str, Any]) -> Answer:
    called, most = 0, fields.get("calls_max")
    if most is not None and (isinstance(most, bool) or not isinstance(most, int) or most < 1):
        raise BadRequest('"calls_max" is not a number of calls')
    if "now" in fields:
        called = cloud.clock.move_to(_instant(fields["now"]), most)
    elif "advance" in fields or "seconds" in fields:
        called = cloud.clock.advance(_step(fields), most)
    state = {"now": stamp(cloud.clock.now()), "offset_seconds": cloud.clock.offset_seconds}
    return Answer.json(200, {**state, "calls": called})


def _instant(text: Any) -> datetime:  # any JSON
    try:
        instant = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        raise BadRequest('"now" is not a time such as 2027-02-11T00:00:00Z') from None
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def _step(fields: Mapping[str, Any]) -> timedelta:
    if "seconds" in fields:
        seconds = fields["seconds"]
        if isinstance(seconds, bool) or not isinstance(seconds, int | float) or seconds < 0:
            raise BadRequest('"seconds" is not a number of seconds')
        return timedelta(seconds=seconds)
    match = _DURATION.fullmatch(str(fields["advance"]))
    if not match or not any(match.groups()):
        raise BadRequest('"advance" is not a duration such as P30D or PT12H')
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)


def _token(cloud: "Cloud", fields: Mapping[str, Any]) -> Answer:
    texts = {name: str(fields.get(name) or "") for name in ("email", "name", "program")}
    groups, life = fields.get("groups", []), fields.get("expires_in", EXPIRES_IN_SECONDS)
    if not all(fields.get(name) == text != "" for name, text in texts.items()):
        raise BadRequest('"email", "name" and "program" are needed, each a text')
    if not isinstance(groups, list) or not all(isinstance(one, str) for one in groups):
        raise BadRequest('"groups" is not a list of texts')
    if isinstance(life, bool) or not isinstance(life, int) or abs(life) > LIFE_SECONDS_MAX:
        raise BadRequest('"expires_in" is not a number of seconds within a year')
    token = cloud.issuer.token(
        email=texts["email"],
        name=texts["name"],
        program=texts["program"],
        groups=groups,
        expires_in=life,
    )
    return Answer.json(200, {"token": token, "expires_in": life})


def _flush(cloud: "Cloud", _: Mapping[str, Any]) -> Answer:
    cloud.flush()
    return Answer.json(200, {"mails": len(cloud.inbox), "events": len(cloud.events)})


def _receiver(cloud: "Cloud", fields: Mapping[str, Any]) -> Answer:
    status = fields.get("status")
    if isinstance(status, bool) or not isinstance(status, int) or status not in STATUSES:
        raise BadRequest('"status" is not a status such as 204 or 500')
    cloud.receiver.answers_with(status)
    return Answer.json(200, {"status": status})


Action = Callable[["Cloud", Mapping[str, Any]], Answer]
ACTIONS: Final[dict[tuple[str, str], Action]] = {
    ("GET", "/"): lambda cloud, _: pages.index(cloud),
    ("GET", "/_local/inbox"): lambda cloud, _: Answer.json(200, list(cloud.inbox)),
    ("GET", "/_local/inbox/"): lambda cloud, _: pages.inbox(cloud),
    ("GET", "/_local/events"): lambda cloud, _: Answer.json(200, list(cloud.events)),
    ("GET", PATH): lambda cloud, _: Answer.json(200, list(cloud.receiver.received)),
    ("PUT", PATH): _receiver,
    ("GET", "/_local/failures"): lambda cloud, _: Answer.json(200, list(cloud.failures)),
    ("GET", "/_local/clock"): _clock,
    ("POST", "/_local/clock"): _clock,
    ("POST", "/_local/tokens"): _token,
    ("POST", "/_local/flush"): _flush,
    ("GET", "/.well-known/jwks.json"): lambda cloud, _: Answer.json(200, cloud.issuer.key_set()),
    ("GET", "/.well-known/openid-configuration"): lambda cloud, _: Answer.json(
        200, cloud.issuer.configuration()
    ),
}
