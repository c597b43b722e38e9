"""Papers to download."""

from training_credits.edge import schemas
from training_credits.use_cases.documents import Document


def document(made: Document) -> schemas.DocumentAnswer:
    """Where it is, and how to know that it is whole."""
    return schemas.DocumentAnswer(
        name=made.name,
        format=made.form,
        bytes=made.kept.size,
        sha256=made.kept.sha256,
        link=made.link,
        expires_at=made.expires_at,
        filed=made.filed,
    )
