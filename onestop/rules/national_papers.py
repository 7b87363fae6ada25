"""The papers and results of the national catalogue: cases, components, advice among them, names that ran together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from onestop.rules.national_fields import distinct, number_of, objects_of, text_of, tidy
from onestop.rules.procedure import Case, Component, Result
from onestop.rules.text import clean, fold, is_syllable

_BULLETS = re.compile(r"^[\s)*+\-–•;.,:?!]+(?=\w|\()")
_ADVICE = re.compile(
    r"^[\s*+\-]*(?:(?:lưu ý|ghi chú|chú ý|ví dụ)\b|số lượng(?: hồ sơ)?\s*:|thành phần hồ sơ)",
    re.I,
)
_SETS = re.compile(r"số lượng(?: hồ sơ)?\s*:\s*(\d+)", re.I)
_IDENTITY = re.compile(
    r"giấy tờ t[uù][yỳ] thân|hộ chiếu\W+thẻ căn cước|thẻ căn cước\W"
    r"|chứng minh (?:thông tin )?(?:về )?(?:cư trú|chỗ ở hợp pháp)",
    re.I,
)
_CERTIFIED = re.compile(r"^(?:\d+ )?bản sao (?:có )?(?:công chứng, |công chứng hoặc )?chứng thực", re.I)
_IF_ANY = re.compile(r"\(?(?:nếu|trường hợp) có\)?[\s.:;]*$", re.I)
_OPENING = re.compile(r"^((?:đối với )?(?:trường hợp|nếu)\s.{4,160}?)(?=,? thì\b|,? phải\b|:|,)", re.I)
_FOR_WHOM = re.compile(r"^(đối với [^:]{3,120}):", re.I)
_IN_BRACKETS = re.compile(r"\((nếu [^()]{4,160})\)[\s.:;]*$", re.I)
_IN_CASE = re.compile(r"(?<!trừ )(?:đối với|trong) (trường hợp [^().;:]{4,160})", re.I)


def read_cases(raws: Sequence[Mapping[str, Any]], doubts: set[str]) -> tuple[tuple[Case, ...], int]:
    """The cases, each with its papers, and how many sets of papers are asked for.

    Rows of kind `note`, rows of which none is asked for, and rows that begin with "Lưu ý" or "Số lượng hồ sơ" are
    advice. A case without a name is the ordinary one. Keys come from the words, numbered where they repeat.
    """
    cases: list[Case] = []
    keys: set[str] = set()
    sets = 1
    for raw in raws:
        name = tidy(text_of(raw, "name")).rstrip(": ")
        components: list[Component] = []
        guidance: list[str] = []
        taken: set[str] = set()
        for each in objects_of(raw, "components"):
            text = tidy(text_of(each, "name"))
            if not text:
                continue
            asked = (number_of(each, "originals") or 0) + (number_of(each, "copies") or 0)
            if text_of(each, "kind") == "note" or not asked or _ADVICE.match(text):
                guidance.append(_BULLETS.sub("", text))
                if found := _SETS.search(text):
                    sets = max(sets, min(int(found[1]), 9))
                continue
            components.append(_component(each, taken, doubts))
        key = ""
        if name or any(case.key == "" for case in cases):
            key = _key(name or "truong-hop", keys)
        cases.append(Case(key, name, tuple(components), guidance=distinct(guidance)))
    return tuple(cases) or (Case(),), sets


def _component(raw: Mapping[str, Any], taken: set[str], doubts: set[str]) -> Component:
    name, form = _mended(tidy(text_of(raw, "name")), tidy(text_of(raw, "form")))
    originals, copies = number_of(raw, "originals") or 0, number_of(raw, "copies") or 0
    name, originals, sure = _unglued(name, originals)
    if not sure:
        doubts.add("components")
    copies = copies % 10 if copies > 9 else copies
    certified = 0
    if copies and _CERTIFIED.match(name):
        certified, copies = copies, 0
    name = _BULLETS.sub("", name)
    when = _condition(name)
    kind = "show" if text_of(raw, "kind") == "show" else "submit"
    return Component(
        key=_key(name, taken),
        name=name,
        kind=kind,
        originals=originals,
        certified=certified,
        copies=copies,
        required=not when,
        when=when,
        from_database=kind == "show" and bool(_IDENTITY.search(name)),
        form=form,
    )


def _condition(name: str) -> str:
    """In which case the paper is asked for, as its own name says; "" where it says nothing, or nothing for certain.

    A paper that is asked for in some cases only must never stand in the way of the others (NĐ 118/2025 art. 5.1). Of
    "A, hoặc B trong trường hợp C" the condition is that of B alone; two conditions in one name are two alternatives.
    """
    if _IF_ANY.search(name) or ("(nếu có)" in name and len(name) <= 150):
        return "nếu có"
    for pattern in (_OPENING, _FOR_WHOM, _IN_BRACKETS):
        if found := pattern.search(name):
            return clean(found[1])
    clauses = list(_IN_CASE.finditer(name))
    if len(clauses) != 1:
        return ""
    before = name[: clauses[0].start()].lower()
    if before.count(" hoặc ") != before.count(" hoặc bản "):
        return ""
    return clean(clauses[0][1])


def _unglued(name: str, count: int) -> tuple[str, int, bool]:
    """`name` and how many originals, where a number at the end of the name ran into the count.

    "… ngày 13/02/" with 20261 is "… ngày 13/02/2026" with 1; "… theo Mẫu số" with 181 is "… theo Mẫu số 18" with 1.
    No paper is asked for ten times. Elsewhere only the last digit is taken, and the third value is False.
    """
    if count <= 9:
        return name, count, True
    head, last = divmod(count, 10)
    year = 1945 <= head <= 2099
    if name.endswith("/") and year:
        return f"{name}{head}", last, True
    if re.search(r"\bnăm$", name) and year:
        return f"{name} {head}", last, True
    if re.search(r"(?:\bsố|\bMẫu|[Nn]ghị định|\bbước)$", name) and not year:
        return f"{name} {head}", last, True
    return name, last, False


_NO_WORDS = frozenset("ay eu et en ep iep iet ien uyen uyet oan oat at ap uong uoc uot".split())
"""Folded beginnings without a consonant that no Vietnamese word, and so no file's name, consists of."""
_LAST_LETTERS = re.compile(r"[^\W\d_]+$")
_FIRST_LETTERS = re.compile(r"^[^\W\d_]+")
_FILE = re.compile(r"\.(?:docx?|xlsx?|pdf|rtf|odt|zip|rar|jpe?g|png)\b", re.I)
_FILE_WORD = re.compile(r"(?:Mẫu|MẪU|Mau|Mus|Phụ lục|PHỤ LỤC|Phlc|Phieu|Tokhai)(?![^\W\d_])")


