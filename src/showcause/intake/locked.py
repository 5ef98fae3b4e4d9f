"""A file that is locked with a password in, the same file unlocked out: Office ([MS-OFFCRYPTO]) and OpenDocument (ODF 1.3)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from showcause.errors import Unreadable
from showcause.intake import compound
from showcause.intake.compound import Compound
from showcause.intake.package import DAMAGE, ZIP, Package, child, children, value
from showcause.intake.reading import Limits

# What Excel and PowerPoint lock a file with that is to be changed by nobody but read by everybody.
_OPEN_TO_ALL = ("VelvetSweatshop", "/01Hannes Ruescher/01")
_SPINS = re.compile(rb'spinCount="([0-9]{1,20})"')
_MOST = 10_000_000  # rounds of hashing that one password may take
_FILEPASS = 0x2F
_BEGINNING = 20 * 8_228  # bytes of a workbook that twenty records take at most ([MS-XLS] 2.1.4)
_PPT_LOCKED = 0xF3D1C4DF  # [MS-PPT] 2.3.2


def unlocked(blob: bytes, limits: Limits) -> tuple[bytes, bool]:
    """The bytes of the file as they are without a password, and whether one of `limits.passwords` was needed.

    A file that is not locked comes back as it is. Raises Unreadable where no password is given, or none opens it.
    """
    if blob.startswith(compound.MAGIC):
        try:
            locked = _is_locked(compound.held(blob, limits))
        except (Unreadable, *DAMAGE):
            return blob, False  # the reader says what is wrong
        return _tried(blob, limits) if locked else (blob, False)
    if blob.startswith(ZIP) and b"META-INF/manifest.xml" in blob:
        return _document(blob, limits)
    return blob, False


def _is_locked(held: Compound) -> bool:
    if "encryptedpackage" in held.streams:
        return True
    if "worddocument" in held.streams:
        return bool(struct.unpack_from("<H", held.head("WordDocument", 12), 10)[0] & 0x0100)
    if "current user" in held.streams:
        return bool(struct.unpack_from("<I", held.stream("Current User"), 12)[0] == _PPT_LOCKED)
    stream = held.head("Workbook", _BEGINNING) or held.head("Book", _BEGINNING)
    at = 0
    for _ in range(20):  # it stands right behind the beginning of the book
        if at + 4 > len(stream):
            break
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind == _FILEPASS:
            return True
        at += 4 + length
    return False


def _refused(limits: Limits) -> Unreadable:
    given = len(limits.passwords)
    return Unreadable(f"needs a password: none of the {given} given opens it" if given else "needs a password")


def _tried(blob: bytes, limits: Limits) -> tuple[bytes, bool]:
    spins = _SPINS.search(blob)
    if spins and int(spins[1]) > _MOST:
        raise Unreadable("needs a password, and each would take too long to try")
    for password in (*_OPEN_TO_ALL, *limits.passwords):
        limits.tick()
        opened = _opened(blob, password)
        if opened is not None:
            return opened, password not in _OPEN_TO_ALL
    raise _refused(limits)


def _opened(blob: bytes, password: str) -> bytes | None:
    """The file as this password opens it, or None."""
    import msoffcrypto  # it ships no types

    out = io.BytesIO()
    try:
        held = msoffcrypto.OfficeFile(io.BytesIO(blob))
        held.load_key(password=password)
        held.decrypt(out)
    except Exception:  # noqa: BLE001 - a wrong password shows itself in whatever its nonsense leads to
        return None
    said = out.getvalue()
    return said if said.startswith((ZIP, compound.MAGIC)) else None


def _document(blob: bytes, limits: Limits) -> tuple[bytes, bool]:
    """An OpenDocument file, each of whose parts is locked by itself (ODF 1.3, part 2, 4.8)."""
    try:
        package = Package(blob, limits)
        manifest = package.xml("META-INF/manifest.xml")
        locks = {name: lock for name, lock in _locks(manifest) if name in package.names}
        if not locks:
            return blob, False
        sealed = {name: package.blob(name) for name in locks}
        kept = {name: package.blob(name) for name in package.names if name not in locks and not name.endswith("/")}
    except Unreadable:
        raise
    except DAMAGE:
        return blob, False
    first = min(locks, key=lambda name: (name not in {"content.xml", "encrypted-package"}, len(sealed[name])))
    for password in limits.passwords:
        limits.tick()
        if _part(sealed[first], locks[first], password, limits) is not None:
            opened = {name: _part(held, locks[name], password, limits) or b"" for name, held in sealed.items()}
            return opened.get("encrypted-package") or _packed({**kept, **opened}), True
    raise _refused(limits)


def _locks(manifest: Any) -> Iterator[tuple[str, Any]]:
    for entry in children(manifest, "file-entry"):
        lock = child(entry, "encryption-data")
        if lock is not None:
            yield value(entry, "full-path") or "", lock


def _packed(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts, key=lambda each: each != "mimetype"):
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            if name != "META-INF/manifest.xml":
                archive.writestr(zipfile.ZipInfo(name), parts[name], kind)
    return stream.getvalue()


def _part(sealed: bytes, lock: Any, password: str, limits: Limits) -> bytes | None:
    """A part as the password opens it, or None; its checksum, or its seal, tells whether the password is right."""
    try:
        plain = _decrypted(sealed, lock, _key(lock, password))
        said = value(lock, "checksum")
        if said and not _matches(plain, said, value(lock, "checksum-type") or ""):
            return None
        inflated = zlib.decompressobj(-15).decompress(plain, limits.unpacked + 1)
    except Unreadable:
        raise
    except (*DAMAGE, binascii.Error):
        return None
    if len(inflated) > limits.unpacked:
        raise Unreadable(f"unpacks to more than {limits.unpacked:,} bytes")
    return inflated


def _matches(plain: bytes, said: str, kind: str) -> bool:
    """Whether the checksum fits; that of "1K" is of the first 1,024 bytes, and the padding may or may not be among them."""
    digest = hashlib.sha256 if "256" in kind else hashlib.sha1
    held = plain[:1024] if kind.lower().endswith("1k") else plain
    return digest(held).digest() == base64.b64decode(said)


def _key(lock: Any, password: str) -> bytes:
    generation, derivation = child(lock, "start-key-generation"), child(lock, "key-derivation")
    sha256 = "256" in (value(generation, "start-key-generation-name") or "")
    start = (hashlib.sha256 if sha256 else hashlib.sha1)(password.encode()).digest()
    size, salt = int(value(derivation, "key-size") or 16), base64.b64decode(value(derivation, "salt") or "")
    if "argon2" in (value(derivation, "key-derivation-name") or "").lower():
        return _argon2(derivation, start, size=size, salt=salt)
    rounds = int(value(derivation, "iteration-count") or 1024)
    if not (0 < size <= 64 and 0 < rounds <= _MOST):
        raise Unreadable("needs a password, and each would take too long to try")
    return hashlib.pbkdf2_hmac("sha1", start, salt, rounds, size)


def _argon2(derivation: Any, start: bytes, *, size: int, salt: bytes) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    rounds, memory, lanes = (
        int(value(derivation, f"argon2-{what}") or 1) for what in ("iterations", "memory", "lanes")
    )
    if rounds > 20 or memory > 262_144 or lanes > 16:  # memory in kilobytes
        raise Unreadable("needs a password, and each would take too much to try")
    return Argon2id(salt=salt, length=size, iterations=rounds, lanes=lanes, memory_cost=memory).derive(start)


def _decrypted(sealed: bytes, lock: Any, key: bytes) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.decrepit.ciphers.algorithms import Blowfish
    from cryptography.hazmat.decrepit.ciphers.modes import CFB
    from cryptography.hazmat.primitives.ciphers import Cipher
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.ciphers.algorithms import AES
    from cryptography.hazmat.primitives.ciphers.modes import CBC

    algorithm = child(lock, "algorithm")
    name = (value(algorithm, "algorithm-name") or "").lower()
    vector = base64.b64decode(value(algorithm, "initialisation-vector") or "")
    if "gcm" in name:
        try:  # the vector stands before the sealed bytes, too
            return AESGCM(key).decrypt(vector, sealed.removeprefix(vector), None)
        except InvalidTag:
            raise ValueError("not the key") from None
    if "aes" in name:
        held = Cipher(AES(key), CBC(vector)).decryptor().update(sealed[: len(sealed) // 16 * 16])
        return held[: -held[-1]] if held and held[-1] <= 16 else held
    return Cipher(Blowfish(key), CFB(vector)).decryptor().update(sealed)
