"""The local issuer: real tokens, signed with a key that is made at the first start."""

import os
import time
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

ALGORITHM = "RS256"
AUDIENCE = "local"
KEY_ID = "local"
EXPIRES_IN_SECONDS = 12 * 3600
NAMESPACE = uuid.UUID("9f0d2f5e-3c0d-4c57-9f0e-6c7cf0a7a9a1")


class Unauthorized(Exception):
    """The token is not one that the authorizer would let through."""


class Issuer:
    """Signs tokens and says with which key. `url` is the `iss` of each."""

    def __init__(self, url: str, key: Path) -> None:
        self.url = url
        self._key = _key(key)
        self._public = self._key.public_key()

    def token(  # each a claim
        self,
        *,
        email: str,
        name: str,
        program: str,
        groups: Sequence[str] = (),
        expires_in: float = EXPIRES_IN_SECONDS,
        audience: str = AUDIENCE,
    ) -> str:
        """An ID token as Cognito writes it, dated by the real clock and not by the moved one."""
        now = time.time()
        claims: dict[str, Any] = {
            "sub": str(uuid.uuid5(NAMESPACE, f"{program}/{email}")),
            "iss": self.url,
            "aud": audience,
            "iat": int(now),
            "exp": int(now + expires_in),
            "token_use": "id",
            "email": email,
            "email_verified": True,
            "name": name,
            "custom:program": program,
        }
        if groups:
            claims["cognito:groups"] = list(groups)
        return jwt.encode(claims, self._key, algorithm=ALGORITHM, headers={"kid": KEY_ID})

    def verify(self, token: str, *, issuer: str, audience: Sequence[str]) -> dict[str, Any]:
        """The claims, if signature, issuer, audience and dates hold. Unauthorized otherwise."""
        try:
            return jwt.decode(
                token,
                self._public,
                algorithms=[ALGORITHM],
                issuer=issuer,
                audience=list(audience),
                options={"require": ["exp", "iss", "aud"], "verify_iat": False},
            )
        except jwt.InvalidTokenError as error:
            raise Unauthorized(str(error)) from error

    def key_set(self) -> dict[str, Any]:
        """What `jwks.json` holds."""
        public = RSAAlgorithm.to_jwk(self._public, as_dict=True)
        return {"keys": [{**public, "kid": KEY_ID, "alg": ALGORITHM, "use": "sig"}]}

    def configuration(self) -> dict[str, Any]:
        """What `openid-configuration` holds."""
        return {
            "issuer": self.url,
            "jwks_uri": f"{self.url}/.well-known/jwks.json",
            "id_token_signing_alg_values_supported": [ALGORITHM],
            "response_types_supported": ["id_token"],
            "subject_types_supported": ["public"],
        }


def _key(path: Path) -> rsa.RSAPrivateKey:
    if not path.exists():
        made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        text = made.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(text)
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError(f"not an RSA key: {path}")
    return key
