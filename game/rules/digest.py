"""How are bytes digested?  By hashes that are part of Python itself: OpenSSL takes longer to load than a short game."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from hashlib import blake2b
    from hashlib import sha256 as _sha256
else:
    try:
        from _blake2 import blake2b

        try:
            from _sha2 import sha256 as _sha256  # from Python 3.12 on
        except ImportError:
            from _sha256 import sha256 as _sha256
    except ImportError:
        from hashlib import blake2b
        from hashlib import sha256 as _sha256

LARGE: Final = 200_000
"""For so many bytes OpenSSL, which knows the processor, is worth its loading."""


class Digest(Protocol):
    """A hash that has been reckoned, and may go on."""

    def update(self, data: bytes, /) -> None:
        """Reckon more bytes."""

    def digest(self) -> bytes:
        """As bytes."""

    def hexdigest(self) -> str:
        """As text."""


def sha256(data: bytes | memoryview) -> Digest:
    """The SHA-256 of some bytes."""
    if len(data) < LARGE:
        return _sha256(data)
    import hashlib

    return hashlib.sha256(data)


__all__ = ["blake2b", "sha256"]
