"""The starter catalogue: forty ward procedures, and the traps of the facts they were made from, one by one."""

from __future__ import annotations

import tomllib
import unicodedata
from pathlib import Path

import pytest

from onestop.rules.catalogue_file import Document, read_document, read_synonyms, write_document
from onestop.rules.deadline import LimitSource, effective_limit
from onestop.rules.fees import compute
from onestop.rules.national_papers import is_refusal
from onestop.rules.procedure import Channel, Component, FeeBasis, FeeKind, Level, Limit, Procedure, Unit
from onestop.rules.text import tokens

CATALOGUE = Path(__file__).resolve().parents[3] / "resources" / "catalogue"
FILE = CATALOGUE / "procedures.json"
RESIDENCE = ("1.004194", "1.004222", "1.010041")
FROM_MEMORY = ("2.000033", "1.005092", "1.001776", "1.001699", "1.001731", "1.014027")
SAME_DAY = ("1.001193", "1.000894", "1.000656", "2.000635", "2.000815", "2.000884", "1.005092")


@pytest.fixture(scope="module")
def document() -> Document:
    return read_document(FILE.read_bytes())


@pytest.fixture(scope="module")
def starter(document: Document) -> dict[str, Procedure]:
    return {procedure.code: procedure for procedure in document.procedures}


def names(procedure: Procedure, case: str | None = None) -> list[str]:
    return [component.name for component in procedure.case(case).components]


def papers(procedure: Procedure) -> list[Component]:
    return [component for case in procedure.cases for component in case.components]


def test_forty_procedures_load_and_are_written_back_as_they_stand(document: Document) -> None:
    assert [type(each).__name__ for _, each in document.entries] == ["Procedure"] * len(document.entries)
    assert len(document.procedures) >= 40
    text = write_document(document.procedures, document.name, document.published, document.quick)
    assert text == FILE.read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert set(document.quick) <= {procedure.code for procedure in document.procedures}


def test_every_procedure_is_whole(starter: dict[str, Procedure]) -> None:
    for procedure in starter.values():
        assert procedure.valid_from == "2025-07-01"
        assert procedure.short_name and procedure.field and procedure.ministry and procedure.keywords, procedure.code
        assert procedure.channels and procedure.results and procedure.legal_basis and procedure.fees, procedure.code
        assert all(case.components for case in procedure.cases), procedure.code
        assert all(each.originals + each.certified + each.copies >= 1 for each in papers(procedure)), procedure.code
        assert all(each.kind in ("submit", "show") for each in papers(procedure))
        assert len({field.name for field in procedure.fields}) == len(procedure.fields)


def test_every_dossier_of_every_case_has_a_limit_with_a_unit(starter: dict[str, Procedure]) -> None:
    for procedure in starter.values():
        for case in procedure.cases:
            for terms in procedure.channels:
                _, source = effective_limit(procedure, case, terms.channel)
                assert source is not LimitSource.UNKNOWN, (procedure.code, case.key, terms.channel)


def test_what_no_text_has_confirmed_is_named(starter: dict[str, Procedure]) -> None:
    for procedure in starter.values():
        assert "level" in procedure.unconfirmed, procedure.code
        assert bool(procedure.fields) == ("fields" in procedure.unconfirmed), procedure.code
        assert not any(field.required for field in procedure.fields), "an unconfirmed field must stop nobody"
        assert ("code" in procedure.unconfirmed) == (procedure.code in ("2.000033", "1.005092"))
        from_memory = {"limit", "fees", "components", "channels"} <= set(procedure.unconfirmed)
        assert from_memory == (procedure.code in FROM_MEMORY)


def test_no_word_of_the_notes_behind_the_facts_is_left(starter: dict[str, Procedure]) -> None:
    text = FILE.read_text(encoding="utf-8")
    for word in ("memory", "Seed", "trí nhớ", "crawl", "f(số trang"):
        assert word not in text
    assert starter["1.013978"].case(None).components[0].name == "Đơn đăng ký đất đai (Mẫu số 15, chưa đối chiếu)"


