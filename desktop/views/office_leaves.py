"""Nghỉ, bàn giao: a clerk on leave leaves his dossiers to another by minutes of two signatures, and has them back."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.bus import Level, Notice, Offer
from desktop.models import leaves as words
from desktop.models.moves import read_day
from desktop.models.table import TableModel
from desktop.views.buttons import Button
from desktop.views.inputs import Choice, Field
from desktop.views.laying import across, down
from desktop.views.lists import ListView
from desktop.views.office_part import OfficePart
from desktop.views.screen import Counter
from desktop.views.standing import EmptyState
from desktop.views.wording import Words
from onestop import clock
from onestop.actions import absence
from onestop.actions.absence import Left
from onestop.queries import absence as queries
from onestop.queries import office
from onestop.queries.absence import AbsenceRow
from onestop.queries.office import ClerkRow
from onestop.rules.absence import AbsenceForm
from onestop.rules.letters import FormKey
from onestop.rules.roles import Permission, may
from onestop.texts import N_, _

ROWS = 5


class LeavesPart(OfficePart):
    """The leaves above, a new one below."""

    key = "leaves"
    tables = frozenset({"absence", "clerk", "dossier"})
    permission = Permission.DELEGATE

    def __init__(self, counter: Counter) -> None:
        self.title = _("Nghỉ, bàn giao công việc")
        super().__init__(counter)
        look = self.look
        self.current: AbsenceRow | None = None
        self.model = TableModel(look, words.columns())
        nobody = EmptyState(look, "users", _("Chưa ghi đợt nghỉ nào"), _("Mọi người đang làm việc."))
        self.list = ListView(look, self.model, self.title, empty=nobody)
        self.list.setFixedHeight(look.size("header") + look.size("row") * ROWS)
        self.list.picked.connect(self._pick)
        self.back = Button(look, _("Trở lại làm việc"), icon="undo-2")
        self.back.clicked.connect(self._end)
        self.minutes = Button(look, _("In biên bản bàn giao"), icon="printer")
        self.minutes.clicked.connect(lambda: self._print_chosen(FormKey.WORK_HANDOVER))
        self.minutes_back = Button(look, _("In biên bản bàn giao lại"), icon="printer")
        self.minutes_back.clicked.connect(lambda: self._print_chosen(FormKey.WORK_RETURN))
        self.add_wide(self.list)
        self.add(across(look, self.back, None, self.minutes, self.minutes_back, gap="m"))
        self.add(self._editor(), self.fault)
        self._enable()

    def _editor(self) -> QWidget:
        look, editor = self.look, QWidget()
        self.who, self.deputy = Choice(look), Choice(look)
        self.who.currentIndexChanged.connect(lambda _place: self._count())
        self.first_day, self.until_day, self.reason = (QLineEdit() for _place in range(3))
        for line in (self.first_day, self.until_day):
            line.setPlaceholderText(_("ngày/tháng/năm"))
        self.reason.setMaxLength(200)
        self.first_day.setText(f"{clock.today():%d/%m/%Y}")
        self.fields = {
            "login": Field(look, _("Người nghỉ"), self.who, required=True),
            "deputy": Field(look, _("Người nhận bàn giao"), self.deputy, required=True),
            "from_day": Field(look, _("Nghỉ từ ngày"), self.first_day, required=True),
            "until_day": Field(look, _("Đến hết ngày"), self.until_day, _("để trống khi chưa biết")),
            "reason": Field(look, _("Lý do"), self.reason, required=True),
        }
        for line in (self.first_day, self.until_day, self.reason):
            line.textEdited.connect(lambda _text: self.calm(self.fields))
            line.returnPressed.connect(self._begin)
        self.holds = Words(look, "", "note", "quiet", wrap=True)
        self.keep = Button(look, _("Ghi nghỉ và bàn giao"), "main")
        self.keep.clicked.connect(self._begin)
        fields = self.fields
        first = across(look, (fields["login"], 1), (fields["deputy"], 1), gap="m")
        second = across(look, (fields["from_day"], 1), (fields["until_day"], 1), (fields["reason"], 2), gap="m")
        for row, keys in ((first, ("login", "deputy")), (second, ("from_day", "until_day", "reason"))):
            for key in keys:
                row.setAlignment(fields[key], Qt.AlignmentFlag.AlignTop)
        foot = across(look, (self.holds, 1), self.keep, gap="m")
        editor.setLayout(down(look, Words(look, _("Ghi một đợt nghỉ"), strong=True), first, second, foot, gap="s"))
        return editor

    # -- what is there

    def load(self) -> None:
        self.desk.ask(queries.absences, open_only=False, then=self._here, owner=self, key="leaves")
        self.desk.ask(office.clerks, then=self._clerks, owner=self, key="clerks")

    def _here(self, rows: tuple[AbsenceRow, ...]) -> None:
        # Those who are away first; of those who came back the latest.
        self.model.show(sorted(rows, key=lambda row: row.ended_at is not None))
        before = self.current.id if self.current is not None else ""
        self.current = next((row for row in rows if row.id == before), None)
        if self.current is None and rows:
            self.list.choose(0)
        self._enable()

    def _clerks(self, rows: list[ClerkRow]) -> None:
        named = [(row.login, f"{row.name} ({row.login})") for row in rows if may(row.role, Permission.MOVE)]
        for choice in (self.who, self.deputy):
            choice.set_choices(named)
        if self.deputy.value == self.who.value and len(named) > 1:
            self.deputy.choose(next(login for login, _name in named if login != self.who.value))
        self._count()

    def _count(self) -> None:
        login = str(self.who.value or "")
        if login:
            self.desk.ask(queries.held_by_login, login, then=self._counted, owner=self, key="held")

    def _counted(self, count: int) -> None:
        said = _("Đang giữ {count} hồ sơ: chuyển ngay cho người nhận bàn giao.").format(count=count)
        self.holds.say(said if count else _("Không giữ hồ sơ nào. Hồ sơ đến sau giao cho người nhận bàn giao."))

    def _pick(self, row: AbsenceRow | None) -> None:
        self.current = row
        self._enable()

    def _enable(self) -> None:
        row = self.current
        self.back.setEnabled(self.may_change and row is not None and row.ended_at is None)
        self.minutes.setEnabled(row is not None)
        self.minutes_back.setEnabled(row is not None and row.ended_at is not None)
        self.keep.setEnabled(self.may_change)

    # -- what is done

    def _begin(self) -> None:
        form = AbsenceForm(
            str(self.who.value or ""),
            str(self.deputy.value or ""),
            read_day(self.first_day.text()),
            read_day(self.until_day.text()),
            self.reason.text(),
        )
        self.calm(self.fields)
        self.desk.do(absence.begin, form, then=self._begun, owner=self, or_else=self.refuse(self.fields))

    def _begun(self, left: Left) -> None:
        self.until_day.clear()
        self.reason.clear()
        self.current = None
        details = {"name": left.clerk, "count": left.moved, "deputy": left.deputy}
        self._tell("absence.begun", details, FormKey.WORK_HANDOVER, left.id)

    def _end(self) -> None:
        if self.current is None:
            return
        self.calm(self.fields)
        self.desk.do(absence.end, self.current.login, then=self._ended, owner=self, or_else=self.refuse({}))

    def _ended(self, left: Left) -> None:
        self._tell("absence.ended", {"name": left.clerk, "count": left.moved}, FormKey.WORK_RETURN, left.id)

    def _tell(self, code: str, details: dict[str, object], paper: FormKey, leave: str) -> None:
        self.load()
        offer = Offer(N_("In biên bản"), partial(self._print, paper, leave))
        self.desk.bus.tell(Notice(Level.GOOD, code, details, "leave", (offer,)))

    def _print_chosen(self, paper: FormKey) -> None:
        if self.current is not None:
            self._print(paper, self.current.id)

    def _print(self, paper: FormKey, leave: str) -> None:
        self.counter.service.prints.print(paper, leave)

    def first(self) -> QWidget:
        return self.list


__all__ = ["LeavesPart"]
