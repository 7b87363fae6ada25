"""The parts of a template on the screen: its name, who writes, number, words, receivers, for which procedures."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from desktop.assets import Look
from desktop.models import letter_words as words
from desktop.views.boxes import Note
from desktop.views.inputs import Choice, Field
from desktop.views.laying import across, down, show_if
from desktop.views.template_text import TemplateText
from desktop.views.wording import Words
from onestop.rules.errors import Remark, RuleBroken
from onestop.rules.result_fields import Known
from onestop.rules.result_template import COMMITTEE, LETTER, NAMED, Template
from onestop.texts import _, message

LINES = 2
"""Receivers that can be seen at once."""
MOST = 4
"""Faults that are said at once."""


class TemplateForm(QWidget):
    """`show_template`, `template`, `say(problems)`; `moved` when something was typed."""

    moved = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._showing = False
        names = ("name", "title", "about", "symbol", "procedures", "source")
        self.lines = {name: QLineEdit() for name in names}
        for line in self.lines.values():
            line.setMaxLength(300)
            line.textEdited.connect(self._typed)
        self.kind, self.issuer = Choice(look, words.kinds()), Choice(look, words.issuers())
        for choice in (self.kind, self.issuer):
            choice.currentIndexChanged.connect(self._typed)
        self.text = TemplateText(look)
        self.text.textChanged.connect(self._typed)
        self.to = QPlainTextEdit()
        self.to.setTabChangesFocus(True)
        self.to.setFixedHeight(look.metrics().lineSpacing() * LINES + look.space("m") * 2)
        self.to.textChanged.connect(self._typed)
        self.checked = QCheckBox(_("Đã đối chiếu lời văn với mẫu của luật"))
        self.checked.toggled.connect(self._typed)
        lines = self.lines
        self.fields = {
            "name": Field(look, _("Tên để chọn"), lines["name"], required=True),
            "kind": Field(look, _("Loại"), self.kind),
            "issuer": Field(look, _("Ai ban hành"), self.issuer),
            "title": Field(look, _("Tên loại"), lines["title"]),
            "about": Field(look, _("Trích yếu"), lines["about"]),
            "symbol": Field(look, _("Ký hiệu"), lines["symbol"]),
            "procedures": Field(look, _("Mã thủ tục"), lines["procedures"]),
            "receivers": Field(look, _("Nơi nhận, mỗi dòng một nơi"), self.to),
            "source": Field(look, _("Căn cứ"), lines["source"]),
        }
        lines["procedures"].setPlaceholderText(_("mọi thủ tục"))
        self.how = Words(
            look, _("{brace} chọn trường · > đứng giữa · - gạch đầu dòng · **đậm**").format(brace="{"), "note", "quiet"
        )
        self.faults = Note(look, "", "danger")
        fields = self.fields
        rows = (("name", "procedures"), ("kind", "issuer"), ("title", "about", "symbol"))
        shares = {"name": 3, "procedures": 2, "title": 3, "about": 4, "symbol": 2, "kind": 1, "issuer": 1}
        placed = [across(look, *((fields[key], shares[key]) for key in row), gap="m") for row in rows]
        for row, keys in zip(placed, rows, strict=True):
            for key in keys:
                row.setAlignment(fields[key], Qt.AlignmentFlag.AlignTop)
        foot = across(look, (fields["receivers"], 3), (fields["source"], 2), gap="m")
        foot.setAlignment(fields["source"], Qt.AlignmentFlag.AlignTop)
        head = across(look, Words(look, _("Lời văn"), "body", "quiet"), None, self.how)
        self.setLayout(down(look, *placed, head, (self.text, 1), self.faults, foot, self.checked, gap="s"))

    def show_template(self, template: Template) -> None:
        """Another template."""
        self._showing = True
        for name in ("name", "title", "about", "symbol", "source"):
            self.lines[name].setText(getattr(template, name))
            self.lines[name].setCursorPosition(0)
        self.lines["procedures"].setText(", ".join(template.procedures))
        self.kind.choose(template.kind)
        self.issuer.choose(template.issuer)
        self.text.setPlainText(template.text)
        self.to.setPlainText("\n".join(template.receivers))
        self.checked.setChecked(template.checked)
        self._showing = False
        self._settle()

    def template(self, before: Template) -> Template:
        """As it stands in the fields; the paper is that of `before`."""
        said = {name: self.lines[name].text() for name in ("name", "title", "about", "symbol", "source")}
        return Template(
            **said,
            text=self.text.toPlainText(),
            kind=str(self.kind.value or NAMED),
            issuer=str(self.issuer.value or COMMITTEE),
            receivers=tuple(line for line in self.to.toPlainText().splitlines() if line.strip()),
            procedures=tuple(self.lines["procedures"].text().replace(";", ",").replace(" ", ",").split(",")),
            paper=before.paper,
            checked=self.checked.isChecked(),
        )

    def offer(self, fields: Sequence[Known]) -> None:
        """What "{" offers."""
        self.text.offer(fields)

    def say(self, problems: Sequence[Remark]) -> None:
        """What keeps it from being used: beside its field, or under the words, where its lines are marked."""
        for field in self.fields.values():
            field.clear()
        below, lines = [], []
        for each in problems:
            said, where = message(each.code, each.details), str(each.details.get("field") or "")
            if where in self.fields:
                if not self.fields[where].wrong:
                    self.fields[where].say_wrong(said)
                continue
            below.append(said)
            if where == "text" and "line" in each.details:
                lines.append(int(each.details["line"]))
        self.text.mark(lines)
        more = _("và {count} chỗ nữa").format(count=len(below) - MOST) if len(below) > MOST else ""
        self.faults.say("\n".join([*below[:MOST], *([more] if more else [])]))

    def refuse(self, broken: RuleBroken) -> None:
        """Why it was not kept."""
        self.say([Remark(broken.code, dict(broken.details))])

    def lock(self, on: bool) -> None:
        """Nothing can be typed while no template is chosen."""
        self.setEnabled(not on)

    def _typed(self, *_what: object) -> None:
        self._settle()
        if not self._showing:
            self.moved.emit()

    def _settle(self) -> None:
        letter = self.kind.value == LETTER
        show_if(self.fields["title"], not letter)
        self.fields["about"].label.say(_("Trích yếu, sau V/v") if letter else _("Trích yếu"))
