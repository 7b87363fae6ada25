"""The catalogue's list: its columns, and everything of a procedure in the words of the screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from desktop.models.dossier_words import named
from desktop.models.table import Column
from onestop.queries.catalogue import EntryRow
from onestop.queries.catalogue_card import Version
from onestop.rules.citizen import role_name
from onestop.rules.errors import RuleBroken
from onestop.rules.fees import NO_AMOUNT, money
from onestop.rules.identity import read_birth_date
from onestop.rules.overlay import Overlay, Scope, fees_gone
from onestop.rules.procedure import (
    Channel,
    Component,
    Exemption,
    Fee,
    FeeBasis,
    FeeKind,
    FormField,
    Level,
    Limit,
    Procedure,
    Unit,
)
from onestop.texts import N_, _, message, sentence

NO_LEVEL = "unknown"
"""The filter for procedures of which the catalogue does not say how far they go online."""


def level_name(level: Level | str | None) -> str:
    """How far a procedure goes online (NĐ 42/2022/NĐ-CP)."""
    names = {
        Level.FULL: _("Toàn trình"),
        Level.PARTIAL: _("Một phần"),
        Level.NONE: _("Không trực tuyến"),
    }
    return names[Level(level)] if level else _("chưa rõ")


def level_tone(level: Level | str | None) -> str:
    """The tone in which that is shown."""
    return {Level.FULL: "good", Level.PARTIAL: "accent"}.get(Level(level) if level else Level.NONE, "quiet")


def channel_name(channel: Channel | str) -> str:
    """How a dossier comes in."""
    return {
        Channel.DIRECT: _("Trực tiếp"),
        Channel.ONLINE: _("Trực tuyến"),
        Channel.POSTAL: _("Bưu chính"),
    }[Channel(channel)]


def state(row: EntryRow) -> str:
    """What is worth knowing of a row: "chờ duyệt", "không dùng", "nhanh 3"; "" for nothing."""
    if row.review:
        return _("Chờ duyệt")
    if not row.enabled:
        return _("Không dùng")
    return _("Nhanh {place}").format(place=row.quick) if row.quick else ""


def _state_icon(row: EntryRow) -> str:
    if row.review:
        return "list-checks"
    if not row.enabled:
        return "ban"
    return "star" if row.quick else ""


def _state_tone(row: EntryRow) -> str:
    return "warning" if row.review else "quiet" if not row.enabled else "accent"


def _tone(row: EntryRow) -> str:
    return "ink" if row.enabled else "quiet"


def columns() -> tuple[Column, ...]:
    """The columns of the list."""
    return (
        Column("code", N_("Mã"), lambda row: row.code, lambda row: row.code, tone=_tone, figures=True, width=11),
        Column(
            "name",
            N_("Tên thủ tục"),
            lambda row: row.short_name or row.name,
            lambda row: (row.short_name or row.name).casefold(),
            tip=lambda row: row.name,
            tone=_tone,
            strong=True,
            width=28,
            stretch=True,
        ),
        Column(
            "field", N_("Lĩnh vực"), lambda row: row.field, lambda row: row.field, tip=lambda row: row.field, width=17
        ),
        Column(
            "level",
            N_("Trực tuyến"),
            lambda row: level_name(row.level) if row.level else "",
            lambda row: row.level or "~",
            tone=lambda row: "quiet",
            width=12,
        ),
        Column("ministry", N_("Bộ quản lý"), lambda row: row.ministry, lambda row: row.ministry, width=20, hidden=True),
        Column(
            "state",
            N_("Tình trạng"),
            state,
            lambda row: (not row.review, row.enabled, row.quick or 999),
            tone=_state_tone,
            icon=_state_icon,
            width=14,
        ),
    )


# -- limits ------------------------------------------------------------------------------------------------------------


def limit(found: Limit | None) -> str:
    """ "3 ngày làm việc", "trong ngày"; what the catalogue leaves open is said to be open."""
    if found is None or (found.unit is None and not found.number):
        return _("chưa ghi")
    if found.unit is None:
        return _("{number} (chưa ghi đơn vị)").format(number=found.number)
    return message(f"limit.{found.unit.value}", {"number": found.number})


def unit_name(unit: Unit) -> str:
    """A unit of limits, for a choice."""
    return {
        Unit.WORKING_DAY: _("ngày làm việc"),
        Unit.DAY: _("ngày"),
        Unit.MONTH: _("tháng"),
        Unit.HOUR: _("giờ làm việc"),
        Unit.SAME_DAY: _("trong ngày"),
        Unit.NOTICE: _("không hẹn ngày"),
    }[unit]


def channel_limit(procedure: Procedure, channel: Channel) -> Limit:
    """The limit that counts for a channel where the case has none of its own."""
    terms = procedure.terms(channel)
    own = terms.limit if terms else None
    return own if own is not None and (own.unit is not None or own.number) else procedure.limit


def opened(day_from: str | None, day_to: str | None) -> str:
    """Between which dates a channel takes dossiers; "" for always."""
    if day_from and day_to:
        return _("từ {first} đến {last}").format(first=day(day_from), last=day(day_to))
    if day_from:
        return _("từ {first}").format(first=day(day_from))
    return _("đến {last}").format(last=day(day_to)) if day_to else ""


def day(iso: str | None) -> str:
    """ "2026-11-23" → "23/11/2026"; nothing → ""."""
    return "/".join(reversed((iso or "").split("-")))


# -- money -------------------------------------------------------------------------------------------------------------


def kind_name(kind: FeeKind | str) -> str:
    """Phí or lệ phí."""
    return sentence(f"fee.{FeeKind(kind).value}")


def basis_name(basis: FeeBasis | str) -> str:
    """What an amount is multiplied by."""
    return {
        FeeBasis.DOSSIER: _("mỗi hồ sơ"),
        FeeBasis.RESULT_COPY: _("mỗi bản sao kết quả"),
        FeeBasis.PERSON: _("mỗi người"),
        FeeBasis.CERTIFIED_PAGES: _("theo trang chứng thực"),
    }[FeeBasis(basis)]


def amount(fee: Fee) -> str:
    """ "8.000 đồng mỗi bản sao kết quả"; unknown is said to be unknown, it is not free."""
    if fee.tiers:
        steps = [_("từ trang {page}: {amount}").format(page=page, amount=money(each)) for page, each in fee.tiers]
        if fee.cap is not None:
            steps.append(_("nhiều nhất {amount} mỗi bản").format(amount=money(fee.cap)))
        return ", ".join(steps)
    if fee.amount is None:
        return _(NO_AMOUNT)
    if fee.amount == 0:
        return _("không thu")
    return f"{money(fee.amount)} {basis_name(fee.basis)}" if fee.basis is not FeeBasis.DOSSIER else money(fee.amount)


def fee_name(fee: Fee) -> str:
    """The name of a fee, which says whether it is phí or lệ phí."""
    return named(fee.kind.value, fee.name)


def fee_note(fee: Fee, procedure: Procedure) -> str:
    """For which channels and cases a fee is, and who set it."""
    cases = [procedure.case(key).name or _("trường hợp thường") for key in fee.cases if _has_case(procedure, key)]
    parts = (
        ", ".join(channel_name(channel) for channel in fee.channels),
        "; ".join(cases),
        _("theo {decision}").format(decision=fee.set_by) if fee.set_by else "",
        fee.note,
    )
    return " · ".join(part for part in parts if part)


def _has_case(procedure: Procedure, key: str) -> bool:
    return any(key in (case.key, case.name) for case in procedure.cases)


def exemption(found: Exemption) -> str:
    """ "Hộ nghèo: miễn", "…: giảm 50 %"."""
    less = _("miễn") if found.percent >= 100 else _("giảm {percent} %").format(percent=found.percent)
    kinds = ", ".join(kind_name(kind).lower() for kind in found.kinds)
    return f"{found.name}: {less} {kinds}".rstrip()


# -- papers ------------------------------------------------------------------------------------------------------------


def copies(component: Component) -> str:
    """ "1 bản chính · 2 bản sao", "xuất trình"."""
    counted = (
        (component.originals, _("bản chính")),
        (component.certified, _("bản sao chứng thực")),
        (component.copies, _("bản sao")),
    )
    parts = [f"{count} {name}" for count, name in counted if count]
    if component.kind == "show":
        parts.insert(0, _("xuất trình"))
    return " · ".join(parts)


def needed(component: Component) -> str:
    """Whether a paper is always asked for: "bắt buộc", "khi ủy quyền", "nếu có"."""
    if component.required and not component.when:
        return _("bắt buộc")
    return component.when or _("nếu có")


def component_note(component: Component, *, one_of: bool = False) -> str:
    """Everything about a paper but its name; `one_of`: it stands among those of which one is enough."""
    parts = (
        copies(component),
        component.when if one_of else needed(component),
        _("lấy được từ cơ sở dữ liệu") if component.from_database else "",
        _("mẫu {form}").format(form=component.form) if component.form else "",
    )
    return " · ".join(part for part in parts if part)


def groups(components: Sequence[Component]) -> list[tuple[str, list[Component]]]:
    """Papers in their order, those that are "one of these" together; the group "" is a paper by itself."""
    found: list[tuple[str, list[Component]]] = []
    for component in components:
        there = next((one for one in found if component.group and one[0] == component.group), None)
        if there is not None:
            there[1].append(component)
        else:
            found.append((component.group, [component]))
    return found


def form_field(field: FormField) -> str:
    """How a field of the dossier's form is filled in."""
    types = {
        "text": _("chữ"),
        "date": _("ngày tháng"),
        "number": _("số"),
        "choice": _("chọn"),
        "note": _("ghi chú"),
    }
    parts = [types.get(field.type, field.type)]
    if field.required:
        parts.append(_("bắt buộc"))
    if field.taken_from:
        parts.append(_("lấy từ {source}").format(source=source(field.taken_from)))
    if field.choices:
        parts.append(", ".join(field.choices))
    return " · ".join(parts)


