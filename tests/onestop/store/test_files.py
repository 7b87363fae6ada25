"""Files by their hash: whole or not at all, verified when read, and plain trouble when the disk will not take them."""

from __future__ import annotations

import errno
import hashlib
import os
import threading
from pathlib import Path

import pytest

from onestop.rules.errors import RuleBroken, StoreTrouble
from onestop.store.files import Files, demand_ordinary, fingerprint

CONTENT = "Giấy biên nhận".encode() * 100


def test_a_file_is_named_by_what_is_in_it(files: Files) -> None:
    name = files.put(CONTENT)
    assert name == hashlib.sha256(CONTENT).hexdigest() == fingerprint(CONTENT)
    assert files.has(name)
    assert files.get(name) == CONTENT
    assert files.path(name) == files.folder / name[:2] / name


def test_the_same_content_is_stored_once(files: Files) -> None:
    name = files.put(CONTENT)
    before = files.path(name).stat().st_mtime_ns
    assert files.put(CONTENT) == name
    assert files.path(name).stat().st_mtime_ns == before


def test_a_missing_or_damaged_file_is_trouble(files: Files) -> None:
    with pytest.raises(StoreTrouble) as caught:
        files.get("0" * 64)
    assert caught.value.code == "files.missing"
    name = files.put(CONTENT)
    files.path(name).write_bytes(CONTENT[:-1] + b"x")
    with pytest.raises(StoreTrouble) as caught:
        files.get(name)
    assert caught.value.code == "files.damaged"


def test_a_file_cut_short_is_written_anew(files: Files) -> None:
    name = files.put(CONTENT)
    files.path(name).write_bytes(CONTENT[:10])
    assert files.put(CONTENT) == name
    assert files.get(name) == CONTENT


@pytest.mark.parametrize("call", ["fsync", "replace", "open"])
@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "store.disk-full"), (errno.EDQUOT, "store.disk-full"), (errno.EIO, "store.unreachable")],
)
def test_when_the_disk_will_not_take_it_nothing_stays(
    files: Files, monkeypatch: pytest.MonkeyPatch, call: str, number: int, code: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        if call == "open":
            patch.setattr(Path, "open", refuse)
        else:
            patch.setattr(os, call, refuse)
        with pytest.raises(StoreTrouble) as caught:
            files.put(CONTENT)
    assert caught.value.code == code
    assert not files.has(fingerprint(CONTENT))
    assert [path for path in files.folder.rglob("*") if path.is_file()] == []
    assert files.get(files.put(CONTENT)) == CONTENT


def test_many_at_once_store_the_same(files: Files) -> None:
    troubles: list[BaseException] = []

    def store() -> None:
        try:
            for number in range(20):
                files.put(CONTENT + bytes([number]))
        except StoreTrouble as trouble:
            troubles.append(trouble)

    threads = [threading.Thread(target=store) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []
    stored = [path for path in files.folder.rglob("*") if path.is_file()]
    assert len(stored) == 20
    assert all(fingerprint(path.read_bytes()) == path.name for path in stored)


def test_nothing_is_written_over_a_device_or_into_a_pipe(tmp_path: Path) -> None:
    pipe, link, there = tmp_path / "pipe", tmp_path / "link.pdf", tmp_path / "there.pdf"
    os.mkfifo(pipe)
    link.symlink_to(pipe)
    there.write_bytes(b"old")
    for odd in (pipe, link, Path("/dev/full"), tmp_path):
        with pytest.raises(RuleBroken) as broken:
            demand_ordinary(odd)
        assert (broken.value.code, broken.value.details["file"]) == ("file.not-ordinary", str(odd))
    for fine in (there, tmp_path / "new.pdf", tmp_path / ("x" * 300)):
        demand_ordinary(fine)
