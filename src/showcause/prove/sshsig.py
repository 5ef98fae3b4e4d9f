"""A key and bytes in, a signature out that a stock `ssh-keygen -Y verify` accepts; and the same check done here.

The form is SSHSIG version 1 with Ed25519 and SHA-512, as OpenSSH's PROTOCOL.sshsig sets out.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import struct
import textwrap
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from showcause.errors import BadInput, NoRoom, NotFound, NotProven

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

NAMESPACE: Final = "showcause"
SIGNER: Final = "signer"  # the name by which the bag's allowed_signers calls its key
MAGIC: Final = b"SSHSIG"
KIND: Final = b"ssh-ed25519"
BEGIN, END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"


def make_key(path: Path) -> Path:
    """Write a new Ed25519 key in OpenSSH's form, readable by its owner alone, and `.pub` beside it, whose path is given.

    Raises BadInput where a file is in the way, NoRoom where it can't be written.
    """
    from cryptography.hazmat.primitives import serialization as ser
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(ser.Encoding.PEM, ser.PrivateFormat.OpenSSH, ser.NoEncryption())
    public = path.with_name(path.name + ".pub")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(private)
        public.write_text(public_line(_raw(key)) + " showcause\n", encoding="ascii")
    except FileExistsError as there:
        raise BadInput(f"{path}: there is a file already; a key is never written over") from there
    except OSError as refused:
        raise NoRoom(f"{path}: {refused.strerror}") from refused
    return public


def sign(message: bytes, *, key: Path) -> tuple[str, str]:
    """The armoured signature of `message`, and the public key as `ssh-ed25519 BASE64`.

    Raises NotFound where there is no key, BadInput where it is no Ed25519 key without a passphrase.
    """
    private = _private(key)
    public = _string(KIND) + _string(_raw(private))
    signature = _string(KIND) + _string(private.sign(_signed(message)))
    fields = [public, NAMESPACE.encode(), b"", b"sha512", signature]
    blob = MAGIC + struct.pack(">I", 1) + b"".join(map(_string, fields))
    return armoured(blob), public_line(_raw(private))


def check(message: bytes, armour: str) -> str:
    """The public key, as `ssh-ed25519 BASE64`, whose signature of `message` this is; raises NotProven."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    raw, signature = _taken_apart(armour)
    try:
        Ed25519PublicKey.from_public_bytes(raw).verify(signature, _signed(message))
    except InvalidSignature as wrong:
        raise NotProven("the signature is not of these bytes") from wrong
    return public_line(raw)


def fingerprint(public: str) -> str:
    """The fingerprint of `ssh-ed25519 BASE64` as ssh-keygen prints it."""
    blob = base64.b64decode(public.split()[1])
    return "SHA256:" + base64.b64encode(hashlib.sha256(blob).digest()).decode().rstrip("=")


def allowed(lines: Iterable[str]) -> frozenset[str]:
    """The Ed25519 keys that an allowed_signers or `.pub` file lets sign for this namespace."""
    keys = set()
    for line in lines:
        words = line.split()
        if not words or words[0].startswith("#") or KIND.decode() not in words[:-1]:
            continue
        place = words.index(KIND.decode())
        options = " ".join(words[1:place])
        if "cert-authority" in options or ("namespaces=" in options and NAMESPACE not in options):
            continue
        keys.add(f"{KIND.decode()} {words[place + 1]}")
    return frozenset(keys)


def public_line(raw: bytes) -> str:
    """A public key of 32 bytes as `ssh-ed25519 BASE64`."""
    return f"{KIND.decode()} {base64.b64encode(_string(KIND) + _string(raw)).decode()}"


def armoured(blob: bytes) -> str:
    """The signature as text, in lines of 70 as ssh-keygen writes them."""
    return "\n".join([BEGIN, *textwrap.wrap(base64.b64encode(blob).decode(), 70), END, ""])


def _private(path: Path) -> Ed25519PrivateKey:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_ssh_private_key

    try:
        key = load_ssh_private_key(path.read_bytes(), password=None)
    except FileNotFoundError as missing:
        raise NotFound(f"{path}: there is no signing key; make one with `showcause key`") from missing
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as wrong:
        raise BadInput(f"{path}: is no OpenSSH key that can be used without a passphrase ({wrong})") from wrong
    if not isinstance(key, Ed25519PrivateKey):
        raise BadInput(f"{path}: is no Ed25519 key")
    return key


def _raw(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes_raw()


def _signed(message: bytes) -> bytes:
    fields = [NAMESPACE.encode(), b"", b"sha512", hashlib.sha512(message).digest()]
    return MAGIC + b"".join(map(_string, fields))


def _string(data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + data


def _taken_apart(armour: str) -> tuple[bytes, bytes]:
    """Public key (32 bytes) and signature (64 bytes); the armour must be the very text that `armoured` writes."""
    try:
        blob = base64.b64decode("".join(armour.splitlines()[1:-1]), validate=True)
        if armoured(blob) != armour or blob[:10] != MAGIC + struct.pack(">I", 1):
            raise NotProven("the signature is not in the form that ssh-keygen reads")
        public, namespace, reserved, hashed, signature = _strings(blob[10:], 5)
        (kind, raw), (signed_kind, value) = _strings(public, 2), _strings(signature, 2)
    except (binascii.Error, struct.error, ValueError) as broken:
        raise NotProven("the signature can't be read") from broken
    if (kind, signed_kind, namespace, reserved, hashed) != (KIND, KIND, NAMESPACE.encode(), b"", b"sha512"):
        raise NotProven("the signature is of another kind or for another purpose")
    if (len(raw), len(value)) != (32, 64):
        raise NotProven("the signature's key or value has the wrong length")
    return raw, value


def _strings(data: bytes, count: int) -> list[bytes]:
    found = []
    for _ in range(count):
        (size,) = struct.unpack_from(">I", data)
        found.append(data[4 : 4 + size])
        if len(found[-1]) != size:
            raise ValueError("cut short")
        data = data[4 + size :]
    if data:
        raise ValueError("too long")
    return found
