"""Hôm nay: the day on one page. Figures that open their lists, what needs a person now, the hours, the counters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedLayout,
    QWidget,
)

from desktop.assets import Look
from desktop.bus import Level
from desktop.jobs import Report
from desktop.models import dossier_words as words
from desktop.models import due
from desktop.views.boxes import Card, Hairline
from desktop.views.buttons import Button, Figure
from desktop.views.dossier_pane import ANSWERS, answer_text
from desktop.views.home_hands import in_hands
from desktop.views.home_item import Item
from desktop.views.home_late import late_items
from desktop.views.laying import across, down, emptied, show_if
from desktop.views.plot import BarPlot
from desktop.views.screen import Counter, Hint, Screen
from desktop.views.standing import EmptyState, Room
from desktop.views.wording import Symbol, Words, grouped
from onestop import clock
from onestop.actions import absence, printing
from onestop.actions.absence import Left
from onestop.actions.printing import OutcomeForm
from onestop.queries import overview
from onestop.queries.dossiers import DossierRow, DraftRow
from onestop.queries.overview import CounterDay, Home, WaitingPrint, Waits
from onestop.texts import _, sentence

MINUTE = 60_000
NARROW = "\N{NO-BREAK SPACE}"
"""Keeps a word and its figure on one line."""
MOST = 4
"""Drafts and prints that are named one by one; of the rest the number is said."""
KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Enter)
LEAST_ROWS = 6
FIRST_MONTH = 10
"""From October on next year's days off are worth a look: return dates begin to reach them."""


