"""The redemption codes of one account in memory, and what has been asked for with them."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from training_credits.domain import change as c
from training_credits.domain.model import Code


@dataclass
class Cards:
    """Each code as its account sees it; `ended` names those that were revoked."""

    cards: dict[str, Code] = field(default_factory=dict)
    ended: set[str] = field(default_factory=set)
    used: dict[tuple[str, str], int] = field(default_factory=dict)

    def listed(self, *, ended: bool) -> tuple[Code, ...]:
        """Those that were not revoked, or those that were."""
        return tuple(self.cards[i] for i in sorted(self.cards) if (i in self.ended) is ended)

    def holds(self, write: c.Write) -> bool:
        """Whether the guard of a write on a code is met; of any other, it is."""
        match write:
            case c.IssueCode(code=code):
                return code.code_id not in self.cards
            case c.EndCode(code=code, at=at) | c.RotateCode(old=code, at=at):
                return self._works(code, at)
            case c.UseCode(credits=credits) if credits < 0:
                return write.code.code_id in self.cards
            case c.UseCode():
                return self._works(write.code, write.at) and self._within(write)
        return True

    def apply(self, write: c.Write) -> None:
        """Carry it out; its guard was met."""
        match write:
            case c.IssueCode(code=code):
                self.cards[code.code_id] = code
            case c.EndCode(code=code, at=at):
                self.cards[code.code_id] = replace(self.cards[code.code_id], ends_at=at)
                self.ended.add(code.code_id)
            case c.RotateCode(old=old, new=new):
                before = self.cards[new.code_id]
                self.cards[new.code_id] = replace(
                    before, digest=new.digest, hint=new.hint, previous=old.digest
                )
            case c.UseCode():
                self._use(write)

    def _works(self, code: Code, at: datetime) -> bool:
        """It has the text and the end it was read with, and that end has not come."""
        kept = self.cards.get(code.code_id)
        if kept is None or (kept.digest, kept.ends_at) != (code.digest, code.ends_at):
            return False
        return kept.works(at)

    def _within(self, write: c.UseCode) -> bool:
        code, credits = write.code, write.credits
        all_used = self.cards[code.code_id].used
        if code.limit is not None and all_used > code.limit - credits:
            return False
        own = self.used.get((code.code_id, write.subject))
        return code.limit_each is None or own is None or own <= code.limit_each - credits

    def _use(self, write: c.UseCode) -> None:
        code_id, credits = write.code.code_id, write.credits
        if write.code.limited:
            card = self.cards[code_id]
            self.cards[code_id] = replace(card, used=card.used + credits)
        if write.code.limit_each is not None:
            own = code_id, write.subject
            self.used[own] = self.used.get(own, 0) + credits
