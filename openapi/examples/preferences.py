"""Which mails somebody wants, as an example."""

from training_credits.domain.model import Pace, Topic
from training_credits.edge import schemas

wanted = schemas.NewPreferences(off=(Topic.MEMBERS,), transactions=Pace.DAILY, language="de")
chosen = schemas.PreferencesAnswer(
    off=(Topic.MEMBERS,), topics=tuple(Topic), transactions=Pace.DAILY, language="de"
)
