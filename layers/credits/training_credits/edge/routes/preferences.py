"""Which mails somebody wants."""

from training_credits.edge import schemas
from training_credits.edge.routes.base import Route

# Before terms are accepted too: a person may be mailed who never signs in to anything else.
READ_PREFERENCES = Route(
    method="GET",
    path="/v1/preferences",
    function="people",
    operation="readPreferences",
    summary="Which mails I get",
    answer=schemas.PreferencesAnswer,
    gated=False,
)
SET_PREFERENCES = Route(
    method="PUT",
    path="/v1/preferences",
    function="people",
    operation="setPreferences",
    summary="Choose which mails I get",
    body=schemas.NewPreferences,
    answer=schemas.PreferencesAnswer,
    gated=False,
)
