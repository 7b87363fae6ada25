"""Screens and an office that are not real: enough to put every shared widget on the frame and look at it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QCheckBox, QGridLayout, QLineEdit, QWidget

from desktop.assets import Look
from desktop.bus import Bus
from desktop.crash import Reports
from desktop.desk import Desk
from desktop.jobs import DirectJobs, Jobs
from desktop.models import due
from desktop.models.table import Column, Page, TableModel
from desktop.settings import Settings
from desktop.views.badges import DueLabel, Pill, State
from desktop.views.boxes import Box, Card, Hairline, Note
from desktop.views.buttons import Button, Chips, Figure
from desktop.views.inputs import Choice, Field, MaskedNumber, SearchField
from desktop.views.laying import across, down
from desktop.views.lists import ListView, pager_of
from desktop.views.login import Door
from desktop.views.main_window import MainWindow, Place
from desktop.views.palette import Finder, Hit
from desktop.views.plot import BarPlot
from desktop.views.screen import Clerk, Counter, Hint, Screen
from desktop.views.standing import EmptyState
from desktop.views.wording import Words
from onestop.clock import VIETNAM

NOW = datetime(2026, 11, 23, 15, 12, tzinfo=VIETNAM)


@dataclass(frozen=True)
class PretendChanges:
    touched: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def of(self, table: str) -> frozenset[str]:
        return self.touched.get(table, frozenset())

    def __bool__(self) -> bool:
        return bool(self.touched)


@dataclass(frozen=True)
class PretendDone:
    answer: Any
    changes: PretendChanges = PretendChanges()


class PretendOffice:
    """Calls what it is given; an action's answer may be a PretendDone already."""

    def read(self, query: Callable[..., Any], /, *args: Any, **named: Any) -> Any:
        return query("connection", *args, **named)

    def perform(self, action: Callable[..., Any], form: Any, /) -> Any:
        answer = action("work", form)
        return answer if isinstance(answer, PretendDone) else PretendDone(answer)


class PretendShelf:
    """PERSON and OFFICE settings in memory."""

    def __init__(self) -> None:
        self.values: dict[tuple[str, str], Any] = {}

    def get(self, scope: str, key: str) -> Any:
        return self.values.get((scope, key))

    def set(self, scope: str, key: str, value: Any) -> None:
        self.values[scope, key] = value


@dataclass(frozen=True)
class Row:
    id: str
    code: str
    owner: str
    procedure: str
    due_at: datetime | None
    state: str
    finished: datetime | None = None


_NAMES = (
    ("Nguyễn Thị Ánh Dương", "Đăng ký khai sinh", 2, "Đang xử lý"),
    ("Hồ Văn Ích", "Chứng thực bản sao từ bản chính giấy tờ, văn bản", -30, "Đang xử lý"),
    ("Đặng Quốc Ưng", "Xác nhận tình trạng hôn nhân", 42, "Chờ bổ sung"),
    ("Công ty TNHH Mẫu", "Giấy phép xây dựng nhà ở", 264, "Đang xử lý"),
    ("Lê Thị Ví Dụ", "Đăng ký kết hôn", 70, "Được tiếp nhận"),
    ("K’Sor H’Lan", "Trích lục hộ tịch", 20, "Đã trả"),
    ("Phạm Ỷ Lan", "Đăng ký tạm trú", 90, "Đang xử lý"),
    ("Võ Ngọc Ẩn", "Thành lập hộ kinh doanh", 96, "Đang xử lý"),
)


def pretend_rows(count: int) -> list[Row]:
    rows = []
    for place in range(count):
        name, procedure, hours, state = _NAMES[place % len(_NAMES)]
        moment = NOW + timedelta(hours=hours)
        finished = NOW if state == "Đã trả" else None
        code = f"H56.14-2611{23 - place // 9 % 20:02}-{(place * 37) % 400 + 1:04}"
        rows.append(Row(f"d{place}", code, name, procedure, moment, state, finished))
    return rows


def _due(row: Row) -> due.Due:
    return due.words(row.due_at, NOW, row.finished)


