"""`motcua dossier`: received from a file once, shown under the same names, found, linked, sent back before that."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.office import Office
from onestop.actions import drafts
from onestop.store.files import Files
from tests.desktop.cli.conftest import Run
from tests.helpers.pages import made_pdf

Write = Callable[..., str]
OWNER = {
    "name": "Hoàng Thị Ước",
    "identity_number": "001190000017",
    "date_of_birth": "1990-02-17",
    "sex": "Nữ",
    "address": "Số 5 đường Mẫu, phường Mẫu",
}
BIRTH: dict[str, Any] = {
    "procedure": "1.001193",
    "case": None,
    "channel": "direct",
    "assisted": False,
    "owner": {"identity_number": "001190000017"},
    "submitter": None,
    "relation": None,
    "parties": [
        {"role": "con", "person": {"name": "Trần Hoàng Ưu Ái", "date_of_birth": "2026-11-02", "sex": "Nam"}}
    ],
    "contact": {"phone": "0912345678", "email": None},
    "summary": "Đăng ký khai sinh cho con",
    "fields": {"noi_sinh": "Bệnh viện đa khoa Mẫu"},
    "components": [
        {"name": "Giấy chứng sinh", "by": "submitted", "originals": 1, "certified": 0, "copies": 0}
    ],
    "certify": [],
    "complete": True,
    "sets": 1,
    "result_copies": 2,
    "delivery": {"way": "counter"},
}  # fmt: skip
NOW = ("--now", "2026-11-23T09:05")
PAPER = made_pdf("Giay chung sinh", "mat sau")
SCANNED = {**BIRTH, "components": [{**BIRTH["components"][0], "files": ["giay-chung-sinh.pdf"]}]}
"""The same with a file for the paper; each is looked into in a process of its own."""


@pytest.fixture
def owner(run: Run, write: Write, tmp_path: Path) -> str:
    """The owner of `BIRTH` is registered and the paper that `SCANNED` names lies beside; gives the person's id."""
    (tmp_path / "giay-chung-sinh.pdf").write_bytes(PAPER)
    return str(run("citizen", "register", "--file", write(OWNER)).plain["id"])


# ---- receiving ----------------------------------------------------------------------------------------------------


def test_the_dossier_of_the_contract(run: Run, write: Write, owner: str) -> None:
    ran = run("dossier", "receive", "--file", write(BIRTH), *NOW)
    assert ran.status == 0
    assert ran.plain["code"] == "H99.14-261123-0001"
    assert ran.plain["due"] == "2026-11-23T17:00:00+07:00"
    assert ran.plain["fee"] == {"phi": 16000, "le_phi": 0, "total": 16000}
    assert (ran.plain["state"], ran.plain["warnings"], ran.plain["again"]) == ("received", [], False)
    again = run("dossier", "receive", "--file", write(BIRTH), *NOW)
    assert again.plain["code"] == "H99.14-261123-0002"
    assert again.plain["warnings"] == ["dossier.open-already"]
    assert "H99.14-261123-0001" in again.plain["remarks"][0]["message"]


def test_what_is_shown_can_be_received_again(run: Run, write: Write, owner: str, demo_folder: Path) -> None:
    code = run("dossier", "receive", "--file", write(SCANNED), *NOW).plain["code"]
    shown = run("dossier", "show", code).plain
    for key in ("procedure", "case", "channel", "assisted", "submitter", "relation", "contact", "summary", "fields"):
        assert shown[key] == BIRTH[key], key
    for key in ("certify", "sets", "result_copies"):
        assert shown[key] == BIRTH[key], key
    assert shown["delivery"]["way"] == "counter"
    assert shown["owner"] == {"id": owner, "kind": "person", **OWNER}
    assert shown["parties"][0]["role"] == "con"
    assert shown["parties"][0]["person"]["name"] == "Trần Hoàng Ưu Ái"
    paper = next(each for each in shown["components"] if each["name"] == "Giấy chứng sinh")
    assert (paper["by"], paper["originals"], paper["status"]) == ("submitted", 1, "ok")
    digest = hashlib.sha256(PAPER).hexdigest()
    assert paper["files"] == ["giay-chung-sinh.pdf"]
    [stored] = paper["stored"]
    assert (stored["name"], stored["sha256"], stored["size"], stored["pages"]) == (
        "giay-chung-sinh.pdf", digest, len(PAPER), 2
    )  # fmt: skip
    assert Files(demo_folder / "files").get(digest) == PAPER
    assert len(shown["components"]) > 1, "complete: the other required papers are there as asked"
    assert (shown["code"], shown["state"], shown["due"]) == (code, "received", "2026-11-23T17:00:00+07:00")
    assert shown["fee"]["total"] == 16000
    assert shown["printed"] == []
    assert [each["kind"] for each in shown["history"]] == ["dossier.received", "document.kept"]

    again = {key: shown[key] for key in BIRTH if key != "complete"}
    assert run("dossier", "receive", "--file", write(again), *NOW).plain["code"] == "H99.14-261123-0002"


