"""What the stories of vouchers have in common: exams, who asked for them, and what is done next."""

from datetime import UTC, datetime

from tests.builders import SECRET, staff
from tests.unit.rules.spending_tools import advisor, cisco, line, number, offers, salesforce
from tests.world import World
from training_credits.domain.model import (
    Approval,
    Attendee,
    Caller,
    Role,
    Voucher,
)
from training_credits.use_cases import vouchers
from training_credits.use_cases.instruments import Instrument
from training_credits.use_cases.submit import Intent

LEE, LOU = (Attendee(email=f"{name}@acme.example", name=name.title()) for name in ("lee", "lou"))
EXAM, PARTNER = "EX-1", "Webassessor"


def bulk(count: int = 20, at: str = "2026-07-02T18:00") -> tuple[World, Caller, str]:
    """Exams of 200 credits each, which only the advisor asks for (SF-20)."""
    world = salesforce()
    offers(world, EXAM, "bulk_exam", credits=200, partner=PARTNER)
    reaches(world, at)
    kim = advisor(world)
    exams = line(Instrument(lot_id="L1"), offering=EXAM, quantity=count)
    asking = world.intent(kim, "redeem")
    return world, kim, world.redeem(lines=[exams], account=world.account, asking=asking)


def exams(count: int = 2, at: str = "2026-03-02T18:00") -> tuple[World, str]:
    """Pat's, at Cisco's program, paid with a sales order at once."""
    world = cisco(approval=Approval.AUTOMATIC)
    offers(world, EXAM, "exam", credits=3, partner="Pearson VUE")
    reaches(world, at)
    return world, world.redeem(who="pat", lines=[line(number(), offering=EXAM, quantity=count)])


def reaches(world: World, at: str) -> None:
    """A later moment, in UTC."""
    world.clock.advance(datetime.fromisoformat(at).replace(tzinfo=UTC) - world.clock())


def who(world: World, caller: str | Caller) -> Caller:
    return world.caller(caller) if isinstance(caller, str) else caller


def machine(world: World) -> Caller:
    """The exam partner's."""
    return staff("vue", world.program, Role.INTEGRATOR)


def seen(world: World, asked: str, by: str | Caller = "pat") -> tuple[Voucher, ...]:
    return vouchers.listed(world.ledger, world.clock, who(world, by), asked)


def exported(
    world: World, asked: str, by: str | Caller = "pat", asking: Intent | None = None
) -> tuple[tuple[Voucher, str], ...]:
    asking = asking or world.intent(by, "exportVouchers")
    return vouchers.export(world.ledger, world.clock, asking, asked, secret=SECRET)


def gives(world: World, voucher: Voucher, to: Attendee = LEE, by: str | Caller = "pat") -> Voucher:
    asked, voucher_id = voucher.redemption_id, voucher.voucher_id
    caller = who(world, by)
    return vouchers.assign(world.ledger, world.clock, caller, asked, voucher_id, to)


def takes_back(world: World, voucher: Voucher, by: str | Caller = "pat") -> Voucher:
    asked, voucher_id = voucher.redemption_id, voucher.voucher_id
    return vouchers.unassign(world.ledger, world.clock, who(world, by), asked, voucher_id)


def uses(
    world: World,
    voucher: Voucher,
    holder: Attendee | None = None,
    by: str | Caller | None = None,
    asking: Intent | None = None,
) -> str:
    return vouchers.use(
        world.ledger,
        world.clock,
        asking or world.intent(by or machine(world), "useVoucher"),
        voucher.redemption_id,
        voucher.voucher_id,
        holder=holder,
    )
