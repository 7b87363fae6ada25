"""Files that a person chose, and a folder that fills by itself: nothing half, nothing twice, nothing lost."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PIL import Image

from desktop.devices.folder import PDF, Files, Watched
from desktop.devices.source import Device, Page, ScanWish
from onestop.rules.errors import DeviceTrouble

PDF_FILE = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


def picture(file: Path, size: tuple[int, int] = (50, 40), dpi: int = 0) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", size, (9, 90, 190)).save(file, **({"dpi": (dpi, dpi)} if dpi else {}))
    return file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "máy quét"
    made.mkdir()
    return made


@pytest.fixture
def watched(folder: Path, tmp_path: Path) -> Watched:
    return Watched(folder, tmp_path / "office" / "taken.json", settle=0.0)


def names(files: list[Path]) -> list[str]:
    return [file.name for file in files]


def scanned(source: Watched) -> list[Page]:
    return list(source.scan(source.find()[0], ScanWish(dpi=200)))


# -- the watched folder


def test_a_file_is_ready_when_it_stood_still_between_two_looks(watched: Watched, folder: Path) -> None:
    file = picture(folder / "a.jpg")
    assert watched.look() == []
    assert names(watched.look()) == ["a.jpg"]
    with file.open("ab") as stream:
        stream.write(b"\0\0")
    assert watched.look() == [], "it has grown"
    os.utime(file, ns=(1, 1))
    assert watched.look() == [], "it was touched"
    assert names(watched.look()) == ["a.jpg"]


@pytest.mark.parametrize("kind", ["jpg", "png", "pdf"])
def test_a_file_without_its_end_is_still_being_written(watched: Watched, folder: Path, kind: str) -> None:
    whole = PDF_FILE if kind == "pdf" else picture(folder / f"x.{kind}", (400, 300)).read_bytes()
    file = folder / f"x.{kind}"
    file.write_bytes(whole[: len(whole) // 2])
    watched.look()
    assert watched.look() == []
    file.write_bytes(whole)
    watched.look()
    assert names(watched.look()) == [f"x.{kind}"]


@pytest.mark.parametrize("name", [".a.jpg", "~$a.pdf", "a.jpg.part", "a.TMP", "a.pdf.crdownload", "a.lock"])
def test_temporary_names_are_left_alone(watched: Watched, folder: Path, name: str) -> None:
    (folder / name).write_bytes(PDF_FILE)
    watched.look()
    assert watched.look() == []


def test_empty_files_folders_links_and_other_kinds_are_left_alone(
    watched: Watched, folder: Path, tmp_path: Path
) -> None:
    (folder / "trống.jpg").write_bytes(b"")
    (folder / "con").mkdir()
    picture(folder / "con" / "trong.jpg")
    (folder / "ghi chú.txt").write_text("x")
    (folder / "chương trình.jpg").write_bytes(b"MZ\x90\x00")
    picture(tmp_path / "ngoài.jpg")
    (folder / "nối.jpg").symlink_to(tmp_path / "ngoài.jpg")
    watched.look()
    assert watched.look() == []


def test_what_was_taken_is_not_taken_twice_and_nothing_is_deleted(watched: Watched, folder: Path) -> None:
    first, second = picture(folder / "1.jpg"), picture(folder / "2.jpg")
    os.utime(first, ns=(1, 1_000))
    os.utime(second, ns=(1, 2_000))
    assert [page.number for page in scanned(watched)] == [1, 2]
    with pytest.raises(DeviceTrouble) as trouble:
        scanned(watched)
    assert trouble.value.code == "device.empty"
    again = Watched(watched.folder, watched.ledger, settle=0.0)
    with pytest.raises(DeviceTrouble):
        scanned(again)
    assert names(sorted(folder.iterdir())) == ["1.jpg", "2.jpg"]
    picture(folder / "2.jpg", (70, 60))
    assert [page.width for page in scanned(again)] == [70], "written anew: another scan"


def test_oldest_first(watched: Watched, folder: Path) -> None:
    for age, name in enumerate(("b.png", "c.png", "a.png")):
        os.utime(picture(folder / name, (10 + age, 10)), ns=(1, 1_000 + age))
    assert [page.width for page in scanned(watched)] == [10, 11, 12]


def test_what_was_not_taken_over_comes_again(watched: Watched, folder: Path) -> None:
    picture(folder / "a.jpg")
    pages = watched.scan(watched.find()[0], ScanWish(dpi=200))
    next(iter(pages))
    pages.close()  # type: ignore[attr-defined]
    assert len(scanned(watched)) == 1


def test_a_pdf_comes_whole_and_a_picture_of_many_pages_page_by_page(watched: Watched, folder: Path) -> None:
    (folder / "a.pdf").write_bytes(PDF_FILE)
    Image.new("L", (30, 20)).save(folder / "b.tif", save_all=True, append_images=[Image.new("L", (31, 20))])
    for age, name in enumerate(("a.pdf", "b.tif")):
        os.utime(folder / name, ns=(1, 1_000 + age))
    pages = scanned(watched)
    assert [(page.media_type, page.width, page.number) for page in pages] == [
        (PDF, 0, 1),
        ("image/jpeg", 30, 2),
        ("image/jpeg", 31, 3),
    ]
    assert pages[0].content == PDF_FILE


def test_a_broken_file_is_named_and_holds_up_nothing(watched: Watched, folder: Path) -> None:
    (folder / "hỏng.tif").write_bytes(b"II*\x00\x08\x00\x00\x00")
    os.utime(folder / "hỏng.tif", ns=(1, 1))
    picture(folder / "lành.jpg")
    came = []
    with pytest.raises(DeviceTrouble) as trouble:
        came.extend(watched.scan(watched.find()[0], ScanWish(dpi=200)))
    assert len(came) == 1
    assert (trouble.value.code, trouble.value.details["file"]) == ("device.file", "hỏng.tif")
    with pytest.raises(DeviceTrouble) as trouble:
        scanned(watched)
    assert trouble.value.code == "device.empty"


def test_a_folder_that_is_gone(watched: Watched, folder: Path) -> None:
    device = watched.find()[0]
    folder.rmdir()
    assert watched.find() == []
    with pytest.raises(DeviceTrouble) as trouble:
        list(watched.scan(device, ScanWish()))
    assert trouble.value.code == "device.offline"


def test_a_ledger_that_was_spoiled_is_begun_anew(watched: Watched, folder: Path) -> None:
    picture(folder / "a.jpg")
    scanned(watched)
    watched.ledger.write_text("{nửa")
    assert len(scanned(watched)) == 1


# -- chosen files


def test_chosen_files_come_in_the_order_chosen(tmp_path: Path) -> None:
    files = [picture(tmp_path / f"{name}.png", (width, 5)) for name, width in (("b", 11), ("a", 12), ("c", 13))]
    source = Files(files)
    pages = list(source.scan(source.find()[0], ScanWish(dpi=200, first=5)))
    assert [(page.number, page.width) for page in pages] == [(5, 11), (6, 12), (7, 13)]


def test_a_pictures_own_resolution_counts_where_it_can_be_true(tmp_path: Path) -> None:
    source = Files([picture(tmp_path / "a.jpg", dpi=200), picture(tmp_path / "b.jpg", dpi=72)])
    assert [page.dpi for page in source.scan(source.find()[0], ScanWish(dpi=300))] == [200, 300]


def test_a_chosen_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "ảnh.jpg").write_bytes(b"PK\x03\x04")
    for file in (tmp_path / "ảnh.jpg", tmp_path / "không có.jpg"):
        with pytest.raises(DeviceTrouble) as trouble:
            list(Files([file]).scan(Device("files", "", "files"), ScanWish()))
        assert (trouble.value.code, trouble.value.details["file"]) == ("device.file", file.name)


def test_no_files_no_device() -> None:
    assert Files().find() == []
    with pytest.raises(DeviceTrouble):
        list(Files().scan(Device("files", "", "files"), ScanWish()))


# -- once it has been taken


def test_what_lay_there_when_the_folder_was_chosen_is_passed_over(watched: Watched, folder: Path) -> None:
    picture(folder / "old.jpg")
    watched.pass_over()
    picture(folder / "new.jpg")
    watched.look()
    assert names(watched.look()) == ["new.jpg"]
    again = Watched(watched.folder, watched.ledger, settle=0.0)
    again.look()
    assert names(again.look()) == ["new.jpg"], "the next start knows it too"


def test_a_file_is_deleted_as_it_was_seen_and_not_otherwise(watched: Watched, folder: Path) -> None:
    taken, written_anew = picture(folder / "a.jpg"), picture(folder / "b.jpg")
    watched.look()
    watched.look()
    picture(written_anew, (60, 40))
    assert watched.clear(taken)
    assert not watched.clear(written_anew)
    assert not watched.clear(taken), "it has gone already"
    assert [file.name for file in folder.iterdir()] == ["b.jpg"]
    watched.taken(taken)
    assert watched.look() == []
    assert names(watched.look()) == ["b.jpg"]