def test_numbers_in_full_are_an_opening(run: Run, say: Any, write: Write, owner: str, demo_folder: Path) -> None:
    code = run("dossier", "receive", "--file", write(BIRTH)).plain["code"]
    assert "001190000017" not in say("dossier", "show", code)[1]

    def openings() -> int:
        office = Office.open(demo_folder)
        with office.store.reading() as connection:
            count = connection.exec_driver_sql("SELECT count(*) FROM act WHERE kind = 'citizen.number-opened'")
            found = int(count.scalar_one())
        office.close()
        return found

    assert openings() == 0
    assert run("dossier", "show", code).plain["owner"]["identity_number"] == "001190000017"
    assert openings() == 2
    assert run("dossier", "show", code, "--as", "khoa").plain["owner"]["identity_number"] == "0011******17"
    assert openings() == 2


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"complete": False}, "component.missing"),
        ({"procedure": "9.999999"}, "procedure.unknown"),
        ({"case": "no such case"}, "procedure.case-unknown"),
        ({"channel": "pigeon"}, "form.channel"),
        ({"owner": {"identity_number": "001190000099"}}, "citizen.not-registered"),
        ({"owner": {}}, "person.name-missing"),
        ({"owner": "Ước"}, "form.key-missing"),
        ({"components": [{"name": "Giấy chứng sinh", "original": 1}]}, "form.unknown-key"),
        ({"limit_unit": "fortnight"}, "form.limit-unit"),
        ({"components": [{"name": "Bằng lái tàu vũ trụ"}]}, "component.unknown"),
        ({"components": [{"name": "giấy"}]}, "component.ambiguous"),
        ({"components": [{"name": "Giấy chứng sinh"}, {"name": "Giấy chứng sinh"}]}, "component.twice"),
        ({"components": [{"name": "Giấy chứng sinh", "by": "magic"}]}, "component.by"),
        ({"components": [{"name": "Giấy chứng sinh", "originals": -1}]}, "form.not-a-count"),
        ({"components": [{"name": "Giấy chứng sinh", "files": ["none.pdf"]}]}, "file.missing"),
        ({"components": [{"name": "Giấy chứng sinh", "originals": 1, "files": ["empty.pdf"]}]}, "paper.not-fit"),
        ({"delivery": {"way": "drone"}}, "delivery.unknown"),
        ({"delivery": {"way": "post", "name": "Ước"}}, "delivery.post-incomplete"),
        ({"sets": 0}, "form.not-a-count"),
        ({"result_copies": "two"}, "form.not-a-count"),
        ({"colour": "blue"}, "form.unknown-key"),
        ({"draft": "no such draft"}, "draft.unknown"),
        ({"parties": [{"role": "con", "person": {"name": "Bé", "date_of_birth": "2091-01-01"}}]}, "birth.future"),
    ],
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_cannot_be_received_uses_no_number(
    run: Run, write: Write, owner: str, tmp_path: Path, change: dict[str, Any], code: str, language: str
) -> None:
    (tmp_path / "empty.pdf").touch()
    ran = run("dossier", "receive", "--file", write({**BIRTH, **change}), "--lang", language, *NOW)
    assert (ran.status, ran.plain, ran.code) == (2, None, code)
    assert ran.error["message"] != code
    assert "{" not in ran.error["message"]
    assert run("citizen", "find", "Ưu Ái").plain == [], "nobody is registered by half"
    received = run("dossier", "receive", "--file", write(BIRTH), *NOW)
    assert received.plain["code"] == "H99.14-261123-0001"


