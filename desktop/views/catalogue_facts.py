"""The parts of a local decision, a tab each: limits, exemptions, channels, papers, level (fees: `catalogue_fees`). An
empty field says nothing: the catalogue's own stays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from desktop.assets import Look
from desktop.models import catalogue as words
from desktop.views.buttons import Button
from desktop.views.inputs import Choice
from desktop.views.laying import across, down
from desktop.views.sections import Leaf
from desktop.views.wording import Words
from onestop.rules.errors import RuleBroken
from onestop.rules.overlay import ChannelChange, ComponentChange, LimitChange, Overlay
from onestop.rules.procedure import (
    Channel,
    Component,
    Exemption,
    FeeKind,
    Level,
    Limit,
    Procedure,
    Unit,
)
from onestop.rules.text import new_key
from onestop.texts import _

NONE = ""


class Part(Leaf):
    """One tab. `begin` shows a procedure with the decision being changed, `given` is what it says now."""

    changed = Signal()
    title = ""

    def __init__(self, look: Look) -> None:
        super().__init__(look, self.title, inside="m", top="m", gap="m")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.procedure = Procedure("", "")

    def begin(self, procedure: Procedure, overlay: Overlay | None) -> None:
        """Show this procedure."""
        self.procedure = procedure
        self.fill(overlay)

    def fill(self, overlay: Overlay | None) -> None:
        """Make the widgets anew."""

    def given(self) -> dict[str, Any]:
        """Arguments of an `Overlay`."""
        return {}

    # -- small widgets

    def line(self, text: str = "", hint: str = "", name: str = "", width: str = "") -> QLineEdit:
        """A field that tells of every letter."""
        field = QLineEdit(text)
        field.setPlaceholderText(hint)
        field.setAccessibleName(name)
        if width:
            field.setFixedWidth(self._look.size(width))
        field.textEdited.connect(lambda _text: self.changed.emit())
        return field

    def choice(self, choices: Sequence[tuple[object, str]], value: object, name: str) -> Choice:
        """A choice that tells when another is taken."""
        made = Choice(self._look, choices)
        made.choose(value)
        made.setAccessibleName(name)
        made.currentIndexChanged.connect(lambda _place: self.changed.emit())
        return made

    def tick(self, text: str, on: bool, name: str = "") -> QCheckBox:
        """A box to tick."""
        box = QCheckBox(text)
        box.setChecked(on)
        if name:
            box.setAccessibleName(name)
        box.toggled.connect(lambda _on: self.changed.emit())
        return box

    def head(self, grid: QGridLayout, *titles: str) -> None:
        """The headings of a grid."""
        for column, title in enumerate(titles):
            grid.addWidget(Words(self._look, title, "note", "quiet", strong=True), 0, column)

    def grid(self, stretch: int = 0) -> QGridLayout:
        """A grid whose column `stretch` takes what is left."""
        look, grid = self._look, QGridLayout()
        grid.setContentsMargins(*[look.space("none")] * 4)
        grid.setHorizontalSpacing(look.space("m"))
        grid.setVerticalSpacing(look.space("s"))
        grid.setColumnStretch(stretch, 1)
        return grid

    def come_to(self, field: QLineEdit) -> None:
        """Go to a field that was just added, once it has its place."""
        field.setFocus()
        QTimer.singleShot(0, field, lambda: self.verticalScrollBar().setValue(self.verticalScrollBar().maximum()))

    def adder(self, text: str, add: Callable[[], None]) -> QWidget:
        """A button that adds a row."""
        button = Button(self._look, text, icon="plus")
        button.clicked.connect(lambda _on: add())
        holder = QWidget()
        holder.setLayout(across(self._look, button, None))
        return holder


def whole_number(text: str, field: str) -> int | None:
    """A count or an amount as it is typed ("8.000"); None where nothing is. RuleBroken overlay.not-a-number."""
    digits = text.strip().replace(".", "").replace(" ", "").removesuffix("đồng").removesuffix("đ")
    if not digits:
        return None
    if not digits.isascii() or not digits.isdigit() or len(digits) > 12:
        raise RuleBroken("overlay.not-a-number", field=field, text=text.strip())
    return int(digits)


# -- limits ------------------------------------------------------------------------------------------------------------


class Limits(Part):
    """The limit of the whole procedure, of a channel, of a case."""

    def __init__(self, look: Look) -> None:
        self.title = _("Thời hạn")
        super().__init__(look)
        self.rows: list[tuple[Channel | None, str, LimitChange | None, QLineEdit, Choice]] = []
        self._now: list[Limit] = []

    def fill(self, overlay: Overlay | None) -> None:
        look, grid, procedure = self._look, self.grid(), self.procedure
        grid.setColumnStretch(1, 1)
        self.head(grid, _("Áp dụng cho"), _("Danh mục ghi"), _("Số"), _("Đơn vị"))
        self.rows, self._now = [], []
        units = [(NONE, _("giữ nguyên")), *((unit, words.unit_name(unit)) for unit in Unit)]
        places: list[tuple[Channel | None, str, str, Limit]] = [(None, "", _("Cả thủ tục"), procedure.limit)]
        places += [
            (each.channel, "", words.channel_name(each.channel), words.channel_limit(procedure, each.channel))
            for each in procedure.channels
        ]
        places += [(None, each.key, each.name, each.limit or Limit()) for each in procedure.cases if each.key]
        for at, (channel, case, name, now) in enumerate(places, 1):
            changes = overlay.limits if overlay else ()
            known = next((each for each in changes if each.channel is channel and each.case == case), None)
            number = str(known.limit.number or "") if known else ""
            field = self.line(number, "–", _("Số của thời hạn {name}").format(name=name), "figure_field")
            unit = known.limit.unit if known and known.limit.unit else NONE
            choice = self.choice(units, unit, _("Đơn vị của thời hạn {name}").format(name=name))
            grid.addWidget(Words(look, name, wrap=True), at, 0)
            grid.addWidget(Words(look, words.limit(now), tone="quiet"), at, 1)
            grid.addWidget(field, at, 2)
            grid.addWidget(choice, at, 3)
            self.rows.append((channel, case, known, field, choice))
            self._now.append(now)
        holder = QWidget()
        holder.setLayout(grid)
        self.show_parts([holder])

    def given(self) -> dict[str, Any]:
        changes = []
        for (channel, case, known, field, choice), now in zip(self.rows, self._now, strict=True):
            number, unit = whole_number(field.text(), "limits"), choice.value
            if unit or number is not None:
                chosen = Unit(str(unit)) if unit else now.unit
                # What the catalogue says of counting holds only while the limit is counted in the same way.
                rule = known.limit.rule if known else now.rule if chosen is now.unit else ""
                changes.append(LimitChange(Limit(number, chosen, rule), channel, case))
        return {"limits": tuple(changes)}


# -- exemptions --------------------------------------------------------------------------------------------------------


class Exemptions(Part):
    """Who pays less: another share, no longer, or somebody else."""

    def __init__(self, look: Look) -> None:
        self.title = _("Miễn, giảm")
        super().__init__(look)
        self.rows: list[tuple[Exemption, QLineEdit, QCheckBox]] = []
        self.added: list[tuple[str, QLineEdit, QLineEdit, Choice]] = []

    def fill(self, overlay: Overlay | None) -> None:
        look, grid = self._look, self.grid()
        self.rows, self.added = [], []
        said = {each.key: each for each in overlay.exemptions} if overlay else {}
        removed = overlay.exemptions_removed if overlay else ()
        self.head(grid, _("Đối tượng"), _("Danh mục ghi"), _("Giảm (%)"), "")
        for at, each in enumerate(self.procedure.exemptions, 1):
            known = said.pop(each.key, None)
            name = _("Tỷ lệ giảm của {name}").format(name=each.name)
            field = self.line(str(known.percent) if known else "", "–", name, "figure_field")
            off = self.tick(_("bỏ diện này"), each.key in removed, _("Bỏ diện {name}").format(name=each.name))
            grid.addWidget(Words(look, each.name, wrap=True), at, 0)
            grid.addWidget(Words(look, _share(each), tone="quiet"), at, 1)
            grid.addWidget(field, at, 2)
            grid.addWidget(off, at, 3)
            self.rows.append((each, field, off))
        holder = QWidget()
        holder.setLayout(grid)
        self._more = QWidget()
        self._more.setLayout(down(look, gap="s"))
        nothing = Words(look, _("Danh mục không ghi diện miễn, giảm nào."), tone="quiet")
        first: QWidget = holder if self.rows else nothing
        self.show_parts([first, self._more, self.adder(_("Thêm diện miễn, giảm"), self.add)])
        for new in said.values():
            self.add(new)

    def add(self, known: Exemption | None = None) -> None:
        """One more row."""
        name = self.line(known.name if known else "", _("đối tượng"), _("Đối tượng được miễn, giảm"))
        percent = self.line(str(known.percent) if known else "100", "%", _("Tỷ lệ giảm"), "figure_field")
        kinds = [(NONE, _("phí và lệ phí")), *((kind, words.kind_name(kind)) for kind in FeeKind)]
        kind = self.choice(kinds, known.kinds[0] if known and len(known.kinds) == 1 else NONE, _("Giảm khoản nào"))
        row = QWidget()
        row.setLayout(across(self._look, (name, 1), percent, Words(self._look, "%", tone="quiet"), kind, gap="m"))
        self._more.layout().addWidget(row)
        row.show()
        self.added.append((known.key if known else "", name, percent, kind))
        if known is None:
            self.come_to(name)
        self.changed.emit()

    def given(self) -> dict[str, Any]:
        changed, removed = [], []
        for each, field, off in self.rows:
            percent = _percent(field.text())
            if off.isChecked():
                removed.append(each.key)
            elif percent is not None:
                changed.append(replace(each, percent=percent, source=""))
        keys = [each.key for each, _field, _off in self.rows]
        for key, name, field, kind in self.added:
            text, percent = name.text().strip(), _percent(field.text())
            if text:
                kinds = (FeeKind(str(kind.value)),) if kind.value else ()
                known = key or new_key(text, keys)
                keys.append(known)
                changed.append(Exemption(known, text, 100 if percent is None else percent, kinds))
        return {"exemptions": tuple(changed), "exemptions_removed": tuple(removed)}


def _share(found: Exemption) -> str:
    return _("miễn") if found.percent >= 100 else _("giảm {percent} %").format(percent=found.percent)


def _percent(text: str) -> int | None:
    percent = whole_number(text.replace("%", ""), "exemptions")
    if percent is not None and percent > 100:
        raise RuleBroken("overlay.not-a-number", field="exemptions", text=text.strip())
    return percent


# -- channels ----------------------------------------------------------------------------------------------------------


class Channels(Part):
    """Which ways in are open, and from when to when."""

    def __init__(self, look: Look) -> None:
        self.title = _("Kênh")
        super().__init__(look)
        self.rows: list[tuple[Channel, Choice, QLineEdit, QLineEdit]] = []

    def fill(self, overlay: Overlay | None) -> None:
        look, grid = self._look, self.grid(1)
        self.rows = []
        self.head(grid, _("Kênh tiếp nhận"), _("Danh mục ghi"), _("Quyết định"), _("Từ ngày"), _("Đến hết ngày"))
        states = [(NONE, _("giữ nguyên")), ("open", _("tiếp nhận")), ("closed", _("không tiếp nhận"))]
        for at, channel in enumerate(Channel, 1):
            terms = self.procedure.terms(channel)
            known = next((each for each in overlay.channels if each.channel is channel), None) if overlay else None
            name = words.channel_name(channel)
            value = NONE if known is None else "open" if known.open else "closed"
            choice = self.choice(states, value, _("Quyết định về kênh {name}").format(name=name))
            first = self.line(words.day(known.open_from) if known else "", "–", _("Từ ngày"), "field_narrow")
            last = self.line(words.day(known.open_to) if known else "", "–", _("Đến hết ngày"), "field_narrow")
            now = _("không có") if terms is None else words.opened(terms.open_from, terms.open_to) or _("có")
            for column, widget in enumerate(
                (Words(look, name), Words(look, now, tone="quiet", wrap=True), choice, first, last)
            ):
                grid.addWidget(widget, at, column)
            self.rows.append((channel, choice, first, last))
        holder = QWidget()
        holder.setLayout(grid)
        self.show_parts([holder])

    def given(self) -> dict[str, Any]:
        changes = []
        for channel, choice, first, last in self.rows:
            if choice.value:
                days = [words.iso(each.text(), "channels") if each.text().strip() else None for each in (first, last)]
                changes.append(ChannelChange(channel, choice.value == "open", days[0], days[1]))
        return {"channels": tuple(changes)}


# -- papers ------------------------------------------------------------------------------------------------------------


class Papers(Part):
    """Papers left out, required or not, and further ones, case by case."""

    def __init__(self, look: Look) -> None:
        self.title = _("Giấy tờ")
        super().__init__(look)
        self.rows: list[tuple[str, Component, Choice]] = []
        self.added: list[tuple[str, Choice, QLineEdit, Choice, list[QLineEdit], QCheckBox]] = []

    def fill(self, overlay: Overlay | None) -> None:
        look, procedure = self._look, self.procedure
        self.rows, self.added = [], []
        said = overlay.components if overlay else ()
        states = [
            (NONE, _("giữ nguyên")),
            ("gone", _("không yêu cầu")),
            ("required", _("bắt buộc")),
            ("optional", _("không bắt buộc")),
        ]
        parts: list[QWidget] = []
        for case in procedure.cases:
            grid = self.grid()
            if len(procedure.cases) > 1:
                name = case.name or _("Trường hợp thường")
                grid.addWidget(Words(look, name, "note", "quiet", strong=True, wrap=True), 0, 0, 1, 2)
            for at, component in enumerate(case.components, 1):
                change = next(
                    (
                        each
                        for each in said
                        if each.case in (None, case.key)
                        and each.add is None
                        and component.key in (each.key, each.remove)
                    ),
                    None,
                )
                value = NONE
                if change is not None:
                    value = "gone" if change.remove else "required" if change.required else "optional"
                choice = self.choice(states, value, component.name)
                text = down(
                    look,
                    Words(look, component.name, wrap=True),
                    Words(look, words.component_note(component), "note", "quiet", wrap=True),
                    gap="none",
                )
                grid.addLayout(text, at, 0)
                grid.addWidget(choice, at, 1, Qt.AlignmentFlag.AlignTop)
                self.rows.append((case.key, component, choice))
            holder = QWidget()
            holder.setLayout(grid)
            parts.append(holder)
        self._more = QWidget()
        self._more.setLayout(down(look, gap="s"))
        self.show_parts([*parts, self._more, self.adder(_("Thêm giấy tờ"), self.add)])
        for change in said:
            if change.add is not None:
                self.add(change.add, change.case)

    def add(self, known: Component | None = None, case: str | None = None) -> None:
        """One more paper."""
        look = self._look
        cases: list[tuple[object, str]] = [(None, _("mọi trường hợp"))]
        cases += [(each.key, each.name or _("Trường hợp thường")) for each in self.procedure.cases]
        where = self.choice(cases, case, _("Trường hợp"))
        where.setVisible(len(self.procedure.cases) > 1)
        where.setMinimumContentsLength(8)
        where.setSizeAdjustPolicy(where.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        name = self.line(known.name if known else "", _("tên giấy tờ"), _("Tên giấy tờ"))
        kinds = [("submit", _("nộp")), ("show", _("xuất trình"))]
        kind = self.choice(kinds, known.kind if known else "submit", _("Nộp hay xuất trình"))
        labels = (_("bản chính"), _("chứng thực"), _("bản sao"))
        numbers = (known.originals, known.certified, known.copies) if known else (1, 0, 0)
        counts = [
            self.line(str(number) if number else "", "0", label, "figure_field")
            for number, label in zip(numbers, labels, strict=True)
        ]
        required = self.tick(_("bắt buộc"), known.required if known else True)
        first = across(look, (name, 1), where, kind, gap="m")
        pairs = [
            across(look, field, Words(look, label, "note", "quiet"), gap="xs")
            for field, label in zip(counts, labels, strict=True)
        ]
        row = QWidget()
        row.setLayout(down(look, first, across(look, *pairs, required, None, gap="m"), gap="xs"))
        self._more.layout().addWidget(row)
        row.show()
        self.added.append((known.key if known else "", where, name, kind, counts, required))
        if known is None:
            self.come_to(name)
        self.changed.emit()

    def given(self) -> dict[str, Any]:
        changes = []
        for case, component, choice in self.rows:
            if choice.value == "gone":
                changes.append(ComponentChange(case, remove=component.key))
            elif choice.value:
                changes.append(ComponentChange(case, key=component.key, required=choice.value == "required"))
        keys = [component.key for _case, component, _choice in self.rows]
        for key, where, name, kind, counts, required in self.added:
            text = name.text().strip()
            if text:
                known = key or new_key(text, keys)
                keys.append(known)
                numbers = [whole_number(each.text(), "components") or 0 for each in counts]
                component = Component(
                    known, text, str(kind.value), numbers[0], numbers[1], numbers[2], required.isChecked()
                )
                place = where.value
                changes.append(ComponentChange(None if place is None else str(place), add=component))
        return {"components": tuple(changes)}


# -- the rest ----------------------------------------------------------------------------------------------------------


class Rest(Part):
    """How far the procedure goes online, and which unconfirmed facts the decision confirms as they are."""

    def __init__(self, look: Look) -> None:
        self.title = _("Mức độ, xác nhận")
        super().__init__(look)
        self.level = Choice(look)
        self.confirms: dict[str, QCheckBox] = {}

    def fill(self, overlay: Overlay | None) -> None:
        look, procedure = self._look, self.procedure
        levels = [(NONE, _("giữ nguyên")), *((level, words.level_name(level)) for level in Level)]
        self.level = self.choice(levels, overlay.level if overlay and overlay.level else NONE, _("Mức độ trực tuyến"))
        self.level.setFixedWidth(look.size("search") // 2)
        now = _("Danh mục ghi: {level}").format(level=words.level_name(procedure.level))
        first = QWidget()
        title = Words(look, _("Mức độ trực tuyến"), "note", "quiet", strong=True)
        row = across(look, self.level, Words(look, now, tone="quiet"), None, gap="m")
        first.setLayout(down(look, title, row, gap="xs"))
        self.confirms = {}
        parts: list[QWidget] = [first]
        facts = dict.fromkeys(each.partition(".")[0] for each in procedure.unconfirmed)
        if facts:
            said = overlay.confirms if overlay else ()
            boxes = []
            for fact in facts:
                box = self.tick(words.fact(fact), fact in said)
                self.confirms[fact] = box
                boxes.append(box)
            second = QWidget()
            text = _("Những mục chưa xác nhận mà quyết định này xác nhận đúng như danh mục ghi")
            heading = Words(look, text, "note", "quiet", strong=True, wrap=True)
            second.setLayout(down(look, heading, *boxes, gap="xs"))
            parts.append(second)
        self.show_parts(parts)

    def given(self) -> dict[str, Any]:
        level = self.level.value
        return {
            "level": Level(str(level)) if level else None,
            "confirms": tuple(fact for fact, box in self.confirms.items() if box.isChecked()),
        }


__all__ = ["Channels", "Exemptions", "Limits", "Papers", "Part", "Rest", "whole_number"]
