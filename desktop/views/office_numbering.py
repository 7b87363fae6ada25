"""Whether this machine may give numbers, and a supervisor's word where it may not: after a restore, after a move, after
a clock that was wrong."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from desktop.bus import Level
from desktop.jobs import Report
from desktop.views.boxes import Note
from desktop.views.buttons import Button
from desktop.views.inputs import Field
from desktop.views.laying import across, down
from desktop.views.office_part import OfficePart
from desktop.views.screen import Counter
from onestop import clock
from onestop.rules.errors import RuleBroken
from onestop.rules.roles import Permission
from onestop.texts import _, message


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands in the way of numbers. `behind`: the moment of the last act, where the clock stands before it."""

    stopped: str | None = None
    behind: datetime | None = None


class NumberingPart(OfficePart):
    """All right, or why not and what a supervisor has to say."""

    key = "numbering"
    tables = frozenset({"office"})
    permission = Permission.RESUME_NUMBERING

    def __init__(self, counter: Counter) -> None:
        self.title = _("Cấp số hồ sơ")
        super().__init__(counter)
        look = self.look
        self.standing = Standing()
        self.all_right = Note(look, _("Máy này đang cấp số bình thường."), "good")
        self.why = Note(look, "", "danger")
        self.corrected = Note(look, "", "warning")
        self.reason, self.number = QLineEdit(), QLineEdit()
        self.number.setFixedWidth(look.size("field_narrow"))
        self.retired = QCheckBox(_("Máy cũ không còn dùng để tiếp nhận"))
        self.right = QCheckBox(_("Ngày giờ của máy bây giờ đúng"))
        example = _("Ví dụ: khôi phục từ bản sao ngày 20/11, pin đồng hồ hỏng.")
        self.fields = {
            "reason": Field(look, _("Lý do"), self.reason, example, required=True),
            "counter": Field(look, _("Số máy"), self.number, _("Để trống thì giữ số máy như trước.")),
        }
        self.resume = Button(look, _("Cấp số trở lại"), "main")
        self.resume.clicked.connect(self._resume)
        self.confirm = Button(look, _("Ghi nhận giờ đúng"), "main")
        self.confirm.clicked.connect(self._confirm)
        self.right.toggled.connect(self.confirm.setEnabled)
        self.confirm.setEnabled(False)
        for line in (self.reason, self.number):
            line.textEdited.connect(lambda _text: self.calm(self.fields))
        self.form = QWidget()
        row = across(look, (self.fields["reason"], 3), (self.fields["counter"], 1), gap="m")
        last = across(look, self.right, self.retired, None, self.resume, self.confirm, gap="m")
        self.form.setLayout(down(look, row, last, gap="s"))
        self.add(self.all_right, self.why, self.corrected, self.form, self.fault)
        self._show(Standing())
        self.corrected.say("")

    def load(self) -> None:
        self.desk.run(_look, self.office(), then=self._show, owner=self)

    def _show(self, standing: Standing) -> None:
        self.standing = standing
        wrong_clock = standing.behind is not None
        well = standing == Standing()
        self.all_right.setVisible(well)
        self.why.say(_why(standing))
        self.form.setVisible(not well and self.may_change)
        for part in (self.right, self.confirm):
            part.setVisible(wrong_clock)
        for other in (self.fields["counter"], self.retired, self.resume):
            other.setVisible(not wrong_clock)

    # -- after a restore or a move

    def _resume(self) -> None:
        self.calm(self.fields)
        text = self.number.text().strip()
        if text and not (text.isascii() and text.isdigit()):
            self.refuse(self.fields)(RuleBroken("usage.not-a-number", field="counter", value=text, least=1, most=99))
            return
        self.resume.setEnabled(False)
        self.desk.run(
            _resume,
            self.office(),
            self.reason.text(),
            int(text) if text else None,
            self.retired.isChecked(),
            then=self._resumed,
            owner=self,
            or_else=self.refuse(self.fields),
            always=lambda: self.resume.setEnabled(True),
        )

    def _resumed(self, standing: Standing) -> None:
        self._show(standing)
        self.counter.notices.drop("numbering.restored")
        self.counter.notices.drop("numbering.copied")
        self.desk.tell(Level.GOOD, "numbering.goes-on")

    # -- after a clock that was wrong

    def _confirm(self) -> None:
        self.calm(self.fields)
        self.confirm.setEnabled(False)
        self.desk.run(
            _correct,
            self.office(),
            self.reason.text(),
            then=self._confirmed,
            owner=self,
            or_else=self.refuse(self.fields),
            always=lambda: self.confirm.setEnabled(self.right.isChecked()),
        )

    def _confirmed(self, told: tuple[dict[str, Any], Standing]) -> None:
        corrected, standing = told
        self.reason.clear()
        self.right.setChecked(False)
        self.counter.notices.drop("clock.set-back")
        self.corrected.say(message("clock.corrected", corrected))
        self._show(standing)

    def first(self) -> QWidget:
        return self.reason if self.form.isVisibleTo(self) else self


def _look(_report: Report, office: Any) -> Standing:
    """Long work: it reads the mark that is kept outside the folder."""
    return Standing(office.numbering_stopped(), office.clock_behind())


def _resume(report: Report, office: Any, reason: str, counter: int | None, retired: bool) -> Standing:
    office.resume_numbering(reason, counter, retired)
    return _look(report, office)


def _correct(report: Report, office: Any, reason: str) -> tuple[dict[str, Any], Standing]:
    corrected = office.correct_clock(reason)
    how = None if corrected.dossiers else "no-dossier"
    return {**asdict(corrected), "count": corrected.acts, "how": how}, _look(report, office)


def _why(standing: Standing) -> str:
    if standing.behind is not None:
        words = _(
            "Máy đang chỉ {now}, trước việc cuối cùng đã ghi lúc {last}, nên chưa ghi được việc mới. Giờ của máy đang "
            "sai thì chỉnh lại ngày giờ của máy. Giờ bây giờ đúng, trước đó máy chạy nhanh: đánh dấu và ghi lý do ở "
            "dưới. "
            "Việc đã ghi giữ nguyên; hồ sơ mang giờ sai được nêu tên trong nhật ký."
        )
        return words.format(now=_moment(clock.now()), last=_moment(standing.behind))
    if standing.stopped is None:
        return ""
    if standing.stopped == "copied":
        return _("Dữ liệu này được chép từ máy khác. Cấp số tạm dừng để không trùng mã với máy ấy.")
    return _("Dữ liệu này là bản đã khôi phục, cũ hơn số cuối cùng đã cấp. Cấp số tạm dừng để không trùng mã.")


def _moment(at: datetime) -> str:
    there = clock.local(at)
    return f"{there.hour}:{there:%M} {there:%d/%m/%Y}"


__all__ = ["NumberingPart", "Standing"]
