"""Tiếp nhận: how a dossier comes in and what goes with it. The line that says that a procedure is not taken in on
paper, the help with filing online, and the switch of a linked filing."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.assets import Look
from desktop.models import due
from desktop.settings import Settings
from desktop.views.badges import Pill
from desktop.views.boxes import Box
from desktop.views.filling import Filling
from desktop.views.laying import across, down, show_if
from desktop.views.wording import Words
from onestop.rules.linked import Part
from onestop.rules.procedure import Channel
from onestop.texts import _, message

REMEMBERED = "assisted"
"""The setting: code of a procedure → the counter files it online for whoever stands there."""


class Helped(QObject):
    """The help with filing online for the procedure picked: on and off by `toggle`, remembered for it on this
    machine."""

    def __init__(self, filling: Filling, settings: Settings) -> None:
        super().__init__(filling)
        self._filling, self._settings = filling, settings
        self._shown = ""
        filling.begun.connect(self._forget)
        filling.procedure_changed.connect(self._remember)

    def toggle(self) -> None:
        """On or off."""
        filling = self._filling
        if filling.procedure is None:
            return
        on, code = not filling.helped, filling.procedure.code
        filling.set_channel(Channel.ONLINE if on else Channel.DIRECT, on)
        left = {each: True for each in self._settings.get(REMEMBERED) if each != code}
        self._settings.set(REMEMBERED, {**left, code: True} if on else left)

    def _forget(self) -> None:
        self._shown = ""

    def _remember(self) -> None:
        filling = self._filling
        code = filling.procedure.code if filling.procedure else ""
        if code == self._shown:
            return
        self._shown = code
        if code in self._settings.get(REMEMBERED) and filling.channel is Channel.DIRECT:
            filling.set_channel(Channel.ONLINE, True)


class ChannelLine(Box):
    """Says calmly that the procedure is not taken in on paper, by which decision; or that the counter files online."""

    def __init__(self, look: Look, filling: Filling) -> None:
        super().__init__(look, "accent", padding="xs")
        self._filling = filling
        self.pill = Pill(look, _("Hỗ trợ nộp trực tuyến"))
        self.words = Words(look, "", "note", "accent_soft_ink", wrap=True)
        self.add(across(look, self.pill, (self.words, 1), gap="s", margins=("xs", "none", "xs", "none")))
        for changed in (filling.procedure_changed, filling.channel_changed):
            changed.connect(self.show_channel)
        self.hide()

    def show_channel(self) -> None:
        """As the filling has it."""
        filling = self._filling
        closed, assisted = filling.paper_closed, filling.helped
        show_if(self.pill, assisted)
        said = message("procedure.paper-closed", closed.details) if closed is not None else ""
        how = _("Quầy kiểm tra, chụp giấy tờ, chép dữ liệu (F12), tải tệp rồi dán mã trở lại.") if assisted else ""
        self.words.say(" ".join(part for part in (said, how) if part))
        self.setAccessibleName(" ".join(part for part in (self.pill.text() if assisted else "", said, how) if part))
        show_if(self, filling.chosen is not None and (assisted or closed is not None))


class LinkedBox(Box):
    """The switch “Làm liên thông” and, when it is on, each result with who gives it and until when."""

    def __init__(self, look: Look, filling: Filling) -> None:
        super().__init__(look, padding="s", gap="xs")
        self._look, self._filling = look, filling
        self._procedure = ""
        self.switch = QCheckBox(_("Làm liên thông"))
        self.switch.toggled.connect(self._switched)
        self.name = Words(look, "", "note", "quiet", elide=True)
        self.doubt = Pill(look, _("chưa xác nhận"), "warning")
        self.add(across(look, self.switch, (self.name, 1), self.doubt, gap="s"))
        self._rows = down(look, gap="none")
        self.body.addLayout(self._rows)
        self.parts: dict[str, QCheckBox] = {}
        self._dues: dict[str, Words] = {}
        self._lines: list[QWidget] = []
        filling.procedure_changed.connect(self.show_group)
        filling.reckoned.connect(self._show_dues)
        self.hide()

    def show_group(self) -> None:
        """The group of the procedure picked; nothing where there is none."""
        chosen = self._filling.chosen
        group = chosen.group if chosen is not None else None
        code = chosen.procedure.code if chosen is not None else ""
        show_if(self, group is not None)
        if group is None:
            self._procedure = ""
            return
        if code != self._procedure:
            self._procedure = code
            self._fill(group.parts)
            self.name.say(group.name)
            sources = dict.fromkeys([group.source, *(part.source for part in group.parts if part.source)])
            self.doubt.say("" if group.certain else _("chưa xác nhận"))
            self.doubt.setToolTip(_("Theo {sources}").format(sources="; ".join(sources)))
        self._show_ticks()

    def _fill(self, parts: tuple[Part, ...]) -> None:
        for line in self._lines:
            self._rows.removeWidget(line)
            line.deleteLater()
        self.parts, self._dues, self._lines = {}, {}, []
        for place, part in enumerate(parts):
            box, until = QCheckBox(part.name), Words(self._look, "", "note", "quiet", figures=True)
            box.setEnabled(place > 0)  # the procedure's own result is always among them
            box.toggled.connect(self._ticked)
            line = QWidget()
            line.setLayout(across(self._look, box, None, until, margins=("m", "none", "none", "none")))
            self._rows.addWidget(line)
            self.parts[part.key], self._dues[part.key] = box, until
            self._lines.append(line)

    def _show_ticks(self) -> None:
        wanted = self._filling.linked
        for widget, on in (
            (self.switch, bool(wanted)),
            *((box, key in wanted) for key, box in self.parts.items()),
        ):
            widget.blockSignals(True)
            widget.setChecked(on)
            widget.blockSignals(False)
        for line in self._lines:
            show_if(line, bool(wanted))
        self._show_dues()

    def _show_dues(self) -> None:
        found = self._filling.reckoning
        dues = {each.part.key: each for each in found.parts} if found is not None else {}
        for key, words in self._dues.items():
            each = dues.get(key)
            until = "" if each is None or each.due is None else f"{due.hour(each.due)} {due.date(each.due)}"
            words.say(" · ".join(part for part in ((each.part.agency if each else ""), until) if part))

    def toggle(self) -> None:
        """The key: on or off."""
        if not self.isHidden() and self.switch.isEnabled():
            self.switch.toggle()

    def _switched(self, on: bool) -> None:
        chosen = self._filling.chosen
        group = chosen.group if chosen is not None else None
        self._filling.set_linked(group.usual() if on and group is not None else ())
        self._show_ticks()

    def _ticked(self) -> None:
        self._filling.set_linked(tuple(key for key, box in self.parts.items() if box.isChecked()))

    def lock(self, locked: bool) -> None:
        """Received: only to be read."""
        self.switch.setEnabled(not locked)
        for place, box in enumerate(self.parts.values()):
            box.setEnabled(not locked and place > 0)
