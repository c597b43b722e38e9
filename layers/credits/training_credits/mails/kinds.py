"""What each mail is, in any language: whether it may be turned off, where its button leads."""

from dataclasses import dataclass

from training_credits.domain.model import Topic
from training_credits.mails.files import table


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """One mail of kinds.toml: it is obliged, or of a topic that may be turned off.

    Or about transactions, of which everybody says how often they hear (domain.model.Pace).
    """

    why: str
    obliged: bool = False
    topic: Topic | None = None
    transactions: bool = False
    link: str | None = None

    def __post_init__(self) -> None:
        """What a person may turn off is said of every mail, and only once."""
        if self.obliged + (self.topic is not None) + self.transactions != 1:
            raise ValueError(self)


def _kind(said: dict[str, str | bool]) -> Kind:
    topic = said.pop("topic", None)
    # What is misspelt is refused by its name.
    return Kind(**said, topic=Topic(topic) if topic else None)  # type: ignore[arg-type]


KINDS = {name: _kind(dict(said)) for name, said in table("kinds").items()}
