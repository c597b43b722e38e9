"""What the numbers in a program file mean.

A program is data (`programs/*.toml`). A new vendor is a new file; a new *kind* of rule is a
new value here, a test, and then a line in a file.
"""

from training_credits.domain.program.belonging import Members, Onboarding, Terms, TermsWhen
from training_credits.domain.program.ending import Anchor, Expiry
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
    "Channel",
    "Codes",
    "Countries",
    "Deadline",
    "Eligible",
    "Expiry",
    "HoldAt",
    "Members",
    "OfferingType",
    "Onboarding",
    "PlanDiscount",
    "Product",
    "Program",
    "Purchase",
    "Redeeming",
    "Rung",
    "Spending",
    "Terms",
    "TermsWhen",
    "Unit",
    "Usable",
    "VolumeDiscount",
    "allowed",
    "in_force",
]
