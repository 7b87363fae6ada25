"""`motcua office reserve-sheets`, and entering what was received on them; `motcua dossier import`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.desktop.cli.conftest import UNMARRIED, Run, on
from tests.helpers.pages import texts

Write = Callable[..., str]


def test_a_morning_without_electricity(run: Run, write: Write, tmp_path: Path) -> None:
    """Reserved, printed, written on, entered, confirmed; every wrong turn has its sentence."""
    out = tmp_path / "giay.pdf"
    nowhere = run("office", "reserve-sheets", "--count", "2", str(tmp_path / "không có" / "x.pdf"), *on(23, 8))
    assert (nowhere.status, nowhere.code) == (2, "file.folder-missing")
    kept = run("office", "reserve-sheets", "--count", "2", str(out), *on(23, 8))
    assert kept.status == 0, kept.error
    first, second = kept.plain["sheets"]
    assert (kept.plain["pages"], kept.plain["left"]) == (4, 2)
    pages = texts(out.read_bytes())
    assert [f"Mã tạm: {code}" in " ".join(page.split()) for page in pages for code in (first, second)] == [
        True, False, True, False, False, True, False, True,
    ]  # fmt: skip
    assert ["Liên 1: Lưu" in page for page in pages] == [True, False, True, False]
    again = run("office", "reserve-sheets", "--again", second, str(tmp_path / "lại.pdf"), *on(23, 9))
    assert again.plain["sheets"] == [first, second]
    assert (tmp_path / "lại.pdf").read_bytes() == out.read_bytes()

    def enter(sheet: str, **said: Any) -> Any:
        late = {"sheet": sheet, "at": "2026-11-23T09:40", "by": "duc", "reason": "mất điện", **said}
        return run("dossier", "receive", "--file", write({**UNMARRIED, "late_entry": late}), *on(25))

    assert enter(first, when="x").code == "form.unknown-key"
    assert enter("T-KHONG-261123-0001").code == "late.sheet-unknown"
    assert enter(first, at="2026-11-25T09:30").code == "late.to-come"
    entered = enter(first)
    assert entered.status == 0, entered.error
    assert (entered.plain["code"], entered.plain["temporary"]) == (first, True)
    # Three working days from the paper's Monday morning; the 24th is a holiday.
    assert entered.plain["due"] == "2026-11-27T17:00:00+07:00"
    official = entered.plain["official_code"]
    assert official.endswith("-261123-0001")
    assert enter(first).code == "late.sheet-used"
    shown = run("dossier", "show", first, *on(25)).plain
    assert shown["late_entry"]["at"] == "2026-11-23T09:40:00+07:00"
    assert (shown["late_entry"]["sheet"], shown["to_confirm"]) == (first, "late-entry")
    receipt = tmp_path / "giấy.pdf"
    run("print", "receipt", official, str(receipt), *on(25))
    said = " ".join(texts(receipt.read_bytes())[0].split())
    assert f"Nhập bù từ giấy số {first}, nhận lúc 9:40 ngày 23/11/2026" in said
    refused = run("dossier", "act", first, "refuse-late", "--file", write({"reason": "giờ sai"}), *on(25, 10))
    assert (refused.plain["code"], refused.plain["state"]) == (official, "received")
    assert run("dossier", "act", first, "confirm-late", *on(25, 11)).status == 0
    assert run("dossier", "show", first, *on(25, 11)).plain["to_confirm"] is None
    spoiled = run("office", "spoil-sheet", second, "--reason", "ướt", *on(25, 11))
    assert spoiled.plain == {"sheet": second, "left": 0}
    none = run("office", "reserve-sheets", "--again", first, str(out), *on(25, 12))
    assert (none.status, none.code) == (2, "sheets.none-left")


def test_open_dossiers_of_an_older_system(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "cu.csv"
    file.write_text(
        "Mã hồ sơ;Mã TTHC;Chủ hồ sơ;Ngày tiếp nhận;Ngày hẹn trả;Trạng thái\n"
        "CU-0001;1.004873;Trần Thị Cũ;20/11/2026 8:30;27/11/2026;Đang xử lý\n"
        "CU-0002;1.004873;Trần Văn Xong;20/11/2026;27/11/2026;Đã trả kết quả\n",
        "utf-8",
    )
    first = run("dossier", "import", str(file), "--system", "Một cửa cũ", *on(25))
    assert first.status == 0, first.error
    assert (first.plain["added"], first.plain["unchanged"]) == (1, 0)
    assert [(each["row"], each["error"]) for each in first.plain["rejected"]] == [(3, "dossier-file.ended")]
    assert first.plain["rejects_file"] == str(tmp_path / "cu-rejects.csv")
    second = run("dossier", "import", str(file), *on(25, 10))
    assert (second.plain["added"], second.plain["unchanged"], second.plain["rejected_count"]) == (0, 1, 1)
    shown = run("dossier", "show", "CU-0001", *on(25)).plain
    assert (shown["state"], shown["due"]) == ("processing", "2026-11-27T17:00:00+07:00")
    assert shown["origin"] == {"system": "Một cửa cũ", "file": "cu.csv", "row": 2}
    moved = run("dossier", "act", "CU-0001", "finish", *on(26))
    assert moved.plain["state"] == "finished"
    receipt = run("print", "receipt", "CU-0001", str(tmp_path / "x.pdf"), *on(26))
    assert (receipt.status, receipt.code) == (2, "letter.taken-over")
    assert run("dossier", "import", str(tmp_path / "không.csv"), *on(26)).code == "people-file.not-found"
