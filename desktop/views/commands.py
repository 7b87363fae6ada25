"""Every command of the program in one table: key, words, icon, shortcut, the permission it needs, where it counts.

A button, a menu, the palette and the keys all press the same action. Which are enabled follows from the table: is the
screen there, may the clerk, has the screen something to do it with. The action function checks the permission again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from desktop.assets import Look
from onestop.rules.roles import Permission
from onestop.texts import N_, _

EVERYWHERE = ""


@dataclass(frozen=True, slots=True)
class Command:
    """One command. `place` is the screen in which it counts (EVERYWHERE: the frame does it). `text` is marked (N_).

    `permission` None: everybody; `or_permission` is enough as well. `shortcuts` besides the first do the same and are
    not shown. `quiet`: not in the palette (it only makes sense where one is).
    """

    key: str
    text: str
    icon: str = ""
    shortcut: str = ""
    permission: Permission | None = None
    place: str = EVERYWHERE
    more_shortcuts: tuple[str, ...] = ()
    quiet: bool = False
    or_permission: Permission | None = None


COMMANDS: tuple[Command, ...] = (
    # -- going somewhere (Alt and a letter; the letter is shown on the rail while Alt is held)
    Command("go.home", N_("Hôm nay"), "house", "Alt+H"),
    Command("go.receive", N_("Tiếp nhận"), "plus", "Alt+T", Permission.RECEIVE),
    Command("go.dossiers", N_("Hồ sơ"), "folder", "Alt+S"),
    Command(
        "go.people",
        N_("Người dân"),
        "user-round",
        "Alt+D",
        Permission.REGISTER,
        or_permission=Permission.IMPORT_PEOPLE,
    ),
    Command("go.handback", N_("Trả kết quả"), "archive", "Alt+R", Permission.HAND_BACK),
    Command("go.catalogue", N_("Thủ tục"), "scroll-text", "Alt+U"),
    Command("go.settings", N_("Cài đặt"), "settings", "Alt+C"),
    Command("go.scan", N_("Quét giấy tờ"), "scan-line", "", Permission.SCAN, quiet=True),
    Command("go.sign", N_("Ký số giấy tờ"), "signature", "Alt+Y", Permission.SCAN),
    Command("go.ratings", N_("Ý kiến của công dân"), "smile", "", Permission.SEE_RATINGS),
    Command("go.templates", N_("Mẫu văn bản kết quả"), "file-text", "", Permission.EDIT_LETTERS),
    # -- everywhere
    Command("find", N_("Tìm người, hồ sơ, thủ tục, lệnh"), "search", "Ctrl+K", quiet=True),
    Command("dossier.new", N_("Hồ sơ mới"), "file-plus", "F2", Permission.RECEIVE),
    Command("keys", N_("Phím tắt của màn hình này"), "keyboard", "F1"),
    Command("guide", N_("Hướng dẫn sử dụng"), "book-open", "Shift+F1"),
    Command("clerk.change", N_("Đổi người dùng"), "users", "Ctrl+Shift+L"),
    Command("clerk.leave", N_("Đăng xuất"), "log-out"),
    Command("language.switch", N_("English / Tiếng Việt"), "languages"),
    Command("theme.switch", N_("Đổi nền sáng, nền tối"), "monitor"),
    Command("text.bigger", N_("Chữ to hơn"), "", "Ctrl++", more_shortcuts=("Ctrl+=",)),
    Command("text.smaller", N_("Chữ nhỏ hơn"), "", "Ctrl+-"),
    Command("program.quit", N_("Thoát chương trình"), "", "Ctrl+Q"),
    # -- Tiếp nhận
    Command("receive.person", N_("Tìm người nộp"), "user-round", "F4", Permission.RECEIVE, "receive"),
    Command("receive.procedure", N_("Tìm thủ tục"), "scroll-text", "F5", Permission.RECEIVE, "receive"),
    Command("receive.missing", N_("In phiếu yêu cầu bổ sung"), "printer", "F7", Permission.RECEIVE, "receive"),
    Command("receive.show", N_("Cho công dân xem"), "eye", "F8", Permission.RECEIVE, "receive"),
    Command("receive.take", N_("Tiếp nhận và in"), "printer", "F9", Permission.RECEIVE, "receive"),
    Command(
        "receive.take_next",
        N_("Nhận và tiếp"),
        "",
        "Ctrl+Return",
        Permission.RECEIVE,
        "receive",
        more_shortcuts=("Ctrl+Enter",),
    ),
    Command("receive.all_there", N_("Đủ tất cả giấy tờ"), "list-checks", "Ctrl+D", Permission.RECEIVE, "receive"),
    Command("receive.other_paper", N_("Giấy tờ khác"), "plus", "Ins", Permission.RECEIVE, "receive"),
    Command("receive.copy", N_("Chép từ hồ sơ trước"), "copy", "Ctrl+Shift+C", Permission.RECEIVE, "receive"),
    Command("receive.refuse", N_("Từ chối tiếp nhận"), "ban", "Shift+F7", Permission.RECEIVE, "receive"),
    Command("receive.scan", N_("Quét vào giấy tờ đang chọn"), "scan-line", "F6", Permission.SCAN, "receive"),
    Command("receive.stack", N_("Quét cả xấp có tờ phân cách"), "layers", "Shift+F6", Permission.SCAN, "receive"),
    Command("receive.files", N_("Nhận tệp vào giấy tờ đang chọn"), "paperclip", "Ctrl+O", Permission.SCAN, "receive"),
    Command("receive.camera", N_("Chụp vào giấy tờ đang chọn"), "camera", "Ctrl+F6", Permission.SCAN, "receive"),
    Command("receive.card", N_("Đọc thẻ căn cước bằng máy ảnh"), "id-card", "F3", Permission.RECEIVE, "receive"),
    Command("receive.folder", N_("Nhận tệp mới trong thư mục"), "inbox", "Ctrl+Shift+O", Permission.SCAN, "receive"),
    Command("receive.separators", N_("In tờ phân cách"), "layers", "Ctrl+Shift+P", Permission.SCAN, "receive"),
    Command("receive.late", N_("Nhập bù từ giấy in sẵn"), "history", "Ctrl+B", Permission.RECEIVE, "receive"),
    Command("receive.declaration", N_("In tờ khai điền sẵn"), "file-text", "Ctrl+P", Permission.RECEIVE, "receive"),
    Command("receive.assist", N_("Hỗ trợ nộp trực tuyến"), "globe", "Ctrl+H", Permission.RECEIVE, "receive"),
    Command("receive.linked", N_("Làm liên thông"), "layers", "Ctrl+L", Permission.RECEIVE, "receive"),
    Command(
        "receive.register", N_("Ghi nhận hồ sơ từ Cổng DVCQG"), "inbox", "Ctrl+Shift+G", Permission.RECEIVE, "receive"
    ),
    Command("receive.field", N_("Chép từng ô sang hệ thống khác"), "copy", "F12", Permission.LINK_CODE, "receive"),
    Command("receive.field_back", N_("Chép lại ô trước"), "", "Shift+F12", Permission.LINK_CODE, "receive", quiet=True),
    Command("receive.upload", N_("Gom tệp để tải lên"), "upload", "Ctrl+U", Permission.LINK_CODE, "receive"),
    Command("receive.link", N_("Gắn mã của hệ thống khác"), "tag", "Ctrl+G", Permission.LINK_CODE, "receive"),
    Command("receive.drafts", N_("Các bản nháp"), "history", "Ctrl+Shift+D", Permission.RECEIVE, "receive"),
    # -- Hồ sơ
    Command("dossiers.filter", N_("Lọc danh sách"), "filter", "/", place="dossiers", quiet=True),
    Command("dossiers.move", N_("Bước tiếp theo"), "arrow-right-left", "F8", Permission.MOVE, "dossiers"),
    Command("dossiers.take", N_("Nhận hồ sơ được giao"), "inbox", "F7", Permission.MOVE, "dossiers"),
    Command("dossiers.hand_over", N_("Bàn giao các hồ sơ đã chọn"), "users", "Shift+F8", Permission.MOVE, "dossiers"),
    Command("dossiers.undo", N_("Lấy lại việc vừa làm"), "undo-2", "Ctrl+Z", Permission.MOVE, "dossiers"),
    Command("dossiers.letter", N_("In giấy của hồ sơ…"), "file-text", "Ctrl+Shift+P", Permission.PRINT, "dossiers"),
    Command("dossiers.print", N_("In lại giấy tiếp nhận"), "printer", "Ctrl+P", Permission.PRINT, "dossiers"),
    Command("dossiers.print_1", N_("In lại Liên 1: Lưu"), "printer", "Ctrl+1", Permission.PRINT, "dossiers"),
    Command(
        "dossiers.print_2", N_("In lại Liên 2: Giao người nộp hồ sơ"), "printer", "Ctrl+2", Permission.PRINT, "dossiers"
    ),
    Command(
        "dossiers.lists",
        N_("In sổ theo dõi, phiếu bàn giao kết quả"),
        "scroll-text",
        "Ctrl+L",
        Permission.PRINT,
        "dossiers",
    ),
    Command("dossiers.again", N_("Chép thành hồ sơ mới"), "file-plus", "Ctrl+N", Permission.RECEIVE, "dossiers"),
    Command("dossiers.link", N_("Gắn mã của hệ thống khác"), "tag", "Ctrl+G", Permission.LINK_CODE, "dossiers"),
    Command("dossiers.field", N_("Chép từng ô sang hệ thống khác"), "copy", "F4", Permission.LINK_CODE, "dossiers"),
    Command(
        "dossiers.field_back", N_("Chép lại ô trước"), "", "Shift+F4", Permission.LINK_CODE, "dossiers", quiet=True
    ),
    Command("dossiers.correct", N_("Đính chính thông tin"), "pencil", "Ctrl+E", Permission.CORRECT, "dossiers"),
    Command("dossiers.rate", N_("Mời công dân đánh giá"), "smile", "Ctrl+R", Permission.HAND_BACK, "dossiers"),
    Command(
        "dossiers.slips", N_("Nhập phiếu đánh giá"), "list-checks", "Ctrl+Shift+R", Permission.HAND_BACK, "dossiers"
    ),
    Command("dossiers.originals", N_("Bản gốc đang giữ"), "layers", "Ctrl+Shift+G", Permission.HAND_BACK, "dossiers"),
    Command("dossiers.upload", N_("Gom tệp để tải lên"), "upload", "Ctrl+U", Permission.LINK_CODE, "dossiers"),
    Command("dossiers.copy", N_("Chép mã hồ sơ"), "copy", "Ctrl+Shift+C", place="dossiers"),
    Command("dossiers.scan", N_("Quét giấy tờ của hồ sơ"), "scan-line", "F6", Permission.SCAN, "dossiers"),
    Command("dossiers.import", N_("Nhập hồ sơ từ hệ thống cũ"), "upload", "", Permission.IMPORT_DOSSIERS, "dossiers"),
    # -- Quét giấy tờ
    Command("scan.next", N_("Quét vào giấy tờ này"), "scan-line", "F6", Permission.SCAN, "scan"),
    Command("scan.stack", N_("Quét cả xấp có tờ phân cách"), "layers", "Shift+F6", Permission.SCAN, "scan"),
    Command("scan.files", N_("Nhận tệp vào giấy tờ này"), "paperclip", "Ctrl+O", Permission.SCAN, "scan"),
    Command("scan.camera", N_("Chụp vào giấy tờ này"), "camera", "Ctrl+F6", Permission.SCAN, "scan"),
    Command("scan.folder", N_("Nhận tệp mới trong thư mục"), "inbox", "Ctrl+Shift+O", Permission.SCAN, "scan"),
    Command("scan.separators", N_("In tờ phân cách"), "layers", "Ctrl+Shift+P", Permission.SCAN, "scan"),
    Command("scan.keep", N_("Lưu vào hồ sơ"), "save", "Ctrl+S", Permission.SCAN, "scan"),
    Command("scan.undo", N_("Làm lại bước vừa rồi"), "undo-2", "Ctrl+Z", Permission.SCAN, "scan"),
    Command("scan.shelf", N_("Kho giấy tờ"), "archive", "F4", Permission.SCAN, "scan"),
    Command("scan.move", N_("Chuyển giấy tờ sang thành phần khác"), "arrow-right-left", "", Permission.SCAN, "scan"),
    Command("scan.drop", N_("Bỏ giấy tờ ra khỏi hồ sơ"), "trash-2", "", Permission.SCAN, "scan"),
    Command("scan.pass", N_("Cho nhận trang hỏng"), "circle-check", "", Permission.SCAN, "scan"),
    # -- Trả kết quả
    Command("handback.find", N_("Tìm kết quả chờ trả"), "search", "/", Permission.HAND_BACK, "handback", quiet=True),
    Command("handback.card", N_("Đọc thẻ người nhận bằng máy ảnh"), "id-card", "F3", Permission.HAND_BACK, "handback"),
    Command("handback.hand_over", N_("Trả kết quả"), "check", "F9", Permission.HAND_BACK, "handback"),
    Command("handback.shelve", N_("Để vào ô, kệ"), "archive", "F4", Permission.HAND_BACK, "handback"),
    Command("handback.call", N_("Gọi báo"), "phone", "F7", Permission.HAND_BACK, "handback"),
    Command("handback.scan", N_("Quét kết quả vào hồ sơ"), "scan-line", "F6", Permission.SCAN, "handback"),
    Command("handback.post", N_("Lập bảng kê bưu gửi"), "mail", "F8", Permission.HAND_BACK, "handback"),
    Command("handback.returned", N_("Bưu chính trả lại"), "undo-2", "Shift+F8", Permission.HAND_BACK, "handback"),
    Command("handback.send", N_("Đã gửi bản điện tử"), "globe", "Ctrl+E", Permission.HAND_BACK, "handback"),
    Command("handback.originals", N_("Bản gốc đang giữ"), "layers", "Ctrl+G", Permission.HAND_BACK, "handback"),
    Command("handback.slip", N_("In biên nhận vừa trả"), "printer", "Ctrl+P", Permission.PRINT, "handback"),
    Command("handback.list", N_("In bảng kê bưu gửi hôm nay"), "printer", "Ctrl+Shift+P", Permission.PRINT, "handback"),
    Command("handback.all", N_("Chọn hoặc bỏ chọn tất cả"), "list-checks", "Ctrl+D", Permission.HAND_BACK, "handback"),
    # -- Ký số
    Command("sign.do", N_("Ký các giấy tờ đã chọn"), "signature", "F9", Permission.SCAN, "sign"),
    Command("sign.all", N_("Chọn hoặc bỏ chọn tất cả"), "list-checks", "Ctrl+D", Permission.SCAN, "sign"),
    Command("sign.paper", N_("Mở giấy tờ này trong hồ sơ"), "folder", "F6", Permission.SCAN, "sign"),
    # -- Ý kiến của công dân
    Command("ratings.seen", N_("Đã xem, ghi trả lời"), "check", "F9", Permission.SEE_RATINGS, "ratings"),
    Command("ratings.dossier", N_("Mở hồ sơ này"), "folder", "F6", Permission.SEE_RATINGS, "ratings"),
    # -- Mẫu văn bản kết quả
    Command("templates.new", N_("Mẫu mới"), "file-plus", "Ctrl+N", Permission.EDIT_LETTERS, "templates"),
    Command("templates.field", N_("Chèn trường"), "plus", "F4", Permission.EDIT_LETTERS, "templates"),
    Command("templates.save", N_("Lưu phiên bản mới"), "save", "Ctrl+S", Permission.EDIT_LETTERS, "templates"),
    Command("templates.import", N_("Mở mẫu từ tệp"), "upload", "Ctrl+O", Permission.EDIT_LETTERS, "templates"),
    Command("templates.export", N_("Ghi mẫu ra tệp"), "download", "", Permission.EDIT_LETTERS, "templates"),
    Command("templates.retire", N_("Không dùng mẫu này nữa"), "archive", "", Permission.EDIT_LETTERS, "templates"),
    # -- Người dân
    Command("people.filter", N_("Tìm trong danh sách"), "filter", "/", Permission.REGISTER, "people", quiet=True),
    Command("people.new", N_("Đăng ký người mới"), "user-round-plus", "Ctrl+N", Permission.REGISTER, "people"),
    Command("people.edit", N_("Sửa thông tin"), "pencil", "Ctrl+E", Permission.REGISTER, "people"),
    Command("people.save", N_("Lưu thông tin"), "save", "Ctrl+S", Permission.REGISTER, "people", quiet=True),
    Command("people.import", N_("Nhập danh sách từ tệp"), "upload", "", Permission.IMPORT_PEOPLE, "people"),
    Command("people.merge", N_("Hai người là một"), "merge", "", Permission.MERGE, "people"),
    Command(
        "people.receive", N_("Tiếp nhận hồ sơ cho người này"), "file-plus", "Ctrl+Return", Permission.RECEIVE, "people"
    ),
    # -- Thủ tục
    Command("catalogue.filter", N_("Tìm trong danh mục"), "filter", "/", place="catalogue", quiet=True),
    Command("catalogue.edit", N_("Sửa thủ tục"), "pencil", "Ctrl+E", Permission.EDIT_CATALOGUE, "catalogue"),
    Command(
        "catalogue.save", N_("Lưu quyết định"), "save", "Ctrl+S", Permission.EDIT_CATALOGUE, "catalogue", quiet=True
    ),
    Command("catalogue.review", N_("Duyệt các thay đổi"), "list-checks", "", Permission.EDIT_CATALOGUE, "catalogue"),
    Command(
        "catalogue.receive",
        N_("Tiếp nhận hồ sơ thủ tục này"),
        "file-plus",
        "Ctrl+Return",
        Permission.RECEIVE,
        "catalogue",
        more_shortcuts=("Ctrl+Enter",),
    ),
    Command("catalogue.enable", N_("Dùng hoặc ngừng dùng"), "check", "Ctrl+B", Permission.EDIT_CATALOGUE, "catalogue"),
    Command("catalogue.quick", N_("Đưa vào danh sách nhanh"), "star", "Ctrl+T", Permission.EDIT_CATALOGUE, "catalogue"),
    Command("catalogue.import", N_("Nhập danh mục từ tệp"), "upload", "", Permission.EDIT_CATALOGUE, "catalogue"),
)


class Commands(QObject):
    """The actions, made once on the window. `may(permission)` says what the clerk at the desk is allowed."""

    def __init__(self, look: Look, window: QWidget, commands: tuple[Command, ...] = COMMANDS) -> None:
        super().__init__(window)
        self._look = look
        self._commands = {command.key: command for command in commands}
        assert len(self._commands) == len(commands), "a command is declared twice"
        self._actions: dict[str, QAction] = {}
        self._handlers: dict[str, Callable[[], None]] = {}
        self._off: set[str] = set()
        self._place = EVERYWHERE
        self._may: Callable[[Permission], bool] = lambda permission: False
        for command in commands:
            action = QAction(self)
            keys = [QKeySequence(keys) for keys in (command.shortcut, *command.more_shortcuts) if keys]
            action.setShortcuts(keys)
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.setObjectName(command.key)
            action.triggered.connect(lambda _checked=False, key=command.key: self.press(key))
            window.addAction(action)
            self._actions[command.key] = action
        self.retranslate()
        self.settle()

    def __getitem__(self, key: str) -> QAction:
        return self._actions[key]

    def __iter__(self) -> Iterator[Command]:
        return iter(self._commands.values())

    def action(self, key: str, *, icon: bool = False) -> QAction:
        """The action of this command, with its icon put on where it is to be shown in a menu."""
        command, action = self._commands[key], self._actions[key]
        if icon and command.icon and action.icon().isNull():
            self._look.dress(action, command.icon)
        return action

    def bind(self, handlers: Mapping[str, Callable[[], None]]) -> None:
        """What the commands do. KeyError for one that is not in the table."""
        for key, handler in handlers.items():
            self._handlers[self._commands[key].key] = handler
        self.settle()

    def enter(self, place: str) -> None:
        """This screen is shown now: its commands count, those of the others do not."""
        self._place = place
        self.settle()

    def allow(self, may: Callable[[Permission], bool]) -> None:
        """Another clerk."""
        self._may = may
        self.settle()

    def may(self, permission: Permission) -> bool:
        """Has the clerk at the desk this permission?"""
        return self._may(permission)

    def allowed(self, key: str) -> bool:
        """May the clerk at the desk do this at all?"""
        command = self._commands[key]
        asked = [each for each in (command.permission, command.or_permission) if each is not None]
        return not asked or any(map(self._may, asked))

    def enable(self, key: str, on: bool) -> None:
        """A screen says whether there is something to do it with just now."""
        if on == (key in self._off):
            (self._off.discard if on else self._off.add)(self._commands[key].key)
            self.settle(key)

    def settle(self, *keys: str) -> None:
        """Enable what can be done now."""
        for key in keys or self._actions:
            command = self._commands[key]
            here = command.place in (EVERYWHERE, self._place)
            on = here and key in self._handlers and key not in self._off and self.allowed(key)
            self._actions[key].setEnabled(on)
            self._actions[key].setVisible(self.allowed(key))

    def press(self, key: str) -> None:
        """Do it, if it can be done now."""
        if self._actions[key].isEnabled():
            self._handlers[key]()

    def here(self) -> Iterator[Command]:
        """The commands that count on the screen shown, its own first."""
        for own in (True, False):
            for command in self:
                counts = command.place == (self._place if own else EVERYWHERE)
                if counts and command.key in self._handlers and self.allowed(command.key):
                    yield command

    def retranslate(self) -> None:
        """The words in the language in use."""
        for key, action in self._actions.items():
            action.setText(_(self._commands[key].text))