STRANGE = (0, -1, 3.5, True, [], ["x"], {}, {"x": 1}, "", "x", " ", "\u0000", "x" * 5000, 10**30)


@pytest.mark.parametrize("key", [*BIRTH, "source", "exemption", "limit_number", "limit_unit", "draft", "note", "phone"])
def test_nothing_that_a_file_can_hold_is_a_bug_of_ours(run: Run, write: Write, owner: str, key: str) -> None:
    for value in STRANGE:
        ran = run("dossier", "receive", "--file", write({**BIRTH, key: value}), *NOW)
        assert ran.status in (0, 2), (key, value, ran.error)


@pytest.mark.parametrize("key", ["name", "by", "originals", "status", "reason", "extra", "files"])
def test_nor_in_a_component(run: Run, write: Write, owner: str, key: str) -> None:
    for value in STRANGE:
        component = {"name": "Giấy chứng sinh", "originals": 1, key: value}
        ran = run("dossier", "receive", "--file", write({**BIRTH, "components": [component]}), *NOW)
        assert ran.status in (0, 2), (key, value, ran.error)


@pytest.mark.parametrize("key", ["name", "identity_number", "sex", "date_of_birth", "address", "representative", "id"])
def test_nor_in_a_person(run: Run, write: Write, owner: str, key: str) -> None:
    for value in STRANGE:
        person = {"name": "Đỗ Thử", "identity_number": "001085000021", key: value}
        plain = {**BIRTH, "owner": person, "components": [], "submitter": person, "delivery": {"way": value}}
        ran = run("dossier", "receive", "--file", write(plain), *NOW)
        assert ran.status in (0, 2), (key, value, ran.error)


def test_what_is_missing_is_named(run: Run, write: Write, owner: str) -> None:
    ran = run("dossier", "receive", "--file", write({**BIRTH, "complete": False, "components": []}), *NOW)
    assert "Giấy chứng sinh" in ran.error["details"]["names"]
    assert "Giấy chứng sinh" in ran.error["message"]


def test_whole_people_are_registered_on_the_way(run: Run, write: Write) -> None:
    plain = {
        **BIRTH,
        "components": [],
        "owner": OWNER,
        "submitter": {"name": "Đỗ Quốc An", "identity_number": "001085000021"},
        "relation": "nguoi-duoc-uy-quyen",
    }
    code = run("dossier", "receive", "--file", write(plain), *NOW).plain["code"]
    shown = run("dossier", "show", code).plain
    assert shown["submitter"]["name"] == "Đỗ Quốc An"
    assert shown["relation"] == "nguoi-duoc-uy-quyen"
    assert run("citizen", "find", "Ước").plain[0]["id"] == shown["owner"]["id"]


def test_a_draft_is_received_once(run: Run, write: Write, owner: str, demo_office: Office) -> None:
    form = {key: value for key, value in BIRTH.items() if key != "components"}
    draft = demo_office.perform(drafts.keep, drafts.DraftForm(None, "nháp", form)).answer
    first = run("dossier", "receive", "--file", write({"draft": draft, "summary": "sửa lúc nhận"}), *NOW).plain
    assert (first["code"], first["again"]) == ("H99.14-261123-0001", False)
    again = run("dossier", "receive", "--file", write({"draft": draft}), *NOW).plain
    assert (again["code"], again["act"], again["again"]) == (first["code"], first["act"], True)
    assert run("dossier", "show", first["code"]).plain["summary"] == "sửa lúc nhận"


def test_another_agencys_dossier_gets_a_temporary_code(run: Run, write: Write, owner: str) -> None:
    plain = {"procedure": "2.000033", "owner": {"identity_number": "001190000017"}, "complete": True}
    ran = run("dossier", "receive", "--file", write(plain), *NOW)
    assert ran.plain["temporary"] is True
    assert ran.plain["code"].startswith("T-")
    linked = run("dossier", "link", ran.plain["code"], "H99.05-261123-0012", "--official").plain
    assert linked["code"] == "H99.05-261123-0012"
    assert linked["temporary_code"] == ran.plain["code"]
    for code in (ran.plain["code"], "h99.05–261123–0012"):
        assert run("dossier", "show", code).plain["id"] == ran.plain["id"]