COLUMNS = (
    Column("code", "Mã hồ sơ", lambda row: row.code, sort="code", figures=True, width=22),
    Column("owner", "Chủ hồ sơ", lambda row: row.owner, sort="owner", strong=True, width=26),
    Column("procedure", "Thủ tục", lambda row: row.procedure, stretch=True),
    Column(
        "due",
        "Hẹn trả",
        lambda row: _due(row).text,
        sort="due",
        tone=lambda row: _due(row).tone,
        icon=lambda row: _due(row).icon,
        tip=lambda row: _due(row).exact,
        figures=True,
        width=19,
    ),
    Column("state", "Trạng thái", lambda row: row.state, width=16),
    Column("id", "Số trong máy", lambda row: row.id, hidden=True),
)


def pretend_page(connection: str, rows: Sequence[Row], after: Any, size: int, order: str = "") -> Page:
    if order:
        rows = sorted(rows, key=lambda row: getattr(row, {"due": "due_at"}.get(order, order)))
    start = after or 0
    more = start + size if start + size < len(rows) else None
    return Page(tuple(rows[start : start + size]), more)


class DossiersScreen(Screen):
    place = "dossiers"
    hears = frozenset({"group"})
    watches = frozenset({"dossier"})

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter)
        look = self.look
        self.rows = pretend_rows(320)
        self.refreshed: list[Mapping[str, frozenset[str]]] = []
        self.wishes: list[Mapping[str, Any]] = []
        self.leave = True
        self.model = TableModel(look, COLUMNS, pager_of(self.desk, pretend_page, self, self._wanted), parent=self)
        empty = EmptyState(look, "inbox", "Chưa có hồ sơ nào", "Nhấn F2 để tiếp nhận hồ sơ đầu tiên.")
        self.list = ListView(look, self.model, "Hồ sơ", settings=self.settings, key="dossiers", empty=empty)
        self.list.picked.connect(self._show)
        groups = [
            ("all", "Tất cả"),
            ("open", "Đang giải quyết"),
            ("today", "Đến hạn hôm nay"),
            ("late", "Quá hạn"),
            ("supplement", "Chờ bổ sung"),
            ("mine", "Quầy của tôi"),
        ]
        self.chips = Chips(look, groups, "Lọc hồ sơ")
        self.chips.choose("open")
        self.chips.set_counts({"all": 1204, "open": 86, "today": 7, "late": 2, "supplement": 5})
        self.find = SearchField(look, "Mã, tên, số định danh", "/")
        self.find.setFixedWidth(look.size("search") * 3 // 5)
        main = Card(look)
        top = across(look, (self.chips, 1), self.find, gap="m")
        main.add(top)
        main.add_wide(self.list, 1)
        main.add(Words(look, "86 hồ sơ đang giải quyết · mới nhận trước", tone="quiet"))
        side = Card(look)
        side.setFixedWidth(look.size("side"))
        self.code = Words(look, tone="quiet", figures=True)
        self.what = Words(look, size="title", strong=True, wrap=True)
        self.who = Words(look)
        box = Box(look)
        self.due = DueLabel(look, strong=True)
        box.add(Words(look, "Hẹn trả", tone="quiet"), self.due)
        number = MaskedNumber(look, "0380******12")
        take = Button(look, "In lại giấy tiếp nhận", "main", key="Ctrl+P", big=True)
        other = across(look, (Button(look, "Gắn mã hệ thống khác"), 1), (Button(look, "Chép mã"), 1))
        states = down(
            look,
            Words(look, "Giấy tờ", tone="quiet", strong=True),
            State(look, "circle-check", "Tờ khai đăng ký khai sinh", "good"),
            State(look, "triangle-alert", "Giấy chứng sinh: còn thiếu", "warning"),
            Hairline(look),
            Words(look, "Số định danh", tone="quiet"),
            number,
        )
        side.add(self.code, self.what, self.who, box, states, None, take, other)
        self.setLayout(across(look, (main, 1), side, gap="l"))

    def _wanted(self, wanted: Any) -> dict[str, Any]:
        return {"rows": self.rows, "order": wanted.order}

    def _show(self, row: Row | None) -> None:
        if row is not None:
            self.code.say(row.code)
            self.what.say(row.procedure)
            self.who.say(row.owner)
            self.due.show_due(row.due_at, row.finished, NOW)

    def title(self) -> str:
        return "Hồ sơ"

    def badge(self) -> str:
        return "86 đang giải quyết"

    def hints(self) -> Sequence[Hint]:
        return (Hint("Up+Down", "chọn"), Hint("Return", "mở"), Hint("/", "lọc"))

    def commands(self) -> Mapping[str, Callable[[], None]]:
        return {"dossiers.filter": self.find.setFocus, "dossiers.print": lambda: None}

    def activated(self) -> None:
        if not self.model.rows:
            self.model.restart()
        self.list.choose(0)
        self.list.setFocus()

    def wished(self, **wish: Any) -> None:
        self.wishes.append(wish)

    def can_leave(self) -> bool:
        return self.leave

    def refresh(self, changes: Mapping[str, frozenset[str]]) -> None:
        self.refreshed.append(changes)
        self.model.refresh()


class HomeScreen(Screen):
    place = "home"

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter)
        look = self.look
        figures = []
        for label, number, note, tone in (
            ("Đã tiếp nhận hôm nay", "131", "trực tiếp 96 · trực tuyến 32 · bưu chính 3", "ink"),
            ("Đang giải quyết", "1.204", "chờ bổ sung 5", "ink"),
            ("Đến hạn hôm nay", "7", "gần nhất 16:00", "warning"),
            ("Quá hạn", "2", "lâu nhất 3 ngày", "danger"),
            ("Đúng hạn tháng này", "98,4 %", "mục tiêu 98 %", "good"),
        ):
            tile = Figure(look, label, tone)
            tile.show_figure(number, note)
            tile.clicked.connect(lambda: self.go("dossiers", group="all"))
            figures.append(tile)
        self.figures = figures
        todo = Card(look, "Cần làm bây giờ")
        for icon, tone, text in (
            ("circle-alert", "danger", "2 hồ sơ quá hạn"),
            ("clock", "warning", "7 hồ sơ đến hạn hôm nay"),
            ("printer", "warning", "1 giấy tiếp nhận chưa rõ đã in ra chưa"),
        ):
            todo.add(
                across(look, State(look, icon, text, tone, strong=True), Button(look, "Xem", "link")), Hairline(look)
            )
        todo.add(None)
        plot = Card(look, "Tiếp nhận theo giờ")
        self.plot = BarPlot(look, "Tiếp nhận theo giờ")
        hours = [("7h", 5), ("8h", 22), ("9h", 31), ("10h", 37), ("11h", 14), ("13h", 26), ("14h", 33), ("15h", 18)]
        self.plot.show_bars(hours, 7)
        plot.add((self.plot, 1))
        top = across(look, *[(tile, 1) for tile in figures], gap="l")
        self.setLayout(down(look, top, (QWidget(), 0), gap="l"))
        layout = self.layout()
        layout.takeAt(1)
        layout.addLayout(across(look, (todo, 6), (plot, 5), gap="l"), 1)

    def title(self) -> str:
        return "Thứ Hai, 23 tháng 11"

    def badge(self) -> str:
        return "UBND Phường Mẫu"

    def hints(self) -> Sequence[Hint]:
        return (Hint("F2", "Hồ sơ mới"),)

    def activated(self) -> None:
        self.figures[0].setFocus()


