"""Documents in a private bucket."""

import base64
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from training_credits.domain.errors import Reason, Unavailable
from training_credits.ports import LINK_SECONDS_MAX, Kept
from training_credits.storage.names import disposition

GONE = frozenset({"404", "NoSuchKey", "NotFound"})
BUSY = frozenset({"InternalError", "RequestTimeout", "ServiceUnavailable", "SlowDown"})
THERE, RACED = "PreconditionFailed", "ConditionalRequestConflict"
TRIES_MAX = 5
# SigV4 names the bucket's region and is the only one that takes keys of our own; two silent
# tries end before the function does.
CONFIG = Config(
    signature_version="s3v4",
    connect_timeout=2,
    read_timeout=8,
    retries={"mode": "standard", "total_max_attempts": 3},
)


class S3Documents:
    """Implements `ports.Documents` on one bucket."""

    def __init__(self, bucket: str, client: Any = None) -> None:
        self._bucket = bucket
        self._client = client or boto3.client("s3", config=CONFIG)

    def put_once(self, key: str, body: bytes, kind: str) -> bool:
        """One conditional put. Whoever lost a race asks again, and then finds what has won."""
        wanted: dict[str, Any] = {
            "Bucket": self._bucket,
            "Key": key,
            "Body": body,
            "ContentType": kind,
            "IfNoneMatch": "*",
            "ChecksumAlgorithm": "SHA256",
            "ChecksumSHA256": base64.b64encode(hashlib.sha256(body).digest()).decode(),
        }
        with _answering():
            for _ in range(TRIES_MAX):
                try:
                    self._client.put_object(**wanted)
                except ClientError as error:
                    if _code(error) == THERE:
                        return False
                    if _code(error) != RACED:
                        raise
                else:
                    return True
        raise _busy()

    def get(self, key: str) -> bytes | None:
        """One get."""
        with _answering(), suppress(_Gone):
            body: bytes = self._asked(self._client.get_object, key)["Body"].read()
            return body
        return None

    def find(self, key: str) -> Kept | None:
        """One head. S3 counted the digest itself when the document was put there."""
        with _answering(), suppress(_Gone):
            head = self._asked(self._client.head_object, key, ChecksumMode="ENABLED")
            digest = base64.b64decode(head["ChecksumSHA256"]).hex()
            return Kept(size=head["ContentLength"], sha256=digest)
        return None

    def link(self, key: str, name: str, seconds: int) -> str:
        """A presigned GET: nothing is asked of S3, and no header of it is taken from the name."""
        if not 0 < seconds <= LINK_SECONDS_MAX:
            raise ValueError(seconds)
        asked = {
            "Bucket": self._bucket,
            "Key": key,
            "ResponseContentDisposition": disposition(name),
            "ResponseCacheControl": "private, no-store",
        }
        return self._client.generate_presigned_url("get_object", Params=asked, ExpiresIn=seconds)

    def _asked(self, what: Callable[..., Any], key: str, **more: str) -> Any:
        try:
            return what(Bucket=self._bucket, Key=key, **more)
        except ClientError as error:
            if _code(error) in GONE:
                raise _Gone from None
            raise


class _Gone(Exception):
    """Nothing is kept there."""


def _code(error: ClientError) -> str:
    return str(error.response["Error"]["Code"])


@contextmanager
def _answering() -> Iterator[None]:
    """A bucket that does not answer is a reason to try again, not a defect."""
    try:
        yield
    except ClientError as error:
        status = error.response["ResponseMetadata"]["HTTPStatusCode"]
        if status < HTTPStatus.INTERNAL_SERVER_ERROR and _code(error) not in BUSY:
            raise
        raise _busy() from error
    except BotoCoreError as error:
        raise _busy() from error


def _busy() -> Unavailable:
    return Unavailable(Reason.BUSY, "The documents cannot be reached. Send the same request again.")
