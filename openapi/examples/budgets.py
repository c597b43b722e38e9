"""Two budgets of the company: a team that has asked for 300, and what is kept for later."""

from msgspec.structs import replace

from openapi.examples import names as n
from training_credits.edge import schemas

made = schemas.BudgetAnswer(
    budget=n.TEAM,
    name="Support team",
    limit=2_000,
    left=2_000,
    learners=(n.SECOND, n.LEARNER),
)
team = replace(made, left=1_700)
raised = replace(made, limit=2_500, left=2_200)
spare = schemas.BudgetAnswer(budget=n.SPARE, name="Later", limit=5_000, left=5_000)
given = replace(spare, limit=4_500, left=4_500)
