"""So many documents a day: counted where two at once cannot both have the last one."""

from datetime import date

from tests.contract.scene import Scene

TODAY, TOMORROW = date(2026, 3, 1), date(2026, 3, 2)


def test_a_day_has_room_for_so_many(scene: Scene) -> None:
    def take(account: str = "A1", day: date = TODAY, most: int = 3) -> bool:
        return scene.ledger.take(scene.program, account, day, most)

    assert [take() for _ in range(5)] == [True, True, True, False, False]
    assert take("A2")
    assert take(day=TOMORROW)
    assert take(most=4)
    assert not take(most=4)
    assert scene.ledger.take(f"{scene.program}x", "A1", TODAY, 3)
