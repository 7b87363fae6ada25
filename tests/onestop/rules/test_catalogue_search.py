"""Finding a procedure in a few letters: what comes first, by which words, and that one key is never waited for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.rules.catalogue_file import Synonym
from onestop.rules.catalogue_fit import Habits, read_habits
from onestop.rules.catalogue_search import Entry, Hit, Index
from onestop.rules.errors import RuleBroken
from onestop.rules.procedure import Level
from tests.helpers.national import HABITS, SAMPLE, SYNONYMS, entries, real_file, with_quick

SMALL = Index(entries(SAMPLE.read_bytes()), SYNONYMS, HABITS)
ALONE = Index(with_quick(entries(None)), SYNONYMS, HABITS)


@pytest.fixture(scope="module")
def small() -> Index:
    return SMALL


@pytest.fixture(scope="module")
def whole() -> Index:
    """Over the real national catalogue where it is, else over the small file once more."""
    path = real_file()
    return Index(entries(path.read_bytes()), SYNONYMS, HABITS) if path else SMALL


def codes(index: Index, text: str, limit: int = 20, **filters: str) -> list[str]:
    return [hit.code for hit in index.find(text, limit=limit, **filters)]


FIRST = [
    ("khai sinh", "1.001193"),
    ("Khai sinh", "1.001193"),
    ("khai si", "1.001193"),
    ("dang ky khai sinh", "1.001193"),
    ("ks", "1.001193"),
    ("dkks", "1.001193"),
    ("đkks", "1.001193"),
    ("kst", "1.001193"),
    ("giay phep xay dung nha o", "1.013225"),
    ("giấy phép xây dựng nhà ở", "1.013225"),
    ("gpxd", "1.013225"),
    ("GPXD", "1.013225"),
    ("xây nhà", "1.013225"),
    ("chung thuc", "2.000815"),
    ("chứng thực", "2.000815"),
    ("sao y", "2.000815"),
    ("chung thuc chu ky", "2.000884"),
    ("độc thân", "1.004873"),
    ("doc than", "1.004873"),
    ("độc th", "1.004873"),
    ("tinh trang hon nhan", "1.004873"),
    ("kết hôn", "1.000894"),
    ("khai tử", "1.000656"),
    ("báo tử", "1.000656"),
    ("trích lục", "2.000635"),
    ("cải chính", "1.004859"),
    ("đổi tên", "1.004859"),
    ("tạm trú", "1.004194"),
    ("kt3", "1.004194"),
    ("nhập hộ khẩu", "1.004222"),
    ("ct07", "1.010041"),
    ("hkd", "1.001612"),
    ("hộ kinh doanh", "1.001612"),
    ("giải thể hkd", "1.001266"),
    ("sổ đỏ", "1.013978"),
    ("so do", "1.013978"),
    ("tranh chap dat", "1.012812"),
    ("vỉa hè", "1.013274"),
    ("mai táng", "1.001731"),
    ("khuyet tat", "1.001699"),
    ("hộ nghèo", "1.011607"),
    ("con nuoi", "2.001263"),
    ("khuyến mãi", "2.000033"),
    ("bằng tốt nghiệp", "1.005092"),
    ("1.001193", "1.001193"),
    ("001193", "1.001193"),
    ("1.001193.000.00.00.H56", "1.001193"),
]


@pytest.mark.parametrize(("text", "code"), FIRST)
def test_what_clerks_type_brings_it_first(small: Index, whole: Index, text: str, code: str) -> None:
    assert codes(small, text, 1) == [code]
    assert codes(whole, text, 1) == [code]


@pytest.mark.parametrize("text", ["khai sinh", "giay phep xay dung nha o", "chung thuc", "sao y", "doc than", "gpxd"])
def test_without_the_quick_list_and_with_it(text: str) -> None:
    expected = dict(FIRST)[text]
    assert codes(ALONE, text, 1) == [expected]


# -- one rule at a time


def index(*names: str, **more: object) -> Index:
    return Index([Entry(f"1.00000{place}", name, **more) for place, name in enumerate(names)])  # type: ignore[arg-type]


def order(found: Index, text: str) -> list[int]:
    return [int(code[-1]) for code in codes(found, text)]


def test_words_together_come_before_words_apart() -> None:
    assert order(index("Đăng ký lại việc khai có sinh vật", "Đăng ký khai sinh"), "khai sinh")[0] == 1


def test_exact_accents_come_first_and_none_are_needed() -> None:
    found = index("Đăng ký kiểm tra", "Đăng ký kiếm trà", "Đăng ký kiem tra")
    assert order(found, "kiếm trà")[0] == 1
    assert order(found, "kiểm tra")[0] == 0
    assert order(found, "kiem tra")[0] == 2
    assert sorted(order(found, "kiem tra")) == [0, 1, 2]


def test_the_old_and_the_new_place_of_the_tone_are_the_same() -> None:
    assert order(index("Hoà giải ở cơ sở", "Họa giải"), "hòa giải")[0] == 0
    assert order(index("Hòa giải ở cơ sở", "Họa giải"), "hoà giải")[0] == 0


def test_word_order_is_free() -> None:
    assert order(index("Cấp giấy phép xây dựng nhà ở", "Cấp giấy phép lái xe"), "nhà ở xây dựng") == [0]


def test_ward_before_province_and_the_quick_list_before_both() -> None:
    name = "Cấp giấy phép"
    found = Index(
        [
            Entry("1.000001", name, agency_levels=("province",)),
            Entry("1.000002", name, agency_levels=("ministry", "ward")),
            Entry("1.000003", name, agency_levels=("ward",)),
            Entry("1.000004", name, agency_levels=("ward",), quick=2),
            Entry("1.000005", name, agency_levels=("ward",), quick=1),
        ]
    )
    assert codes(found, "giay phep") == ["1.000005", "1.000004", "1.000003", "1.000002", "1.000001"]
    assert codes(found, "") == ["1.000005", "1.000004", "1.000003", "1.000002", "1.000001"]


def test_the_shorter_name_that_is_asked_for_comes_before_the_longer() -> None:
    found = index("Thủ tục đăng ký khai sinh có yếu tố nước ngoài", "Thủ tục đăng ký khai sinh")
    assert order(found, "đăng ký khai sinh") == [1, 0]
    assert order(found, "thu tuc dang ky khai sinh") == [1, 0]


def test_a_synonym_finds_and_is_worth_less_than_the_words_themselves() -> None:
    found = Index(
        [Entry("1.000001", "Chứng thực bản sao"), Entry("1.000002", "Sao y văn bản")],
        [Synonym(("sao y",), ("chứng thực bản sao",))],
    )
    assert codes(found, "sao y") == ["1.000002", "1.000001"]


def test_a_synonym_typed_with_other_accents_is_not_that_word() -> None:
    found = Index([Entry("1.000001", "Tình trạng hôn nhân")], [Synonym(("độc thân",), ("tình trạng hôn nhân",))])
    assert codes(found, "độc thân") == codes(found, "doc than") == codes(found, "độc th") == ["1.000001"]
    assert codes(found, "đọc thần") == []


def test_a_synonym_may_stand_among_other_words() -> None:
    found = Index(
        [Entry("1.000001", "Gia hạn giấy phép xây dựng"), Entry("1.000002", "Giấy phép xây dựng")],
        [Synonym(("gpxd",), ("giấy phép xây dựng",))],
    )
    assert codes(found, "gia han gpxd") == ["1.000001"]


def test_a_field_that_people_come_for_goes_before() -> None:
    habits = Habits({"ho tich": 25, "hai quan": -45})
    found = Index(
        [Entry("1.000001", "Cấp giấy", field="Hải quan"), Entry("1.000002", "Cấp giấy", field="Hộ tịch")],
        habits=habits,
    )
    assert codes(found, "cap giay")[0] == codes(found, "")[0] == "1.000002"


def test_words_around_the_matter_are_passed_over_where_nothing_fits_with_them() -> None:
    found = Index(
        [Entry("1.000001", "Đăng ký khai sinh"), Entry("1.000002", "Làm con dấu")],
        habits=Habits({}, frozenset({"lam", "cho", "con"})),
    )
    assert codes(found, "lam khai sinh cho con") == ["1.000001"]
    assert codes(found, "lam con dau")[0] == "1.000002"


def test_a_synonym_is_heard_beside_words_that_nothing_answers() -> None:
    found = Index([Entry("1.000001", "Chứng thực bản sao")], [Synonym(("sao y",), ("chứng thực bản sao",))])
    assert codes(found, "sao y bang cap cu") == ["1.000001"]


def test_words_spread_over_the_clerks_own_words_are_together() -> None:
    found = Index(
        [
            Entry("1.000001", "Sử dụng tạm thời vỉa hè", keywords=("dựng rạp", "đám cưới")),
            Entry("1.000002", "Dựng hàng rào quanh rạp hát, đám đông, cưới hỏi"),
        ]
    )
    assert codes(found, "dung rap dam cuoi")[0] == "1.000001"


def test_what_stands_far_down_in_a_title_comes_late() -> None:
    found = index(
        "Cấp giấy phép khai thác nước cho công trình có quy mô lớn theo số đo của cơ quan quản lý", "Lập sổ đo"
    )
    assert order(found, "so do") == [1, 0]
    scores = [hit.score for hit in found.find("so do")]
    assert scores[1] < 2 * scores[0] // 3


@pytest.mark.parametrize(
    ("plain", "line"),
    [
        ({"filler": "làm"}, 0),
        ({"filler": ["làm", 3]}, 0),
        ({"field": {}}, 0),
        ({"field": [{"weight": 1, "names": ["Hộ tịch"]}, {"weight": "1", "names": ["Hải quan"]}]}, 2),
        ({"field": [{"weight": 1}]}, 1),
        ({"field": [7]}, 1),
    ],
)
def test_habits_that_cannot_be_read_are_named(plain: dict[str, object], line: int) -> None:
    with pytest.raises(RuleBroken) as broken:
        read_habits(plain)
    assert (broken.value.code, broken.value.details) == ("catalogue.bad-habits", {"line": line})


def test_half_the_words_are_better_than_nothing() -> None:
    assert order(index("Đăng ký khai sinh", "Cấp giấy phép"), "làm khai sinh cho con")[:1] == [0]
    assert order(index("Đăng ký khai sinh", "Cấp giấy phép"), "xyz abc") == []


def test_filters_by_field_agency_and_level(small: Index) -> None:
    assert set(codes(small, "", 99, field="hộ tịch")) >= {"1.001193", "1.000894", "2.000635"}
    assert "2.000815" not in codes(small, "", 99, field="ho tich")
    assert "2.000815" in codes(small, "", 99, field="chung thuc")
    assert set(codes(small, "", 99, agency="Bộ Xây dựng")) >= {"1.013225", "1.013274"}
    assert "1.001193" not in codes(small, "", 99, agency="xay dung")
    assert codes(small, "ban sao van bang", agency="cấp tỉnh")[0] == "1.005092"
    assert codes(small, "", 99, agency="so-cong-thuong") == ["2.000033"]
    assert "1.001193" in codes(small, "khai sinh", level="full")
    assert "1.001193" not in codes(small, "khai sinh", level="partial")
    assert "2.000815" not in [hit.code for hit in small.find("sao y", level=Level.FULL)]


def test_the_limit_counts_and_scores_fall(small: Index) -> None:
    hits = small.find("dang ky", limit=7)
    assert len(hits) == 7
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(isinstance(hit, Hit) for hit in hits)


def test_a_code_is_found_by_its_beginning(small: Index) -> None:
    assert set(codes(small, "1.0132", 99)) >= {"1.013225", "1.013226", "1.013227", "1.013228", "1.013229"}
    assert codes(small, "2.0008") == ["2.000815", "2.000884"]


def test_the_same_code_twice_counts_once() -> None:
    assert codes(Index([Entry("1.000001", "Một"), Entry("1.000001", "Hai")]), "một") == ["1.000001"]


def test_an_empty_catalogue_finds_nothing() -> None:
    assert Index([]).find("khai sinh") == []
    assert Index([]).find("") == []


@given(st.text(max_size=40))
def test_whatever_is_typed_is_answered(text: str) -> None:
    hits = SMALL.find(text, limit=10)
    assert len({hit.code for hit in hits}) == len(hits) <= 10


@given(st.sampled_from([text for text, _ in FIRST]), st.integers(1, 30))
def test_every_key_on_the_way_is_answered_and_never_twice(text: str, length: int) -> None:
    hits = SMALL.find(text[:length], limit=50)
    assert hits
    assert len({hit.code for hit in hits}) == len(hits)