def source(taken_from: str) -> str:
    """Where a field is taken from: "owner.name" → "họ tên của chủ hồ sơ"."""
    role, _dot, column = taken_from.partition(".")
    columns_ = {
        "name": _("họ tên"),
        "date_of_birth": _("ngày sinh"),
        "sex": _("giới tính"),
        "identity_number": _("số định danh"),
        "address": _("nơi cư trú"),
        "phone": _("điện thoại"),
    }
    who = _("chủ hồ sơ") if role == "owner" else role_name(role).lower()
    return _("{column} của {who}").format(column=columns_.get(column, column), who=who)


# -- where it comes from -----------------------------------------------------------------------------------------------


def origin(code: str) -> str:
    """Where a version comes from."""
    return {
        "starter": _("bộ đi kèm chương trình"),
        "national": _("danh mục quốc gia"),
        "office": _("cơ quan đã duyệt"),
        "centre": _("trung tâm gửi về"),
    }.get(code, code)


def status(version: Version, current: str) -> tuple[str, str]:
    """How a version stands, and its tone."""
    if version.id == current:
        return _("đang áp dụng"), "good"
    names = {
        "in-force": (_("thay bằng bản mới"), "quiet"),
        "review": (_("chờ duyệt"), "warning"),
        "accepted": (_("đã nhận"), "quiet"),
        "declined": (_("không nhận"), "quiet"),
        "settled": (_("không khác mục đã duyệt"), "quiet"),
        "superseded": (_("đã thay"), "quiet"),
    }
    return names.get(version.status, (version.status, "quiet"))


