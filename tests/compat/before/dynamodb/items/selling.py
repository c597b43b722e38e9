"""Items of buying: orders, their numbers, what was made alone, training plans."""

from pynamodb.attributes import UnicodeAttribute

from tests.compat.before.domain import model
from tests.compat.before.dynamodb.attributes import Choice, Day, Instant, Json, Who, WholeNumber
from tests.compat.before.dynamodb.items.base import Item, Stored


class OrderItem(Stored[model.Order], discriminator="order"):
    """An order; on the worklist of its program until it is finished."""

    stands_for = model.Order
    order_id = UnicodeAttribute()
    account_id = UnicodeAttribute()
    product = UnicodeAttribute()
    credits = WholeNumber()
    list_minor = WholeNumber()
    discount_minor = WholeNumber()
    discount = Choice(model.DiscountKind, null=True)
    currency = UnicodeAttribute()
    channel = UnicodeAttribute()
    state = Choice(model.OrderState)
    buyer = Who()
    billing = Json(model.Billing)
    sale = Json(model.Sale)
    placed_at = Instant()
    trail = Json(tuple[model.Step, ...])
    policy = UnicodeAttribute()
    valid_until = Day(null=True)
    due_on = Day(null=True)
    payment_id = UnicodeAttribute(null=True)
    payment_problem = UnicodeAttribute(null=True)
    refused_at = Instant(null=True)


class SalesOrderItem(Item, discriminator="sales_order"):
    """Whose order has this number at the vendor; nobody's, once that order is cancelled."""

    account_id = UnicodeAttribute(null=True)
    order_id = UnicodeAttribute(null=True)


class MadeItem(Item, discriminator="made"):
    """List value of the credits that an operator has made alone on one day."""

    minor = WholeNumber()


class TrainingPlanItem(Item, discriminator="plan"):
    """The training plan of a lot."""

    wishes = Json(tuple[model.PlanItem, ...])
