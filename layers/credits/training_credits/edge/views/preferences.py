"""Which mails somebody wants, as an answer."""

from training_credits.domain.model import Preferences, Topic
from training_credits.domain.program import Program
from training_credits.edge import schemas


def preferences(program: Program, chosen: Preferences) -> schemas.PreferencesAnswer:
    """What a person has chosen, or what their program says where they have not."""
    return schemas.PreferencesAnswer(
        off=chosen.off,
        topics=tuple(Topic),
        transactions=chosen.transactions or program.mails.transactions,
        language=chosen.language,
    )