class ReceiveScreen(Screen):
    place = "receive"

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter)
        look = self.look
        who = Card(look, "Người nộp", "F4")
        self.person = SearchField(look, "Quét thẻ căn cước hoặc gõ tên, số…")
        known = Box(look)
        known.add(
            Words(look, "Nguyễn Thị Ánh Dương", "lead", strong=True),
            Words(look, "05/03/1990 · Nữ · 038190000012", tone="quiet", figures=True),
            Words(look, "Tổ 4, Phường Mẫu, tỉnh Lâm Đồng", tone="quiet", wrap=True),
            State(look, "circle-check", "Đúng với thẻ căn cước", "good", strong=True),
        )
        self.phone = Field(look, "Điện thoại", QLineEdit("0912 345 678"))
        mail = Field(look, "Email", QLineEdit(placeholderText="không có"))
        self.proxy = QCheckBox("Nộp thay (chủ hồ sơ là người khác)")
        note = Note(look, "Người này có 1 hồ sơ cùng thủ tục đang giải quyết, hẹn trả 26/11.", "warning")
        who.add(self.person, known, across(look, (self.phone, 1), (mail, 1)), self.proxy, note, None)
        what = Card(look, "Thủ tục và giấy tờ", "F5")
        head = across(
            look, Words(look, "Đăng ký khai sinh", "lead", strong=True), None, Pill(look, "Toàn trình", "good")
        )
        about = Words(look, "1.001193 · Hộ tịch · UBND cấp xã · áp dụng từ 01/07/2025", tone="quiet")
        case = Field(look, "Trường hợp", Choice(look, [("", "Thông thường"), ("n", "Có yếu tố nước ngoài")]))
        self.summary = Field(look, "Trích yếu", QLineEdit("Khai sinh cho con Trần Hoàng Ưu Ái"), required=True)
        grid = QGridLayout()
        grid.setVerticalSpacing(look.space("m"))
        papers = (
            ("circle-check", "good", "Tờ khai đăng ký khai sinh", "1 bản chính", "Hợp lệ"),
            ("triangle-alert", "warning", "Giấy chứng sinh", "0 / 1 bản chính", "Còn thiếu"),
            ("circle-check", "good", "Thẻ căn cước của người nộp", "xuất trình", "Đã đối chiếu"),
            ("circle-dashed", "quiet", "Giấy tờ chứng minh nơi cư trú", "khi không tra cứu được", "Chưa kiểm tra"),
        )
        for place, (icon, tone, name, count, state) in enumerate(papers):
            grid.addWidget(Words(look, name), place, 0)
            grid.addWidget(Words(look, count, tone="quiet"), place, 1)
            grid.addWidget(State(look, icon, state, tone, strong=True), place, 2)
        grid.setColumnStretch(0, 1)
        missing = Note(look, "Còn thiếu Giấy chứng sinh. Đánh dấu đã nhận, hoặc in phiếu yêu cầu bổ sung.", "warning")
        find = SearchField(look, "Tên hoặc mã thủ tục")
        find.setText("khai sinh")
        what.add(
            find, down(look, head, about, gap="none"), across(look, (case, 1), (self.summary, 1)), grid, None, missing
        )
        paper = Card(look, "Giấy tiếp nhận")
        paper.setFixedWidth(look.size("side") - look.size("row"))
        sheet = Box(look, "paper", padding="l")
        sheet.add(
            Words(look, "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ", strong=True, wrap=True),
            Words(look, "Của Nguyễn Thị Ánh Dương", wrap=True),
            Words(look, "Nội dung: Khai sinh cho con Trần Hoàng Ưu Ái", wrap=True),
        )
        take = Button(look, kind="main", big=True, action=counter.commands["receive.take"])
        following = Button(look, action=counter.commands["receive.take_next"])
        due_block = down(
            look,
            Words(look, "Hẹn trả kết quả", tone="quiet"),
            Words(look, "17:00 Thứ Tư", "figure", "accent", strong=True),
            Words(look, "25/11/2026", "figure", "accent", strong=True),
            gap="none",
        )
        fee = Box(look)
        fee.add(
            across(look, Words(look, "Phí (2 bản sao trích lục)"), None, Words(look, "16.000", figures=True)),
            across(look, Words(look, "Lệ phí"), None, Words(look, "0", figures=True)),
            Hairline(look),
            across(look, Words(look, "Thu", strong=True), None, Words(look, "16.000 đồng", strong=True, figures=True)),
        )
        way = Field(look, "Nhận kết quả", Choice(look, [("counter", "Tại quầy"), ("post", "Qua bưu chính")]))
        copies = Field(look, "Bản sao", QLineEdit("2"))
        paper.add(sheet, due_block, fee, across(look, (way, 1), (copies, 1)), None, take, following)
        who.setFixedWidth(look.size("side") - look.size("thumb"))
        self.setLayout(across(look, who, (what, 1), paper, gap="l"))
        self.taken = 0

    def title(self) -> str:
        return "Tiếp nhận hồ sơ"

    def badge(self) -> str:
        return "Bản nháp đã lưu 9:04"

    def hints(self) -> Sequence[Hint]:
        return (Hint("F2", "Hồ sơ mới"), Hint("F8", "Cho công dân xem"))

    def commands(self) -> Mapping[str, Callable[[], None]]:
        return {"receive.take": self._take, "receive.take_next": self._take, "receive.person": self.person.setFocus}

    def _take(self) -> None:
        self.taken += 1

    def activated(self) -> None:
        self.person.setFocus()


