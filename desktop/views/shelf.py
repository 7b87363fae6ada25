"""Kho giấy tờ: what a person has handed in before, looked at and taken for the dossier at hand with one key."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QListWidgetItem, QSizePolicy, QStackedLayout, QWidget

from desktop.assets import Look
from desktop.desk import Desk
from desktop.models import due, page_words
from desktop.models.pages import Picture, shown_paper
from desktop.models.person_words import born
from desktop.views.badges import State
from desktop.views.boxes import Overlay
from desktop.views.buttons import Button
from desktop.views.laying import across, down
from desktop.views.page_images import PageImages
from desktop.views.pick import PickList
from desktop.views.sections import Link
from desktop.views.standing import Awaiting, EmptyState
from desktop.views.suggest import OPTION, Option, OptionDelegate
from desktop.views.wording import Words
from onestop import clock
from onestop.queries import papers
from onestop.queries.papers import DocumentRow
from onestop.texts import _

PAPER = Qt.ItemDataRole.UserRole + 1
ROWS = 7


def came_with(paper: DocumentRow) -> str:
    """ "H99.14-261123-0007 · 23/11/2026 · 2 trang"."""
    return " · ".join((paper.dossier_code, due.date(paper.kept_at), page_words.pages(paper.leaves)))


def holds(paper: DocumentRow) -> str:
    """How long it holds, or since when it does not; "" where nobody has said."""
    if paper.holds_on(clock.today()):
        return page_words.validity(paper)
    return _("hết hiệu lực {day}").format(day=born(paper.about.valid_to))


def on_shelf(look: Look, paper: DocumentRow, open_paper: Callable[[str, str], None]) -> QWidget:
    """A paper as the pane of a person lists it; `open_paper(dossier, paper)` when it is pressed."""
    over = not paper.holds_on(clock.today())
    mark = holds(paper)
    end = State(look, "file-x" if over else "file-text", mark, "quiet" if over else "good") if mark else None
    link = Link(look, paper.about.title, came_with(paper), end=end)
    link.setAccessibleDescription(mark)
    if over:
        link.title.set_tone("quiet")
    link.clicked.connect(lambda: open_paper(paper.dossier_id, paper.id))
    return link


class FirstPage(QWidget):
    """The first page of a paper, as large as there is room."""

    def __init__(self, look: Look, images: PageImages) -> None:
        super().__init__()
        self._look, self._images = look, images
        self._picture: Picture | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        images.came.connect(lambda _blob: self.update())

    def show_paper(self, paper: DocumentRow | None) -> None:
        """Another paper, or none."""
        standing = [row for row in shown_paper(paper) if not row.struck] if paper is not None else []
        self._picture = standing[0].picture if standing else None
        self.setAccessibleName(_("Trang đầu của {title}").format(title=paper.about.title) if paper else "")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._picture is None:
            return
        painter, ratio = QPainter(self), self.devicePixelRatioF()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        image = self._images.image(self._picture, self.size() * ratio) or self._images.nearest(self._picture)
        if image is None or image.isNull():
            return
        size = image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left = (self.width() - size.width()) // 2
        painter.fillRect(left, 0, size.width(), size.height(), Qt.GlobalColor.white)
        painter.drawImage(QRect(QPoint(left, 0), size), image)
        painter.setPen(self._look.colour("line"))
        painter.drawRect(left, 0, size.width() - 1, size.height() - 1)

    def sizeHint(self) -> QSize:
        return QSize(self._look.size("field_narrow") * 2, self._look.size("field_narrow") * 3)


class ShelfSheet(Overlay):
    """`open_for(citizen, …, take)`: arrows choose, Enter takes (`take(paper)`), Esc puts it away. What has ended is
    shown with its day and is not taken."""

    def __init__(self, look: Look, desk: Desk, images: PageImages, window: QWidget) -> None:
        super().__init__(window)
        self._look, self._desk = look, desk
        self._take: Callable[[DocumentRow], None] = lambda paper: None
        self._besides: Collection[str] = ()
        self.title = Words(look, size="lead", strong=True, wrap=True)
        self.foot = Words(look, "", "note", "quiet", wrap=True)
        self.list = PickList()
        self.list.setItemDelegate(OptionDelegate(look, self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(lambda _new, _old: self._marked())
        self.list.itemDoubleClicked.connect(lambda _item: self._do())
        self.first = FirstPage(look, images)
        self.use = Button(look, _("Dùng lại giấy này"), "main", key="Return")
        self.use.clicked.connect(self._do)
        leave = Button(look, _("Đóng"), key="Esc")
        leave.clicked.connect(self.put_away)
        self.nothing = EmptyState(look, "archive", _("Kho giấy tờ còn trống"), "")
        both = QWidget()
        both.setLayout(across(look, (self.list, 3), (self.first, 2), gap="l"))
        pages = QWidget()
        self._stack = QStackedLayout(pages)
        self._stack.addWidget(both)
        self._stack.addWidget(self.nothing)
        self._awaiting = Awaiting(look, pages)
        row = across(look, (self.foot, 1), leave, self.use)
        self.setLayout(down(look, self.title, (self._awaiting, 1), row, gap="m", margins="l"))

    def open_for(
        self,
        citizen: str,
        name: str,
        component: str,
        take: Callable[[DocumentRow], None],
        *,
        besides: Collection[str] = (),
    ) -> None:
        """The shelf of a person, to take something for `component`; "" only to look. `besides`: papers that the
        dossier at hand has already."""
        look, window = self._look, self.parentWidget()
        self._take, self._besides = take, besides
        self.title.say(_("Kho giấy tờ của {name}").format(name=name))
        self.setAccessibleName(self.title.text())
        self.use.setVisible(bool(component))
        self.foot.say(_("cho: {component}").format(component=component) if component else "")
        self.list.clear()
        self.list.setAccessibleName(self.title.text())
        self.first.show_paper(None)
        width = min(window.width() - 2 * look.space("xxl"), look.size("preview"))
        height = look.size("suggest_row") * ROWS + 2 * look.size("bar") + 4 * look.space("l")
        high = min(window.height() - 2 * look.space("xxl"), height)
        self.setGeometry((window.width() - width) // 2, max(0, (window.height() - high) // 3), width, high)
        self._awaiting.wait()
        self.lift(self.list)
        self._desk.ask(papers.shelf, citizen, then=self._here, owner=self, key="shelf", always=self._awaiting.ready)

    def _here(self, found: Sequence[DocumentRow]) -> None:
        rows = [paper for paper in found if paper.id not in self._besides]
        today = clock.today()
        for paper in rows:
            over, detail, mark = not paper.holds_on(today), came_with(paper), holds(paper)
            icon, tone = ("file-x", "danger") if over else ("file-text", "good")
            option = Option(paper.id, paper.about.title, detail, icon, mark, tone, faint=over)
            item = QListWidgetItem(". ".join(part for part in (option.title, mark, detail) if part))
            item.setData(OPTION, option)
            item.setData(PAPER, paper)
            self.list.addItem(item)
        self._stack.setCurrentIndex(0 if rows else 1)
        if not rows:
            self.nothing.say(_("Kho giấy tờ còn trống"), _("Giấy tờ đã số hóa của người này sẽ nằm ở đây để dùng lại."))
        self.list.setCurrentRow(0)
        self._marked()

    @property
    def current(self) -> DocumentRow | None:
        """The paper that is marked."""
        item = self.list.currentItem()
        return item.data(PAPER) if item is not None else None

    def _marked(self) -> None:
        paper = self.current
        self.first.show_paper(paper)
        self.use.setEnabled(paper is not None and paper.holds_on(clock.today()))

    def _do(self) -> None:
        paper = self.current
        if paper is None or not self.use.isEnabled() or self.use.isHidden():
            return
        self.put_away()
        self._take(paper)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._do()
        else:
            super().keyPressEvent(event)
