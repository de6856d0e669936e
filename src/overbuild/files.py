"""Files that a user asked for: written whole or not at all, and never over what is there unasked.

A file gets the permissions of the user's umask, or keeps those it had. A symbolic link is not followed.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from overbuild.errors import InputError

_KEPT = "this file exists and is kept; --overwrite replaces it, or choose another name"
_LINK = "this is a symbolic link, which is not written through; name the file itself"


def in_utf_8(text: str) -> str:
    r"""A word or the name of a file as text that can be written down.

    Where the locale is poorer than the bytes that were typed, Python keeps them as lone surrogates, which no file takes: they
    are read as UTF-8, and a byte that is none becomes its number.

    >>> in_utf_8("Zürich"), in_utf_8("Z\udcc3\udcbcrich"), in_utf_8("Z\udcfcrich")
    ('Zürich', 'Zürich', 'Z\\xfcrich')
    """
    if not any("\ud800" <= letter <= "\udfff" for letter in text):
        return text
    return text.encode("utf-8", "surrogateescape" if _are_bytes(text) else "backslashreplace").decode(
        "utf-8", "backslashreplace"
    )


def _are_bytes(text: str) -> bool:
    """Whether every lone surrogate of a text stands for a byte."""
    return all("\udc80" <= letter <= "\udcff" for letter in text if "\ud800" <= letter <= "\udfff")


def check_path(path: Path, name: str, *, overwrite: bool = False) -> None:
    """Refuse a path that `write_whole` would not write, as far as one can see beforehand.

    Raises InputError: `exists`, or `not_writable` for a folder that is not there, a link, or what is no file. `name`
    is the option or argument that named the path.
    """
    if not path.parent.is_dir():
        raise InputError("not_writable", name, str(path), f"there is no folder {path.parent}")
    if path.is_symlink():
        raise InputError("not_writable", name, str(path), _LINK)
    if path.exists() and not path.is_file():
        raise InputError("not_writable", name, str(path), "cannot be written: this is no file")
    if path.exists() and not overwrite:
        raise InputError("exists", name, str(path), _KEPT)


def write_whole(path: Path, data: bytes, name: str, *, overwrite: bool = False) -> None:
    """Write a file, whole or not at all. Raises InputError as `check_path`, and `not_writable` where a disk refuses."""
    try:
        check_path(path, name, overwrite=overwrite)
        _write(path, data, overwrite=overwrite)
    except FileExistsError:
        raise InputError("exists", name, str(path), _KEPT) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        hint = f"cannot be written ({reason}); nothing was written"
        raise InputError("not_writable", name, str(path), hint) from None


def _write(path: Path, data: bytes, *, overwrite: bool) -> None:
    draft = path.parent / f".overbuild-{secrets.token_hex(8)}"
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        if overwrite and path.exists():
            draft.chmod(path.stat().st_mode & 0o777)
        if overwrite:
            draft.replace(path)
        else:
            _place_beside(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _place_beside(draft: Path, path: Path) -> None:
    """The draft under its name, unless a file took the name meanwhile."""
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if os.path.lexists(path):
            raise FileExistsError from None
        draft.rename(path)
