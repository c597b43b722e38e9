"""The sealed journal as it goes out."""

import msgspec

from training_credits.domain.journal import Facts
from training_credits.edge import schemas
from training_credits.ports import Page


def journal(page: Page[Facts]) -> schemas.JournalPage:
    """A page; a fact that the answer does not know would be one that no digest covers."""
    items = tuple(msgspec.convert(facts, schemas.JournalItem) for facts in page.items)
    return schemas.JournalPage(items=items, cursor=page.cursor)