def _file_begins(text: str, start: int, end: int) -> int | None:
    """Where between `start` and `end` a file's name clearly begins right behind the last word of a paper's name.

    Words do not touch in a sentence: a capital or a digit behind a small letter ("đầu tưMẫu I.docx"), small letters
    behind an abbreviation ("BNNMTđơn.pdf"), anything behind a bracket or a semicolon, a letter behind a full stop
    ("TT-BCA).1.MuCT01.doc"), "Mẫu" and its likes behind any sign ("NĐ-CPMau13.docx") begin one.
    """
    for place in range(max(start, 4), end):
        before, here = text[place - 1], text[place]
        if not here.isalnum():
            continue
        if before in ')]”";' or ((before.isalnum() or before == ".") and _FILE_WORD.match(text, place)):
            return place
        if before.islower() and (here.isupper() or (here.isdigit() and not _SQUARE.search(text, 0, place))):
            return place
        if here.islower() and text[place - 3 : place].isupper() and text[place - 3 : place].isalpha():
            return place
        if before == "." and (text[place - 2].isalpha() or text[place - 2] == ")" or _YEAR.search(text, 0, place - 1)):
            return place
    return None


_SQUARE = re.compile(r"\b[kc]?m$")
_YEAR = re.compile(r"/(?:19|20)\d\d$")


def _mended(name: str, form: str) -> tuple[str, str]:
    """The paper's name and its form's file, where the end of the name fell into the file's field.

    "Văn b" + "ản đề nghị điều chỉnhMẫu I.docx" is certain, because the two halves make one Vietnamese syllable (or one
    number: "17/2" + "024/TT-BCA"). Then the file's name is cut off where it clearly begins; where that is not clear
    the words stay together, so that nothing is lost. In any other case both stay as they are.
    """
    rest = _rest_of_word(name, form)
    if not rest:
        return name, form
    whole = name + form
    ends = _FILE.search(whole, len(name))
    last_word = len(name) - len((_LAST_LETTERS.search(name) or [""])[0])
    begins = _file_begins(whole, last_word, ends.start()) if ends else None
    if begins is None and ends and form[rest : rest + 1].isalpha():
        begins = len(name) + rest
    if begins is None:
        return whole, ""
    return whole[:begins].rstrip(". "), whole[begins:]


