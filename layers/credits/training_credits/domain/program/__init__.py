"""What the numbers in a program file mean.

A program is data (`programs/*.toml`). A new vendor is a new file; a new *kind* of rule is a
new value here, a test, and then a line in a file.
"""

from training_credits.domain.program.belonging import Members, Onboarding, Terms, TermsWhen
from training_credits.domain.program.cases import Cases
from training_credits.domain.program.ending import Anchor, Expiry, Extension, Reissue, TermStart
from training_credits.domain.program.mailing import Mailing
from training_credits.domain.program.offerings import (
    Cancelling,
    Deadline,
    Eligible,
    OfferingType,
    PlanDiscount,
    Rung,
    Spending,
)
from training_credits.domain.program.policy import Program
from training_credits.domain.program.reminders import Reminders
from training_credits.domain.program.selling import (
    CARD,
    PERCENT,
    Channel,
    Countries,
    Product,
    Purchase,
    Unit,
    Usable,
    VolumeDiscount,
    allowed,
    in_force,
)
from training_credits.domain.program.spending import Approvals, Codes, HoldAt, Redeeming

__all__ = [
    "CARD",
    "PERCENT",
    "Anchor",
    "Approvals",
    "Cancelling",
    "Cases",
    "Channel",
    "Codes",
    "Countries",
    "Deadline",
    "Eligible",
    "Expiry",
    "Extension",
    "HoldAt",
    "Mailing",
    "Members",
    "OfferingType",
    "Onboarding",
    "PlanDiscount",
    "Product",
    "Program",
    "Purchase",
    "Redeeming",
    "Reissue",
    "Reminders",
    "Rung",
    "Spending",
    "TermStart",
    "Terms",
    "TermsWhen",
    "Unit",
    "Usable",
    "VolumeDiscount",
    "allowed",
    "in_force",
]
