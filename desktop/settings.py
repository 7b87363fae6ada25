"""Every setting, declared once: its key, type, default, where it is kept and the words of the settings page.

MACHINE settings live in a file on this computer; PERSON and OFFICE ones in the store, through a `Shelf` that the open
office gives. Nothing here knows Qt: the command line reads the same settings.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from onestop.rules.errors import RuleBroken, StoreTrouble
from onestop.texts import N_


class Scope(StrEnum):
    MACHINE = "machine"
    PERSON = "person"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. `type` is bool, int, str or dict (dict: kept by the program itself, never on the page).

    `choices`: value → label; with a `pattern` beside them, a text of that form is a choice as well (a time of day),
    and with bounds beside them a number within.
    `source` names a list of choices that only the running program knows ("printers"); `choices` beside it stand before
    those of the list, and any text may be kept: what is chosen may be unplugged today.
    `least`, `most` bound a number; `pattern` a text, with `example` for the sentence when it does not fit.
    `shared`: the office's option of the same name is the default of each of its machines.
    `when`: another setting and the value at which this one matters; else it is not on the page.
    `file`: the text names a file; the words of the kinds that a dialogue offers.
    """

    key: str
    type: type
    default: Any
    scope: Scope
    label: str
    group: str
    help: str = ""
    choices: tuple[tuple[Any, str], ...] = ()
    source: str = ""
    least: int | None = None
    most: int | None = None
    pattern: str = ""
    example: str = ""
    restart: bool = False
    shared: bool = False
    when: tuple[str, Any] = ("", None)
    file: str = ""


GROUPS: tuple[tuple[str, str], ...] = (
    ("look", N_("Giao diện")),
    ("print", N_("In giấy tờ")),
    ("receipt", N_("Giấy tiếp nhận")),
    ("due", N_("Hẹn trả kết quả")),
    ("codes", N_("Mã hồ sơ")),
    ("scan", N_("Quét giấy tờ, đọc thẻ")),
    ("sign", N_("Ký số")),
    ("safety", N_("Sao lưu")),
)
"""Groups of the settings page in their order; a setting of the group "" is not on the page."""

_PAPERS = (("a4", N_("A4")), ("a5", N_("A5")))
_ENVELOPES = (("dl", N_("DL (110 × 220 mm)")), ("c5", N_("C5 (162 × 229 mm)")))
_AS_RECEIPT = (("", N_("Như giấy tiếp nhận")),)
_EACH = ("print_each", True)

_LETTERS: tuple[tuple[str, str, str], ...] = (
    ("extension", N_("Máy in văn bản xin lỗi, hẹn lại"), N_("Khổ văn bản xin lỗi, hẹn lại")),
    ("stop", N_("Máy in thông báo dừng giải quyết"), N_("Khổ thông báo dừng giải quyết")),
    ("control", N_("Máy in phiếu kiểm soát"), N_("Khổ phiếu kiểm soát")),
    ("handed-back", N_("Máy in biên nhận trả kết quả"), N_("Khổ biên nhận trả kết quả")),
    ("declaration", N_("Máy in tờ khai điền sẵn"), N_("Khổ tờ khai điền sẵn")),
    ("authorisation", N_("Máy in giấy ủy quyền"), N_("Khổ giấy ủy quyền")),
    ("fee-slip", N_("Máy in phiếu báo nộp phí, lệ phí"), N_("Khổ phiếu báo nộp phí, lệ phí")),
    ("rating-slip", N_("Máy in phiếu đánh giá"), N_("Khổ phiếu đánh giá")),
    ("label", N_("Máy in nhãn gửi bưu chính"), N_("Khổ nhãn gửi bưu chính")),
    ("envelope", N_("Máy in phong bì"), N_("Khổ phong bì")),
    ("post-list", N_("Máy in bảng kê bưu gửi"), N_("Khổ bảng kê bưu gửi")),
    ("register", N_("Máy in sổ theo dõi hồ sơ"), N_("Khổ sổ theo dõi hồ sơ")),
    ("handover", N_("Máy in phiếu bàn giao kết quả"), N_("Khổ phiếu bàn giao kết quả")),
    ("dossier-handover", N_("Máy in giấy bàn giao hồ sơ"), N_("Khổ giấy bàn giao hồ sơ")),
    ("work-handover", N_("Máy in biên bản bàn giao công việc"), N_("Khổ biên bản bàn giao công việc")),
    ("work-return", N_("Máy in biên bản bàn giao lại công việc"), N_("Khổ biên bản bàn giao lại công việc")),
    ("result-letter", N_("Máy in văn bản kết quả"), ""),
)
"""Every other letter by its key: the words for its printer, and for its paper where that can be chosen here."""

