"""A world in which what may be asked for is capped."""

from datetime import timedelta

from tests.builders import person
from tests.selling import Selling
from training_credits.domain.model import Budget
from training_credits.use_cases import budgets
from training_credits.use_cases.submit import Intent

MOMENT = timedelta(seconds=1)


class Budgeting(Selling):
    """Budgets by their names; who they cap, by first names."""

    def cap(
        self,
        name: str,
        limit: int,
        *learners: str,
        who: str = "ann",
        asking: Intent | None = None,
    ) -> str:
        """One budget more; its answer. A moment passes: each line of the history is another."""
        self.clock.advance(MOMENT)
        return budgets.add(
            self.ledger,
            self.clock,
            asking or self.intent(who, "add_budget"),
            account_id=self.account,
            name=name,
            limit=limit,
            learners=tuple(person(learner).email for learner in learners),
        )

    def recap(
        self,
        name: str,
        who: str = "ann",
        *,
        rename: str | None = None,
        limit: int | None = None,
        learners: tuple[str, ...] | None = None,
    ) -> Budget:
        """The same with another limit, or for others."""
        self.clock.advance(MOMENT)
        caps = None if learners is None else tuple(person(one).email for one in learners)
        return budgets.edit(
            self.ledger,
            self.clock,
            self.caller(who),
            account_id=self.account,
            budget_id=self.budget(name).budget_id,
            name=rename,
            limit=limit,
            learners=caps,
        )

    def transfer(
        self, source: str, target: str, credits: int, who: str = "ann", asking: Intent | None = None
    ) -> str:
        """What is left of one, to another."""
        return budgets.transfer(
            self.ledger,
            self.clock,
            asking or self.intent(who, "transfer"),
            account_id=self.account,
            source_id=self.budget(source).budget_id,
            target_id=self.budget(target).budget_id,
            credits=credits,
        )

    def budgets_of(self, who: str) -> tuple[Budget, ...]:
        """As they see them."""
        return budgets.listed(self.ledger, self.clock, self.caller(who), self.account)

    def budget(self, name: str) -> Budget:
        """As it is kept."""
        return next(each for each in self.book().budgets if each.name == name)

    def caps(self) -> dict[str, tuple[int, int]]:
        """Of each budget, limit and left."""
        return {each.name: (each.limit, each.left) for each in self.book().budgets}