def test_an_unknown_fee_is_null_and_never_0(run: Run, write: Write, owner: str) -> None:
    plain = {"procedure": "1.013225", "owner": {"identity_number": "001190000017"}, "complete": True}
    ran = run("dossier", "receive", "--file", write(plain), *NOW)
    assert ran.status == 0
    assert ran.plain["fee"]["total"] is None


def test_a_number_that_is_another_name_here_is_told(run: Run, write: Write, owner: str) -> None:
    somebody = {"identity_number": "001190000017", "name": "Lê Văn Khác", "date_of_birth": "1990-05-03", "sex": "Nữ"}
    ran = run("dossier", "receive", "--file", write({**BIRTH, "owner": somebody}), *NOW)
    assert ran.plain["warnings"][0] == "person.other-name"
    assert "Lê Văn Khác" in ran.plain["remarks"][0]["message"]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"nul"])
def test_a_file_that_is_no_dossier(run: Run, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "bad.json"
    file.write_bytes(content)
    ran = run("dossier", "receive", "--file", str(file))
    assert ran.status == 2
    assert ran.code in ("file.not-json", "form.not-an-object")
    assert run("dossier", "receive", "--file", str(tmp_path / "none")).code == "file.missing"


def test_only_who_may_receive(run: Run, write: Write, owner: str) -> None:
    assert run("dossier", "receive", "--file", write(BIRTH), "--as", "khoa").code == "permission.missing"
    assert run("dossier", "receive", "--file", write(BIRTH), "--as", "ha").status == 0


def test_a_clock_set_back_is_noticed_but_not_by_training(run: Run, write: Write, owner: str) -> None:
    assert run("dossier", "receive", "--file", write(BIRTH), "--now", "2025-06-30T08:00").code == "procedure.unknown"
    plain = {**BIRTH, "parties": []}
    for moment in ("2027-03-15T08:00", "2026-03-16T08:00"):
        assert run("dossier", "receive", "--file", write(plain), "--now", moment).status == 0


# ---- showing and finding ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["H99.14-261123-0001", "h99.14-261123", "uoc", "Hoàng Thị Ước", "001190000017"])
def test_finding(run: Run, write: Write, owner: str, typed: str) -> None:
    run("dossier", "receive", "--file", write(BIRTH), *NOW)
    found = run("dossier", "find", typed).plain
    assert [each["code"] for each in found] == ["H99.14-261123-0001"]
    assert found[0]["owner"] == "Hoàng Thị Ước"
    assert found[0]["due"] == "2026-11-23T17:00:00+07:00"
    assert "001190000017" not in str(found)


def test_nothing_found(run: Run) -> None:
    assert run("dossier", "find", "zzz").plain == []
    assert run("dossier", "show", "H99.14-261123-0009").code == "dossier.unknown"


def test_for_the_eye(run: Run, say: Any, write: Write, owner: str) -> None:
    status, out, _ = say("dossier", "receive", "--file", write(BIRTH), *NOW)
    assert status == 0
    assert "H99.14-261123-0001" in out
    assert "16.000 đồng" in out
    assert "Giấy chứng sinh" in say("dossier", "show", "H99.14-261123-0001")[1]
    assert "Hoàng Thị Ước" in say("dossier", "find", "uoc")[1]


def test_one_for_the_eye_says_who_where_and_what_happened(run: Run, say: Any, write: Write, owner: str) -> None:
    """History in words with names, the contact, who handed it in, who took it, how each paper was handed in."""
    other = {"name": "Bùi Văn Mẫu", "identity_number": "001085000031", "date_of_birth": "1985", "sex": "Nam"}
    papers = [{"name": "Giấy chứng sinh", "by": "shown"}]
    form = {**BIRTH, "submitter": other, "relation": "vo-chong", "components": papers, "complete": True}
    run("dossier", "receive", "--file", write(form), *NOW, "--as", "ha")
    code = "H99.14-261123-0001"
    run("dossier", "link", code, "G22-175", "--as", "ha")
    status, out, _ = say("dossier", "show", code, "--as", "ha")
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert status == 0
    assert "Điện thoại 0912345678" in lines
    assert "Người nộp Bùi Văn Mẫu · 0010******31 · Vợ, chồng" in lines
    assert "Chủ hồ sơ Hoàng Thị Ước · 0011******17" in lines
    assert "Con Trần Hoàng Ưu Ái" in lines
    assert any(line.startswith("Người tiếp nhận ") and "Quầy" in line for line in lines)
    assert any("Giấy chứng sinh Đã đối chiếu" in line for line in lines)
    assert any("Tiếp nhận tại Quầy 3 Trần Thu Hà" in line for line in lines)
    assert any("Gắn mã G22-175 của hệ thống khác" in line for line in lines)
    assert "dossier." not in out
    english = say("dossier", "show", code, "--as", "ha", "--lang", "en")[1]
    assert "dossier." not in english
    assert "Tiếp nhận tại" not in english


def test_the_history_in_json_names_who_did_it(run: Run, write: Write, owner: str) -> None:
    run("dossier", "receive", "--file", write(BIRTH), *NOW, "--as", "ha")
    shown = run("dossier", "show", "H99.14-261123-0001", "--as", "ha").plain
    by = shown["history"][0]["by"]
    assert by["login"] == "ha"
    assert by["name"] == shown["received_by"]["name"]
    assert shown["history"][0]["kind"] == "dossier.received"


# ---- linking ------------------------------------------------------------------------------------------------------


def test_a_code_of_another_system(run: Run, write: Write, owner: str) -> None:
    for _ in range(2):
        run("dossier", "receive", "--file", write(BIRTH), *NOW)
    first, second = "H99.14-261123-0001", "H99.14-261123-0002"
    linked = run("dossier", "link", first, "000.00.14.h99-261123-0007").plain
    assert linked == {
        "code": first,
        "temporary_code": None,
        "external_code": "000.00.14.H99-261123-0007",
        "external_codes": ["000.00.14.H99-261123-0007"],
        "official_code": first,
    }
    assert run("dossier", "link", first, "000.00.14.H99-261123-0007").status == 0
    assert run("dossier", "show", "000.00.14.H99-261123-0007").plain["code"] == first
    assert run("dossier", "find", "000.00.14.H99").plain[0]["code"] == first
    assert run("dossier", "link", second, "000.00.14.H99-261123-0007").code == "dossier.external-code-taken"
    assert run("dossier", "link", second, "x").code == "code.external-bad"
    assert run("dossier", "link", "H99.14-261123-0099", "K-0001").code == "dossier.unknown"
    assert run("dossier", "link", second, "K-0001", "--as", "lan").code == "permission.missing"
    assert len(run("dossier", "show", first).plain["history"]) == 2


def test_an_earlier_code_goes_on_finding_the_dossier_and_is_named(run: Run, say: Any, write: Write, owner: str) -> None:
    run("dossier", "receive", "--file", write(BIRTH), *NOW)
    first = "H99.14-261123-0001"
    run("dossier", "link", first, "G22-175")
    linked = run("dossier", "link", first, "G22-176").plain
    assert (linked["external_code"], linked["external_codes"]) == ("G22-176", ["G22-175", "G22-176"])
    assert "G22-175" in say("dossier", "link", first, "G22-176")[1]
    shown = run("dossier", "show", "G22-175").plain
    assert (shown["code"], shown["external_code"], shown["external_codes"]) == (
        first, "G22-176", ["G22-175", "G22-176"],
    )  # fmt: skip
    assert [each["code"] for each in run("dossier", "find", "G22-175").plain] == [first]
    off = run("dossier", "unlink", first, "G22-176", "--reason", "gõ nhầm").plain
    assert (off["external_code"], off["external_codes"]) == ("G22-175", ["G22-175"])
    assert run("dossier", "show", "G22-176").code == "dossier.unknown"
    assert run("dossier", "unlink", first, "G22-176", "--reason", "nữa").code == "dossier.not-linked"
    assert run("dossier", "unlink", first, "G22-175").code == "usage.missing"


def test_the_phone_and_pieces_of_a_code_find_it(run: Run, write: Write, owner: str) -> None:
    run("dossier", "receive", "--file", write({**BIRTH, "contact": {"phone": "0987 654 321"}}), *NOW)
    for typed in ("0987654321", "0987 654", "14-261123-0001", "1123-0001", "2611"):
        found = run("dossier", "find", typed, *NOW).plain
        assert [each["code"] for each in found] == ["H99.14-261123-0001"], typed


# ---- sent back ----------------------------------------------------------------------------------------------------


def test_what_is_missing_is_asked_for_and_the_draft_is_kept(run: Run, write: Write, owner: str) -> None:
    form = {**SCANNED, "complete": False}
    ran = run("dossier", "turn-away", "--file", write({"kind": "supplement", "form": form}), *NOW)
    assert ran.status == 0
    assert ran.plain["number"] == 1
    assert any("Tờ khai" in item for item in ran.plain["items"])
    assert not any(item == "Giấy chứng sinh" for item in ran.plain["items"])
    received = run("dossier", "receive", "--file", write({"draft": ran.plain["draft"], "complete": True}), *NOW)
    assert received.plain["code"] == "H99.14-261123-0001"
    shown = run("dossier", "show", "H99.14-261123-0001").plain
    paper = next(each for each in shown["components"] if each["name"] == "Giấy chứng sinh")
    assert paper["stored"][0]["sha256"] == hashlib.sha256(PAPER).hexdigest()


def test_a_refusal_uses_no_dossier_code(run: Run, write: Write, owner: str) -> None:
    wish = {"kind": "refusal", "form": BIRTH, "reason": "Không thuộc thẩm quyền của phường"}
    first = run("dossier", "turn-away", "--file", write(wish), *NOW).plain
    second = run("dossier", "turn-away", "--file", write(wish), *NOW).plain
    assert (first["number"], second["number"], first["draft"]) == (1, 2, None)
    assert first["code"] != second["code"]
    for code in (first["code"], second["code"]):
        assert run("dossier", "show", code).code == "dossier.unknown"
    assert run("dossier", "find", "uoc").plain == []


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({"kind": "refusal", "form": BIRTH}, "intake.reason-missing"),
        ({"kind": "supplement", "form": BIRTH}, "intake.nothing-missing"),
        ({"kind": "smile", "form": BIRTH}, "intake.kind"),
        ({"form": BIRTH}, "form.key-missing"),
        ({"kind": "refusal"}, "form.key-missing"),
        ({"kind": "refusal", "form": BIRTH, "reason": 3}, "form.wrong-type"),
        ({"kind": "refusal", "form": BIRTH, "items": "x"}, "form.wrong-type"),
        ({"kind": "refusal", "form": BIRTH, "mood": "bad"}, "form.unknown-key"),
        ([], "form.not-an-object"),
        ({"kind": "refusal", "form": [], "reason": "x"}, "form.key-missing"),
    ],
)
def test_what_cannot_be_sent_back(run: Run, write: Write, owner: str, wish: Any, code: str) -> None:
    ran = run("dossier", "turn-away", "--file", write(wish), *NOW)
    assert (ran.status, ran.code) == (2, code)


