"""Documents: what the fake promises, S3's own client keeps."""

import hashlib
import uuid
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from botocore.exceptions import ClientError, ReadTimeoutError
from hypothesis import given
from hypothesis import strategies as st

from tests import engines
from tests.fakes.documents import MemoryDocuments
from training_credits.domain.errors import Reason, Unavailable
from training_credits.ports import Documents, Kept
from training_credits.storage.names import LENGTH_MAX, disposition, file_name
from training_credits.storage.s3 import TRIES_MAX, S3Documents

KEY, PDF = "made/acme/2026-10.pdf", "application/pdf"


def bucket() -> str:
    """A new one: moto's are there until the last mock ends."""
    name = f"papers-{uuid.uuid4().hex}"
    engines.mine("s3").create_bucket(Bucket=name)
    return name


@pytest.fixture(params=["memory", "moto"])
def documents(request: pytest.FixtureRequest) -> Iterator[Documents]:
    if request.param == "memory":
        yield MemoryDocuments()
        return
    with engines.moto():
        yield S3Documents(bucket())


def test_what_is_kept_is_found_with_its_size_and_digest(documents: Documents) -> None:
    assert documents.get("nothing") is None
    assert documents.find("nothing") is None
    assert documents.put_once("one", b"%PDF-", PDF)
    assert documents.get("one") == b"%PDF-"
    assert documents.find("one") == Kept(size=5, sha256=hashlib.sha256(b"%PDF-").hexdigest())


def test_what_is_kept_never_changes(documents: Documents) -> None:
    assert documents.put_once("twice", b"first", PDF)
    assert not documents.put_once("twice", b"first", PDF)
    assert not documents.put_once("twice", b"second", PDF)
    assert documents.get("twice") == b"first"


@pytest.mark.proves("T21")
@pytest.mark.parametrize("seconds", [0, -1, 901])
def test_no_link_lasts_longer_than_fifteen_minutes(documents: Documents, seconds: int) -> None:
    with pytest.raises(ValueError, match=str(seconds)):
        documents.link(KEY, "a.pdf", seconds)
    assert documents.link(KEY, "a.pdf", 900) != documents.link(KEY, "a.pdf", 899)


@pytest.fixture
def real() -> Iterator[S3Documents]:
    with engines.moto():
        yield S3Documents(bucket())


def test_a_link_is_all_that_a_browser_needs(real: S3Documents) -> None:
    real.put_once(KEY, b"%PDF-1.4", PDF)
    link = real.link(KEY, 'Acme "Ltd"\r\nSet-Cookie: a=b.pdf', 60)
    assert parse_qs(urlsplit(link).query)["X-Amz-Expires"] == ["60"]
    answer = requests.get(link, timeout=5)
    assert answer.content == b"%PDF-1.4"
    assert answer.headers["Content-Type"] == PDF
    assert answer.headers["Cache-Control"] == "private, no-store"
    said = "Acme  Ltd Set-Cookie a=b.pdf".replace("  ", " ")
    assert answer.headers["Content-Disposition"].startswith(f'attachment; filename="{said}"; ')
    assert "Set-Cookie" not in answer.headers


@given(st.text(max_size=200).map(lambda text: f"{text}.pdf"))
def test_no_name_breaks_out_of_the_header(name: str) -> None:
    header = disposition(name)
    assert header.isascii()
    assert header.isprintable()
    kind, plain, encoded = header.split("; ")
    assert kind == "attachment"
    assert plain.startswith('filename="')
    assert plain.endswith('"')
    assert plain.count('"') == 2
    assert "\\" not in plain
    assert encoded.startswith("filename*=UTF-8''")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Acme statement 2026-10.pdf", "Acme statement 2026-10.pdf"),
        ("../../etc/passwd", "etc passwd"),
        ("a\r\nb\0.csv", "a b .csv"),
        ("北京 Überblick.xlsx", "北京 Überblick.xlsx"),
        ("\u202egnp.exe", "gnp.exe"),
        ("", "document"),
        (f"{'n' * 300}.xlsx", f"{'n' * (LENGTH_MAX - 5)}.xlsx"),
        ("n" * 300, "n" * LENGTH_MAX),
    ],
)
def test_names_of_files_are_plain(name: str, kept: str) -> None:
    assert file_name(name) == kept


def test_a_name_without_a_latin_letter_still_has_a_plain_one() -> None:
    assert disposition("北京") == (
        "attachment; filename=\"document\"; filename*=UTF-8''%E5%8C%97%E4%BA%AC"
    )


class Failing:
    """S3, but some puts fail in one way; `kept` says whether they were kept all the same."""

    def __init__(self, error: Exception, times: int, *, kept: bool = False) -> None:
        self.client, self.error, self.times, self.kept = engines.mine("s3"), error, times, kept
        self.asked = 0

    def put_object(self, **wanted: Any) -> None:
        self.asked += 1
        failing = self.asked <= self.times
        if self.kept or not failing:
            self.client.put_object(**wanted)
        if failing:
            raise self.error

    def __getattr__(self, name: str) -> Any:
        return getattr(self.client, name)


def said(code: str, status: int) -> ClientError:
    answer: Any = {"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return ClientError(answer, "PutObject")


@pytest.mark.proves("F11")
@pytest.mark.usefixtures("real")
def test_an_acknowledgement_that_was_lost_harms_nothing() -> None:
    lost = ReadTimeoutError(endpoint_url="https://s3.example")
    documents = S3Documents(bucket(), Failing(lost, 1, kept=True))
    with pytest.raises(Unavailable) as refusal:
        documents.put_once(KEY, b"kept", PDF)
    assert refusal.value.reason is Reason.BUSY
    assert not documents.put_once(KEY, b"kept", PDF)
    assert documents.get(KEY) == b"kept"


@pytest.mark.usefixtures("real")
def test_who_lost_a_race_asks_again() -> None:
    raced = said("ConditionalRequestConflict", 409)
    assert S3Documents(bucket(), Failing(raced, TRIES_MAX - 1)).put_once(KEY, b"won", PDF)
    with pytest.raises(Unavailable):
        S3Documents(bucket(), Failing(raced, TRIES_MAX)).put_once(KEY, b"lost", PDF)


@pytest.mark.proves("F11")
@pytest.mark.usefixtures("real")
@pytest.mark.parametrize(("code", "status"), [("SlowDown", 503), ("InternalError", 500)])
def test_a_busy_bucket_is_asked_again_later(code: str, status: int) -> None:
    with pytest.raises(Unavailable):
        S3Documents(bucket(), Failing(said(code, status), 1)).put_once(KEY, b"busy", PDF)


@pytest.mark.usefixtures("real")
def test_what_is_not_allowed_is_a_defect() -> None:
    denied = Failing(said("AccessDenied", 403), 1)
    with pytest.raises(ClientError):
        S3Documents(bucket(), denied).put_once(KEY, b"denied", PDF)


@pytest.mark.usefixtures("real")
def test_a_bucket_that_is_not_there_is_a_defect() -> None:
    with pytest.raises(ClientError):
        S3Documents("nowhere").put_once(KEY, b"", PDF)