_SIZES = {"fee-slip": "a5", "label": "a5", "rating-slip": "a5", "envelope": "dl"}
"""What a letter is made for, where it is not A4."""


def _of_letter(key: str, printer: str, paper: str) -> Iterator[Setting]:
    """Printer and paper of one kind of letter."""
    yield Setting(
        f"printer_{key}",
        str,
        "",
        Scope.MACHINE,
        printer,
        "print",
        choices=_AS_RECEIPT,
        source="printers",
        when=_EACH,
    )
    if paper:
        sizes = _ENVELOPES if key == "envelope" else _PAPERS
        yield Setting(
            f"paper_{key}", str, _SIZES.get(key, "a4"), Scope.MACHINE, paper, "print", choices=sizes, when=_EACH
        )


SETTINGS: tuple[Setting, ...] = (
    # -- look
    Setting(
        "language",
        str,
        "vi",
        Scope.PERSON,
        N_("Ngôn ngữ"),
        "look",
        N_("Đổi ngay, không phải mở lại chương trình. Giấy tờ in ra luôn bằng tiếng Việt."),
        choices=(("vi", "Tiếng Việt"), ("en", "English")),
    ),
    Setting(
        "theme",
        str,
        "system",
        Scope.PERSON,
        N_("Nền sáng, nền tối"),
        "look",
        choices=(("system", N_("Theo máy tính")), ("light", N_("Sáng")), ("dark", N_("Tối"))),
    ),
    Setting(
        "text_scale",
        int,
        100,
        Scope.PERSON,
        N_("Cỡ chữ"),
        "look",
        N_("Phóng to hoặc thu nhỏ nhanh bằng Ctrl + và Ctrl −."),
        choices=tuple((value, f"{value} %") for value in (100, 115, 125, 150, 175, 200)),
        least=100,
        most=200,
    ),
    Setting(
        "compact_rows",
        bool,
        False,
        Scope.PERSON,
        N_("Danh sách dòng thấp"),
        "look",
        N_("Mỗi màn hình xem được nhiều dòng hơn."),
    ),
    Setting(
        "first_screen",
        str,
        "home",
        Scope.PERSON,
        N_("Màn hình mở đầu"),
        "look",
        N_("Màn hình hiện ra sau khi đăng nhập."),
        choices=(("home", N_("Hôm nay")), ("receive", N_("Tiếp nhận")), ("dossiers", N_("Hồ sơ"))),
    ),
    # -- printing
    Setting(
        "printer_receipt",
        str,
        "",
        Scope.MACHINE,
        N_("Máy in giấy tiếp nhận"),
        "print",
        source="printers",
    ),
    Setting("paper_receipt", str, "a4", Scope.MACHINE, N_("Khổ giấy tiếp nhận"), "print", choices=_PAPERS),
    Setting(
        "printer_supplement",
        str,
        "",
        Scope.MACHINE,
        N_("Máy in phiếu yêu cầu bổ sung"),
        "print",
        choices=_AS_RECEIPT,
        source="printers",
    ),
    Setting("paper_supplement", str, "a4", Scope.MACHINE, N_("Khổ phiếu yêu cầu bổ sung"), "print", choices=_PAPERS),
    Setting(
        "printer_refusal",
        str,
        "",
        Scope.MACHINE,
        N_("Máy in phiếu từ chối"),
        "print",
        choices=_AS_RECEIPT,
        source="printers",
    ),
    Setting("paper_refusal", str, "a4", Scope.MACHINE, N_("Khổ phiếu từ chối"), "print", choices=_PAPERS),
    Setting(
        "print_way",
        str,
        "silent",
        Scope.MACHINE,
        N_("Khi in"),
        "print",
        choices=(("silent", N_("In ngay ra máy in đã chọn")), ("preview", N_("Cho xem trước rồi mới in"))),
    ),
    Setting(
        "print_each",
        bool,
        False,
        Scope.MACHINE,
        N_("Chọn riêng máy in và khổ giấy cho từng loại giấy"),
        "print",
        N_("Máy in nhiều khay: đặt cho mỗi khay một máy in trong hệ điều hành, rồi chọn máy in ấy ở đây."),
    ),
    *(setting for letter in _LETTERS for setting in _of_letter(*letter)),
    # -- the receipt
    Setting(
        "receipt_lien",
        str,
        "both",
        Scope.OFFICE,
        N_("Liên in ra"),
        "receipt",
        choices=(
            ("both", N_("Cả hai liên")),
            ("1", N_("Liên 1: Lưu")),
            ("2", N_("Liên 2: Giao người nộp hồ sơ")),
        ),
    ),
    Setting(
        "receipt_full_number",
        bool,
        False,
        Scope.OFFICE,
        N_("In đủ số định danh trên giấy tiếp nhận"),
        "receipt",
        N_("Không chọn thì chỉ in bốn số đầu và hai số cuối."),
    ),
    Setting(
        "receipt_qr",
        str,
        "code_only",
        Scope.OFFICE,
        N_("Nội dung mã QR"),
        "receipt",
        N_("Cơ quan chưa có địa chỉ tra cứu thì mã QR chỉ có mã hồ sơ."),
        # The rows of the table [[qr]] of resources/catalogue/forms.toml, by their names.
        choices=(
            ("code_only", N_("Chỉ mã hồ sơ")),
            ("link", N_("Địa chỉ tra cứu kèm mã hồ sơ")),
            ("none", N_("Không in mã QR")),
            ("tt01_2023", N_("Bảy nội dung theo TT 01/2023/TT-VPCP")),
        ),
    ),
    # -- the return date
    Setting(
        "due_hour",
        str,
        "end-of-day",
        Scope.OFFICE,
        N_("Giờ hẹn trả"),
        "due",
        N_("Hồ sơ đã tiếp nhận giữ nguyên giờ đã hẹn."),
        choices=(("end-of-day", N_("Cuối giờ làm việc")), ("same-clock", N_("Đúng giờ đã nhận"))),
        pattern=r"([01]\d|2[0-3]):[0-5]\d",
        example="16:30",
    ),
    Setting(
        "supplement_until",
        bool,
        False,
        Scope.OFFICE,
        N_("Ghi hạn hoàn thiện trên phiếu yêu cầu bổ sung"),
        "due",
        N_(
            "Hồ sơ chưa tiếp nhận thì pháp luật không đặt hạn này. Chọn thì phiếu ghi ngày cuối, tính theo số ngày mà "
            "Điều 19.5 NĐ 118/2025/NĐ-CP đặt cho hồ sơ đã tiếp nhận."
        ),
    ),
    # -- codes
    Setting(
        "other_system",
        bool,
        True,
        Scope.OFFICE,
        N_("Hồ sơ còn phải nhập lên Hệ thống tỉnh"),
        "codes",
        N_("Chọn thì hồ sơ chưa có mã của hệ thống ấy nằm ở mục “Chờ nhập lên Hệ thống tỉnh”."),
    ),
    Setting(
        "code_width",
        int,
        4,
        Scope.OFFICE,
        N_("Số chữ số của số thứ tự trong ngày"),
        "codes",
        least=4,
        most=7,
    ),
    Setting(
        "code_style",
        str,
        "yymmdd",
        Scope.OFFICE,
        N_("Cách viết ngày trong mã hồ sơ"),
        "codes",
        choices=(
            ("yymmdd", N_("Năm hai chữ số: H56.14-261123-0007")),
            ("yyyymmdd", N_("Năm bốn chữ số: H56.14-20261123-0007")),
        ),
    ),
    # -- scanning, reading cards
    Setting(
        "scan_device",
        str,
        "",
        Scope.MACHINE,
        N_("Máy quét"),
        "scan",
        choices=(("", N_("Máy quét đầu tiên tìm thấy")),),
        source="scanners",
    ),
    Setting(
        "scan_source",
        str,
        "auto",
        Scope.MACHINE,
        N_("Lấy giấy từ"),
        "scan",
        choices=(
            ("auto", N_("Khay nạp nếu có giấy, không thì mặt kính")),
            ("feeder", N_("Khay nạp")),
            ("flatbed", N_("Mặt kính")),
        ),
        shared=True,
    ),
    Setting(
        "scan_sides",
        str,
        "one",
        Scope.MACHINE,
        N_("Quét mặt nào"),
        "scan",
        N_("Lật bằng tay: quét hết mặt trước, lật cả tập, quét tiếp mặt sau; trang được xếp lại đúng thứ tự."),
        choices=(("one", N_("Một mặt")), ("both", N_("Hai mặt")), ("manual", N_("Hai mặt, lật bằng tay"))),
        shared=True,
    ),
    Setting(
        "scan_dpi",
        int,
        300,
        Scope.MACHINE,
        N_("Độ phân giải"),
        "scan",
        N_("Bản số hóa phải từ 200 dpi. Quét thẻ căn cước nên dùng 300 dpi trở lên."),
        choices=tuple((value, f"{value} dpi") for value in (200, 300, 400, 600)),
        shared=True,
    ),
    Setting(
        "scan_colour",
        str,
        "colour",
        Scope.MACHINE,
        N_("Màu"),
        "scan",
        choices=(("colour", N_("Màu")), ("grey", N_("Xám")), ("bw", N_("Đen trắng"))),
        shared=True,
    ),
    Setting(
        "scan_addresses",
        str,
        "",
        Scope.MACHINE,
        N_("Địa chỉ máy quét mạng"),
        "scan",
        N_("Chỉ cần ghi khi chương trình không tự thấy máy. Nhiều địa chỉ thì cách nhau bằng dấu cách."),
        shared=True,
    ),
    Setting(
        "scan_folder",
        str,
        "",
        Scope.MACHINE,
        N_("Thư mục nhận bản quét"),
        "scan",
        N_("Thư mục mà máy của cơ quan quét vào. Không ghi là không theo dõi; tệp đã có sẵn trong đó được để yên."),
    ),
    Setting(
        "scan_folder_clear",
        bool,
        False,
        Scope.OFFICE,
        N_("Xóa tệp trong thư mục sau khi đã nhận"),
        "scan",
        N_("Chỉ xóa tệp đã nằm trong hồ sơ. Không chọn thì tệp vẫn ở nguyên chỗ, và không được nhận lần hai."),
    ),
    Setting(
        "card_port",
        str,
        "",
        Scope.MACHINE,
        N_("Cổng của đầu đọc thẻ"),
        "scan",
        N_("Chỉ cần cho đầu đọc nối qua cổng COM. Đầu đọc gõ như bàn phím thì không phải chọn."),
        choices=(("", N_("Không dùng")),),
        source="serial_ports",
    ),
    Setting(
        "card_speed",
        int,
        9600,
        Scope.MACHINE,
        N_("Tốc độ của cổng"),
        "scan",
        choices=tuple((value, str(value)) for value in (9600, 19200, 38400, 57600, 115200)),
    ),
    Setting(
        "scan_size_limit",
        int,
        10,
        Scope.OFFICE,
        N_("Cỡ lớn nhất của một tệp (MB)"),
        "scan",
        N_("Cỡ mà hệ thống của tỉnh và Cổng dịch vụ công còn nhận."),
        least=1,
        most=100,
    ),
    Setting(
        "scan_keep_colour",
        bool,
        True,
        Scope.OFFICE,
        N_("Giữ màu của trang không có màu"),
        "scan",
        N_("NĐ 30/2020/NĐ-CP đòi bản số hóa có màu. Không chọn thì trang đen trắng được lưu xám, nhẹ hơn."),
    ),
    Setting(
        "read_papers",
        str,
        "auto",
        Scope.MACHINE,
        N_("Đọc chữ trên giấy tờ lúc rảnh"),
        "scan",
        N_("Để tìm được trong nội dung giấy tờ và gợi ý số, ngày, nơi cấp. Máy dưới 8 GB bộ nhớ thì không tự đọc."),
        choices=(("auto", N_("Khi máy đủ bộ nhớ")), ("yes", N_("Luôn đọc")), ("no", N_("Không đọc"))),
        shared=True,
    ),
    # -- signing: the key is the clerk's, the driver and the program are the machine's, the mark is the office's
    Setting(
        "sign_way",
        str,
        "",
        Scope.PERSON,
        N_("Ký bằng"),
        "sign",
        N_("Khóa ký của bạn nằm ở đâu. Mã PIN hỏi mỗi lần ký, không được ghi lại ở đâu cả."),
        choices=(
            ("", N_("Chưa chọn")),
            ("token", N_("Thiết bị ký (USB token)")),
            ("file", N_("Tệp chữ ký (.p12, .pfx)")),
            ("program", N_("Chương trình ký trên máy này")),
        ),
    ),
    Setting(
        "sign_file",
        str,
        "",
        Scope.PERSON,
        N_("Tệp chữ ký"),
        "sign",
        when=("sign_way", "file"),
        file=N_("Tệp chữ ký (*.p12 *.pfx)"),
    ),
    Setting(
        "sign_certificate",
        str,
        "",
        Scope.PERSON,
        N_("Chứng thư số"),
        "sign",
        N_("Chỉ cần chọn khi thiết bị có nhiều chứng thư số. Cắm thiết bị vào máy để thấy chúng ở đây."),
        choices=(("", N_("Chứng thư số duy nhất trên thiết bị")),),
        source="certificates",
        when=("sign_way", "token"),
    ),
    Setting(
        "sign_module",
        str,
        "",
        Scope.MACHINE,
        N_("Phần mềm của thiết bị ký"),
        "sign",
        N_("Chỉ cần ghi khi chương trình không tự thấy: tệp PKCS#11 (.dll, .so) đi kèm thiết bị."),
        when=("sign_way", "token"),
        file=N_("Phần mềm của thiết bị (*.dll *.so)"),
    ),
    Setting(
        "sign_program",
        str,
        "",
        Scope.MACHINE,
        N_("Chương trình ký"),
        "sign",
        N_("Chương trình ấy phải đang chạy; nó tự hỏi mã PIN và tự vẽ dấu ký."),
        choices=(("", N_("Chưa chọn")),),
        source="sign_programs",
        when=("sign_way", "program"),
    ),
    Setting(
        "sign_address",
        str,
        "",
        Scope.MACHINE,
        N_("Địa chỉ của chương trình ký"),
        "sign",
        N_("Chỉ cần ghi khi chương trình ấy không ở địa chỉ quen dùng. Chỉ nhận địa chỉ 127.0.0.1 của chính máy này."),
        when=("sign_way", "program"),
    ),
    Setting(
        "sign_mark",
        bool,
        False,
        Scope.OFFICE,
        N_("Hiện dấu ký trên trang đầu"),
        "sign",
        N_("Người ký và thời gian ký ở góc dưới bên phải. Không chọn thì chữ ký vẫn có trong tệp, trang giữ nguyên."),
    ),
    Setting(
        "sign_picture",
        str,
        "",
        Scope.PERSON,
        N_("Ảnh chữ ký"),
        "sign",
        N_(
            "Ảnh PNG nền trong, mực xanh; hiện ở chỗ ký của văn bản kết quả. Không chọn thì chỉ ghi người ký, "
            "thời gian."
        ),
        file=N_("Ảnh chữ ký (*.png)"),
    ),
    # -- safety
    Setting(
        "backup_keep",
        int,
        7,
        Scope.MACHINE,
        N_("Số bản sao hằng ngày giữ lại"),
        "safety",
        N_("Bản cũ hơn được xóa sau khi bản mới đã kiểm tra là đọc được."),
        least=2,
        most=60,
    ),
    # -- remembered, not asked
    Setting("copy_profile", str, "", Scope.MACHINE, N_("Bảng chép sang hệ thống khác"), "", shared=True),
    Setting("assisted", dict, {}, Scope.MACHINE, N_("Thủ tục nộp hộ trực tuyến"), ""),
    Setting("list_columns", dict, {}, Scope.PERSON, N_("Cột của các danh sách"), ""),
    Setting("window_place", dict, {}, Scope.MACHINE, N_("Vị trí cửa sổ"), ""),
    Setting("scan_known", dict, {}, Scope.MACHINE, N_("Máy quét đã dùng"), ""),
    Setting("camera_known", str, "", Scope.MACHINE, N_("Máy ảnh đã dùng"), ""),
    Setting("last_shelf", str, "", Scope.MACHINE, N_("Ô, kệ vừa dùng"), ""),
    Setting("last_carrier", str, "", Scope.MACHINE, N_("Đơn vị chuyển phát vừa dùng"), ""),
    Setting("last_login", str, "", Scope.MACHINE, N_("Người đăng nhập gần nhất"), ""),
)