# ---- files that a hostile or unlucky world makes -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"complete": "false"}, "form.wrong-type"),
        ({"complete": 1}, "form.wrong-type"),
        ({"assisted": "x"}, "form.wrong-type"),
        ({"components": [{"name": "Giấy chứng sinh", "originals": 1, "extra": "no"}]}, "form.wrong-type"),
        ({"owner": {**OWNER, "from_card": "no"}}, "form.wrong-type"),
        ({"parties": [{"role": "owner", "person": {"name": "Trần Mẫu"}}]}, "form.party-role"),
        ({"parties": [{"role": "submitter", "person": {"name": "Trần Mẫu"}}]}, "form.party-role"),
        ({"fields": {"noi_sinh": float("nan")}}, "file.not-json"),
    ],
)
def test_refuses_what_it_would_have_to_guess(
    run: Run, write: Write, owner: str, changed: dict[str, Any], code: str
) -> None:
    ran = run("dossier", "receive", "--file", write({**BIRTH, **changed}), *NOW)
    assert (ran.status, ran.code) == (2, code)
    assert run("dossier", "find", "").plain == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("[" * 200_000, "file.not-json"),
        ('{"procedure": "1.001193", "owner": {}, "fields": ' + '{"a": ' * 60 + "1" + "}" * 60 + "}", "form.too-deep"),
    ],
)
def test_a_file_nested_without_end_is_no_form(run: Run, tmp_path: Path, content: str, code: str) -> None:
    path = tmp_path / "deep.json"
    path.write_text(content, "utf-8")
    ran = run("dossier", "receive", "--file", str(path))
    assert (ran.status, ran.code) == (2, code)