class Kept(Protocol):
    """What of the open office is asked off the GUI thread."""

    def numbering_stopped(self) -> str | None: ...

    def last_copy(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Safety:
    """Whether this folder may number ("restored", "copied" when it may not), and the day of its latest copy."""

    stopped: str | None
    last_copy: str | None


def look_after(_report: Report, office: Kept) -> Safety:
    """How safe the office's folder is; reads files, so it belongs in `desk.run`."""
    return Safety(office.numbering_stopped(), office.last_copy())


def copy_now(report: Report, office: Any) -> None:
    """Make today's copy."""

    def tell(done: int, total: int) -> bool:
        report.step(done, total)
        return not report.cancelled

    office.copy_today(tell)


class HomeScreen(Screen):
    """Today."""

    place = "home"
    watches = frozenset(
        {
            "dossier",
            "document",
            "draft",
            "printed",
            "intake",
            "procedure_version",
            "day_off",
            "clerk",
            "office",
            "rating",
            "absence",
            "reserved_sheet",
        }
    )

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter)
        self.home: Home | None = None
        self._safety: Safety | None = None
        look = self.look
        self.figures = {
            "today": Tile(look, _("Nhận hôm nay")),
            "open": Tile(look, _("Đang giải quyết")),
            "due-today": Tile(look, _("Đến hạn hôm nay")),
            "overdue": Tile(look, _("Quá hạn")),
            "to-scan": Tile(look, _("Chưa quét")),
            "to-sign": Tile(look, _("Chờ bạn ký số")),
            "drafts": Tile(look, _("Bản nháp của bạn")),
        }
        for key, figure in self.figures.items():
            figure.clicked.connect(lambda _checked=False, key=key: self._open_list(key))
        may_receive = counter.commands.allowed("dossier.new")
        show_if(self.figures["drafts"], may_receive)
        show_if(self.figures["to-scan"], counter.commands.allowed("dossiers.scan"))
        show_if(self.figures["to-sign"], counter.commands.allowed("go.sign"))
        begin = _("Nhấn F2 để tiếp nhận hồ sơ mới.") if may_receive else ""
        self.todo = TodoCard(look, begin)
        self.todo.left_upward.connect(self.figures["today"].setFocus)
        self.hours = Card(look, _("Tiếp nhận theo giờ"), gap="s")
        self.plot = BarPlot(look, _("Tiếp nhận theo giờ"))
        quiet = EmptyState(look, "inbox", _("Hôm nay chưa nhận hồ sơ nào"), begin)
        holder = QWidget()
        self._hours = QStackedLayout(holder)
        self._hours.addWidget(self.plot)
        self._hours.addWidget(quiet)
        self.hours.add((holder, 1))
        self.counters = CountersCard(look)
        top = across(look, *((figure, 1) for figure in self.figures.values()), gap="l")
        right = down(look, (self.hours, 1), self.counters, gap="l")
        self.setLayout(down(look, top, (across(look, (self.todo, 6), (right, 5), gap="l"), 1), gap="l"))
        self._minute = QTimer(self, interval=MINUTE)
        self._minute.timeout.connect(self._ask)

    # -- what the frame asks

    def title(self) -> str:
        now = clock.local(clock.now())
        return _("{weekday}, {day} tháng {month}").format(weekday=due.weekday(now), day=now.day, month=now.month)

    def hints(self) -> Sequence[Hint]:
        new = [Hint("F2", _("Hồ sơ mới"))] if self.counter.commands.allowed("dossier.new") else []
        return (*new, Hint("Up+Down", _("chọn việc")), Hint("Return", _("mở")))

    def activated(self) -> None:
        self._ask()
        self.figures["today"].setFocus()

    def refresh(self, changes: Mapping[str, frozenset[str]]) -> None:
        self._ask()

    # -- reading

    def _ask(self) -> None:
        clerk = self.counter.clerk()
        self.desk.ask(
            overview.home,
            clock.now(),
            clerk.id if clerk is not None else None,
            then=self._here,
            owner=self,
            key="home",
        )
        self.desk.run(look_after, self.desk.office, then=self._safe, owner=self)

    def _here(self, home: Home) -> None:
        if home != self.home:
            self.home = home
            self._show_figures(home)
            self.plot.show_bars([(f"{hour}h", count) for hour, count in home.hours], _now_among(home))
            self._hours.setCurrentIndex(0 if home.received else 1)
            self.counters.show_counters(home.counters)
        self._show_todo()
        self.changed_head.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        tiles, focused = list(self.figures.values()), QApplication.focusWidget()
        if not isinstance(focused, Tile):
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused.click()
        elif event.key() == Qt.Key.Key_Down and self.todo.first is not None:
            self.todo.first.setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = 1 if event.key() == Qt.Key.Key_Right else -1
            tiles[(tiles.index(focused) + step) % len(tiles)].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def _safe(self, safety: Safety) -> None:
        if safety != self._safety:
            self._safety = safety
            self._show_todo()

    def _show_figures(self, home: Home) -> None:
        channels = (
            f"{words.channel(channel).lower()} {grouped(home.by_channel[channel])}".replace(" ", NARROW)
            for channel in ("direct", "online", "postal")
            if home.by_channel.get(channel)
        )
        show = {key: figure.show_figure for key, figure in self.figures.items()}
        show["today"](grouped(home.received), ", ".join(channels) or _("chưa có hồ sơ nào"))
        late = _("trong đó quá hạn {count}").format(count=grouped(home.overdue))
        show["open"](grouped(home.open), late if home.overdue else _("không có hồ sơ quá hạn"))
        soon, most = home.next_due, home.most_late
        next_hour = _("gần nhất {hour}").format(hour=due.hour(soon.due_at)) if soon and soon.due_at else _("không còn")
        show["due-today"](grouped(home.due_today), next_hour, "warning" if home.due_today else "ink")
        longest = _("lâu nhất {late}").format(late=_late(most)) if most else _("không có")
        show["overdue"](grouped(home.overdue), longest, "danger" if home.overdue else "ink")
        later = _("giấy tờ đánh dấu quét sau") if home.to_scan else _("không có")
        show["to-scan"](grouped(home.to_scan), later, "warning" if home.to_scan else "ink")
        first = home.unsigned.since
        since = _("từ {at}").format(at=words.moment(first, clock.now())) if first is not None else ""
        filing = _("đang lập tệp {count}").format(count=grouped(home.unsigned.filing)) if home.unsigned.filing else ""
        show["to-sign"](grouped(home.unsigned.ready), since or filing or _("không có"))
        own = [draft for draft in home.drafts if draft.state == "open"]
        others = _("người khác {count}").format(count=grouped(home.drafts_of_others)) if home.drafts_of_others else ""
        waiting = len(home.drafts) - len(own)
        asked = _("chờ bổ sung {count}").format(count=grouped(waiting)) if waiting else ""
        note = " · ".join(part for part in (asked, others) if part)
        show["drafts"](grouped(len(home.drafts)), note or (_("đang soạn dở") if own else _("không có")))

    # -- what needs a person now

    def _show_todo(self) -> None:
        home, safety = self.home, self._safety
        if home is None:
            return
        items: list[Item] = []
        if safety is not None and safety.stopped is not None:
            items.append(
                Item("circle-alert", "danger", _("Đang dừng cấp số hồ sơ"), sentence(f"numbering.{safety.stopped}"))
            )
        items += [self._print_item(each) for each in home.prints[:MOST]]
        if len(home.prints) > MOST:
            rest = len(home.prints) - MOST
            items.append(Item("printer", "warning", _("Còn {count} giấy chưa rõ đã ra chưa").format(count=rest)))
        if home.overdue and home.most_late is not None:
            title = _("{count} hồ sơ quá hạn").format(count=grouped(home.overdue))
            items.append(Item("circle-alert", "danger", title, _about(home.most_late), self._list("overdue")))
        if home.due_today and home.next_due is not None:
            title = _("{count} hồ sơ đến hạn hôm nay").format(count=grouped(home.due_today))
            items.append(Item("clock", "warning", title, _about(home.next_due), self._list("due-today")))
        items += in_hands(home.desk, self._list, self.counter.commands.may, self.go, self._back)
        items += late_items(home.late, self._list, self.counter.commands.may, self.go)
        items += self._waits(home.waits)
        waits = home.first_to_scan
        if waits is not None and self.counter.commands.allowed("dossiers.scan"):
            title = _("{count} hồ sơ có giấy tờ chờ quét").format(count=grouped(home.to_scan))
            since = words.moment(waits.received_at, clock.now())
            name = waits.name or _("trang chưa lưu vào giấy tờ nào")
            note = " · ".join((name, waits.owner_name, _("nhận lúc {at}").format(at=since)))
            items.append(Item("scan-line", "warning", title, note, self._list("to-scan")))
        unsigned = home.unsigned
        if unsigned.since is not None and self.counter.commands.allowed("go.sign"):
            title = _("{count} giấy tờ chờ bạn ký số").format(count=grouped(unsigned.ready))
            note = _("Lâu nhất từ {at}.").format(at=words.moment(unsigned.since, clock.now()))
            items.append(Item("signature", "quiet", title, note, partial(self.go, "sign"), _("Ký")))
        items += self._drafts(home.drafts)
        if home.unhappy and self.counter.commands.allowed("go.ratings"):
            title = _("{count} đánh giá chưa hài lòng chưa xem").format(count=grouped(home.unhappy))
            note = _("Xem công dân nói gì và ghi việc đã làm.")
            items.append(Item("frown", "warning", title, note, partial(self.go, "ratings"), _("Xem")))
        if home.reviews:
            title = _("{count} thủ tục nhập về khác bản đang dùng").format(count=grouped(home.reviews))
            note = _("Người phụ trách xem chỗ khác rồi quyết định dùng bản nào.")
            items.append(
                Item("scroll-text", "warning", title, note, lambda: self.go("catalogue", review=True), _("Xem"))
            )
        items += self._care(home, safety)
        self.todo.show_items(items)

    def _waits(self, waits: Waits) -> list[Item]:
        """What the clocks of the dossiers say, with what to do about it."""
        items = []
        if waits.apologise is not None and waits.apologise_by is not None:
            title = _("{count} hồ sơ sắp đến hạn").format(count=grouped(waits.soon))
            by = words.moment(waits.apologise_by, clock.now())
            what = _("không kịp thì xin lỗi và hẹn lại trước {at} (F8)").format(at=by)
            note = f"{_about(waits.apologise)} · {what}"
            items.append(Item("calendar-clock", "warning", title, note, self._list("soon")))
        if waits.first_to_answer is not None and waits.first_to_answer.answer is not None:
            title = _("{count} hồ sơ trực tuyến chờ trả lời").format(count=grouped(waits.to_answer))
            row, said = waits.first_to_answer, due.answering(waits.first_to_answer.answer)
            note = " · ".join((said.text, row.procedure_name, row.owner_name, _("tiếp nhận hoặc trả lời (F8)")))
            tone = "quiet" if said.tone == "ink" else said.tone
            items.append(Item("globe", tone, title, note, self._list("to-answer")))
        if waits.first_part_late is not None and waits.late_part is not None:
            title = _("{count} hồ sơ liên thông có kết quả trễ").format(count=grouped(waits.part_late))
            part, row = waits.late_part, waits.first_part_late
            late = due.words(part.due_at, clock.now()).text
            note = f"{part.name} · {part.agency} · {late} · {row.owner_name}"
            items.append(Item("circle-alert", "danger", title, note, self._list("part-late")))
        if waits.first_late is not None:
            title = _("{count} hồ sơ quá hạn bổ sung").format(count=grouped(waits.supplement_late))
            row = waits.first_late
            late = due.waiting(row.supplement_until or "", clock.now()).text
            note = " · ".join((row.procedure_name, row.owner_name, late, _("dừng giải quyết (F8)")))
            items.append(Item("triangle-alert", "warning", title, note, self._list("supplement-late")))
        if waits.first_uncollected is not None:
            title = _("{count} kết quả chờ trả quá 30 ngày").format(count=grouped(waits.uncollected))
            row = waits.first_uncollected
            since = due.waited(row.finished_at or row.received_at, clock.now(), 0).text
            what = _("chờ {days}, báo cho người nộp").format(days=since)
            note = f"{row.procedure_name} · {row.owner_name} · {what}"
            items.append(Item("inbox", "warning", title, note, self._results("long", "uncollected")))
        elif waits.to_collect:
            title = _("{count} kết quả chờ trả cho dân").format(count=grouped(waits.to_collect))
            items.append(Item("inbox", "quiet", title, "", self._results("all", "to-collect")))
        if waits.first_to_enter is not None:
            title = _("{count} hồ sơ chờ nhập lên Hệ thống tỉnh").format(count=grouped(waits.to_enter or 0))
            row = waits.first_to_enter
            at = _("lâu nhất nhận lúc {at}").format(at=words.moment(row.received_at, clock.now()))
            note = f"{at} · {row.procedure_name} · {row.owner_name}"
            items.append(Item("arrow-right-left", "quiet", title, note, self._list("to-enter")))
        return items

    def _print_item(self, waiting: WaitingPrint) -> Item:
        letter = words.letter(waiting.letter, waiting.lien)
        title = _("Giấy đã ra chưa? {letter}").format(letter=letter)
        at = _("in lúc {at}").format(at=words.moment(waiting.at, clock.now()))
        note = " · ".join(part for part in (waiting.code, waiting.name, at) if part)
        answers = tuple((answer_text(key), partial(self._settle, waiting.id, key)) for key, _icon in ANSWERS)
        return Item("printer", "warning", title, note, answers=answers, key=waiting.id)

    def _drafts(self, drafts: Sequence[DraftRow]) -> list[Item]:
        open_ones = [draft for draft in drafts if draft.state == "open"]
        items = []
        for draft in open_ones[:MOST]:
            note = _("Bản nháp lưu lúc {at}").format(at=words.moment(draft.saved_at, clock.now()))
            items.append(
                Item(
                    "file-text",
                    "quiet",
                    words.draft_title(draft.title),
                    note,
                    partial(self.go, "receive", draft=draft.id),
                    _("Làm tiếp"),
                )
            )
        if len(open_ones) > MOST:
            title = _("Còn {count} bản nháp nữa").format(count=len(open_ones) - MOST)
            items.append(Item("history", "quiet", title, "", lambda: self.go("receive", drafts=True), _("Xem")))
        return items

    def _care(self, home: Home, safety: Safety | None) -> list[Item]:
        """What keeps the office's papers and dates right, the least urgent."""
        items = []
        today = clock.today()
        if safety is not None and safety.last_copy != today.isoformat():
            last = safety.last_copy
            note = (
                _("Bản gần nhất: {day}.").format(day="/".join(reversed(last.split("-"))))
                if last
                else _("Chưa có bản nào.")
            )
            items.append(Item("save", "warning", _("Hôm nay chưa sao lưu"), note, self._copy, _("Sao lưu ngay")))
        year = home.next_year
        if today.month >= FIRST_MONTH and not year.certain:
            title = _("Lịch nghỉ năm {year} chưa chắc chắn").format(year=year.year)
            note = (
                _("{count} ngày nghỉ là dự kiến, chờ thông báo chính thức.").format(count=year.unconfirmed)
                if year.known
                else _("Chưa có lịch nghỉ Tết: ngày hẹn trả chỉ trừ cuối tuần và lễ cố định.")
            )
            days = partial(self.go, "settings", group="days")
            items.append(Item("calendar-clock", "quiet", title, note, days, _("Xem")))
        return items

    # -- what is done

    def _list(self, group: str) -> Callable[[], Any]:
        return lambda: self.go("dossiers", group=group)

    def _results(self, group: str, instead: str) -> Callable[[], Any]:
        """To the results that wait; whoever may not hand them back sees their dossiers."""
        if self.counter.commands.allowed("go.handback"):
            return lambda: self.go("handback", group=group)
        return self._list(instead)

    def _open_list(self, key: str) -> None:
        if key == "drafts":
            self.go("receive", drafts=True)
        elif key == "to-sign":
            self.go("sign")
        else:
            self.go("dossiers", group=key)

    def _settle(self, printed: str, outcome: str) -> None:
        self.desk.do(printing.settle, OutcomeForm(printed, outcome), owner=self, then=lambda _none: self._ask())

    def _back(self, login: str) -> None:
        def told(left: Left) -> None:
            self.desk.tell(Level.GOOD, "absence.ended", name=left.clerk, count=left.moved)
            self._ask()

        self.desk.do(absence.end, login, owner=self, then=told)

    def _copy(self) -> None:
        self.desk.run(copy_now, self.desk.office, owner=self, what="progress.backup", then=lambda _none: self._ask())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._minute.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._minute.stop()


