"""What a result template can ask of a dossier: the names between braces, what each of them is, and which one was meant.

{ho_ten}            of the owner                     {ben:con.ho_ten}    of a person in this role
{truong:noi_sinh}   a field of the procedure's form  {so}, {ngay}        of the letter itself
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onestop.rules.citizen import ROLES
from onestop.rules.errors import RuleBroken
from onestop.texts import N_, _

OF_PERSON: Mapping[str, str] = {
    "ho_ten": N_("họ, chữ đệm, tên"),
    "ngay_sinh": N_("ngày, tháng, năm sinh"),
    "nam_sinh": N_("năm sinh"),
    "gioi_tinh": N_("giới tính"),
    "so_dinh_danh": N_("số định danh cá nhân"),
    "giay_to": N_("giấy tờ tùy thân: loại và số"),
    "quoc_tich": N_("quốc tịch"),
    "noi_cu_tru": N_("nơi cư trú"),
    "dien_thoai": N_("số điện thoại"),
}
OF_DOSSIER: Mapping[str, str] = {
    "ma_ho_so": N_("mã hồ sơ"),
    "thu_tuc": N_("tên thủ tục"),
    "noi_dung": N_("nội dung yêu cầu giải quyết"),
    "ngay_tiep_nhan": N_("ngày tiếp nhận"),
    "quan_he": N_("quan hệ của người nộp với chủ hồ sơ"),
    "so_ban_sao": N_("số bản sao kết quả"),
}
OF_LETTER: Mapping[str, str] = {
    "so": N_("số, ký hiệu của văn bản"),
    "ngay": N_("ngày ký, viết bằng chữ “ngày … tháng … năm …”"),
    "ngay_so": N_("ngày ký, viết bằng số"),
    "nguoi_ky": N_("họ tên người ký"),
    "chuc_vu": N_("chức vụ người ký"),
    "co_quan": N_("cơ quan chủ quản (Ủy ban nhân dân)"),
    "bo_phan": N_("bộ phận tiếp nhận và trả kết quả"),
    "dia_danh": N_("địa danh"),
}
FORM, PARTY = "truong:", "ben:"
SUBMITTER = "nguoi-nop"
"""The role of whoever hands in, beside those of `citizen.ROLES`; the owner himself where nobody else does."""
ALIKE = 0.55
"""How like a name that is known has to be, for it to be offered."""


@dataclass(frozen=True, slots=True)
class Known:
    """A field that can be inserted: its name, what it is, and the heading it stands under."""

    name: str
    about: str
    group: str


def known(form_fields: Mapping[str, str], roles: Iterable[str] = ()) -> tuple[Known, ...]:
    """The fields to choose from, in the order in which one looks for them, in the language of the screen.

    `form_fields`: name -> label of the procedure's own form; `roles`: the people that its dossiers name."""
    found = [Known(name, _(about), _("Chủ hồ sơ")) for name, about in OF_PERSON.items()]
    found += [Known(f"{FORM}{name}", label, _("Biểu mẫu của thủ tục")) for name, label in form_fields.items()]
    found += [Known(name, _(about), _("Văn bản")) for name, about in OF_LETTER.items()]
    found += [Known(name, _(about), _("Hồ sơ")) for name, about in OF_DOSSIER.items()]
    for role in (SUBMITTER, *roles):
        heading = _("Người nộp") if role == SUBMITTER else _(ROLES.get(role, role))
        found += [Known(f"{PARTY}{role}.{name}", _(about), heading) for name, about in OF_PERSON.items()]
    return tuple(found)


def is_known(name: str, form_fields: Iterable[str]) -> bool:
    """Whether a dossier can answer it."""
    if name.startswith(FORM):
        return name.removeprefix(FORM) in set(form_fields)
    if name.startswith(PARTY):
        role, _point, part = name.removeprefix(PARTY).partition(".")
        return part in OF_PERSON and (role == SUBMITTER or role in ROLES)
    return name in OF_PERSON or name in OF_DOSSIER or name in OF_LETTER


def nearest(name: str, form_fields: Iterable[str]) -> str:
    """The known field that was meant, "" where none is like it."""
    fields = [f"{FORM}{each}" for each in form_fields]
    role = name.removeprefix(PARTY).partition(".")[0]
    known_roles = difflib.get_close_matches(role, [*ROLES, SUBMITTER], 1, ALIKE) if name.startswith(PARTY) else ()
    parties = [f"{PARTY}{each}.{part}" for each in known_roles for part in OF_PERSON]
    everything = [*OF_PERSON, *OF_DOSSIER, *OF_LETTER, *fields, *parties]
    # A field of the form is often written without what stands before it.
    bare = {each.partition(":")[2]: each for each in fields}
    if name in bare:
        return bare[name]
    return next(iter(difflib.get_close_matches(name, everything, 1, ALIKE)), "")


def label(name: str, form_fields: Mapping[str, str]) -> str:
    """A field in words: "họ, chữ đệm, tên", "Nơi sinh", "Con: nơi cư trú"; its own name where it is not known."""
    if name.startswith(FORM):
        return form_fields.get(name.removeprefix(FORM), name)
    if name.startswith(PARTY):
        role, _point, part = name.removeprefix(PARTY).partition(".")
        whose = _("Người nộp") if role == SUBMITTER else _(ROLES.get(role, role))
        return f"{whose}: {_(OF_PERSON.get(part, part))}"
    for group in (OF_PERSON, OF_DOSSIER, OF_LETTER):
        if name in group:
            return _(group[name])
    return name


def demand_known(name: str, form_fields: Iterable[str], where: str, line: int) -> None:
    """RuleBroken template.unknown-field (name, line, nearest)."""
    fields = list(form_fields)
    if not is_known(name, fields):
        like = nearest(name, fields)
        details = {"field": where, "name": name, "line": line}
        if like:
            details |= {"nearest": like, "how": "nearest"}
        raise RuleBroken("template.unknown-field", **details)
