"""Endpoints: who looks after them, what is refused, and secrets that are kept nowhere."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import SECRET, caller, refused, staff
from tests.unit.use_cases.hook_tools import OLGA, ROBOT, URL, Vendor
from training_credits.domain.decisions import webhooks as decisions
from training_credits.domain.errors import Conflict, Forbidden, NotFound, Reason, Unavailable
from training_credits.domain.model import Caller, DeliveryState, EndpointState, Permission, Role
from training_credits.programs import program_named
from training_credits.use_cases import webhooks
from training_credits.use_cases.webhooks import Wish

DAY = timedelta(days=1)
STRANGERS = [
    caller("ann"),
    staff("arno", "atlassian", Role.ACCOUNT_MANAGER),
    staff("ada", "atlassian", Role.ADVISOR),
]


@pytest.fixture
def vendor() -> Vendor:
    return Vendor()


@pytest.mark.parametrize("who", [OLGA, ROBOT])
def test_operators_and_machines_look_after_webhooks(vendor: Vendor, who: Caller) -> None:
    made = vendor.endpoint(vendor.add(who=who, name="Platform", types=("AccountOpened",)))
    assert (made.url, made.name, made.types) == (URL, "Platform", ("AccountOpened",))
    assert (made.state, made.contact) == (EndpointState.ACTIVE, who.person.email)
    assert webhooks.listed(vendor.desk, who) == (made,)


@pytest.mark.parametrize("who", STRANGERS)
def test_nobody_else_learns_that_there_are_any(vendor: Vendor, who: Caller) -> None:
    there = vendor.add()
    for ask in (
        lambda: webhooks.listed(vendor.desk, who),
        lambda: webhooks.read(vendor.desk, who, there),
        lambda: vendor.add(who=who),
        lambda: vendor.edit(there, who=who, enabled=False),
        lambda: webhooks.rotate(vendor.desk, vendor.intent("rotate", who), there),
        lambda: webhooks.deliveries(vendor.desk, who, there, None, 10),
        lambda: webhooks.redeliver(vendor.desk, vendor.intent("again", who), there, "D"),
        lambda: webhooks.send_test(vendor.desk, vendor.intent("test", who), there),
    ):
        with pytest.raises(Forbidden) as forbidden:
            ask()
        assert forbidden.value.facts == {"needed": "hook", "roles": ["integrator", "operator"]}
    assert vendor.endpoint(there).enabled


def test_whom_accounts_name_is_no_operator_whatever_a_table_says() -> None:
    program = program_named("atlassian", Vendor().clock())
    may = {**program.roles, Role.ADVISOR: frozenset({Permission.HOOK})}
    program = replace(program, roles=may)
    decisions.check_may_hook(program, OLGA)
    with pytest.raises(Forbidden):
        decisions.check_may_hook(program, staff("ada", "atlassian", Role.ADVISOR))


def test_another_programs_webhook_is_not_there(vendor: Vendor) -> None:
    there = vendor.add()
    with pytest.raises(NotFound) as missing:
        webhooks.read(vendor.desk, staff("sam", "salesforce"), there)
    assert missing.value.reason is Reason.WEBHOOK_NOT_FOUND


@pytest.mark.parametrize(
    ("url", "addresses", "why"),
    [
        ("http://hooks.example.com/", (), "not_https"),
        ("https://10.0.0.1/", (), "no_public_name"),
        ("https://inner.example.com/", ("93.184.216.34", "10.0.0.1"), "address_not_public"),
        ("https://meta.example.com/", ("169.254.169.254",), "address_not_public"),
    ],
)
def test_an_address_that_is_none_of_the_public_is_refused(
    vendor: Vendor, url: str, addresses: tuple[str, ...], why: str
) -> None:
    if addresses:
        vendor.sender.addresses[url.split("/")[2]] = addresses
    there = vendor.add()
    for ask in (lambda: vendor.add(url), lambda: vendor.edit(there, url=url)):
        no = refused(ask)
        assert (no.reason, no.facts) == (Reason.WEBHOOK_URL_REFUSED, {"why": why})
    assert vendor.endpoint(there).url == URL


def test_only_events_there_are_can_be_waited_for(vendor: Vendor) -> None:
    no = refused(lambda: vendor.add(types=("AccountOpened", "AccountClosed")))
    assert (no.reason, no.facts) == (Reason.EVENT_TYPE_UNKNOWN, {"unknown": ["AccountClosed"]})
    strange = tuple(f"Strange{number:02}" for number in range(1, 13))
    assert refused(lambda: vendor.add(types=strange)).facts == {"unknown": [*strange[:10]]}


def test_a_program_has_so_many_webhooks_at_a_time(
    vendor: Vendor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decisions, "ENDPOINTS_MAX", 2)
    first, _ = vendor.add(), vendor.add()
    assert refused(vendor.add).reason is Reason.TOO_MANY_WEBHOOKS
    vendor.edit(first, enabled=False)
    vendor.add()
    no = refused(lambda: vendor.edit(first, enabled=True))
    assert no.reason is Reason.TOO_MANY_WEBHOOKS
    vendor.edit(first, enabled=False)


def test_the_same_request_again_is_the_same_webhook(vendor: Vendor) -> None:
    assert vendor.add(key="one-request") == vendor.add(key="one-request")
    assert len(webhooks.listed(vendor.desk, OLGA)) == 1


def test_what_is_left_out_of_an_edit_stays(vendor: Vendor) -> None:
    there = vendor.add(name="Platform", types=("AccountOpened",))
    after = vendor.edit(there, url="https://new.example.com/", contact="new@vendor.example")
    assert (after.name, after.types) == ("Platform", ("AccountOpened",))
    assert (after.url, after.contact) == ("https://new.example.com/", "new@vendor.example")
    assert vendor.edit(there, types=(), name="").types == ()
    before = vendor.ledger.kept()
    vendor.edit(there, enabled=True)
    assert vendor.ledger.kept() == before


def test_a_disabled_one_stays_and_can_be_enabled_again(vendor: Vendor) -> None:
    there = vendor.add()
    assert vendor.edit(there, enabled=False).state is EndpointState.DISABLED
    assert vendor.edit(there, enabled=False).state is EndpointState.DISABLED
    assert vendor.happens() == 0
    assert vendor.edit(there, enabled=True).state is EndpointState.ACTIVE
    assert vendor.happens(2) == 1


def test_enabled_again_it_begins_anew(vendor: Vendor) -> None:
    vendor.sender.answers[URL] = 503
    there = vendor.add()
    vendor.happens()
    vendor.works(decisions.TRIES_MAX)
    assert vendor.endpoint(there).failing_since
    vendor.edit(there, enabled=False)
    assert vendor.edit(there, enabled=True).failing_since is None


def test_secrets_differ_by_webhook_and_number_and_are_kept_nowhere(vendor: Vendor) -> None:
    first, second = vendor.add(), vendor.add()
    secrets = {
        decisions.secret_of(key, program, endpoint, generation)
        for key in (SECRET, "another key")
        for program in ("atlassian", "cisco")
        for endpoint in (first, second)
        for generation in (1, 2)
    }
    assert len(secrets) == 16
    assert all(one.startswith("whsec_") and len(one) == 6 + 44 for one in secrets)
    kept = repr(vendor.ledger.kept())
    assert not any(one in kept or one[6:] in kept for one in secrets)


def test_for_a_day_after_a_rotation_the_old_secret_signs_too(vendor: Vendor) -> None:
    there = vendor.add()
    old, new = (decisions.secret_of(SECRET, "atlassian", there, n) for n in (1, 2))

    def signing() -> tuple[str, ...]:
        endpoint = vendor.endpoint(there)
        return decisions.secrets_of(SECRET, "atlassian", endpoint, vendor.clock())

    assert signing() == (old,)
    said = webhooks.rotate(vendor.desk, vendor.intent("rotate", key="once-only"), there)
    again = webhooks.rotate(vendor.desk, vendor.intent("rotate", key="once-only"), there)
    assert said == again == f"{there}#2"
    assert signing() == (new, old)
    vendor.clock.advance(DAY - timedelta(seconds=1))
    assert signing() == (new, old)
    vendor.clock.advance(timedelta(seconds=1))
    assert signing() == (new,)


def test_a_test_is_sent_to_whoever_is_enabled_whatever_it_waits_for(vendor: Vendor) -> None:
    there = vendor.add(types=("CreditsExpired",))
    vendor.add("https://other.example.com/")
    asking = vendor.intent("test", key="a-test-000")
    assert webhooks.send_test(vendor.desk, asking, there) == webhooks.send_test(
        vendor.desk, asking, there
    )
    vendor.works()
    [said] = vendor.bodies()
    assert said["type"] == "WebhookTest"
    assert said["data"]["facts"] == {}
    assert said["data"]["account"] is None
    vendor.edit(there, enabled=False)
    with pytest.raises(Conflict) as disabled:
        webhooks.send_test(vendor.desk, vendor.intent("test"), there)
    assert disabled.value.reason is Reason.WEBHOOK_DISABLED


def test_what_was_delivered_can_be_sent_again_under_its_id(vendor: Vendor) -> None:
    there = vendor.add()
    vendor.happens()
    vendor.works()
    [delivered] = vendor.log(there)
    again = vendor.intent("again", key="once-more")
    for _ in range(2):
        webhooks.redeliver(vendor.desk, again, there, delivered.delivery_id)
    vendor.works()
    assert [one.event_id for one in vendor.sender.sent] == ["AccountOpened-1"] * 2
    [after] = vendor.log(there)
    assert (after.state, len(after.attempts)) == (DeliveryState.DELIVERED, 2)
    webhooks.redeliver(vendor.desk, again, there, delivered.delivery_id)
    vendor.works()
    assert len(vendor.sender.sent) == 2


def test_nothing_is_sent_again_that_was_never_sent(vendor: Vendor) -> None:
    there = vendor.add()
    with pytest.raises(NotFound) as missing:
        webhooks.redeliver(vendor.desk, vendor.intent("again"), there, "nothing")
    assert missing.value.reason is Reason.DELIVERY_NOT_FOUND
    with pytest.raises(NotFound) as missing:
        webhooks.redeliver(vendor.desk, vendor.intent("again"), "nowhere", "nothing")
    assert missing.value.reason is Reason.WEBHOOK_NOT_FOUND


def test_a_queue_that_takes_nothing_is_asked_again_under_the_same_key(vendor: Vendor) -> None:
    there = vendor.add()
    asking = vendor.intent("test", key="a-test-001")
    vendor.queue.down = True
    with pytest.raises(Unavailable):
        webhooks.send_test(vendor.desk, asking, there)
    vendor.queue.down = False
    webhooks.send_test(vendor.desk, asking, there)
    vendor.works()
    assert len(vendor.sender.sent) == 1


def test_two_who_edit_at_once_both_have_their_way(vendor: Vendor) -> None:
    there = vendor.add()
    vendor.ledger.meanwhile.append(lambda: vendor.edit(there, name="Other"))
    after = webhooks.edit(vendor.desk, OLGA, there, Wish(contact="new@vendor.example"))
    assert (after.name, after.contact) == ("Other", "new@vendor.example")