def scope_name(scope: Scope | str) -> str:
    """Whose decision it is."""
    return {Scope.PROVINCE: _("Tỉnh"), Scope.OFFICE: _("Cơ quan")}[Scope(scope)]


FACTS = {
    "limit": N_("thời hạn"),
    "rule": N_("quy tắc tính hạn"),
    "channels": N_("kênh tiếp nhận"),
    "fees": N_("phí, lệ phí"),
    "exemptions": N_("miễn, giảm"),
    "components": N_("giấy tờ"),
    "level": N_("mức độ trực tuyến"),
    "fields": N_("nội dung tờ khai"),
    "parties": N_("người liên quan"),
    "keywords": N_("từ khóa"),
    "results": N_("kết quả"),
    "legal_basis": N_("căn cứ pháp lý"),
    "ministry": N_("bộ quản lý"),
    "code": N_("mã thủ tục"),
    "competent_agency": N_("cơ quan giải quyết"),
    "guidance": N_("hướng dẫn"),
    "enabled": N_("có dùng hay không"),
    "quick": N_("danh sách nhanh"),
}
"""A fact or group of facts → what it is called."""


def fact(name: str) -> str:
    """What a fact is called: "limit:online" → "thời hạn (Trực tuyến)"."""
    group, _colon, rest = name.partition(":")
    text = _(FACTS[group]) if group in FACTS else group
    if rest in set(Channel):
        return f"{text} ({channel_name(rest)})"
    if rest in set(FeeKind):
        return kind_name(rest).lower()
    return text


