"""The sheet on which a result letter is made: by which template, who signs, number and day, and what is still empty."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.assets import Look
from desktop.models import due as dates
from desktop.models import moves
from desktop.views.boxes import Note, Overlay
from desktop.views.buttons import Button
from desktop.views.inputs import Choice, Field
from desktop.views.laying import across, down, show_if
from desktop.views.wording import Words
from onestop import clock
from onestop.actions.result_letters import MakeForm
from onestop.queries.result_letters import Choice as Choices
from onestop.queries.result_letters import Made
from onestop.queries.result_templates import TemplateRow
from onestop.rules import result_fields
from onestop.rules.errors import RuleBroken
from onestop.texts import _, message, sentence

MOST = 8
"""Fields without a value that are named one by one; of the rest the number is said."""


@dataclass(frozen=True, slots=True)
class Deeds:
    """What the sheet can have done: make and print; look at it first; print once more or sign what was made."""

    make: Callable[[MakeForm], None]
    look: Callable[[TemplateRow, str], None]
    again: Callable[[Made], None]
    sign: Callable[[Made], None]


class ResultSheet(Overlay):
    """`open_for(dossier, code, choices, deeds)`; `refuse` says beside a field what is wrong."""

    alone = True

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self._dossier, self._choices, self._deeds = "", None, None  # type: tuple[str, Choices | None, Deeds | None]
        self.title = Words(look, size="lead", strong=True, wrap=True)
        self.before = Note(look, "", "accent")
        self.template, self.signer = Choice(look), Choice(look)
        self.template.currentIndexChanged.connect(self._settle)
        self.signer.currentIndexChanged.connect(self._settle)
        self.number, self.day = QLineEdit(), QLineEdit()
        self.number.setMaxLength(60)
        self.day.setMaxLength(20)
        self.day.setPlaceholderText(_("ngày/tháng/năm"))
        self.fields = {
            "template": Field(look, _("Mẫu"), self.template),
            "signer": Field(look, _("Người ký"), self.signer),
            "number": Field(look, _("Số văn bản"), self.number, _("Để trống: số tiếp theo trong sổ của quầy này.")),
            "date": Field(look, _("Ngày ký"), self.day),
        }
        self.missing = Note(look, "", "warning")
        self.unchecked = Words(look, "", "note", "quiet", wrap=True)
        self.fault = Note(look, "", "danger")
        self.do_button = Button(look, _("Lập và in"), "main", key="F9")
        self.do_button.clicked.connect(self._do)
        self.look_button = Button(look, _("Xem trước"), key="F8")
        self.look_button.clicked.connect(self._show)
        self.again_button = Button(look, _("In lại"), icon="printer")
        self.again_button.clicked.connect(lambda: self._former(again=True))
        self.sign_button = Button(look, _("Ký số"), icon="signature")
        self.sign_button.clicked.connect(lambda: self._former(again=False))
        leave = Button(look, _("Thôi"), key="Esc")
        leave.clicked.connect(self.put_away)
        small = across(look, (self.fields["number"], 1), (self.fields["date"], 1), gap="m")
        for key in ("number", "date"):
            small.setAlignment(self.fields[key], Qt.AlignmentFlag.AlignTop)
        self.setLayout(
            down(
                look,
                self.title,
                self.before,
                across(look, self.again_button, self.sign_button, None),
                self.fields["template"],
                self.fields["signer"],
                small,
                self.missing,
                self.unchecked,
                self.fault,
                across(look, None, leave, self.look_button, self.do_button),
                gap="m",
                margins="xl",
            )
        )
        self.closed.connect(self._forget)

    # -- shown

    def open_for(self, dossier: str, code: str, choices: Choices, deeds: Deeds) -> None:
        """Ask what is to be made of this dossier, and offer what was made."""
        self._dossier, self._choices, self._deeds = dossier, choices, deeds
        self.title.say(_("Văn bản kết quả của {code}").format(code=code))
        self.setAccessibleName(self.title.text())
        self.template.set_choices([(each.key, each.name) for each in choices.templates])
        self.signer.set_choices([(each.id, f"{each.name} – {' / '.join(each.lines)}") for each in choices.signers])
        for choice in (self.template, self.signer):
            choice.setCurrentIndex(0 if choice.count() else -1)
        last = choices.made[-1] if choices.made else None
        self.number.setText("" if last is None else str(last.plain["result"]["number"]))
        self.day.setText(dates.date(clock.now()))
        said = "" if last is None else _("Đã lập {title}, số {number}.").format(**last.plain["result"])
        self.before.say(said)
        for button in (self.again_button, self.sign_button):
            show_if(button, last is not None)
        for field in self.fields.values():
            field.clear()
            show_if(field, choices.open)
        for button in (self.do_button, self.look_button):
            show_if(button, choices.open)
        self.fault.say(self._cannot(choices))
        self._settle()
        self._place()
        first = self.template if choices.open and self.do_button.isEnabled() else self.again_button
        self.lift(first if not first.isHidden() else self)
        self._place()

    def _cannot(self, choices: Choices) -> str:
        if not choices.open:
            return sentence("result.state") if not choices.made else ""
        if not choices.templates:
            return sentence("template.none-here")
        if not choices.signers:
            return sentence("signer.none", day=dates.date(clock.now()))
        return ""

    @property
    def chosen(self) -> TemplateRow | None:
        """The template that is chosen."""
        rows = self._choices.templates if self._choices is not None else ()
        return next((each for each in rows if each.key == self.template.value), None)

    def _settle(self) -> None:
        choices, row = self._choices, self.chosen
        if choices is None:
            return
        empty = choices.missing.get(row.key, ()) if row is not None and choices.open else ()
        names = [result_fields.label(name, choices.labels) for name in empty]
        more = _("và {count} mục nữa").format(count=len(names) - MOST) if len(names) > MOST else ""
        listed = "; ".join([*names[:MOST], *([more] if more else [])])
        self.missing.say(_("Hồ sơ chưa có, in thành dòng chấm: {fields}.").format(fields=listed) if names else "")
        doubt = row is not None and choices.open and not row.template.checked
        self.unchecked.say(_("Lời văn của mẫu này chưa ai đối chiếu với mẫu do luật quy định.") if doubt else "")
        show_if(self.unchecked, doubt)
        ready = row is not None and bool(choices.signers) and choices.open
        self.do_button.setEnabled(ready)
        self.look_button.setEnabled(row is not None)
        if self.isVisible():
            self._place()

    def _place(self) -> None:
        window, width = self.parentWidget(), self._look.size("palette")
        self.move((window.width() - width) // 2, window.height() // 12)
        self.fit(width)

    # -- done

    def form(self) -> MakeForm:
        """As it stands in the fields."""
        day = moves.read_day(self.day.text())
        return MakeForm(
            self._dossier, str(self.template.value or ""), str(self.signer.value or ""), self.number.text(), day
        )

    def _do(self) -> None:
        if self._deeds is None or not self.do_button.isEnabled() or self.do_button.isHidden():
            return
        for field in self.fields.values():
            field.clear()
        self.fault.say("")
        self.do_button.setEnabled(False)
        self._deeds.make(self.form())

    def _show(self) -> None:
        row = self.chosen
        if self._deeds is not None and row is not None and not self.look_button.isHidden():
            self._deeds.look(row, str(self.signer.value or ""))

    def _former(self, *, again: bool) -> None:
        if self._deeds is not None and self._choices is not None and self._choices.made:
            deeds, last = self._deeds, self._choices.made[-1]
            self.put_away()
            (deeds.again if again else deeds.sign)(last)

    def free(self) -> None:
        """The answer is here."""
        self._settle()

    def refuse(self, broken: RuleBroken) -> None:
        """Say what is wrong, beside its field where it has one."""
        said, field = message(broken.code, broken.details), str(broken.details.get("field") or "")
        if field in self.fields:
            self.fields[field].say_wrong(said)
            control = self.fields[field].control
            control.setFocus()
        else:
            self.fault.say(said)
        self._place()
        QTimer.singleShot(0, self, self._place)  # the height of what was said is known when it has been dressed

    def _forget(self) -> None:
        self._choices = self._deeds = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F9:
            self._do()
        elif event.key() == Qt.Key.Key_F8:
            self._show()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextPrevChild(True)
        else:
            super().keyPressEvent(event)
