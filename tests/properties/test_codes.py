from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training_credits.domain import codes
from training_credits.domain.base32 import ALPHABET
from training_credits.domain.identity import derived

CODES = st.text(ALPHABET, min_size=codes.LENGTH, max_size=codes.LENGTH)
SAMPLE = 100_000
TENTH = SAMPLE // 10


@pytest.mark.proves("T19")
@given(st.text() | CODES | st.text(ALPHABET + "oilOIL- ", max_size=20))
def test_reading_a_code_twice_is_reading_it_once(text: str) -> None:
    read = codes.canonical(text)
    assert read is None or codes.canonical(read) == read


@pytest.mark.proves("T19")
@given(CODES, st.sampled_from([str.lower, str.upper, codes.shown, " {}\n".format]))
def test_however_a_code_is_written_it_is_the_same(code: str, write: Callable[[str], str]) -> None:
    assert codes.canonical(write(code)) == code


@pytest.mark.proves("T19")
@given(st.text())
def test_what_is_read_is_always_a_code(text: str) -> None:
    read = codes.canonical(text)
    assert read is None or (len(read) == codes.LENGTH and set(read) <= set(ALPHABET))


@pytest.mark.proves("T1")
def test_of_100000_codes_no_two_are_the_same_and_all_letters_are_as_frequent() -> None:
    made = [codes.derive("secret", "A1", str(number)) for number in range(SAMPLE)]
    assert len(set(made)) == SAMPLE
    for place in range(codes.LENGTH):
        seen = Counter(code[place] for code in made[:TENTH])
        assert set(seen) == set(ALPHABET)
        expected = TENTH / len(ALPHABET)
        chi_squared = sum((n - expected) ** 2 / expected for n in seen.values())
        assert chi_squared < 75, f"place {place}: 31 degrees of freedom, p < 0.00002"


@pytest.mark.proves("T1")
def test_of_100000_ids_no_two_are_the_same() -> None:
    assert len({derived("order", str(number)) for number in range(SAMPLE)}) == SAMPLE
