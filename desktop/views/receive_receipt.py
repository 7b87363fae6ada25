"""The right column of Tiếp nhận: the receipt as it will be, the return time with its reasons, the fee, the wishes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QMenu, QSizePolicy, QWidget

from desktop.assets import Look
from desktop.models import due
from desktop.models.components import COUNTS, kind_words
from desktop.models.dossier_words import named
from desktop.views.boxes import Box, Card, Hairline, Note
from desktop.views.buttons import Button
from desktop.views.commands import Commands
from desktop.views.filling import Filling
from desktop.views.inputs import Choice, Field
from desktop.views.laying import across, down, restyle
from desktop.views.receive_person import Side
from desktop.views.wording import Words, grouped
from onestop.actions.receive import Received
from onestop.queries.reckoning import Reckoning
from onestop.rules.deadline import Step
from onestop.rules.fees import NO_AMOUNT, FeeLine
from onestop.rules.intake import Delivery
from onestop.rules.procedure import Unit
from onestop.texts import _, message

WAYS: dict[str, Callable[[], str]] = {
    "counter": lambda: _("Tại quầy"),
    "post": lambda: _("Qua bưu chính"),
    "electronic": lambda: _("Bản điện tử"),
}
UNITS: dict[Unit, Callable[[], str]] = {
    Unit.WORKING_DAY: lambda: _("ngày làm việc"),
    Unit.DAY: lambda: _("ngày"),
    Unit.MONTH: lambda: _("tháng"),
    Unit.HOUR: lambda: _("giờ làm việc"),
    Unit.SAME_DAY: lambda: _("trong ngày"),
    Unit.NOTICE: lambda: _("không hẹn ngày"),
}
NUMBERLESS = (Unit.SAME_DAY, Unit.NOTICE)
MOST_COPIES = 99


class ReceiptSheet(Box):
    """The receipt in short: code, whose, what about, how many papers."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "paper", padding="s", gap="s")
        title = Words(look, _("GIẤY TIẾP NHẬN HỒ SƠ\nVÀ HẸN TRẢ KẾT QUẢ"), strong=True)
        title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        grid = QGridLayout()
        grid.setContentsMargins(*[look.space("none")] * 4)
        grid.setHorizontalSpacing(look.space("m"))
        grid.setVerticalSpacing(look.space("hair"))
        grid.setColumnStretch(1, 1)
        self.lines: dict[str, Words] = {}
        for place, (key, text) in enumerate(
            (
                ("code", _("Mã hồ sơ")),
                ("of", _("Của")),
                ("owner", _("Chủ hồ sơ")),
                ("about", _("Nội dung")),
                ("papers", _("Giấy tờ")),
            )
        ):
            label = Words(look, text, tone="quiet")
            words = Words(look, figures=key == "code", strong=key == "code", wrap=True)
            words.setAlignment(Qt.AlignmentFlag.AlignTop)
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label, place, 0)
            grid.addWidget(words, place, 1)
            words.setBuddy(label)
            label.setObjectName("")
            self.lines[key] = words
            self.lines[key + ".label"] = label
        self.add(title, grid)
        self.setAccessibleName(_("Giấy tiếp nhận"))

    def show_filling(self, filling: Filling, taken: Received | None) -> None:
        """What would be printed now, or what has been, in the words of the paper: it is taken in of whoever hands it
        in, and the owner, where he is somebody else, has a line of his own."""
        owner = filling.owner if filling.proxy else None
        self._say("code", taken.code if taken else _("cấp khi tiếp nhận"))
        self.lines["code"].set_tone("ink" if taken else "quiet")
        self._say("of", filling.submitter.name if filling.submitter else "–")
        self._say("owner", owner.name if owner else "–")
        for key in ("owner", "owner.label"):
            self.lines[key].setVisible(filling.proxy)
        self._say("about", filling.summary or "–")
        self._say("papers", _papers(filling))
        keys = ("code", "of", "owner", "about") if filling.proxy else ("code", "of", "about")
        said = [f"{self.lines[key + '.label'].text()}: {self.lines[key].text()}" for key in keys]
        self.setAccessibleDescription(". ".join(said))

    def _say(self, key: str, text: str) -> None:
        self.lines[key].say(text)