def test_every_text_is_stored_composed_and_storable(run: Run, write: Write, owner: str, tmp_path: Path) -> None:
    said = {
        "summary": "Đăng ký khai sinh\ud800 cho\x00con",
        "relation": "chị họ",
        "note": "Ghi chú\nở dòng hai",
        "fields": {"khác": "Ổn"},
        "submitter": {**OWNER, "identity_number": "001190000033", "name": "Hoàng Thị Nộp"},
        "contact": {"phone": "0912345678", "email": "o@vi-du.vn"},
        "delivery": {"way": "post", "name": "Đỗ Ưu", "phone": "0912345678", "address": "Ngõ Ổ"},
        "components": [*BIRTH["components"], {"name": "Giấy lạ ở", "extra": True, "originals": 1}],
    }
    path = tmp_path / "nfd.json"
    decomposed = json.loads(unicodedata.normalize("NFD", json.dumps({**BIRTH, **said}, ensure_ascii=False)))
    path.write_text(json.dumps(decomposed), "utf-8")
    code = run("dossier", "receive", "--file", str(path), *NOW).plain["code"]
    shown = run("dossier", "show", code, *NOW).plain
    assert shown["summary"] == "Đăng ký khai sinh\ufffd cho con"
    assert shown["note"] == said["note"] and shown["relation"] == said["relation"]
    assert shown["fields"] == said["fields"] and shown["delivery"] == said["delivery"]
    assert shown["components"][-1]["name"] == "Giấy lạ ở"
    text = json.dumps(shown, ensure_ascii=False)
    assert unicodedata.is_normalized("NFC", text)


