"""What a program says of mails."""

from dataclasses import dataclass
from datetime import time

from training_credits.domain.model import Pace


@dataclass(frozen=True, kw_only=True, slots=True)
class Mailing:
    """How those who decide hear of transactions, unless they choose otherwise (CI-16).

    A day's are told together on the next morning at `digest_at`, in the program's zone.
    """

    transactions: Pace = Pace.OFF
    digest_at: time = time(7)
