"""Mails, outside Python: words in a file per language, layout in one, what each is in another."""

from training_credits.mails.kinds import KINDS, Kind
from training_credits.mails.writing import Written, written

__all__ = ["KINDS", "Kind", "Written", "written"]
