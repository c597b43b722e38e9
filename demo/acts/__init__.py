"""The acts of all companies, each with the scene it plays."""

from demo.acts import acme, bluebird, cobalt
from demo.stage import Act

ACTS: tuple[Act, ...] = (*acme.ACTS, *bluebird.ACTS, *cobalt.ACTS)


def in_time(year: int) -> list[Act]:
    """As they happen: on the one clock, whosever they are."""
    return sorted(ACTS, key=lambda act: act[0].begins(year))
