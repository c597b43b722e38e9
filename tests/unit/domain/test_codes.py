import pytest

from training_credits.domain import codes
from training_credits.domain.base32 import ALPHABET
from training_credits.domain.identity import derived


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("7K2P0ABCDEFGH", "7K2P0ABCDEFGH"),
        ("7k2p-0abc-defgh", "7K2P0ABCDEFGH"),
        ("  7K2P 0ABC DEFGH\n", "7K2P0ABCDEFGH"),
        ("7K2POABCDEFGH", "7K2P0ABCDEFGH"),
        ("IL2P0ABCDEFGH", "112P0ABCDEFGH"),
        ("il2poabcdefgh", "112P0ABCDEFGH"),
    ],
)
def test_a_code_is_read_as_people_write_it(typed: str, read: str) -> None:
    assert codes.canonical(typed) == read


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "7K2P0ABCDEFG",
        "7K2P0ABCDEFGHJ",
        "7K2P0ABCDEFGU",
        "７K2P0ABCDEFGH",
        "7K2P0ABCDEFGſ",
        "7K2P0ABCDEFG!",
        "7K2P0\t0ABCDEF",
        "x" * 10_000,
    ],
)
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert codes.canonical(typed) is None


@pytest.mark.rule("AT-14")
def test_a_code_is_shown_in_groups_and_read_back() -> None:
    code = codes.derive("secret", "atlassian", "A1", "key-1")
    assert len(code) == 13
    assert codes.shown(code) == f"{code[:4]}-{code[4:8]}-{code[8:]}"
    assert codes.canonical(codes.shown(code)) == code


def test_a_code_depends_on_the_secret_and_on_every_part() -> None:
    made = [
        codes.derive("secret", "A1", "key-1"),
        codes.derive("secret", "A1", "key-1"),
        codes.derive("another", "A1", "key-1"),
        codes.derive("secret", "A2", "key-1"),
        codes.derive("secret", "A1", "key-2"),
        codes.derive("secret", "A1k", "ey-1"),
    ]
    assert len(set(made)) == 5
    assert made[0] == made[1]


def test_what_is_stored_is_a_digest_of_the_code_in_its_program() -> None:
    code = codes.derive("secret", "A1")
    kept = codes.digest("secret", "atlassian", code)
    assert len(kept) == 64
    assert code not in kept.upper()
    assert kept != codes.digest("secret", "cisco", code)
    assert kept != codes.digest("another", "atlassian", code)


def test_ids_are_derived_from_whoever_asked_and_the_key() -> None:
    assert derived("order", "A1", "s-ann", "key-1") == derived("order", "A1", "s-ann", "key-1")
    assert derived("order", "A1", "s-ann", "key-1") != derived("order", "A1", "s-bob", "key-1")
    assert derived("order", "A1k", "ey-1") != derived("order", "A1", "key-1")
    assert len(derived("order")) == 16
    assert set(derived("order")) <= set(ALPHABET)