BY_KEY: Mapping[str, Setting] = {setting.key: setting for setting in SETTINGS}
assert len(BY_KEY) == len(SETTINGS), "a setting is declared twice"

RENAMED: Mapping[str, str] = {}
"""Old key → new key; the value moves over when the file is read."""


class Shelf(Protocol):
    """Where PERSON and OFFICE values are kept (the table `setting`). Values are JSON-able; None = not set."""

    def get(self, scope: str, key: str) -> Any: ...

    def set(self, scope: str, key: str, value: Any) -> None: ...


def check(setting: Setting, value: Any) -> Any:
    """`value` as it may be kept; RuleBroken `setting.*` with the key as `field` when it may not be."""
    if setting.type is bool:
        if not isinstance(value, bool):
            raise RuleBroken("setting.not-yes-or-no", field=setting.key, value=value)
    elif setting.type is int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise RuleBroken("setting.not-a-number", field=setting.key, value=value)
        low, high = setting.least, setting.most
        if (low is not None and value < low) or (high is not None and value > high):
            raise RuleBroken("setting.out-of-range", field=setting.key, value=value, least=low, most=high)
    elif not isinstance(value, setting.type):
        raise RuleBroken("setting.not-text", field=setting.key, value=value)
    if setting.choices and value in [one for one, _ in setting.choices]:
        return value
    if setting.pattern and not re.fullmatch(setting.pattern, value):
        raise RuleBroken("setting.wrong-form", field=setting.key, value=value, example=setting.example)
    if setting.choices and not (setting.pattern or setting.source) and setting.least is None:
        raise RuleBroken("setting.not-a-choice", field=setting.key, value=value)
    return value


