"""Tiếp nhận: the counter files a dossier online for whoever stands there, field by field, then its files, then the code
that it got there; from the draft, and once it is received."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.bus import Level
from desktop.views.buttons import Button
from desktop.views.copy_panel import CopyPanel, Source, forget_files
from desktop.views.dossier_pane import LinkBox
from desktop.views.filling import Filling
from desktop.views.laying import down, show_if
from desktop.views.screen import Counter
from desktop.views.wording import Words
from onestop import clock
from onestop.actions import linking
from onestop.actions.linking import LinkForm
from onestop.actions.receive import Received
from onestop.queries import copy_panel
from onestop.texts import _


class AssistBox(QWidget):
    """The copy panel and the field for the code, above the buttons of the receipt: from the draft, and once it is
    received."""

    def __init__(self, counter: Counter, filling: Filling) -> None:
        super().__init__()
        look, commands = counter.look, counter.commands
        self._counter, self._desk, self._filling = counter, counter.desk, filling
        self.taken: Received | None = None
        self.panel = CopyPanel(look, counter.desk, commands["receive.field"], commands["receive.field_back"])
        self.panel.prefer(str(counter.settings.get("copy_profile")))
        self.panel.chosen.connect(lambda key: counter.settings.set("copy_profile", key))
        self.panel.finished.connect(self.ask_link)
        self.link = LinkBox(look, self._link)
        self.begin = Button(look, _("Chép sang hệ thống khác"), action=commands["receive.field"])
        self.tied = Words(look, "", "note", "good", wrap=True)
        self.tied.hide()
        self.setLayout(down(look, self.tied, self.panel, self.link, self.begin, gap="s"))
        for changed in (filling.procedure_changed, filling.channel_changed):
            changed.connect(self._follow)
        filling.begun.connect(self._begin_anew)
        self._follow()

    def _follow(self) -> None:
        show_if(self.begin, self._filling.helped and not self.busy)

    def _begin_anew(self) -> None:
        self.taken = None
        self.tied.hide()
        self.put_away()

    # -- copying

    @property
    def busy(self) -> bool:
        """Does something stand here that Esc closes?"""
        return not (self.panel.isHidden() and self.link.isHidden())

    def forward(self) -> None:
        """The next field, of what is being filled in or of what was received."""
        if self._filling.procedure is not None:
            self.link.put_away()
            self.panel.forward(self._source())
            show_if(self.begin, False)

    def _source(self) -> Source:
        if self.taken is not None:
            return Source.of(self.taken.id)
        form = self._filling.form()
        return Source(self._filling.draft, copy_panel.of_form, (form, clock.now()))

    def back(self) -> None:
        """The field before."""
        self.panel.back()

    def gather(self) -> None:
        """The files of what was received."""
        if self.taken is not None:
            self.panel.take_files(Source.of(self.taken.id))
        else:
            self._desk.tell(Level.NOTE, "upload.after-receiving")

    def ask_link(self) -> None:
        """The code that the other system gave."""
        if self.taken is None:
            self._desk.tell(Level.NOTE, "upload.after-receiving")
            return
        self.panel.put_away()
        show_if(self.begin, False)
        self.link.open("", temporary=self.taken.code_kind == "temporary" and not self.taken.official)

    def _link(self, external: str, official: bool) -> None:
        taken = self.taken
        if taken is None:
            return

        def tied(_id: str) -> None:
            self.link.put_away()
            self.tied.say(_("Mã trên hệ thống kia: {code}").format(code=external))
            show_if(self.tied, True)
            self._desk.run(forget_files, self._desk.office, taken.id, owner=self)
            self._desk.tell(Level.GOOD, "dossiers.linked", external=external)

        self._desk.do(
            linking.link,
            LinkForm(taken.code, external, official),
            then=tied,
            or_else=self.link.refuse,
            always=self.link.free,
            owner=self,
        )

    def received(self, taken: Received | None) -> None:
        """It is received: what is copied from here on is the dossier."""
        self.taken = taken
        self.panel.put_away()
        self._follow()

    def put_away(self) -> None:
        """Close what is open."""
        self.panel.put_away()
        self.link.put_away()
        self._follow()

    # -- its place

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._stand()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stand()

    def _stand(self) -> None:
        """As high as its words are at this width: the receipt above gives way and scrolls."""
        layout = self.layout()
        if layout is not None:
            self.setMinimumHeight(max(0, layout.totalHeightForWidth(self.width())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.busy:
            self.put_away()
        else:
            super().keyPressEvent(event)
