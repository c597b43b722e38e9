"""What the end of a month needs in a test: a queue, a cabinet, and somebody who runs it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from tests.fakes.documents import MemoryDocuments
from tests.world import World
from training_credits.domain.model import Block
from training_credits.ports import Errand
from training_credits.use_cases import filing
from training_credits.use_cases.month_end import Sent, send_due

FAR_OFF = datetime(2100, 1, 1, tzinfo=UTC)


def always() -> bool:
    return True


@dataclass
class RecordedErrands:
    """Implements `ports.Errands`; accounts that are `down` are not taken."""

    sent: list[Errand] = field(default_factory=list)
    down: frozenset[str] = frozenset()

    def send(self, errands: Sequence[Errand]) -> tuple[Errand, ...]:
        self.sent += [each for each in errands if each["account"] not in self.down]
        return tuple(each for each in errands if each["account"] in self.down)


@dataclass
class Archive:
    """Where the papers and the seals of a world are, and who files them."""

    world: World
    documents: MemoryDocuments = field(default_factory=MemoryDocuments)
    seals: MemoryDocuments = field(default_factory=MemoryDocuments)
    errands: RecordedErrands = field(default_factory=RecordedErrands)

    def send(self) -> Sent:
        return send_due(self.world.ledger, self.errands, self.world.clock, always)

    def file(self, has_time: Callable[[], bool] = always) -> int:
        """The months of the world's account that are over."""
        world = self.world
        cabinet = filing.Cabinet(documents=self.documents, seals=self.seals)
        return filing.file_months(
            world.ledger, world.clock, cabinet, world.program, world.account, has_time
        )

    def blocks(self) -> list[Block]:
        here = self.world.program, self.world.account
        return list(self.world.ledger.blocks(*here, None, 100).items)

    def months(self) -> list[str]:
        return [block.month for block in self.blocks()]
