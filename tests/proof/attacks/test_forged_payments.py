"""The provider's webhook has no token: it is believed for its signature, byte by byte, and once."""

import time
from collections.abc import Iterator

import pytest

from tests.http.people import Company, company, provider_says
from tests.http.stripe import WEBHOOK_SECRET, signature, signed_event
from tests.http.wire import Wire
from tests.integration.conftest import Dumps
from tests.proof.figures import Counts
from training_credits.edge.problems import BadInput

pytestmark = pytest.mark.proves("T9")
Said = tuple[bytes, str]
TOLERATED = 300


def about(made: Company, credits: int = 5) -> Said:
    """That an order of theirs is paid; heard for the first time."""
    placed = made.orders(credits).json
    return signed_event(
        program=made.program,
        account=made.account,
        order=placed["order"],
        amount_minor=placed["total_minor"],
    )


def flipped(said: Said) -> Iterator[tuple[str, Said]]:
    """Each byte of the body, and each letter of the signature, is another, one at a time."""
    body, header = said
    for place in range(len(body)):
        for bit in (1, 0x20, 0x80):
            other = bytes([*body[:place], body[place] ^ bit, *body[place + 1 :]])
            yield f"byte {place} ^ {bit:#x}", (other, header)
    for place, letter in enumerate(header):
        signed = header[:place] + chr(ord(letter) ^ 1) + header[place + 1 :]
        yield f"letter {place}", (body, signed)


def lengths(said: Said) -> Iterator[tuple[str, Said]]:
    """A byte more, a byte less, at either end, and nothing at all."""
    body, header = said
    for more in (b" ", b"\n", b"\0", b"{}", "\ufeff".encode()):
        yield f"{more!r} before", (more + body, header)
        yield f"{more!r} after", (body + more, header)
    yield "the first byte is missing", (body[1:], header)
    yield "the last byte is missing", (body[:-1], header)
    yield "no body", (b"", header)
    yield "no signature", (body, "")
    yield "half a signature", (body, header[: len(header) // 2])


def taken(wire: Wire, forgeries: Iterator[tuple[str, Said]]) -> tuple[list[str], int]:
    """Which of them are not refused, or ask anything of AWS; and how many were tried."""
    found: list[str] = []
    tried = 0
    for says, said in forgeries:
        reply = provider_says(wire, "atlassian", said)
        tried += 1
        if (reply.status, reply.code, reply.heard) != (400, BadInput.SIGNATURE_INVALID, []):
            found.append(says)
    return found, tried


def test_no_other_byte_is_believed_at_any_place(
    own_wire: Wire, dump: Dumps, figure: Counts
) -> None:
    acme = company(own_wire)
    said = about(acme)
    before = dump()
    found, tried = taken(own_wire, flipped(said))
    assert found == []
    assert taken(own_wire, lengths(said))[0] == []
    assert dump() == before
    assert provider_says(own_wire, "atlassian", said).json == {"booked": True}
    figure("bytes of a signed webhook flipped", tried, "≥ 1000")


def test_sent_ten_times_it_is_one_lot_and_told_the_same(own_wire: Wire) -> None:
    acme = company(own_wire)
    said = about(acme)
    answers = [provider_says(own_wire, "atlassian", said).json for _ in range(10)]
    assert answers == [{"booked": True}, *[{"booked": False}] * 9]
    assert acme.balance()["available"] == 5


@pytest.mark.parametrize(("age", "status"), [(TOLERATED + 1, 400), (TOLERATED - 1, 200), (0, 200)])
def test_what_was_signed_longer_ago_than_five_minutes_is_replayed(
    own_wire: Wire, monkeypatch: pytest.MonkeyPatch, age: int, status: int
) -> None:
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now)
    body, _ = about(company(own_wire))
    old = signature(body, WEBHOOK_SECRET, now - age)
    assert provider_says(own_wire, "atlassian", (body, old)).status == status


def test_an_old_signature_is_not_made_young_by_another_time(own_wire: Wire) -> None:
    body, _ = about(company(own_wire))
    old = signature(body, WEBHOOK_SECRET, time.time() - 3_600)
    younger = f"t={int(time.time())}," + old.partition(",")[2]
    assert provider_says(own_wire, "atlassian", (body, younger)).status == 400


def test_signed_for_one_account_it_pays_no_order_of_another(own_wire: Wire, dump: Dumps) -> None:
    """Only who signs can say so; and even then an order is found on its own account alone."""
    acme, other = company(own_wire), company(own_wire)
    placed = acme.orders(5).json
    facts = {"order": placed["order"], "amount_minor": placed["total_minor"]}
    before = dump()
    for program, account in (
        ("atlassian", other.account),
        ("cisco", acme.account),
        ("atlassian", f"{acme.account}#ORDER"),
    ):
        said = signed_event(program=program, account=account, **facts)
        reply = provider_says(own_wire, program, said)
        assert reply.json == {"booked": False}
    assert {place for place in dump() if place not in before} == set()
    assert acme.pays(placed).json == {"booked": True}


@pytest.mark.proves("G20")
def test_a_webhook_that_looks_at_no_signature_is_caught(
    own_wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: whatever comes in is believed."""
    import stripe  # noqa: PLC0415 - to plant it

    monkeypatch.setattr(stripe.WebhookSignature, "verify_header", lambda *_: True)
    said = about(company(own_wire))
    found, _ = taken(own_wire, iter([*flipped(said)][:30]))
    assert len(found) == 30
