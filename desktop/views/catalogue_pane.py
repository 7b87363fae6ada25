"""The side pane of the catalogue: everything of one procedure as it is in force here, and what set each fact."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from desktop.assets import Look
from desktop.desk import Desk
from desktop.models import catalogue as words
from desktop.views.badges import Pill
from desktop.views.boxes import Box, Card, Note
from desktop.views.buttons import Button
from desktop.views.inputs import Choice
from desktop.views.laying import Flow, across, down
from desktop.views.sections import Calm, Fact, Leaf, facts, line, section
from desktop.views.standing import Awaiting, EmptyState
from desktop.views.wording import Words
from onestop import clock
from onestop.queries import catalogue_card
from onestop.queries.catalogue import EntryRow
from onestop.queries.catalogue_card import Decision, ProcedureCard, Version
from onestop.rules.citizen import role_name
from onestop.rules.overlay import is_open
from onestop.rules.procedure import Case, Component, Procedure
from onestop.texts import _, message

FEW_LINES = 8
"""So many lines of a long list (legal basis, fields) are shown before one asks for the rest."""


class ProcedurePane(Card):
    """`show_row(row)` shows at once what the list knows, the rest when it has been read.

    `wished_review(version)`, `wished_change(decision)`, `wished_end(decision)`, `wished_again(decision)`: its buttons.
    `back` at Esc.
    """

    wished_review = Signal(str)
    wished_change = Signal(object)
    wished_end = Signal(object)
    wished_again = Signal(object)
    back = Signal()

    def __init__(
        self, look: Look, desk: Desk, receive: QAction, edit: QAction, enable: QAction, quick: QAction
    ) -> None:
        super().__init__(look, gap="s")
        self._desk = desk
        self._code = ""
        self._case = ""
        self._all: set[str] = set()
        self.card: ProcedureCard | None = None
        self.setAccessibleName(_("Thủ tục đang chọn"))
        self._edit_action, self._enable, self._star = edit, enable, quick
        self._calm = Calm(look, self.refresh, self)
        self._stack = QStackedLayout()
        self.body.addLayout(self._stack, 1)  # first: a page of a layout without a place opens a window of its own
        nothing = EmptyState(
            look, "scroll-text", _("Chưa chọn thủ tục"), _("Dùng phím ↑ ↓ để chọn một thủ tục trong danh mục.")
        )
        whole = QWidget()
        whole.setLayout(down(look, self._top(), (self._middle(), 1), self._foot(receive, edit, enable, quick), gap="s"))
        self._stack.addWidget(nothing)
        self._stack.addWidget(whole)

    def _top(self) -> QWidget:
        look = self.look
        self.code = Words(look, tone="quiet", figures=True, elide=True)
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.level, self.used, self.quick, self.agency = (Pill(look) for _place in range(4))
        pills = Flow(look, "xs")
        for pill in (self.used, self.level, self.quick, self.agency):
            pills.addWidget(pill)
        top = QWidget()
        top.setLayout(down(look, self.code, pills, gap="xs", margins=("m", "none", "m", "none")))
        return top

    def _middle(self) -> QWidget:
        self.leaf = Leaf(self.look, _("Nội dung thủ tục"))
        self._awaiting = Awaiting(self.look, self.leaf, 12)
        return self._awaiting

    def _foot(self, receive: QAction, edit: QAction, enable: QAction, quick: QAction) -> QWidget:
        look = self.look
        self.receive = Button(look, _("Tiếp nhận hồ sơ"), "main", action=receive, big=True)
        self.edit = Button(look, _("Sửa"), action=edit)
        self.enable = Button(look, _("Ngừng dùng"), action=enable)
        self.star = Button(look, _("Nhanh"), action=quick)
        foot = QWidget()
        row = across(look, (self.edit, 1), (self.enable, 1), (self.star, 1))
        foot.setLayout(down(look, self.receive, row, margins=("m", "none", "m", "none")))
        return foot

    # -- what it shows

    @property
    def shown_code(self) -> str:
        """The code of the procedure shown, "" for none."""
        return self._code

    def show_row(self, row: EntryRow | None) -> None:
        """Another procedure, or none."""
        code = row.code if row else ""
        if row is None or code == self._code:
            self.show_code(code)
            return
        self._begin(code)
        self.code.say(" · ".join(part for part in (row.code, row.field) if part))
        self._calm.ask()

    def show_code(self, code: str) -> None:
        """Another procedure by its code."""
        self._begin(code)
        self.refresh()

    def _begin(self, code: str) -> None:
        if code != self._code:
            self.card, self._case, self._all = None, "", set()
        self._code = code
        self._stack.setCurrentIndex(1 if code else 0)

    def refresh(self) -> None:
        """Read the procedure shown anew."""
        if not self._code:
            return
        if self.card is None:
            self._awaiting.wait()
        self._desk.ask(
            catalogue_card.card,
            self._code,
            clock.today(),
            then=self._here,
            owner=self,
            key="card",
            always=self._awaiting.ready,
        )

    def _here(self, card: ProcedureCard | None) -> None:
        if card is None or card.code != self._code:
            self.show_code("")
            return
        again = self.card is not None and self.card.code == card.code
        if again and card == self.card:
            return
        self.card = card
        self._show(stay=again)

    def _show(self, *, stay: bool = False) -> None:
        card = self.card
        if card is None:
            return
        procedure = card.procedure
        self.code.say(" · ".join(part for part in (card.code, procedure.field) if part))
        self.used.say(_("Đang dùng") if card.enabled else _("Không dùng ở đây"), "good" if card.enabled else "warning")
        self.level.say(
            words.level_name(procedure.level) if procedure.level else _("Chưa rõ mức độ trực tuyến"),
            words.level_tone(procedure.level),
        )
        self.quick.say(_("Danh sách nhanh: {place}").format(place=card.quick) if card.quick else "", "accent")
        self.agency.say(_("Nhận hộ") if card.agency else "", "warning")
        self.enable.say(_("Ngừng dùng") if card.enabled else _("Dùng"))
        self.star.say(_("Bỏ nhanh") if card.quick else _("Nhanh"))
        for button, action in ((self.edit, self._edit_action), (self.enable, self._enable), (self.star, self._star)):
            button.setVisible(action.isVisible())
        self.leaf.show_parts(self._parts(card), stay=stay)

    def _parts(self, card: ProcedureCard) -> list[QWidget]:
        procedure = card.procedure
        parts = [self._names(card), *self._notes(card), self._limits(card), self._fees(card), self._papers(card)]
        parts += self._people(procedure)
        parts += self._texts(
            "results", _("Kết quả"), [self._result(each.name, each.code, each.refusal) for each in procedure.results]
        )
        parts += self._plain("legal_basis", _("Căn cứ pháp lý"), procedure.legal_basis)
        parts += self._plain("guidance", _("Hướng dẫn"), procedure.guidance)
        if card.decisions or self._edit_action.isVisible():
            parts.append(self._decisions(card))
        parts.append(self._origin(card))
        parts.append(section(self.look, _("Các bản"), *(self._version(each, card) for each in card.versions)))
        return parts

    def _doubt(self, *names: str) -> str:
        """What stands beside a heading whose facts no text has confirmed."""
        assert self.card is not None
        marks = {mark.partition(".")[0] for mark in self.card.procedure.unconfirmed}
        return _("chưa xác nhận") if marks & set(names) else ""

    def _by(self, *names: str) -> str:
        """Which decision set these facts."""
        assert self.card is not None
        found = dict.fromkeys(self.card.provenance[name] for name in names if name in self.card.provenance)
        return _("theo {decision}").format(decision=", ".join(found)) if found else ""

    def _names(self, card: ProcedureCard) -> QWidget:
        look, procedure = self.look, card.procedure
        title = Words(look, procedure.short_name or procedure.name, "lead", strong=True, wrap=True)
        title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        parts: list[QWidget] = [title]
        if procedure.short_name and procedure.short_name != procedure.name:
            parts.append(Words(look, procedure.name, tone="quiet", wrap=True))
        head = QWidget()
        head.setLayout(down(look, *parts, gap="xs"))
        return head

    def _notes(self, card: ProcedureCard) -> list[QWidget]:
        look = self.look
        notes: list[QWidget] = []
        if card.waiting is not None:
            see = Button(look, _("Xem và duyệt"))
            see.clicked.connect(lambda: self.wished_review.emit(card.waiting.version_id))
            count = len(card.waiting.differences)
            text = _("Bản nhập về khác ở {count} mục, đang chờ duyệt. Bản đang dùng giữ nguyên cho đến khi duyệt.")
            buttons = (see,) if self._edit_action.isVisible() else ()
            notes.append(Note(look, text.format(count=count), "warning", *buttons))
        if card.agency:
            text = _("Nhận hộ: {agency} giải quyết, ở đây chỉ tiếp nhận và trả kết quả.")
            notes.append(Note(look, text.format(agency=card.agency), "accent"))
        notes += [Note(look, message(each.code, each.details)) for each in card.remarks]
        unconfirmed = card.procedure.unconfirmed
        if unconfirmed:
            names = dict.fromkeys(words.fact(each.partition(".")[0]) for each in unconfirmed)
            text = _("Chưa xác nhận với văn bản: {facts}.").format(facts=", ".join(names))
            notes.append(Words(look, text, "note", "warning", wrap=True))
        return notes

    def _limits(self, card: ProcedureCard) -> QWidget:
        look, procedure = self.look, card.procedure
        lines: list[QWidget] = []
        today = clock.today()
        for terms in procedure.channels:
            found = words.channel_limit(procedure, terms.channel)
            notes = [self._by("limit", f"limit:{terms.channel}"), words.opened(terms.open_from, terms.open_to)]
            if not is_open(terms, today):
                notes.append(_("hiện không tiếp nhận"))
            said = " · ".join(part for part in notes if part)
            fact = Fact(look, words.channel_name(terms.channel), words.limit(found), note=said)
            lines.append(fact)
        if not procedure.channels:
            lines.append(Fact(look, _("Mọi kênh"), words.limit(procedure.limit), note=self._by("limit")))
        lines += [
            Fact(look, case.name, words.limit(case.limit), note=self._by(f"limit:case:{case.key}"))
            for case in procedure.cases
            if case.limit is not None and case.key
        ]
        rules = [procedure.limit.rule, *(terms.limit.rule for terms in procedure.channels if terms.limit)]
        lines += [Words(look, rule, "note", "quiet", wrap=True) for rule in dict.fromkeys(rules) if rule]
        if procedure.instant:
            lines.append(Words(look, _("Trả kết quả ngay, không cần giấy hẹn."), tone="quiet", wrap=True))
        return section(look, _("Thời hạn và kênh tiếp nhận"), *lines, mark=self._doubt("limit", "channels"))

    def _fees(self, card: ProcedureCard) -> QWidget:
        look, procedure = self.look, card.procedure
        lines: list[QWidget] = []
        for fee in procedure.fees:
            tone = "warning" if fee.amount is None and not fee.tiers else "ink"
            amount = Words(look, words.amount(fee), tone=tone, wrap=True, figures=True)
            # Which decision set it is told by the fee itself.
            note = words.fee_note(fee, procedure)
            name = Words(look, words.fee_name(fee), wrap=True)
            column = [name, *([Words(look, note, "note", "quiet", wrap=True)] if note else [])]
            row = across(look, (down(look, *column, None, gap="none"), 3), (amount, 2), gap="m")
            amount.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            whole = QWidget()
            whole.setLayout(row)
            whole.setAccessibleName(f"{words.fee_name(fee)}: {words.amount(fee)}")
            lines.append(whole)
        if not procedure.fees:
            lines.append(Words(look, _("Danh mục không ghi khoản thu nào."), tone="quiet", wrap=True))
        if procedure.fee_note and procedure.fee_note not in [fee.note for fee in procedure.fees]:
            lines.append(Words(look, procedure.fee_note, "note", "quiet", wrap=True))
        lines += [
            line(look, words.exemption(each), each.source, icon="tag", tone="quiet") for each in procedure.exemptions
        ]
        return section(look, _("Phí, lệ phí"), *lines, mark=self._doubt("fees", "exemptions", "fee_note"))

    def _papers(self, card: ProcedureCard) -> QWidget:
        look, procedure = self.look, card.procedure
        case = next((each for each in procedure.cases if each.key == self._case), procedure.cases[0])
        lines: list[QWidget] = []
        if len(procedure.cases) > 1:
            names = [(each.key, each.name or _("Trường hợp thường")) for each in procedure.cases]
            choice = Choice(look, names)
            choice.choose(case.key)
            choice.setAccessibleName(_("Trường hợp"))
            choice.setMinimumContentsLength(12)
            choice.setSizeAdjustPolicy(choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.activated.connect(lambda _place: self._choose_case(str(choice.value)))
            lines.append(choice)
        lines += self._components(case)
        lines += [Words(look, each, "note", "quiet", wrap=True) for each in case.guidance]
        if not case.components:
            lines.append(Words(look, _("Danh mục không ghi giấy tờ nào."), tone="quiet", wrap=True))
        count = len(case.components)
        title = _("Giấy tờ") if not count else f"{_('Giấy tờ')} ({count})"
        return section(look, title, *lines, mark=self._doubt("components", "cases"))

    def _choose_case(self, key: str) -> None:
        self._case = key
        self._show(stay=True)

    def _components(self, case: Case) -> list[QWidget]:
        look = self.look
        lines: list[QWidget] = []
        for group, components in words.groups(case.components):
            several = bool(group) and len(components) > 1
            shown = [self._component(each, case, one_of=several) for each in components]
            if several:
                box = Box(look, padding="s", gap="xs")
                box.add(Words(look, _("Một trong các giấy tờ sau:"), "note", "quiet"), *shown)
                box.setAccessibleName(_("Một trong các giấy tờ sau"))
                lines.append(box)
            else:
                lines += shown
        return lines

    def _component(self, component: Component, case: Case, *, one_of: bool) -> QWidget:
        notes = (words.component_note(component, one_of=one_of), self._by(f"components:{case.key}:{component.key}"))
        icon = "eye" if component.kind == "show" else "file-text"
        return line(self.look, component.name, " · ".join(part for part in notes if part), icon=icon, tone="quiet")

    def _people(self, procedure: Procedure) -> list[QWidget]:
        look = self.look
        parts = []
        if procedure.parties:
            names = ", ".join(role_name(each) for each in procedure.parties)
            parts.append(
                section(look, _("Người liên quan"), Words(look, names, wrap=True), mark=self._doubt("parties"))
            )
        fields = [Fact(look, each.label, words.form_field(each)) for each in procedure.fields]
        return parts + self._texts("fields", _("Nội dung tờ khai"), list(fields))

    def _result(self, name: str, code: str, refusal: bool) -> QWidget:
        note = " · ".join(part for part in (code, _("kết quả không chấp thuận") if refusal else "") if part)
        return line(self.look, name, note, icon="ban" if refusal else "stamp", tone="quiet")

    def _plain(self, key: str, title: str, texts: Sequence[str]) -> list[QWidget]:
        return self._texts(key, title, [Words(self.look, each, wrap=True) for each in texts])

    def _texts(self, key: str, title: str, lines: Sequence[QWidget]) -> list[QWidget]:
        """A section that shows a few lines, and the rest when asked; nothing where there are none."""
        if not lines:
            return []
        shown = list(lines if key in self._all else lines[:FEW_LINES])
        if len(shown) < len(lines):
            more = Button(self.look, _("Xem thêm {count}").format(count=len(lines) - len(shown)), "link")
            more.clicked.connect(lambda: self._show_all(key))
            holder = QWidget()
            holder.setLayout(across(self.look, more, None))
            shown.append(holder)
        return [section(self.look, title, *shown, mark=self._doubt(key))]

    def _show_all(self, key: str) -> None:
        self._all.add(key)
        self._show(stay=True)
        self.leaf.setFocus()

    def _decisions(self, card: ProcedureCard) -> QWidget:
        look = self.look
        boxes: list[QWidget] = [self._decision(each, card) for each in card.decisions]
        if not boxes:
            text = _("Chưa có. Thời hạn, mức thu, miễn giảm, kênh, giấy tờ riêng của tỉnh hoặc cơ quan ghi ở đây.")
            boxes.append(Words(look, text, tone="quiet", wrap=True))
        return section(look, _("Quyết định của địa phương"), *boxes)

    def _decision(self, decision: Decision, card: ProcedureCard) -> QWidget:
        look, overlay = self.look, decision.overlay
        box = Box(look, padding="m", gap="xs")
        if decision.withdrawn:
            state, tone = _("đã thu hồi"), "quiet"
        elif decision.holds:
            state, tone = _("đang áp dụng"), "good"
        else:
            state, tone = _("ngoài thời gian áp dụng"), "warning"
        title = f"{words.scope_name(overlay.scope)}: {overlay.decision}"
        head = across(look, (Words(look, title, strong=True, wrap=True), 1), Pill(look, state, tone))
        box.body.addLayout(head)
        box.add(Words(look, words.decision_days(overlay), "note", "quiet"))
        box.add(*(Words(look, each, wrap=True) for each in words.decision_lines(overlay, card.published)))
        if self._edit_action.isVisible():
            if decision.withdrawn:
                again = Button(look, _("Dùng lại"), name=_("Dùng lại {decision}").format(decision=overlay.decision))
                again.clicked.connect(lambda: self.wished_again.emit(decision))
                box.body.addLayout(across(look, again, None))
            else:
                change = Button(look, _("Sửa"), name=_("Sửa {decision}").format(decision=overlay.decision))
                change.clicked.connect(lambda: self.wished_change.emit(decision))
                end = Button(look, _("Thu hồi"), name=_("Thu hồi {decision}").format(decision=overlay.decision))
                end.clicked.connect(lambda: self.wished_end.emit(decision))
                box.body.addLayout(across(look, change, end, None))
        box.setAccessibleName(f"{title}, {state}")
        return box

    def _origin(self, card: ProcedureCard) -> QWidget:
        look, procedure = self.look, card.procedure
        levels = {
            "ward": _("cấp xã"),
            "province": _("cấp tỉnh"),
            "ministry": _("cấp bộ"),
            "other": _("cơ quan khác"),
        }
        pairs = (
            (
                _("Cơ quan giải quyết"),
                card.agency or ", ".join(levels.get(each, each) for each in procedure.agency_levels),
            ),
            (_("Bộ quản lý"), procedure.ministry),
            (_("Đối tượng"), ", ".join(procedure.applicants)),
            (_("Công bố tại"), procedure.decision),
            (_("Số bộ hồ sơ"), str(procedure.sets) if procedure.sets > 1 else ""),
            (_("Từ khóa"), ", ".join(procedure.keywords)),
            (_("Nguồn"), words.origin(card.origin)),
        )
        mark = self._doubt("ministry", "competent_agency", "code")
        return section(look, _("Cơ quan, nguồn"), *facts(look, pairs), mark=mark)

    def _version(self, version: Version, card: ProcedureCard) -> QWidget:
        text, tone = words.status(version, card.version_id)
        days = words.day(version.valid_from) + (f" – {words.day(version.valid_to)}" if version.valid_to else "")
        return line(self.look, days, words.origin(version.origin), end=Pill(self.look, text, tone))

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "leaf"):
            self._show(stay=True)


__all__ = ["ProcedurePane"]