def _papers(filling: Filling) -> str:
    """ "2 loại · 1 bản chính · 2 bản sao", for certified copies what is to be certified."""
    if filling.procedure is not None and filling.procedure.certify and filling.certify:
        copies = sum(row.copies for row in filling.certify)
        return _("chứng thực {count} giấy tờ, {copies} bản").format(count=len(filling.certify), copies=copies)
    given = [each for each in filling.components if each.by == "submitted"]
    if not filling.components:
        return "–"
    parts = [_("{count} loại").format(count=len(filling.components))]
    for which in COUNTS:
        number = sum(getattr(each, which) for each in given)
        if number:
            parts.append(f"{number} {kind_words(which)}")
    return " · ".join(parts)


class Reasons(QFrame):
    """How the return time came about, line by line, beside a rule."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._column = down(look, gap="none", margins=("m", "none", "none", "none"))
        self._lines: list[Words] = []
        self.setLayout(self._column)
        self.setAccessibleName(_("Vì sao hẹn ngày này"))

    def show_steps(self, steps: Sequence[Step], doubts: Sequence[Step]) -> None:
        """Other reasons; what is not certain in the colour of a warning."""
        while len(self._lines) < len(steps):
            words = Words(self._look, "", "note", "quiet", wrap=True)
            self._lines.append(words)
            self._column.addWidget(words)
        for words, step in zip(self._lines, steps, strict=False):
            text = message(step.code, step.details)
            doubtful = step in doubts
            words.say(_("Lưu ý: {text}").format(text=text) if doubtful else text[:1].upper() + text[1:])
            words.set_tone("warning" if doubtful else "quiet")
            words.show()
        for words in self._lines[len(steps) :]:
            words.hide()
        self.setVisible(bool(steps))
        self.setAccessibleDescription("; ".join(words.text() for words in self._lines[: len(steps)]))


class FeeBox(Box):
    """Phí and lệ phí line by line, apart, and what is to be paid; what is not known is never 0."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, padding="s", gap="xs")
        self._look = look
        self._rows: list[tuple[QWidget, Words, Words]] = []
        self._lines = down(look, gap="none")
        self.total = Words(look, "", strong=True, figures=True)
        self.doubt = Words(look, _("mức thu chưa xác nhận"), "note", "warning")
        self._rule = Hairline(look)
        total = across(look, Words(look, _("Thu"), strong=True), None, self.total)
        self.add(self._lines, self._rule, total, self.doubt)

    def show_fee(self, found: Reckoning | None) -> None:
        """Another fee; nothing while no procedure is picked."""
        self.setVisible(found is not None)
        if found is None:
            return
        lines = _merged(found.fee.lines)
        while len(self._rows) < len(lines):
            name, amount = Words(self._look, wrap=True), Words(self._look, figures=True)
            amount.setAlignment(Qt.AlignmentFlag.AlignTop)
            row = QWidget()
            row.setLayout(across(self._look, (name, 1), amount))
            self._lines.addWidget(row)
            self._rows.append((row, name, amount))
        for (row, name, amount), line in zip(self._rows, lines, strict=False):
            name.say(_line_name(line))
            note = line.exemption or line.note
            name.setToolTip(f"{line.name}. {note}" if note else line.name)
            amount.say(grouped(line.amount) if line.amount is not None else _(NO_AMOUNT))
            amount.set_tone("ink" if line.amount is not None else "warning")
            row.show()
        for row, _name, _amount in self._rows[len(lines) :]:
            row.hide()
        self._rule.setVisible(bool(lines))
        total = found.fee.total
        if not lines and found.fee.by_count:
            text, tone = _("theo số bản"), "quiet"
        elif not lines:
            text, tone = _("không thu"), "ink"
        elif total is None:
            text, tone = _(NO_AMOUNT), "warning"
        else:
            text, tone = _("{amount} đồng").format(amount=grouped(total)), "ink"
        self.total.say(text)
        self.total.set_tone(tone)
        self.doubt.setVisible("fees" in found.procedure.unconfirmed)
        said = [f"{name.text()} {amount.text()}" for _row, name, amount in self._rows[: len(lines)]]
        self.setAccessibleName("; ".join([*said, _("Thu {total}").format(total=text)]))