def test_a_level_that_is_not_known_stays_unknown(starter: dict[str, Procedure]) -> None:
    assert starter["2.000815"].level is None
    assert starter["1.001193"].level is Level.FULL
    assert starter["1.000894"].level is Level.PARTIAL


# -- limits


@pytest.mark.parametrize("code", SAME_DAY)
def test_same_day_carries_no_number_and_tells_the_hour(starter: dict[str, Procedure], code: str) -> None:
    limit = starter[code].limit
    assert (limit.number, limit.unit) == (None, Unit.SAME_DAY)
    assert "15 giờ" in limit.rule


def test_a_notice_has_no_date(starter: dict[str, Procedure]) -> None:
    assert (starter["2.000033"].limit.number, starter["2.000033"].limit.unit) == (None, Unit.NOTICE)


def test_a_channel_without_a_unit_leaves_the_limit_to_the_procedure(starter: dict[str, Procedure]) -> None:
    terms = starter["1.004859"].terms(Channel.DIRECT)
    assert terms is not None
    assert terms.limit is None
    assert terms.note == "Danh mục quốc gia ghi “1”, bỏ trống đơn vị thời gian."
    assert effective_limit(starter["1.004859"], None, Channel.DIRECT)[0].number == 3


@pytest.mark.parametrize(
    ("code", "case", "channel", "number", "unit"),
    [
        ("1.013225", "nha-o-rieng-le", Channel.DIRECT, 15, Unit.DAY),
        ("1.013225", "nha-o-rieng-le", Channel.ONLINE, 20, Unit.DAY),
        ("1.013225", "ton-giao", Channel.DIRECT, 20, Unit.DAY),
        ("1.013225", "ton-giao", Channel.POSTAL, 20, Unit.DAY),
        ("1.013229", None, Channel.DIRECT, 15, Unit.DAY),
        ("1.013978", None, Channel.ONLINE, 17, Unit.WORKING_DAY),
        ("1.013978", None, Channel.POSTAL, 20, Unit.WORKING_DAY),
        ("1.013978", None, Channel.DIRECT, 27, Unit.WORKING_DAY),
        ("1.012812", None, Channel.POSTAL, 30, Unit.DAY),
        ("1.012812", None, Channel.DIRECT, 40, Unit.DAY),
        ("1.013274", None, Channel.ONLINE, 5, Unit.WORKING_DAY),
        ("1.013274", "dam-tang", Channel.ONLINE, 1, Unit.DAY),
        ("1.010041", "da-co-du-lieu", Channel.ONLINE, 1, Unit.WORKING_DAY),
        ("1.010041", "can-xac-minh", Channel.ONLINE, 3, Unit.WORKING_DAY),
        ("1.004859", "cai-chinh", Channel.DIRECT, 3, Unit.WORKING_DAY),
        ("1.004859", "bo-sung", Channel.DIRECT, None, Unit.SAME_DAY),
        ("2.001263", None, Channel.DIRECT, 30, Unit.DAY),
    ],
)
def test_limits_by_channel_and_case(
    starter: dict[str, Procedure], code: str, case: str | None, channel: Channel, number: int | None, unit: Unit
) -> None:
    limit, _ = effective_limit(starter[code], case, channel)
    assert (limit.number, limit.unit) == (number, unit)


def test_one_channel_twice_became_two_cases(starter: dict[str, Procedure]) -> None:
    assert [terms.channel for terms in starter["1.010041"].channels] == [Channel.ONLINE]
    assert starter["1.010041"].channels[0].limit is None
    assert len(starter["1.010041"].cases) == 2


# -- cases and papers


