"""Signers and result templates in the words of the screen: how one signs, until when, which version of what."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.models import due
from desktop.models.table import Column
from onestop import clock
from onestop.queries.result_templates import COMES_ALONG, RETIRED, TemplateRow
from onestop.rules import signers as rules
from onestop.rules.result_template import COMMITTEE, LETTER, NAMED, OFFICE, Template
from onestop.rules.signers import Signer
from onestop.texts import N_, _

FORMS = {
    "own": N_("Ký trực tiếp bằng chức vụ của mình"),
    "TM": N_("TM. – thay mặt tập thể"),
    "Q": N_("Q. – quyền cấp trưởng"),
    "KT": N_("KT. – ký thay cấp trưởng"),
    "TL": N_("TL. – thừa lệnh"),
    "TUQ": N_("TUQ. – thừa ủy quyền"),
}
"""How one signs (NĐ 30/2020/NĐ-CP)."""


def forms() -> list[tuple[object, str]]:
    """What can be chosen today."""
    return [(each.key, _(FORMS[each.key])) for each in rules.sign_forms() if each.holds_on(clock.today())]


def until(signer: Signer) -> str:
    """ "01/11/2026 – 30/11/2026", "từ 01/01/2026"."""
    since, to = (_shown(day) for day in (signer.valid_from, signer.valid_to or ""))
    return f"{since} – {to}" if to else _("từ {day}").format(day=since)


def _shown(day: str) -> str:
    return "/".join(reversed(day.split("-"))) if day else ""


def stands(signer: Signer, everybody: Sequence[Signer]) -> tuple[str, str, str]:
    """Whether he can sign today, as icon, words and tone."""
    today = clock.today()
    if signer in rules.ready(everybody, today):
        return "circle-check", _("ký được"), "good"
    other = rules.stand_in(signer, today, everybody)
    if other is not None:
        return "clock", _("vắng, {name} ký").format(name=other.name), "warning"
    early = today.isoformat() < signer.valid_from
    return "circle-x", _("chưa đến ngày") if early else _("đã hết hiệu lực"), "quiet"


class SignerRow:
    """A signer with what is to be said of him today."""

    def __init__(self, signer: Signer, everybody: Sequence[Signer]) -> None:
        self.signer = signer
        self.id = signer.id
        self.icon, self.today, self.tone = stands(signer, everybody)


def signer_columns() -> Sequence[Column]:
    """The signers."""
    return (
        Column("name", N_("Họ tên"), lambda row: row.signer.name, strong=True, width=22),
        Column(
            "lines",
            N_("Ký là"),
            lambda row: " / ".join(row.signer.lines),
            tip=lambda row: "\n".join(row.signer.lines),
            stretch=True,
        ),
        Column("until", N_("Hiệu lực"), lambda row: until(row.signer), lambda row: row.signer.valid_from, width=23),
        Column(
            "today",
            N_("Hôm nay"),
            lambda row: row.today,
            icon=lambda row: row.icon,
            tone=lambda row: row.tone,
            tip=lambda row: row.today,
            width=18,
        ),
    )


# -- templates


def kinds() -> list[tuple[object, str]]:
    """Tên loại or công văn."""
    return [(NAMED, _("Văn bản có tên loại")), (LETTER, _("Công văn (V/v)"))]


def issuers() -> list[tuple[object, str]]:
    """Who writes."""
    return [(COMMITTEE, _("Ủy ban nhân dân")), (OFFICE, _("Bộ phận một cửa, dưới Ủy ban"))]


def version(row: TemplateRow) -> str:
    """ "phiên bản 2, 23/11/2026, Phan Ngọc Ánh"; what it is otherwise."""
    if row.version == COMES_ALONG:
        return _("mẫu có sẵn")
    said = _("phiên bản {number}").format(number=row.version)
    day = due.date(row.at) if row.at is not None else ""
    gone = _("không dùng nữa") if row.status == RETIRED else ""
    return " · ".join(part for part in (said, day, row.by, gone) if part)


def blank() -> Template:
    """What a new template begins with. Letters are Vietnamese whatever language the screen speaks."""
    return Template(
        name="",
        title="GIẤY XÁC NHẬN",
        about="",
        text="{co_quan} xác nhận ông/bà **{ho_ten}**, sinh ngày {ngay_sinh}, cư trú tại {noi_cu_tru}.",
        symbol="GXN",
    )
