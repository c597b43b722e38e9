"""The statement of March as a PDF."""

from datetime import UTC, datetime

from openapi.examples import names as n
from training_credits.domain.papers import Form
from training_credits.edge import schemas

asked = schemas.NewDocument(format=Form.PDF, month="2026-03")
made = schemas.DocumentAnswer(
    name="Acme statement 2026-03.pdf",
    format=Form.PDF,
    bytes=71_203,
    sha256="5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef",
    link=f"https://papers.example/statements/atlassian/{n.ACCOUNT}/2026-03.pdf?X-Amz-Expires=900",
    expires_at=datetime(2026, 4, 1, 9, 15, tzinfo=UTC),
    filed=True,
)