@pytest.mark.parametrize(
    ("code", "count", "ordinary"),
    [
        ("1.013225", 7, "(1.7) Công trình nhà ở riêng lẻ"),
        ("1.013229", 7, "(1.7) Công trình nhà ở riêng lẻ"),
        ("1.004222", 7, "Vào chỗ ở hợp pháp thuộc quyền sở hữu của mình"),
        ("2.000720", 5, "Thay đổi tên, địa chỉ trụ sở, vốn, ngành nghề, nội dung đăng ký thuế"),
        ("1.004194", 3, "Đăng ký tạm trú (cá nhân, hộ gia đình)"),
        ("1.013978", 3, "Đăng ký, cấp Giấy chứng nhận cho hộ gia đình, cá nhân, cộng đồng dân cư"),
        ("2.001263", 1, ""),
        ("1.001193", 1, ""),
    ],
)
def test_cases_and_the_ordinary_one(starter: dict[str, Procedure], code: str, count: int, ordinary: str) -> None:
    """Of 2.001263 the national catalogue's two "cases" are the two halves of one file: both are asked for."""
    procedure = starter[code]
    assert len(procedure.cases) == count
    assert procedure.case(None).name == ordinary
    assert len({case.key for case in procedure.cases}) == count


@pytest.mark.parametrize(
    ("code", "case", "group", "keys"),
    [
        ("1.001193", None, "chung-sinh", ["chung-sinh", "nguoi-lam-chung", "cam-doan-sinh"]),
        ("1.000656", None, "bao-tu", ["bao-tu", "thay-bao-tu"]),
        ("2.000635", None, "yeu-cau", ["to-khai", "van-ban-yeu-cau"]),
        ("1.001022", None, "chung-cu-quan-he", ["xac-nhan-quan-he", "cam-doan-quan-he"]),
        ("2.001035", None, "tai-san", ["tai-san-ban-chinh", "tai-san-ban-sao"]),
        ("1.013978", None, "quyen-su-dung-dat", ["giay-to-137", "giay-to-148", "giay-to-149"]),
        ("2.001263", None, "hoan-canh-tre", ["bien-ban-bo-roi", "chung-tu-cha-me", "quyet-dinh-toa-an"]),
        ("1.004194", "don-vi-dong-quan", "gioi-thieu", ["gioi-thieu-quan-doi", "gioi-thieu-cong-an"]),
    ],
)
def test_one_of_these_is_a_group(
    starter: dict[str, Procedure], code: str, case: str | None, group: str, keys: list[str]
) -> None:
    components = starter[code].case(case).components
    assert [each.key for each in components if each.group == group] == keys


def test_a_group_has_more_than_one_and_is_wholly_required_or_not(starter: dict[str, Procedure]) -> None:
    for procedure in starter.values():
        for case in procedure.cases:
            groups: dict[str, list[bool]] = {}
            for each in case.components:
                if each.group:
                    groups.setdefault(each.group, []).append(each.required)
            assert all(len(members) > 1 and len(set(members)) == 1 for members in groups.values()), procedure.code


def test_a_paper_for_some_says_for_whom(starter: dict[str, Procedure]) -> None:
    for procedure in starter.values():
        assert all(each.when for each in papers(procedure) if not each.required), procedure.code


def test_identity_papers_are_asked_for_and_satisfied_by_the_database(starter: dict[str, Procedure]) -> None:
    found = [each for p in starter.values() for each in papers(p) if each.name.startswith("Giấy tờ tùy thân")]
    assert len(found) == 18
    assert all(each.required and each.from_database and each.kind == "show" for each in found)


@pytest.mark.parametrize(
    ("code", "part"),
    [
        ("1.001193", "Giấy chứng sinh"),
        ("1.000656", "Giấy báo tử"),
        ("1.000689", "Giấy chứng sinh"),
        ("1.001193", "tùy thân"),
        ("2.000884", "sẽ ký"),
    ],
)
def test_the_name_that_clerks_say_fits_one_paper_alone(starter: dict[str, Procedure], code: str, part: str) -> None:
    exact = [name for name in names(starter[code]) if name == part]
    assert len(exact or [name for name in names(starter[code]) if part in name]) == 1