# -- what differs ------------------------------------------------------------------------------------------------------


def value(name: str, plain: Any) -> tuple[str, ...]:
    """One side of a difference as lines: limits, texts, channels, fees, papers, level."""
    group = name.partition(":")[0]
    if plain is None or plain == []:
        return (_("không có"),)
    if group == "limit":
        unit = plain.get("unit")
        return (limit(Limit(plain.get("number"), Unit(unit) if unit else None)),)
    if group == "channels":
        return (_("có") if plain else _("không"),)
    if group == "fees":
        return tuple(f"{each['name']}: {_plain_amount(each)}" for each in plain)
    if group == "components":
        return tuple(str(each) for each in plain)
    if group == "level":
        return (level_name(plain),)
    return (str(plain),)


def _plain_amount(plain: Mapping[str, Any]) -> str:
    fee = Fee(FeeKind.PHI, plain["name"], plain.get("amount"), FeeBasis(plain.get("basis") or FeeBasis.DOSSIER))
    channels = ", ".join(channel_name(each) for each in plain.get("channels") or ())
    return f"{amount(fee)} ({channels})" if channels else amount(fee)


# -- decisions ---------------------------------------------------------------------------------------------------------


def decision_days(overlay: Overlay) -> str:
    """From when to when a decision holds."""
    if overlay.valid_to is None:
        return _("từ {first}").format(first=day(overlay.valid_from))
    return _("từ {first} đến {last}").format(first=day(overlay.valid_from), last=day(overlay.valid_to))


def decision_lines(overlay: Overlay, procedure: Procedure) -> list[str]:
    """What a decision changes, line by line; `procedure` is the one it was made for, whose papers it names by key."""
    cases = {case.key: case.name or _("trường hợp thường") for case in procedure.cases}
    papers = {component.key: component.name for case in procedure.cases for component in case.components}
    lines = []
    for limit_change in overlay.limits:
        where = channel_name(limit_change.channel) if limit_change.channel else cases.get(limit_change.case, "")
        place = f" ({where})" if limit_change.channel or limit_change.case else ""
        lines.append(f"{_('Thời hạn')}{place}: {limit(limit_change.limit)}")
    lines += [f"{fee_name(fee)}: {amount(fee)}" for fee in overlay.fees]
    lines += [_("Bỏ khoản thu: {name}").format(name=fee_name(fee)) for fee in fees_gone(overlay, procedure)]
    lines += [exemption(each) for each in overlay.exemptions]
    known = {each.key: each.name for each in procedure.exemptions}
    lines += [_("Bỏ diện miễn, giảm: {name}").format(name=known.get(key, key)) for key in overlay.exemptions_removed]
    for channel in overlay.channels:
        name = channel_name(channel.channel)
        text = _("{channel}: tiếp nhận {when}") if channel.open else _("{channel}: không tiếp nhận")
        lines.append(text.format(channel=name, when=opened(channel.open_from, channel.open_to)).strip())
    for change in overlay.components:
        if change.add is not None:
            lines.append(_("Thêm giấy tờ: {name}").format(name=change.add.name))
        elif change.remove:
            lines.append(_("Bỏ giấy tờ: {name}").format(name=papers.get(change.remove, change.remove)))
        else:
            text = _("Bắt buộc: {name}") if change.required else _("Không bắt buộc: {name}")
            lines.append(text.format(name=papers.get(change.key, change.key)))
    if overlay.level is not None:
        lines.append(f"{_('Trực tuyến')}: {level_name(overlay.level)}")
    if overlay.confirms:
        lines.append(_("Xác nhận: {facts}").format(facts=", ".join(fact(each) for each in overlay.confirms)))
    return [*lines, *([overlay.note] if overlay.note else [])]


def iso(text: str, field: str) -> str:
    """A day as it is typed (1/1/2027, 01-01-2027, 2027-01-01) as ISO text. RuleBroken overlay.bad-day."""
    try:
        found = read_birth_date(text)
    except RuleBroken:
        found = ""
    if len(found) != 10:
        raise RuleBroken("overlay.bad-day", field=field, text=text.strip())
    return found
