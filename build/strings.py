"""`dev.py strings`: the texts of the program from its source into resources/locale/en.po, and en.mo out of that.

Vietnamese is the source text: what stands in `_("…")` and `N_("…")` is the msgid. A text that left the source leaves
the catalogue. Both files come out the same byte for byte wherever they are made, so that a difference is a change.
"""

from __future__ import annotations

import argparse
import io
import re
import string
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("onestop", "paper", "desktop", "server")
LANGUAGES = ("en",)
LOCALE = ROOT / "resources" / "locale"
NOTE = "# Một Cửa: the texts in another language. Written by `python3 dev.py strings`."
HEADER = {"Content-Type": "text/plain; charset=UTF-8", "Content-Transfer-Encoding": "8bit"}
# Header lines that a catalogue writer makes up or that change without a change of text.
RESTLESS = re.compile(r'^"(Project-Id|Report-|POT-|PO-|Generated-|Last-|Language-Team)[^\n]*\n', re.M)


def extract() -> Catalog:
    """Every text of the source, with the files (not the lines) where it stands."""
    found = Catalog()
    for source in SOURCES:
        rows = extract_from_dir(ROOT / source, [("**.py", "python")], keywords={"_": None, "N_": None}, comment_tags=())
        for file, _line, text, _comments, _context in rows:
            if isinstance(text, str) and text:
                found.add(text, locations=[(f"{source}/{file}", 1)])
    return found


def read(language: str) -> Catalog:
    """The catalogue as it stands; an empty one when there is none yet."""
    file = LOCALE / f"{language}.po"
    if not file.exists():
        return Catalog(locale=language)
    with file.open("rb") as stream:
        return read_po(stream, locale=language)


def merge(language: str, source: Catalog) -> Catalog:
    """The catalogue of `language` with exactly the texts of `source`; translations that fit are kept."""
    old = read(language)
    merged = Catalog(locale=language, header_comment=NOTE, fuzzy=False)
    for text in source:
        if text.id:
            known = old.get(text.id)
            files = sorted({(file, 1) for file, _ in text.locations})
            merged.add(
                text.id,
                known.string if known else "",
                locations=files,
                flags=known.flags - {"python-brace-format"} if known else (),
                user_comments=known.user_comments if known else (),
            )
    return merged


def po_text(catalogue: Catalog) -> bytes:
    """The .po file of a catalogue: sorted by text, without the date lines that change by themselves."""
    stream = io.BytesIO()
    write_po(stream, catalogue, width=110, sort_output=True, include_lineno=False, ignore_obsolete=True)
    return RESTLESS.sub("", stream.getvalue().decode()).encode()


def mo_text(catalogue: Catalog) -> bytes:
    """The .mo file (GNU gettext, little endian) of what is translated and not fuzzy."""
    header = "".join(f"{name}: {value}\n" for name, value in HEADER.items())
    texts = {"": header, **{m.id: m.string for m in catalogue if m.id and m.string and not m.fuzzy}}
    pairs = sorted((key.encode(), value.encode()) for key, value in texts.items())
    count = len(pairs)
    tables = struct.pack("<7I", 0x950412DE, 0, count, 28, 28 + 8 * count, 0, 0)
    position = 28 + 16 * count
    index, blob = b"", b""
    for side in (0, 1):
        for pair in pairs:
            index += struct.pack("<2I", len(pair[side]), position + len(blob))
            blob += pair[side] + b"\0"
    return tables + index + blob


def placeholders(text: str) -> set[str]:
    """The names in braces of a format text. A text with a lone brace has none: it is not a format."""
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return set()


def faults(catalogue: Catalog, source: Catalog) -> Iterator[str]:
    """What keeps a catalogue from being complete, one line each."""
    wanted = {message.id for message in source if message.id}
    there: dict[str, Message] = {message.id: message for message in catalogue if message.id}
    for text in sorted(wanted - there.keys()):
        yield f"missing: {text!r}"
    for text in sorted(there.keys() - wanted):
        yield f"not in the source any more: {text!r}"
    for text in sorted(wanted & there.keys()):
        message = there[text]
        if not message.string:
            yield f"not translated: {text!r}"
        elif message.fuzzy:
            yield f"fuzzy: {text!r}"
        elif placeholders(text) != placeholders(message.string):
            yield f"placeholders differ: {text!r} and {message.string!r}"


def check(source: Catalog) -> int:
    """Print every fault of every language; the exit status."""
    status = 0
    for language in LANGUAGES:
        catalogue = read(language)
        found = list(faults(catalogue, source))
        compiled = LOCALE / f"{language}.mo"
        if not compiled.exists() or compiled.read_bytes() != mo_text(catalogue):
            found.append(f"{language}.mo is not what {language}.po says: run `python3 dev.py strings`")
        for line in found:
            print(f"{language}: {line}")
        status |= bool(found)
    return status


def write(source: Catalog) -> int:
    """Write both files of every language and say what is left to translate; the exit status is 0."""
    LOCALE.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        catalogue = merge(language, source)
        (LOCALE / f"{language}.po").write_bytes(po_text(catalogue))
        (LOCALE / f"{language}.mo").write_bytes(mo_text(catalogue))
        left = list(faults(catalogue, source))
        print(f"{language}: {len(catalogue)} texts, {len(left)} to be looked at")
        for line in left:
            print(f"{language}: {line}")
    return 0


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py strings")
    parser.add_argument("--check", action="store_true", help="change nothing, only say what is missing")
    wish = parser.parse_args(argv)
    source = extract()
    return check(source) if wish.check else write(source)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