def test_certified_copies_are_certified(starter: dict[str, Procedure]) -> None:
    paper = next(each for each in papers(starter["2.000908"]) if each.key == "gui-buu-chinh")
    assert (paper.originals, paper.certified, paper.copies, paper.required) == (0, 1, 0, False)


# -- money


@pytest.mark.parametrize(
    "code",
    [
        "1.000656", "1.004873", "1.004859", "1.004884", "1.001022", "1.000689", "1.004837", "1.013225", "1.013226",
        "1.013227", "1.013228", "1.013229", "2.000720", "1.001570", "1.001266", "1.013978", "1.001612",
    ],
)  # fmt: skip
def test_what_the_council_sets_is_unknown_and_not_free(starter: dict[str, Procedure], code: str) -> None:
    sheet = compute(starter[code], starter[code].channels[0].channel)
    assert sheet.le_phi is None
    assert sheet.total is None
    assert all(fee.set_by == "HĐND cấp tỉnh" for fee in starter[code].fees if fee.amount is None)


@pytest.mark.parametrize("code", ["1.001193", "1.000894", "2.000908", "1.010041", "1.011607", "1.012812", "1.001776"])
def test_free_is_zero(starter: dict[str, Procedure], code: str) -> None:
    sheet = compute(starter[code], starter[code].channels[0].channel)
    assert (sheet.phi, sheet.le_phi, sheet.total) == (0, 0, 0)


def test_a_null_fee_is_unknown(starter: dict[str, Procedure]) -> None:
    assert compute(starter["1.013274"], Channel.DIRECT).phi is None


def test_copies_of_the_birth_certificate_cost_8000_each(starter: dict[str, Procedure]) -> None:
    sheet = compute(starter["1.001193"], Channel.DIRECT, result_copies=2)
    assert (sheet.phi, sheet.le_phi) == (16_000, 0)


def test_certified_copies_follow_the_tariff(starter: dict[str, Procedure]) -> None:
    fee = starter["2.000815"].fees[0]
    assert (fee.kind, fee.basis) == (FeeKind.PHI, FeeBasis.CERTIFIED_PAGES)
    assert (fee.tiers, fee.cap) == (((1, 2_000), (3, 1_000)), 200_000)
    assert compute(starter["2.000815"], Channel.DIRECT, certify=[("Bằng", 10, 3)]).phi == 36_000
    assert compute(starter["2.000815"], Channel.DIRECT, certify=[("Sổ", 500, 1)]).phi == 200_000
    assert starter["2.000815"].certify
    assert starter["2.000815"].instant


@pytest.mark.parametrize(
    ("case", "channel", "persons", "le_phi"),
    [
        ("ca-nhan-ho-gia-dinh", Channel.ONLINE, 1, 7_000),
        ("ca-nhan-ho-gia-dinh", Channel.DIRECT, 1, None),
        ("theo-danh-sach", Channel.DIRECT, 4, 40_000),
        ("theo-danh-sach", Channel.ONLINE, 4, None),
        ("don-vi-dong-quan", Channel.DIRECT, 1, None),
    ],
)
def test_temporary_residence_by_list_is_paid_by_person(
    starter: dict[str, Procedure], case: str, channel: Channel, persons: int, le_phi: int | None
) -> None:
    assert compute(starter["1.004194"], channel, case, persons=persons).le_phi == le_phi


@pytest.mark.parametrize(("channel", "le_phi"), [(Channel.ONLINE, 10_000), (Channel.DIRECT, 20_000)])
def test_permanent_residence_by_channel(starter: dict[str, Procedure], channel: Channel, le_phi: int) -> None:
    assert compute(starter["1.004222"], channel).le_phi == le_phi