def _rest_of_word(name: str, form: str) -> int:
    """How many letters (or figures) of `form` belong to the last word of `name`; 0 where that is not certain."""
    left, right = _LAST_LETTERS.search(name), _FIRST_LETTERS.match(form)
    if left and right and right[0][0].islower():
        # "quy đ" + "ịnhvăn bản.docx": the file's name sticks to the word, and there is one way to part them.
        lengths = [
            length
            for length in range(1, len(right[0]) + 1)
            if is_syllable(left[0] + right[0][:length]) and (length == len(right[0]) or is_syllable(right[0][length:]))
        ]
        if len(lengths) != 1 and len(right[0]) not in lengths:
            return 0
        length = len(right[0]) if len(right[0]) in lengths else lengths[0]
        # "Gi" + "ấy", "đi" + "ều": syllables both, but the second is no word.
        rest = right[0][:length]
        return length if not is_syllable(left[0]) or not is_syllable(rest) or fold(rest) in _NO_WORDS else 0
    if name[-1:].isdigit() and form[:1].isdigit():
        number = re.search(r"\d+/\d{0,3}$", name) and re.match(r"\d+/", form)
        if number or re.match(r"\d{0,3}/\d{4}/|\d ban hành|\d phụ lục", form, re.I):
            return len(re.match(r"\d+", form)[0])  # type: ignore[index]
    return 0


def _key(name: str, taken: set[str]) -> str:
    """A key from the first words of `name`, numbered from 2 where it is taken already. Adds it to `taken`."""
    plain = re.sub(r"^(?:\(?(?:\d{1,2}|[ivx]{1,5}|[a-zđ])[).]\s*)+", "", name.lower())
    words = re.findall(r"[a-z0-9]+", fold(plain)) or ["giay-to"]
    base = "-".join(words[:7])[:48].strip("-")
    key, number = base, 1
    while key in taken:
        number += 1
        key = f"{base}-{number}"
    taken.add(key)
    return key


# -- results -----------------------------------------------------------------------------------------------------------

_RESULT_CODE = re.compile(r"Mã:\s*(?:([A-Z0-9][A-Z0-9.\-]*\d)|(.*))")
_TRUE_CODE = re.compile(r"[A-Z0-9.\-]*[A-Z][A-Z0-9]*[.\-][A-Z0-9.\-]*\d{3,}")
_REFUSAL = re.compile(
    r"từ chối(?! nhận di sản| quyền hưởng)"
    r"|không (?:chấp thuận|chấp nhận|cấp|đủ điều kiện|đồng ý|tiếp nhận|phê duyệt|công nhận|được\b)"
    r"|chưa đủ điều kiện|trả (?:lại )?hồ sơ|(?:sửa đổi, )?bổ sung hồ sơ|nội dung cần sửa đổi"
    r"|yêu cầu (?:sửa đổi|bổ sung)",
    re.I,
)


def is_refusal(name: str) -> bool:
    """Whether a result of this name is a negative one and nothing else.

    "Giấy phép hoặc văn bản từ chối" names the positive result too and is none; "văn bản từ chối nhận di sản" (of an
    heir) is what the citizen came for.
    """
    found = _REFUSAL.search(name)
    return found is not None and not re.search(r"\b(?:hoặc|hay)\b|/", name[: found.start()], re.I)


def read_results(raws: Sequence[Mapping[str, Any]]) -> tuple[Result, ...]:
    """The results. "… lần 1, lần 2Mã: KQ.G01.00262" has its code inside the name; some names hold several of them."""
    results: list[Result] = []
    for raw in raws:
        text, code = tidy(text_of(raw, "name")), tidy(text_of(raw, "code"))
        begin = 0
        for found in _RESULT_CODE.finditer(text):
            inside = found[1] if found[1] and _TRUE_CODE.fullmatch(found[1]) else ""
            results.append(_result(text[begin : found.start()], inside))
            begin = found.end()
        results.append(_result(text[begin:], code))
    return tuple(dict.fromkeys(result for result in results if result.name))


def _result(text: str, code: str) -> Result:
    name = re.sub(r"[.;,\s]+$", "", _BULLETS.sub("", tidy(text)))
    return Result(name, code, is_refusal(name))