def _may_be(setting: Setting, value: Any) -> bool:
    try:
        check(setting, value)
    except RuleBroken:
        return False
    return True


class Settings:
    """The values in use. `file` holds what belongs to this machine (JSON, keys it does not know are kept).

    A value that can no longer be used (hand-edited file, older version) counts as not set.
    `watch` is called after every change with the key.
    """

    def __init__(self, file: Path | None, shelf: Shelf | None = None) -> None:
        self._file = file
        self._shelf = shelf
        self._machine: dict[str, Any] = self._read_file()
        self._watchers: list[Callable[[str], None]] = []

    def put_on(self, shelf: Shelf | None) -> None:
        """Take PERSON and OFFICE values from here from now on (after a login, after a change of clerk)."""
        self._shelf = shelf

    def watch(self, hear: Callable[[str], None]) -> None:
        """Call `hear(key)` after every change made through this object."""
        self._watchers.append(hear)

    def get(self, key: str) -> Any:
        """The value in use: the locked one, else its own, else the office's where the setting is shared, else the
        default. KeyError for a key that is not declared."""
        setting = BY_KEY[key]
        if setting.scope is Scope.MACHINE:
            own = self._machine.get(key)
        else:
            own = self._shelf.get(setting.scope.value, key) if self._shelf else None
        shared = self._shelf.get(Scope.OFFICE, key) if self._shelf and setting.shared else None
        for value in (self._locks().get(key), own, shared):
            if value is not None and _may_be(setting, value):
                return value
        return setting.default

    def locked(self, key: str) -> bool:
        """Whether the installer has fixed it for the whole office (`[options.locked]` of the office's file)."""
        value = self._locks().get(key)
        return value is not None and _may_be(BY_KEY[key], value)

    def _locks(self) -> Mapping[str, Any]:
        locks = self._shelf.get(Scope.OFFICE, "locked") if self._shelf else None
        return locks if isinstance(locks, dict) else {}

    def set(self, key: str, value: Any) -> None:
        """Keep the value. RuleBroken when it cannot be one or is locked, StoreTrouble when it cannot be written."""
        setting = BY_KEY[key]
        check(setting, value)
        if self.locked(key):
            raise RuleBroken("setting.locked", field=key)
        if setting.scope is Scope.MACHINE:
            self._machine[key] = value
            self._write_file()
        elif self._shelf is None:
            raise RuleBroken("setting.no-office", field=key)
        else:
            self._shelf.set(setting.scope.value, key, value)
        for hear in self._watchers:
            hear(key)

    def all(self) -> Iterator[tuple[Setting, Any]]:
        """Every setting with the value in use."""
        for setting in SETTINGS:
            yield setting, self.get(setting.key)

    def _read_file(self) -> dict[str, Any]:
        if self._file is None or not self._file.exists():
            return {}
        try:
            values = json.loads(self._file.read_text("utf-8"))
        except (OSError, ValueError):
            # Half a file or a hand's slip: the old one is set aside, work goes on with the defaults.
            self._file.replace(self._file.with_suffix(".broken"))
            return {}
        if not isinstance(values, dict):
            return {}
        for old, new in RENAMED.items():
            if old in values:
                values.setdefault(new, values.pop(old))
        return values

    def _write_file(self) -> None:
        if self._file is None:
            return
        draft = self._file.with_suffix(".new")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with draft.open("w", encoding="utf-8") as stream:
                json.dump(self._machine, stream, ensure_ascii=False, indent=1, sort_keys=True)
                stream.flush()
                os.fsync(stream.fileno())
            draft.replace(self._file)
        except OSError as error:
            raise StoreTrouble("setting.not-written", file=str(self._file), reason=str(error)) from error
