"""Values encrypted as the engine encrypts them with a passphrase, so that it takes them for secrets."""

from __future__ import annotations

import base64
import hashlib
import os
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

ROUNDS: Final = 1_000_000
KEY_BYTES, SALT_BYTES, NONCE_BYTES = 32, 8, 12
PROBE: Final = "pulumi"  # what the engine decrypts to see whether the passphrase is the right one


class Encryption:
    """Encrypts for a stack file with the `encryptionsalt` of this object. To make one takes a third of a second."""

    def __init__(self, passphrase: str) -> None:
        salt = os.urandom(SALT_BYTES)
        key = hashlib.pbkdf2_hmac("sha256", passphrase.encode(), salt, ROUNDS, KEY_BYTES)
        self._cipher = AESGCM(key)
        self.salt = f"v1:{_text(salt)}:{self.encrypt(PROBE)}"

    def encrypt(self, value: str) -> str:
        """What stands behind `secure:`."""
        nonce = os.urandom(NONCE_BYTES)
        return f"v1:{_text(nonce)}:{_text(self._cipher.encrypt(nonce, value.encode(), None))}"


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()
