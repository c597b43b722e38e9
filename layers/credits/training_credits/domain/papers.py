"""What papers there are."""

from enum import StrEnum


class Paper(StrEnum):
    """What a paper is about."""

    STATEMENT = "statement"
    TRANSACTIONS = "transactions"


class Form(StrEnum):
    """What it can be; also how its file ends."""

    CSV = "csv"
    XLSX = "xlsx"
    PDF = "pdf"