def _now_among(home: Home) -> int:
    hour = clock.local(clock.now()).hour
    return next((place for place, (at, _count) in enumerate(home.hours) if at == hour), -1)


def _late(row: DossierRow) -> str:
    """How long a dossier is overdue: calendar days, within the day hours."""
    now = clock.now()
    if row.due_at is None:
        return ""
    days = (clock.local(now).date() - clock.local(row.due_at).date()).days
    hours = int((now - row.due_at).total_seconds() // 3600)
    return _("{days} ngày").format(days=days) if days else _("{hours} giờ").format(hours=hours)


def _about(row: DossierRow) -> str:
    till = due.words(row.due_at, clock.now()).text
    return f"{row.procedure_name} · {row.owner_name} · {till}"


# -- the list of what needs a person


class Tile(Figure):
    """A figure of the day. The arrow keys are the screen's: by itself a button would take them for Tab."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in KEYS:
            event.ignore()
        else:
            super().keyPressEvent(event)


class TodoRow(QPushButton):
    """One line that opens something."""

    def __init__(self, look: Look, item: Item) -> None:
        super().__init__()
        self.setLayout(_line(look, item, Words(look, item.verb or _("Xem"), tone="accent")))
        for label in self.findChildren(QLabel):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(f"{item.title}. {item.verb or _('Xem')}")
        self.setAccessibleDescription(item.note)
        assert item.open is not None
        self.clicked.connect(item.open)

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        layout = self.layout()
        return layout.minimumSize() if layout is not None else super().minimumSizeHint()

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        return layout.heightForWidth(width) if layout is not None else super().heightForWidth(width)


class TodoNote(QWidget):
    """One line that is only to be known, or that is answered on the spot."""

    def __init__(self, look: Look, item: Item) -> None:
        super().__init__()
        self.buttons = [Button(look, text, name=f"{text}: {item.title}") for text, _call in item.answers]
        for button, (_text, call) in zip(self.buttons, item.answers, strict=True):
            button.clicked.connect(call)
        self.setLayout(_line(look, item, *self.buttons))
        self.setAccessibleName(". ".join(part for part in (item.title, item.note) if part))


def _line(look: Look, item: Item, *right: QWidget) -> Any:
    symbol = Symbol(look, item.icon, item.tone)
    title = Words(look, item.title, strong=True, elide=True)
    note = Words(look, item.note, "note", "quiet", wrap=True)
    show_if(note, bool(item.note))
    column = down(look, title, note, gap="none")
    if look.large and len(right) > 1:
        column.addLayout(across(look, *right, None, margins=("none", "xs", "none", "none")))
        right = ()
    row = across(look, symbol, (column, 1), *right, gap="m", margins=("m", "s", "m", "s"))
    row.setAlignment(symbol, Qt.AlignmentFlag.AlignTop)
    return row


def _between(look: Look) -> QWidget:
    line = QWidget()
    line.setLayout(across(look, Hairline(look), margins=("m", "none", "m", "none")))
    return line


class TodoCard(Card):
    """What needs a person now, the most urgent first. Up and Down go from line to line, Left and Right along the
    answers of one; `left_upward` when Up is pressed on the first."""

    left_upward = Signal()

    def __init__(self, look: Look, begin: str) -> None:
        super().__init__(look, _("Cần làm bây giờ"), gap="s")
        self._seen: list[tuple[Any, ...]] | None = None
        self.stops: list[list[QPushButton]] = []
        inside = QWidget()
        inside.setProperty("bare", True)
        self._column = down(look, gap="none")
        inside.setLayout(self._column)
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inside)
        clear = EmptyState(look, "circle-check", _("Không có việc gì đang chờ"), begin)
        holder = Room(look.size("row") * LEAST_ROWS)
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.area)
        self._stack.addWidget(clear)
        self.add_wide(holder, 1)

    @property
    def first(self) -> QPushButton | None:
        """The first that can be pressed."""
        return self.stops[0][0] if self.stops else None

    def show_items(self, items: Sequence[Item]) -> None:
        """Other things. The one that has the focus keeps it where it is still there."""
        seen = [(self.look.scale, *item.words) for item in items]
        if seen == self._seen:
            return
        held = next((place for place, stops in enumerate(self.stops) if any(stop.hasFocus() for stop in stops)), None)
        self._seen = seen
        emptied(self._column)
        self.stops = []
        for place, item in enumerate(items):
            if place:
                self._column.addWidget(_between(self.look))
            row: TodoRow | TodoNote = TodoRow(self.look, item) if item.open is not None else TodoNote(self.look, item)
            self._column.addWidget(row)
            stops: list[QPushButton] = [row] if isinstance(row, TodoRow) else [*row.buttons]
            for stop in stops:
                stop.installEventFilter(self)
            if stops:
                self.stops.append(stops)
        self._column.addStretch(1)
        self._stack.setCurrentIndex(0 if items else 1)
        if held is not None and self.stops:
            self.stops[min(held, len(self.stops) - 1)][0].setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or event.key() not in KEYS:
            return super().eventFilter(watched, event)
        line = next((place for place, stops in enumerate(self.stops) if watched in stops), -1)
        if line < 0:
            return super().eventFilter(watched, event)
        along = next(place for place, stop in enumerate(self.stops[line]) if stop is watched)
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.stops[line][along].click()
        elif key == Qt.Key.Key_Up and line == 0:
            self.left_upward.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._go(line + (1 if key == Qt.Key.Key_Down else -1), 0)
        else:
            self._go(line, along + (1 if key == Qt.Key.Key_Right else -1))
        return True

    def _go(self, line: int, along: int) -> None:
        if 0 <= line < len(self.stops) and 0 <= along < len(self.stops[line]):
            stop = self.stops[line][along]
            stop.setFocus(Qt.FocusReason.TabFocusReason)
            self.area.ensureWidgetVisible(stop)


class CountersCard(Card):
    """The counters: who sits there, how many dossiers today, when the last."""

    MOST = 6

    def __init__(self, look: Look) -> None:
        super().__init__(look, _("Các quầy hôm nay"), gap="xs")
        for name, width in ((_("hồ sơ"), 0), (_("gần nhất"), self._last_width())):
            column = Words(look, name, "note", "quiet")
            column.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            if width:
                column.setFixedWidth(width)
            self.head.addWidget(column)
        self._rows: list[QWidget] = []
        self._column = down(look, gap="none")
        self.add(self._column)

    def _last_width(self) -> int:
        return self.look.metrics("note").horizontalAdvance(_("gần nhất")) + self.look.space("s")

    def show_counters(self, counters: Sequence[CounterDay]) -> None:
        """Other counters; none hides the card."""
        emptied(self._column)
        self._rows = []
        for place, each in enumerate(counters[: self.MOST]):
            if place:
                self._rows.append(Hairline(self.look))
            self._rows.append(self._row(each))
        for row in self._rows:
            self._column.addWidget(row)
        self.setVisible(bool(counters))

    def _row(self, each: CounterDay) -> QWidget:
        look = self.look
        name = Words(look, words.counter(each.counter) or _("Chưa ghi quầy"))
        name.setFixedWidth(look.size("field_narrow") * 2 // 3)
        who = Words(look, ", ".join(each.clerks), elide=True)
        count = Words(
            look,
            grouped(each.received),
            figures=True,
            strong=bool(each.received),
            tone="ink" if each.received else "quiet",
        )
        last = Words(look, due.hour(each.last) if each.last else "–", tone="quiet", figures=True)
        last.setToolTip(_("Hồ sơ gần nhất"))
        last.setFixedWidth(self._last_width())
        for number in (count, last):
            number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QWidget()
        row.setLayout(across(look, name, (who, 1), count, last, gap="m"))
        row.setFixedHeight(look.size("row"))
        row.setAccessibleName(f"{name.text()}, {who.text()}: {each.received}")
        return row

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            for row in self._rows:
                if not isinstance(row, Hairline):
                    row.setFixedHeight(self.look.size("row"))
