"""Signers, templates in versions, and a result letter of a dossier: its number, its words, what refuses it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from desktop.office import Office
from onestop import clock
from onestop.actions import printing, process, result_letters, result_templates, signers
from onestop.actions.printing import PrintForm
from onestop.actions.result_letters import MakeForm, SignedLetter
from onestop.actions.result_templates import TemplateForm
from onestop.actions.table import KINDS
from onestop.queries import dossiers, overview
from onestop.queries import papers as paper_queries
from onestop.queries import result_letters as letter_queries
from onestop.queries import result_templates as template_queries
from onestop.queries import signers as signer_queries
from onestop.queries.letters import LetterOptions
from onestop.queries.life_letters import LIFE
from onestop.queries.result_letters import Made, Wish
from onestop.rules.errors import RuleBroken
from onestop.rules.letters import FormKey
from onestop.rules.moves import MoveForm, Result
from onestop.rules.result_letters import counter_sign, written
from onestop.rules.result_template import LETTER, Template
from onestop.rules.signers import Signer
from onestop.store import rebuild
from onestop.store.files import fingerprint
from tests.helpers.office import MONDAY, act_as, made_person, received

UNMARRIED = "1.004873"
HEAD = Signer("", "Nguyễn Văn Chủ", "Chủ tịch", "TM", "2026-01-01", behalf="Ủy ban nhân dân")
DEPUTY = Signer("", "Lê Thị Phó", "Phó Chủ tịch", "KT", "2026-01-01", behalf="Chủ tịch")


@pytest.fixture
def office(demo_office: Office) -> Iterator[Office]:
    with clock.frozen(MONDAY):
        yield demo_office


def folded(office: Office) -> bool:
    """Whether the rows are what the acts alone make of them."""
    return office.read(lambda connection: rebuild.compare(connection, KINDS, office.files, office.id)) == []


def added(office: Office, signer: Signer = HEAD) -> str:
    return office.perform(signers.add, signer).answer


def dossier(office: Office, place: int = 2, **fields: str) -> str:
    return received(office, made_person(place), procedure=UNMARRIED, fields=fields).id


def made(office: Office, dossier_id: str, **given: str) -> Made:
    return office.perform(result_letters.make, MakeForm(dossier_id, **given)).answer


def refused(office: Office, action: Any, form: Any) -> RuleBroken:
    with pytest.raises(RuleBroken) as broken:
        office.perform(action, form)
    return broken.value


def test_a_signer_is_entered_once_and_withdrawn(office: Office) -> None:
    head = added(office)
    assert refused(office, signers.add, replace(HEAD, name=" Nguyễn  Văn Chủ ")).code == "signer.already"
    act_as(office, "ha")
    assert refused(office, signers.add, DEPUTY).code == "permission.missing"
    assert refused(office, signers.withdraw, head).code == "permission.missing"
    act_as(office, "demo")
    assert refused(office, signers.withdraw, "nobody").code == "signer.unknown"
    office.perform(signers.withdraw, head)
    office.perform(signers.withdraw, head)
    assert office.read(signer_queries.signers) == ()
    assert [each.id for each in office.read(signer_queries.signers, withdrawn=True)] == [head]


def test_each_saving_is_a_version_and_the_one_before_stays(office: Office) -> None:
    template = Template("Công văn trả lời", about="trả lời {ho_ten}", text="Kính gửi {ho_ten}", kind=LETTER)
    first = office.perform(result_templates.publish, TemplateForm(template)).answer
    assert (first.key, first.version) == ("cong-van-tra-loi", 1)
    assert refused(office, result_templates.publish, TemplateForm(template, first.key)).code == "template.same"
    other = replace(template, text="Kính gửi: **{ho_ten}**")
    second = office.perform(result_templates.publish, TemplateForm(other, first.key, 1)).answer
    assert second.version == 2
    late = refused(office, result_templates.publish, TemplateForm(template, first.key, 1))
    assert (late.code, late.details["by"]) == ("template.moved-on", "Phan Ngọc Ánh")
    kept = office.read(template_queries.versions, first.key)
    assert [(each.version, each.status, each.template.text) for each in kept] == [
        (2, "in-use", "Kính gửi: **{ho_ten}**"),
        (1, "superseded", "Kính gửi {ho_ten}"),
    ]
    office.perform(result_templates.retire, first.key)
    assert first.key not in [each.key for each in office.read(template_queries.templates)]
    assert refused(office, result_templates.retire, first.key).code == "template.unknown"
    again = office.perform(result_templates.publish, TemplateForm(other, first.key)).answer
    assert again.version == 3


def test_a_template_with_an_unknown_field_is_not_published(office: Office) -> None:
    template = Template("Giấy", "GIẤY", text="Nơi sinh: {truong:noi_sing}", procedures=("1.001193",))
    broken = refused(office, result_templates.publish, TemplateForm(template))
    assert broken.details == {
        "field": "text", "name": "truong:noi_sing", "line": 1, "nearest": "truong:noi_sinh", "how": "nearest",
    }  # fmt: skip
    fine = replace(template, text="Nơi sinh: {truong:noi_sinh}")
    # The field is one of the birth form, and this template would be for another procedure.
    assert refused(office, result_templates.publish, TemplateForm(replace(fine, procedures=(UNMARRIED,)))).code == (
        "template.unknown-field"
    )
    assert refused(office, result_templates.publish, TemplateForm(replace(fine, procedures=("9.999999",)))).code == (
        "template.unknown-procedure"
    )
    act_as(office, "ha")
    assert refused(office, result_templates.publish, TemplateForm(fine)).code == "permission.missing"


def test_one_that_comes_with_the_program_is_used_changed_and_retired(office: Office) -> None:
    assert [each.id for each in office.read(template_queries.for_procedure, UNMARRIED)] == ["xac-nhan-hon-nhan@0"]
    office.perform(result_templates.retire, "xac-nhan-hon-nhan")
    assert office.read(template_queries.for_procedure, UNMARRIED) == ()
    kept = next(each for each in office.read(template_queries.templates, retired=True) if each.status == "retired")
    own = replace(kept.template, title="GIẤY XÁC NHẬN ĐỘC THÂN")
    office.perform(result_templates.publish, TemplateForm(own, kept.key, kept.version))
    assert [each.id for each in office.read(template_queries.for_procedure, UNMARRIED)] == ["xac-nhan-hon-nhan@1"]
    assert folded(office)


def test_a_letter_has_its_number_its_words_and_who_signs(office: Office) -> None:
    head = added(office)
    one = dossier(office, muc_dich="mua nhà", tinh_trang="Chưa đăng ký kết hôn với ai")
    first = made(office, one, signer=head)
    assert first.plain["result"] == {
        "title": "Giấy xác nhận tình trạng hôn nhân",
        "number": "01-Q1/UBND-XNTTHN",  # the demo office has four counters
        "date": "2026-11-23",
        "signer": "Nguyễn Văn Chủ",
    }
    assert first.plain["filled"]["missing"] == ["truong:thoi_gian_cu_tru"]
    letter = office.read(LIFE[FormKey.RESULT_LETTER], one, LetterOptions())
    assert letter.name == "result-letter"
    assert letter.letter.form.source == "xac-nhan-hon-nhan@0"
    assert not letter.letter.form.checked
    assert letter.letter.signer_lines == ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
    text = json.dumps(first.plain["filled"], ensure_ascii=False)
    assert made_person(2).identity_number in text
    assert "Tổ 3, phường Mẫu, tỉnh Mẫu" in text, "taken from the owner, as the form says"
    # The words stay, whatever becomes of the template and the signer.
    office.perform(result_templates.retire, "xac-nhan-hon-nhan")
    office.perform(signers.withdraw, head)
    assert office.read(LIFE[FormKey.RESULT_LETTER], one, LetterOptions()) == letter


def test_numbers_follow_each_other_and_what_the_clerk_of_the_book_gave_stays(office: Office) -> None:
    added(office)
    one, two = dossier(office), dossier(office, 3)
    assert made(office, one).plain["result"]["number"].startswith("01-Q1/")
    assert made(office, two, number="45").plain["result"]["number"] == "45/UBND-XNTTHN"
    assert made(office, two, number="46/2026/XN").plain["result"]["number"] == "46/2026/XN"
    third = made(office, two)
    assert third.plain["result"]["number"].startswith("02-Q1/")
    assert (third.number, third.name) == (3, "result-letter:3")
    assert counter_sign(1, 1) == ""
    for wrong in ("không có", "1" * 61):
        with pytest.raises(RuleBroken, match=r"result\.number"):
            written(wrong, "XN")


def test_what_refuses_a_letter(office: Office) -> None:
    one = dossier(office)
    assert refused(office, result_letters.make, MakeForm(one)).code == "signer.none"
    head, other = added(office), received(office, made_person(4), procedure="1.001193").id
    late = added(office, replace(DEPUTY, valid_to="2026-11-22"))
    cases: list[tuple[dict[str, str], str]] = [
        ({"dossier": "H99.14-000000-0000"}, "dossier.unknown"),
        ({"dossier": other}, "template.none-for"),
        ({"dossier": other, "template": "xac-nhan-cu-tru"}, "template.not-for"),
        ({"template": "nothing"}, "template.unknown"),
        ({"signer": late}, "signer.expired"),
        ({"signer": "Không Ai"}, "signer.unknown"),
        ({"day": "mai"}, "result.day"),
        ({"day": "2026-11-24"}, "result.future"),
        ({"number": "Số"}, "result.number"),
    ]
    for given, code in cases:
        form = MakeForm(**{"dossier": one, "signer": head, **given})
        assert refused(office, result_letters.make, form).code == code, given
    assert made(office, one, signer="le thi pho", day="2026-11-22").plain["signer"]["id"] == late
    office.perform(process.move, MoveForm(one, "withdraw", reason="thôi"))
    assert refused(office, result_letters.make, MakeForm(one)).code == "result.state"
    act_as(office, "khoa")
    assert refused(office, result_letters.make, MakeForm(one)).code == "permission.missing"


def test_finishing_says_what_the_letter_says_unless_another_number_is_given(office: Office) -> None:
    added(office)
    one, two = dossier(office), dossier(office, 3)
    letter = made(office, one).plain["result"]
    made(office, two)
    office.perform(process.move, MoveForm(one, "finish"))
    office.perform(process.move, MoveForm(two, "finish", result=Result(number="125/2026")))
    for each, wanted in ((one, letter), (two, {"number": "125/2026", "signer": None})):
        found = office.read(dossiers.one, each, history=False)
        assert found is not None
        assert wanted.items() <= found.values["result"].items()
    card = office.read(overview.card, one)
    assert card is not None
    [event] = [each for each in card.history if each.kind == "dossier.letter-made"]
    assert event.details == letter, "no words of the letter, in which numbers of people stand"


def test_a_letter_to_look_at_has_no_number_and_masks_those_of_people(office: Office) -> None:
    [row] = office.read(template_queries.for_procedure, UNMARRIED)
    one = dossier(office)
    shown = office.read(letter_queries.draft, Wish(row.template, one))
    number = str(made_person(2).identity_number)
    text = json.dumps([[p.text for p in each.pieces] for each in shown.filled.paragraphs], ensure_ascii=False)
    assert shown.draft
    assert number not in text
    assert f"{number[:4]}******{number[-2:]}" in text
    sample = office.read(letter_queries.draft, Wish(row.template))
    assert sample.filled.missing == ()
    assert "[Tình trạng hôn nhân]" in json.dumps(
        [[p.text for p in each.pieces] for each in sample.filled.paragraphs], ensure_ascii=False
    )
    with pytest.raises(RuleBroken, match=r"dossier\.unknown"):
        office.read(letter_queries.draft, Wish(row.template, "nobody"))


def test_what_was_chosen_last_stands_first(office: Office) -> None:
    added(office)
    deputy = added(office, DEPUTY)
    one = dossier(office)
    general = Template("Văn bản chung", "VĂN BẢN", text="{noi_dung}")
    office.perform(result_templates.publish, TemplateForm(general))
    assert office.actor is not None
    me = office.actor.id
    first = office.read(letter_queries.choice, one, me)
    assert [each.key for each in first.templates] == ["xac-nhan-hon-nhan", "van-ban-chung"]
    assert first.signers[0].name == HEAD.name
    assert first.missing["xac-nhan-hon-nhan"] == (
        "truong:thoi_gian_cu_tru", "truong:tinh_trang", "truong:muc_dich",
    )  # fmt: skip
    made(office, one, template="van-ban-chung", signer=deputy)
    after = office.read(letter_queries.choice, one, me)
    assert [each.key for each in after.templates] == ["van-ban-chung", "xac-nhan-hon-nhan"]
    assert after.signers[0].id == deputy
    assert [each.plain["key"] for each in after.made] == ["van-ban-chung"]
    assert office.read(letter_queries.choice, one, "somebody else").signers[0].name == HEAD.name


def test_a_signed_letter_is_kept_as_the_result_of_its_dossier(office: Office) -> None:
    added(office)
    one = dossier(office)
    letter = made(office, one)
    content, signed = b"%PDF-1.7 letter", b"%PDF-1.7 letter, signed"
    form = SignedLetter(one, letter.name, fingerprint(content), signed, "CN=Chủ tịch", "1F")
    assert refused(office, result_letters.keep_signed, form).code == "result.not-printed"
    printed = PrintForm(("dossier", one), letter.name, 0, "A4", letter.plain["template"], content, 0, "out")
    office.perform(printing.record, printed)
    office.perform(result_letters.keep_signed, form)
    assert refused(office, result_letters.keep_signed, form).code == "result.signed-already"
    [paper] = office.read(paper_queries.of_dossier, one)
    assert (paper.component, paper.about.number, paper.blob) == ("ket-qua", "01-Q1/UBND-XNTTHN", fingerprint(signed))
    assert paper.signed is not None
    assert paper.signed["of"] == fingerprint(content)
    office.perform(process.move, MoveForm(one, "finish"))
    found = office.read(dossiers.one, one, history=False)
    assert found is not None
    assert (found.values["result"]["letters"], found.values["result"]["papers"]) == ([paper.id], [])
    office.perform(process.move, MoveForm(one, "undo"))
    assert [each.id for each in office.read(paper_queries.of_dossier, one)] == [paper.id], "the signed letter stays"
    assert folded(office)