def _merged(lines: Sequence[FeeLine]) -> list[FeeLine]:
    """The lines of a certified-copies grid are told there one by one: here they are one."""
    out: list[FeeLine] = []
    for line in lines:
        head = line.name.partition(": ")[0]
        same = next((at for at, each in enumerate(out) if each.name == head and each.kind is line.kind), None)
        if same is None or ": " not in line.name:
            out.append(replace(line, name=head))
            continue
        before = out[same]
        amounts = (before.amount, line.amount)
        known = [amount for amount in amounts if amount is not None]
        out[same] = replace(
            before,
            quantity=before.quantity + line.quantity,
            amount=sum(known) if len(known) == len(amounts) else None,
        )
    return out


def _line_name(line: FeeLine) -> str:
    """ "Phí (2 bản sao trích lục)", "Lệ phí hộ tịch": the kind always stands first."""
    times = f" × {line.quantity}" if line.quantity > 1 else ""
    off = f" (−{line.percent_off} %)" if line.percent_off else ""
    return named(line.kind.value, line.name) + times + off


class ReceiptPanel(Card):
    """Fills in while one types. The main button stays alive when something is missing: pressing it says what."""

    def __init__(self, look: Look, filling: Filling, commands: Commands) -> None:
        super().__init__(look, _("Giấy tiếp nhận"), gap="s")
        self._look, self._filling = look, filling
        self.head.addStrut(look.size("key"))  # as high as the heads that have a key
        self.body.addSpacing(look.space("xs"))
        self.taken: Received | None = None
        self._held = False
        self.sheet = ReceiptSheet(look)
        self.hour = Words(look, "", "figure", "accent", strong=True)
        self.day = Words(look, "", "figure", "accent", strong=True)
        self.due_label = Words(look, _("Hẹn trả kết quả"), tone="quiet")
        self.due_doubt = Words(look, _("thời hạn chưa xác nhận"), "note", "warning")
        self.no_due = Words(look, "", "lead", "quiet", strong=True, wrap=True)
        self.reasons = Reasons(look)
        self.number = QLineEdit()
        self.number.setValidator(QIntValidator(1, 2_000, self.number))
        self.number.setFixedWidth(look.size("figure_field"))
        self.unit = Choice(look, [(None, _("chọn đơn vị")), *((unit, text()) for unit, text in UNITS.items())])
        self.unit.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        number = Field(look, _("Số"), self.number)
        self.limit_field = Field(look, _("Đơn vị thời hạn"), self.unit, required=True)
        self._limit = Box(look, "warning", padding="s")
        self.limit_words = Words(look, "", "note", wrap=True)
        self._limit.add(self.limit_words, across(look, number, (self.limit_field, 1)))
        self.number.textEdited.connect(lambda _text: self._set_limit())
        self.unit.currentIndexChanged.connect(self._set_limit)
        self.fee = FeeBox(look)
        self.refused = Note(look, "", "danger")
        self.way = Choice(look, [(key, text()) for key, text in WAYS.items()])
        self.way.currentIndexChanged.connect(self._set_way)
        self.copies = QLineEdit()
        self.copies.setValidator(QIntValidator(0, MOST_COPIES, self.copies))
        self.copies.setPlaceholderText("0")
        self.copies.textEdited.connect(lambda text: filling.set_copies(int(text or 0)))
        self._copies = Field(look, _("Bản sao"), self.copies)
        self.way_field = Field(look, _("Nhận kết quả"), self.way)
        self.exemption = Choice(look)
        self.exemption.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.exemption.currentIndexChanged.connect(
            lambda: filling.set_wish(exemption=str(self.exemption.value) if self.exemption.value else None)
        )
        self.exemption.setAccessibleName(_("Miễn, giảm"))
        self._exemption = QWidget()
        label = Words(look, _("Miễn, giảm"), tone="quiet")
        self._exemption.setLayout(across(look, label, (self.exemption, 1)))
        self.fee.add(self._exemption)
        self.receiver = {key: QLineEdit() for key in ("name", "phone", "address")}
        self.post = {
            "name": Field(look, _("Người nhận"), self.receiver["name"], required=True),
            "phone": Field(look, _("Điện thoại"), self.receiver["phone"], required=True),
            "address": Field(look, _("Địa chỉ nhận"), self.receiver["address"], required=True),
        }
        for key, line in self.receiver.items():
            line.textEdited.connect(lambda text, key=key: self._set_receiver(key, text))
        self._post = QWidget()
        self._post.setLayout(
            down(look, across(look, (self.post["name"], 3), (self.post["phone"], 2)), self.post["address"])
        )
        self._due = down(look, self.hour, self.day, gap="none")
        top = QWidget()
        top.setLayout(
            down(
                look,
                self.sheet,
                down(look, across(look, self.due_label, None, self.due_doubt), self._due, self.no_due, gap="none"),
                self.reasons,
                self._limit,
                self.fee,
                self.refused,
                across(look, (self.way_field, 3), (self._copies, 2), gap="m"),
                self._post,
                None,
                gap="xs",
            )
        )
        self.side = Side(look, top)
        self.take = Button(look, kind="main", big=True, action=commands["receive.take"])
        self.next = Button(look, action=commands["receive.take_next"])
        self.fresh = Button(look, kind="main", big=True, action=commands["dossier.new"])
        self.again = Button(look, _("In lại giấy tiếp nhận"), icon="printer")
        self.more = Button(look, "", icon="ellipsis", name=_("Việc khác"))
        menu = QMenu(self.more)
        for key in ("receive.declaration", "receive.missing", "receive.refuse", "receive.copy", "receive.drafts"):
            menu.addAction(commands.action(key, icon=True))
        self.more.setMenu(menu)
        self.more.setToolTip(_("Việc khác"))
        others = across(look, (self.next, 1), (self.again, 1), self.more)
        self.add((self.side, 1))
        self._above = self.body.count()
        self.add(self.take, self.fresh, others)
        self.fresh.hide()
        self.again.hide()
        filling.reckoned.connect(self.show_reckoning)
        filling.procedure_changed.connect(self._show_wishes)
        filling.procedure_changed.connect(self.show_sheet)
        filling.people_changed.connect(self.show_sheet)
        filling.papers_changed.connect(self.show_sheet)
        filling.proposed.connect(self.show_sheet)
        filling.changed.connect(self.show_sheet)
        self._show_wishes()
        self.show_reckoning()

    def put_above_buttons(self, widget: QWidget) -> None:
        """What helps with what comes next."""
        self.body.insertLayout(self._above, across(self._look, (widget, 1), margins=("m", "none", "m", "none")))

    # -- what is shown

    def show_sheet(self) -> None:
        """The receipt in short, and whether it may be received."""
        self.sheet.show_filling(self._filling, self.taken)
        self._dim(self._held or not self._filling.ready)

    def hold(self, *, on: bool) -> None:
        """Something else than what is filled in is waited for."""
        if on != self._held:
            self._held = on
            self._dim(on or not self._filling.ready)

    def _dim(self, dim: bool) -> None:
        if bool(self.take.property("dim")) != dim:
            self.take.setProperty("dim", dim)
            restyle(self.take)
            for child in self.take.findChildren(QWidget):
                restyle(child)

    def show_reckoning(self) -> None:
        """Return time, fee, and what the rules refuse."""
        found, refused = self._filling.reckoning, self._filling.refused
        self.refused.say(message(refused.code, refused.details) if refused is not None else "")
        deadline = found.deadline if found is not None else None
        there = deadline.due if deadline is not None else None
        self.due_doubt.setVisible(found is not None and "limit" in found.procedure.unconfirmed)
        for words in (self.hour, self.day):
            words.setVisible(there is not None)
        if there is not None:
            self.hour.say(f"{due.hour(there)} {due.weekday(there)}")
            self.day.say(due.date(there))
        self.no_due.setVisible(there is None)
        if deadline is None:
            self.no_due.say(_("chọn thủ tục để tính"))
        elif deadline.asks:
            self.no_due.say(_("chưa tính được"))
        else:
            self.no_due.say(_("không hẹn ngày trả"))
        self.reasons.show_steps(deadline.steps if deadline else (), deadline.doubts if deadline else ())
        self._show_limit(found)
        self.fee.show_fee(found)
        self.show_sheet()

    def _show_limit(self, found: Reckoning | None) -> None:
        """Number and unit are asked for where the catalogue gives none; nothing is guessed."""
        asked = found is not None and (found.deadline.asks or found.limit_source == "clerk")
        self._limit.setVisible(asked)
        if not asked or found is None:
            return
        rule = found.limit.rule
        text = _("Danh mục không ghi đủ thời hạn. Nhập theo quy định.")
        self.limit_words.say(f"{text} {rule}".strip())
        unit = self._filling.limit_unit
        if not self.number.hasFocus():
            known = self._filling.limit_number or found.limit.number
            self.number.setText(str(known or ""))
        self.unit.blockSignals(True)
        self.unit.choose(Unit(unit) if unit else None)
        self.unit.blockSignals(False)

    def _show_wishes(self) -> None:
        """The choices as the filling and the procedure have them."""
        filling, procedure = self._filling, self._filling.procedure
        for choice, value in ((self.way, filling.delivery.way),):
            choice.blockSignals(True)
            choice.choose(value)
            choice.blockSignals(False)
        if not self.copies.hasFocus():
            self.copies.setText(str(filling.result_copies or ""))
        for key, line in self.receiver.items():
            if not line.hasFocus():
                line.setText(getattr(filling.delivery, key))
        self._post.setVisible(filling.delivery.way == "post")
        offered = procedure.exemptions if procedure else ()
        self._exemption.setVisible(bool(offered) and (self.taken is None or filling.exemption is not None))
        self.exemption.blockSignals(True)
        self.exemption.set_choices([(None, _("không có")), *((each.key, each.name) for each in offered)])
        self.exemption.blockSignals(True)
        self.exemption.choose(filling.exemption)
        self.exemption.blockSignals(False)

    # -- what a person does

    def _set_limit(self) -> None:
        unit = self.unit.value
        number = int(self.number.text()) if self.number.text() else None
        if unit is None or (number is None and unit not in NUMBERLESS):
            self._filling.set_wish(limit_number=number, limit_unit=None)
        else:
            self._filling.set_wish(limit_number=None if unit in NUMBERLESS else number, limit_unit=str(unit))

    def _set_way(self) -> None:
        """By post: the owner is proposed as the one who receives."""
        way, before = str(self.way.value), self._filling.delivery
        delivery = replace(before, way=way)
        owner = self._filling.real_owner
        if way == "post" and owner is not None:
            delivery = Delivery(
                way,
                before.name or owner.name,
                before.phone or self._filling.phone or str(owner.values.get("phone") or ""),
                before.address or str(owner.values.get("address") or ""),
            )
        self._filling.set_wish(delivery=delivery)
        self._show_wishes()

    def _set_receiver(self, key: str, text: str) -> None:
        self._filling.set_wish(delivery=replace(self._filling.delivery, **{key: text}))

    def begin_limit(self) -> None:
        """Go to what is asked for the limit."""
        (self.unit if self.number.text() else self.number).setFocus()

    def begin_copies(self) -> None:
        """Go to the number of copies."""
        self.copies.setFocus()
        self.copies.selectAll()

    def begin_delivery(self, which: str) -> None:
        """Go to the part of the delivery that is missing ("delivery.phone")."""
        key = which.rpartition(".")[2]
        wanted: QWidget = self.way
        if key in self.receiver:
            wanted = self.receiver[key]
        wanted.setFocus()

    def lock(self, taken: Received | None) -> None:
        """Received: the code stands on the receipt, and it can be printed again."""
        self.taken = taken
        locked = taken is not None
        for widget in (self.way, self.copies, self.exemption, self._post, self._limit):
            widget.setEnabled(not locked)
        if locked:
            self.side.verticalScrollBar().setValue(0)  # the code is read first
        self.take.setVisible(not locked)
        self.fresh.setVisible(locked)
        self.again.setVisible(locked)
        self.next.setVisible(not locked)
        self.show_sheet()
        self._show_wishes()