CLERKS = (
    Clerk("c1", "ha", "Trần Thu Hà", "Tiếp nhận", "Quầy 3"),
    Clerk("c2", "duc", "Lê Minh Đức", "Công chức chuyên môn", "Quầy 1"),
    Clerk("c3", "demo", "Phạm Thị Hoa", "Phụ trách"),
)


def pretend_door(*, demo: bool = False) -> Door:
    """Lets in whoever types "đúng"; "mã" is a one-time code."""

    def enter(login: str, password: str, new: str | None, then: Callable[[Clerk | None, str], None]) -> None:
        clerk = next((clerk for clerk in CLERKS if clerk.login == login), None)
        if clerk is None or password not in ("dung", "MA"):
            then(None, "login.refused")
        elif password == "MA" and new is None:
            then(None, "login.choose-password")
        elif new is not None and len(new) < 8:
            then(None, "login.password-short")
        else:
            then(clerk, "")

    def pick(login: str, then: Callable[[Clerk | None, str], None]) -> None:
        then(next(clerk for clerk in CLERKS if clerk.login == login), "")

    return Door("Ủy ban nhân dân phường Mẫu", CLERKS, enter, pick if demo else None, "" if demo else "ha")


def pretend_finders() -> list[Finder]:
    def people(text: str, then: Callable[[Sequence[Hit]], None]) -> None:
        then(
            [
                Hit("Nguyễn Thị Ánh Dương", "1990 · 0381******12", lambda: None),
                Hit("Nguyễn Ánh", "1974 · 0380******31", lambda: None),
            ]
        )

    def dossiers(text: str, then: Callable[[Sequence[Hit]], None]) -> None:
        then([Hit("H56.14-261123-0007", "Nguyễn Thị Ánh Dương · Đăng ký khai sinh", lambda: None)])

    return [
        Finder("person", "Người dân", "user-round", people),
        Finder("dossier", "Hồ sơ", "folder", dossiers),
    ]


def pretend_window(
    application: QApplication,
    *,
    theme: str = "light",
    scale: int = 100,
    jobs: Jobs | None = None,
    reports: Reports | None = None,
    office: Any = None,
) -> MainWindow:
    """The frame with three pretend screens, 1366×768, nobody logged in."""
    look = Look(application)
    look.apply(theme, scale)
    bus = Bus()
    desk = Desk(
        office or PretendOffice(),
        jobs or DirectJobs(),
        bus,
        reports or Reports(Path(tempfile.gettempdir()) / "reports"),
    )
    window = MainWindow(look, desk, Settings(None, PretendShelf()))
    window.add(Place("home", "go.home", HomeScreen))
    window.add(Place("receive", "go.receive", ReceiveScreen))
    window.add(Place("dossiers", "go.dossiers", DossiersScreen))
    window.find_with(pretend_finders())
    window.show_office("UBND Phường Mẫu")
    window.resize(1366, 768)
    return window
