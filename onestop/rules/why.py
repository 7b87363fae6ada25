"""Why a file could not be read or written, as a code with its sentence: what the system and the readers of formats say
is English, and is kept as `said` for the log and the JSON alone."""

from __future__ import annotations

import errno
import json
import re
from typing import Any

_OF_THE_SYSTEM = {
    errno.ENOSPC: "why.full",
    errno.EDQUOT: "why.full",
    errno.EROFS: "why.read-only",
    errno.EACCES: "why.denied",
    errno.EPERM: "why.denied",
    errno.ENOENT: "why.missing",
    errno.EISDIR: "why.folder",
    errno.ENOTDIR: "why.no-folder",
    errno.EEXIST: "why.no-folder",
    errno.ENAMETOOLONG: "why.long-name",
    errno.EBUSY: "why.busy",
    errno.ETXTBSY: "why.busy",
    errno.EAGAIN: "why.busy",
    errno.EIO: "why.broken-disk",
    errno.ENXIO: "why.broken-disk",
    errno.ENODEV: "why.broken-disk",
    errno.ELOOP: "why.circle",
    errno.EINVAL: "why.no-name",
    errno.EILSEQ: "why.no-name",
    errno.EFBIG: "why.too-big",
    errno.EMFILE: "why.too-many",
    errno.ENFILE: "why.too-many",
    errno.ENOMEM: "why.no-memory",
    errno.ESTALE: "why.network",
    errno.ETIMEDOUT: "why.network",
    errno.EHOSTDOWN: "why.network",
    errno.EHOSTUNREACH: "why.network",
    errno.ENETDOWN: "why.network",
    errno.ENETUNREACH: "why.network",
    errno.ECONNRESET: "why.network",
}


def of_system(error: OSError) -> dict[str, Any]:
    """What the system said of a file, to stand in a sentence: {"code", "details", "said"}."""
    code = _OF_THE_SYSTEM.get(error.errno or 0, "why.other")
    return {"code": code, "details": {"number": error.errno or 0}, "said": error.strerror or str(error)}


def of_text(error: ValueError | RecursionError) -> dict[str, Any]:
    """What is wrong with a text that should be JSON or TOML: where it is, as far as its reader says."""
    said = str(error)
    if isinstance(error, UnicodeDecodeError):
        return {"code": "why.not-utf8", "details": {}, "said": said}
    if isinstance(error, RecursionError):
        return {"code": "why.too-deep", "details": {}, "said": said}
    if isinstance(error, json.JSONDecodeError):
        line, column = error.lineno, error.colno
    elif found := re.search(r"at line (\d+), column (\d+)", said):
        line, column = int(found[1]), int(found[2])
    elif "at end of document" in said:
        return {"code": "why.cut-short", "details": {}, "said": said}
    else:
        return {"code": "why.no-number", "details": {"value": said[:40]}, "said": said}
    return {"code": "why.place", "details": {"line": line, "column": column}, "said": said}


def store_trouble(error: OSError) -> str:
    """The code of the trouble when the office's own folder cannot be used."""
    return {
        "why.full": "store.disk-full",
        "why.read-only": "store.read-only",
        "why.denied": "store.read-only",
    }.get(_OF_THE_SYSTEM.get(error.errno or 0, ""), "store.unreachable")
