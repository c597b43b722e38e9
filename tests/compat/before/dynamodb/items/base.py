"""What every item is: its keys, its kind, its schema, and the value it stands for."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any, ClassVar, Generic, TypeVar

from pynamodb.attributes import DiscriminatorAttribute, UnicodeAttribute
from pynamodb.connection import Connection
from pynamodb.indexes import (
    AllProjection,
    GlobalSecondaryIndex,
    IncludeProjection,
    LocalSecondaryIndex,
)
from pynamodb.models import Model

from tests.compat.before.dynamodb.attributes import WholeNumber

# What code of before would misread has a number it refuses: requests of several lines.
FIRST, OF_SEVERAL_LINES = 1, 2
SCHEMA = OF_SEVERAL_LINES
V = TypeVar("V")


class BookIndex(LocalSecondaryIndex["Item"]):
    """An account in the order of its page."""

    class Meta:
        """As in template.yaml."""

        index_name = "book"
        projection = AllProjection()

    pk = UnicodeAttribute(hash_key=True)
    book = UnicodeAttribute(range_key=True)


class WorklistIndex(GlobalSecondaryIndex["Item"]):
    """What a schedule must do, and when."""

    class Meta:
        """As in template.yaml."""

        index_name = "worklist"
        projection = IncludeProjection(["kind"])

    worklist = UnicodeAttribute(hash_key=True)
    due = UnicodeAttribute(range_key=True)


class Item(Model):
    """Anything in the table. `v` is the schema it was written with; a newer one is refused."""

    class Meta:
        """`table_name` and `region` are set when a ledger is made: one table in a process."""

        table_name: ClassVar[str]
        region: ClassVar[str | None]
        # One retry: two silent tries end within the time-out of a function that answers people.
        connect_timeout_seconds = 1
        read_timeout_seconds = 3
        max_retry_attempts = 1
        max_pool_connections = 50

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    item = DiscriminatorAttribute(attr_name="kind")
    v = WholeNumber(default=FIRST)
    book = UnicodeAttribute(null=True)
    worklist = UnicodeAttribute(null=True)
    due = UnicodeAttribute(null=True)
    by_book = BookIndex()
    by_work = WorklistIndex()

    @classmethod
    def bind(cls, table_name: str, region: str) -> None:
        """Point every kind of item at a table; connections are made anew."""
        cls.Meta.table_name = table_name
        cls.Meta.region = region
        for kind in (cls, *_all_kinds(cls)):
            kind._connection = None  # noqa: SLF001 - pynamodb has no other way

    @classmethod
    def connection(cls) -> Connection:
        """The one client of the process, which transactions share with reads."""
        return Item._get_connection().connection


def _all_kinds(kind: type[Item]) -> Iterator[type[Item]]:
    for below in kind.__subclasses__():
        yield below
        yield from _all_kinds(below)


class Stored(Item, Generic[V]):
    """An item that is one domain value."""

    stands_for: ClassVar[type]

    @classmethod
    def of(cls, value: V, **places: Any) -> Any:
        """The item of a value, at these places of the table."""
        names = (field.name for field in fields(cls.stands_for))
        return cls(**{name: getattr(value, name) for name in names}, **places)

    def value(self) -> V:
        """The value again."""
        names = (field.name for field in fields(self.stands_for))
        found: V = self.stands_for(**{name: getattr(self, name) for name in names})
        return found
