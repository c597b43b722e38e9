"""The three stories as they are written down, before anybody plays them."""

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from demo.acts import ACTS, in_time
from demo.expected import by_hand
from demo.scenes import Company, moment
from demo.story import BY_KEY, COMPANIES, SCENES
from training_credits.programs import program_names

ROOT = Path(__file__).parents[3]
RULE = re.compile(r'"((?:SF|CI|AT)-\d\d)"')
OF_PROGRAM = {"atlassian": "AT", "salesforce": "SF", "cisco": "CI"}


def test_every_program_has_its_company() -> None:
    assert sorted(company.program for company in COMPANIES) == sorted(program_names())


def test_every_scene_is_played_once_and_has_its_figures_in_the_order_of_the_story() -> None:
    assert [scene for scene, _ in ACTS] == list(SCENES)
    assert list(by_hand(2027)) == [scene.key for scene in SCENES]
    assert len(BY_KEY) == len(SCENES)


@pytest.mark.parametrize("year", range(2027, 2035))
def test_the_one_clock_plays_the_scenes_in_the_same_order_in_every_year(year: int) -> None:
    assert [scene for scene, _ in in_time(year)] == [scene for scene, _ in in_time(2027)]
    for company in COMPANIES:
        own = [scene.begins(year) for scene in SCENES if scene.company is company]
        assert own == sorted(own)
        assert moment(year, 1, 1) < own[0]


def test_a_leap_year_changes_no_figure_but_dates() -> None:
    figures = {
        year: [v for of in by_hand(year).values() for v in of.values() if not isinstance(v, date)]
        for year in (2027, 2028)
    }

    assert figures[2027] == figures[2028]


def test_365_days_end_a_day_earlier_where_february_has_29() -> None:
    ends = {year: by_hand(year)["terms"]["Both end on"] for year in (2027, 2028)}

    assert ends == {2027: date(2028, 1, 25), 2028: date(2029, 1, 24)}


@pytest.mark.parametrize("company", COMPANIES, ids=lambda company: company.name)
def test_beside_a_figure_stand_only_known_rules_of_that_program(company: Company) -> None:
    known = tomllib.loads((ROOT / "docs/rules.toml").read_text())
    told = {
        rule
        for act in (ROOT / "demo/acts" / company.name.lower()).glob("*.py")
        for rule in RULE.findall(act.read_text())
    }

    assert len(told) > 10
    assert {rule.partition("-")[0] for rule in told} == {OF_PROGRAM[company.program]}
    assert told <= set(known)
