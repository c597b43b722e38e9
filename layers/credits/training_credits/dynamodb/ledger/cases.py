"""Cases."""

from training_credits.domain.model import Case, CaseKind
from training_credits.dynamodb import keys, reading
from training_credits.dynamodb.items import CaseItem, NewestItem
from training_credits.ports import Page


class Cases:
    """What `ports.Ledger` asks of them."""

    def case(self, program: str, account_id: str, case_id: str) -> Case | None:
        """One get."""
        item = reading.get(CaseItem, keys.account(program, account_id), keys.case(case_id))
        return item.value() if item else None

    def newest_case(
        self, program: str, account_id: str, lot_id: str, kind: CaseKind
    ) -> Case | None:
        """One get; where there was one, another for how it stands."""
        place = keys.newest(kind, lot_id)
        item = reading.get(NewestItem, keys.account(program, account_id), place)
        return self.case(program, account_id, item.case_id) if item else None

    def cases(self, program: str, account_id: str, cursor: str | None, limit: int) -> Page[Case]:
        """One query of the local index."""
        pk = keys.account(program, account_id)
        bounds = {"sk": keys.under(keys.CASES), "book": keys.under(keys.TICKETS)}
        return reading.listed(CaseItem, pk, bounds, cursor, limit)

    def open_cases(self, program: str, cursor: str | None, limit: int) -> Page[Case]:
        """One query of the worklist, and one batch get of what it names."""
        found = reading.worklisted(
            CaseItem,
            keys.open_cases(program),
            {"pk": keys.under(keys.account(program, "")), "sk": keys.under(keys.CASES)},
            cursor,
            limit,
        )
        return Page(items=tuple(case for case in found.items if case.waits), cursor=found.cursor)