def test_a_code_that_another_system_gave_first_is_not_given_again(run: Run, write: Write, owner: str) -> None:
    first = run("dossier", "receive", "--file", write(BIRTH), *NOW).plain["code"]
    linked = first.replace("-0001", "-0002")
    assert run("dossier", "link", first, linked, *NOW).status == 0
    second = run("dossier", "receive", "--file", write(BIRTH, "second.json"), *NOW).plain["code"]
    assert second == first.replace("-0001", "-0003")
    assert run("dossier", "show", linked, *NOW).plain["code"] == first


# ---- whom to reach --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("contact", "code", "field"),
    [
        ({"phone": "abc"}, "person.phone", "phone"),
        ({"phone": "123"}, "person.phone", "phone"),
        ({"email": "a@"}, "person.email", "email"),
        ({"phone": "0912345678", "email": "ha mau.vn"}, "person.email", "email"),
    ],
)
def test_a_contact_that_nobody_can_be_reached_by_is_refused(
    run: Run, write: Write, owner: str, contact: Any, code: str, field: str
) -> None:
    ran = run("dossier", "receive", "--file", write({**BIRTH, "contact": contact}), *NOW)
    assert (ran.status, ran.code, ran.error["details"]["field"]) == (2, code, field)
    form = {"kind": "refusal", "form": {**BIRTH, "contact": contact}, "reason": "không đủ"}
    assert run("dossier", "turn-away", "--file", write(form), *NOW).code == code
    assert run("dossier", "find", "H99", *NOW).plain == []


def test_a_contact_is_kept_as_numbers_are_and_what_is_odd_is_said(run: Run, write: Write, owner: str) -> None:
    contact = {"phone": "+84 912.345.678 / 0123 456 789", "email": " ha@vidu.vn "}
    ran = run("dossier", "receive", "--file", write({**BIRTH, "contact": contact}), *NOW)
    assert {"person.phone-several", "person.phone-odd"} <= set(ran.plain["warnings"])
    shown = run("dossier", "show", ran.plain["code"]).plain["contact"]
    assert shown == {"phone": "0912345678, 0123456789", "email": "ha@vidu.vn"}


def test_the_post_needs_a_phone_that_is_one(run: Run, write: Write, owner: str) -> None:
    delivery = {"way": "post", "name": "Bùi Thị Mẫu", "phone": "không có", "address": "Tổ 1, phường Mẫu"}
    ran = run("dossier", "receive", "--file", write({**BIRTH, "delivery": delivery}), *NOW)
    assert (ran.code, ran.error["details"]["field"]) == ("person.phone", "delivery.phone")
