"""The catalogue: what there is, at which price, when; and how it comes in."""

from training_credits.edge import observability, routes, rows, schemas, views, wiring
from training_credits.edge.http import Api, Call
from training_credits.use_cases import catalogue as use_cases

api = Api()


@api.on(routes.BROWSE)
def browse(call: Call[None]) -> schemas.OfferingList:
    """In the reader's language and currency."""
    language, currency = _taste(call)
    page = use_cases.browse(
        wiring.ledger(),
        wiring.clock,
        call.caller,
        collection=call.word("collection", schemas.SLUG),
        eligible=call.choice("eligible", ("false", "true")) == "true",
        cursor=call.query.get("cursor"),
        limit=call.limit(),
    )
    return views.offerings(call.program, page, language, currency)


@api.on(routes.READ_OFFERING)
def read_offering(call: Call[None]) -> schemas.OfferingPage:
    """With the sessions that one can still go to."""
    language, currency = _taste(call)
    listed, sessions = use_cases.look(
        wiring.ledger(),
        wiring.clock,
        call.caller,
        call.path["offering"],
        cursor=call.query.get("cursor"),
        limit=call.limit(),
    )
    return views.sessions(views.offering(call.program, listed, language, currency), sessions)


@api.on(routes.IMPORT)
def bring(call: Call[schemas.NewImport]) -> schemas.ImportAnswer:
    """Whoever is no operator is not told what is wrong with their rows."""
    use_cases.check_operator(wiring.clock, call.caller)
    sheet, dry_run = rows.read(call.body), call.body.dry_run
    flaws = use_cases.bring(wiring.ledger(), wiring.clock, call.caller, sheet, dry_run=dry_run)
    answer = views.brought(sheet.count, flaws, dry_run=dry_run)
    observability.count("RowsImported", answer.written)
    return answer


def _taste(call: Call[None]) -> tuple[str | None, str | None]:
    """The language and the currency of who asks (SF-24)."""
    return call.word("language", schemas.LANGUAGE), call.word("currency", schemas.CURRENCY)


handler = api.handler()