def test_adoption_costs_400000_and_the_exempt_pay_nothing(starter: dict[str, Procedure]) -> None:
    assert compute(starter["2.001263"], Channel.DIRECT).le_phi == 400_000
    assert compute(starter["2.001263"], Channel.DIRECT, exemption_key="cha-duong-me-ke").le_phi == 0


@pytest.mark.parametrize("code", ["1.000656", "1.004873", "1.004859"])
def test_exemptions_as_given_and_not_confirmed(starter: dict[str, Procedure], code: str) -> None:
    keys = [each.key for each in starter[code].exemptions]
    assert keys[:3] == ["nguoi-co-cong", "ho-ngheo", "khuyet-tat"]
    assert all(each.source and each.kinds == (FeeKind.LE_PHI,) for each in starter[code].exemptions)
    assert "exemptions" in starter[code].unconfirmed


# -- who is competent, what comes out


def test_what_a_ward_only_receives_names_the_competent_agency(starter: dict[str, Procedure]) -> None:
    competent = {p.code: p.competent_agency for p in starter.values() if p.competent_agency}
    assert competent == {"2.000033": "so-cong-thuong", "1.005092": "so-giao-duc-va-dao-tao"}
    for code in competent:
        assert starter[code].agency_levels == ("province",)
    assert all("ward" in p.agency_levels for p in starter.values() if not p.competent_agency)


def test_refusals_are_marked_and_never_stand_first(starter: dict[str, Procedure]) -> None:
    for procedure in starter.values():
        assert not procedure.results[0].refusal, procedure.code
        assert [each.refusal for each in procedure.results] == [is_refusal(each.name) for each in procedure.results]
    for code in RESIDENCE:
        assert any(each.refusal for each in starter[code].results)
    assert not starter["2.001016"].results[0].refusal, "the heir's refusal is what he came for"


def test_parties_and_fields_of_the_commonest(starter: dict[str, Procedure]) -> None:
    assert starter["1.001193"].parties == ("con", "cha", "me")
    assert starter["1.000894"].parties == ("ben-nam", "ben-nu")
    assert starter["1.000656"].parties == ("nguoi-chet",)
    assert {"noi_sinh", "dan_toc", "quoc_tich", "que_quan"} <= {each.name for each in starter["1.001193"].fields}
    assert {"ngay_chet", "nguyen_nhan"} <= {each.name for each in starter["1.000656"].fields}
    for procedure in starter.values():
        for field in procedure.fields:
            assert field.type in ("text", "date", "number", "choice", "note")
            assert (field.type == "choice") == bool(field.choices)
            role, _, column = field.taken_from.partition(".")
            assert not role or role == "owner" or role in procedure.parties, (procedure.code, field.name)
            assert column in ("", "name", "date_of_birth", "sex", "identity_number", "address")


def test_applicants_are_cut_at_the_right_commas(starter: dict[str, Procedure]) -> None:
    assert starter["1.013226"].applicants == (
        "Công dân Việt Nam", "Doanh nghiệp", "Hợp tác xã", "Cán bộ, công chức, viên chức",
        "Tổ chức (không bao gồm doanh nghiệp, HTX)",
    )  # fmt: skip


def test_there_are_sixty_synonyms_and_more() -> None:
    synonyms = read_synonyms(tomllib.loads((CATALOGUE / "synonyms.toml").read_text(encoding="utf-8")))
    typed = [" ".join(tokens(each)) for synonym in synonyms for each in synonym.typed]
    assert len(typed) >= 160
    assert len(synonyms) >= 60
    assert len(set(typed)) == len(typed), [each for each in typed if typed.count(each) > 1]


def test_limits_written_as_limits(starter: dict[str, Procedure]) -> None:
    for procedure in starter.values():
        for limit in (procedure.limit, *(terms.limit for terms in procedure.channels)):
            if limit is not None and limit != Limit():
                assert limit.unit is not None
                assert (limit.number is None) == (limit.unit in (Unit.SAME_DAY, Unit.NOTICE)), procedure.code
