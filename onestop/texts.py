"""The words of the program. Vietnamese is the source text; other languages are catalogues in resources/locale.

`_("…")` gives a label in the language in use. `sentence(code, **details)` gives the sentence for the code of a
`RuleBroken`, a `Trouble`, a `Remark` or a step of an explanation. Rules hold codes, this file the sentences; a test
fails when a code has none, or when a catalogue misses a text.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from onestop import clock

LANGUAGES = ("vi", "en")
LOCALE = Path(__file__).resolve().parent.parent / "resources" / "locale"

_catalogue: gettext.NullTranslations = gettext.NullTranslations()
_language = "vi"


def use(language: str) -> None:
    """Speak `language` from now on ("vi" or "en")."""
    global _catalogue, _language
    _language = language if language in LANGUAGES else "vi"
    _catalogue = gettext.NullTranslations()
    if _language != "vi":
        file = LOCALE / f"{_language}.mo"
        if file.exists():
            with file.open("rb") as stream:
                _catalogue = gettext.GNUTranslations(stream)


def language() -> str:
    """The language in use."""
    return _language


class _Counted(str):
    """A translation with a choice of words after a number: "{count} [dossier|dossiers]". Vietnamese needs none."""

    def format(self, *args: Any, **details: Any) -> str:
        """The first word where the number is 1, the second otherwise."""

        def chosen(found: re.Match[str]) -> str:
            number, name, one, many = found.groups()
            return number + (one if str(details.get(name)) == "1" else many)

        return CHOICE.sub(chosen, self).format(*args, **details)


CHOICE = re.compile(r"(\{(\w+)\}[^{}\[\]|]*)\[([^{}\[\]|]*)\|([^{}\[\]|]*)\]")
"""A number and the choice that hangs on it, in the text of a catalogue."""


def _(text: str) -> str:
    """`text` (Vietnamese, a literal) in the language in use."""
    found = _catalogue.gettext(text) if text else ""
    return _Counted(found) if "|" in found else found


def N_(text: str) -> str:
    """Mark `text` for translation where it is declared; `_` translates it where it is shown."""
    return text


def sentence(code: str, /, **details: Any) -> str:
    """The sentence for `code` with `details` put in as people read them (`message`)."""
    return message(code, details)


def message(code: str, details: Mapping[str, Any] | None = None) -> str:
    """The sentence for `code` with its details as people read them: lists joined, instants on a Vietnamese clock; an
    unknown code is shown as itself.

    Where a detail names a more particular sentence (`card.mangled` with how="telex"), that one is said; where `whose`
    names one of several people (a text of the source), it stands in front.
    """
    read = {key: _readable(value) for key, value in (details or {}).items()}
    for value in (details or {}).values():
        if isinstance(value, str) and f"{code}.{value}" in SENTENCES:
            code = f"{code}.{value}"
            break
    text = SENTENCES.get(code)
    if text is None:
        return code
    try:
        said = _(text).format(**read)
    except (KeyError, IndexError, ValueError):
        said = _(text)
    whose = (details or {}).get("whose")
    return f"{_(str(whose))}: {said[:1].lower()}{said[1:]}" if whose else said


INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)")
"""An instant as acts and JSON write it."""


def _readable(value: Any) -> Any:
    if isinstance(value, datetime):
        there = clock.local(value)
        return f"{there.hour}:{there:%M} {there:%d/%m/%Y}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, list | tuple):
        between = "; " if any(isinstance(each, Mapping) for each in value) else ", "
        return between.join(str(_readable(each)) for each in value)
    if isinstance(value, Mapping) and "code" in value:
        where = " – ".join(str(value[key]) for key in ("component", "file") if value.get(key))
        said = message(str(value["code"]), value.get("details")).rstrip(".")
        return f"{where}: {said[:1].lower()}{said[1:]}" if where else said
    if isinstance(value, str) and INSTANT.fullmatch(value):
        try:
            return _readable(datetime.fromisoformat(value))
        except (ValueError, OverflowError):
            return value
    return value


SENTENCES: dict[str, str] = {
    # -- general
    "act.stale": N_("Hồ sơ này vừa được người khác sửa. Mở lại để xem bản mới rồi làm lại."),
    # -- letters
    "form.not-in-force": N_("Ngày {day} chưa có mẫu phiếu này trong bảng mẫu. Xem lại ngày trên giấy."),
    "span.not-days": N_("Ghi một ngày (2026-11-23) hoặc hai ngày (2026-11-01/2026-11-30), không phải “{value}”."),
    "list.too-many": N_(
        "Đã chọn {count} hồ sơ, mỗi danh sách in được nhiều nhất {most}. Chọn ít hơn hoặc in theo ngày."
    ),
    "span.backward": N_("Ngày cuối đứng trước ngày đầu: {value}."),
    "letter.no-move": N_("Hồ sơ {code} chưa có việc nào để in giấy này."),
    "letter.no-fee": N_("Hồ sơ {code} không có khoản phí, lệ phí nào để lập phiếu."),
    "declaration.none": N_(
        "Thủ tục “{procedure}” chưa có tờ khai điền sẵn. Các tờ khai đang có: {known}. "
        "Chọn bằng --template nếu dùng được."
    ),
    "letter.unreadable": N_("Không đọc được bản in đã lưu ({detail}). Lấy bản sao lưu gần nhất rồi in lại."),
    # -- printers
    "printer.gone": N_("Không thấy máy in {printer}. Kiểm tra nguồn và dây, hoặc chọn máy in khác trong Cài đặt."),
    "printer.refused": N_("Máy in {printer} không nhận bản in ({detail}). Kiểm tra máy in rồi in lại."),
    "printer.stopped": N_("Máy in {printer} đang tạm dừng. Mở lại máy in rồi in lại."),
    "printer.no-paper": N_("Máy in {printer} hết giấy. Nạp giấy rồi in lại."),
    "printer.jam": N_("Máy in {printer} kẹt giấy. Gỡ giấy rồi xem giấy nào đã ra đủ."),
    "printer.silent": N_("Máy in {printer} chưa báo đã in xong. Xem giấy đã ra chưa."),
    "printer.file": N_("Tệp cần in không phải là tệp PDF đọc được. Lập lại giấy rồi in."),
    # -- scanners, cameras, folders that scans come into
    "device.none": N_(
        "Không thấy máy quét nào. Bật máy quét, kiểm tra dây hoặc mạng rồi thử lại; "
        "xem từng máy ở Cài đặt, mục Quét giấy tờ."
    ),
    "device.unknown": N_("Không có máy quét “{named}”. Các máy quét: {known}."),
    "device.jam": N_(
        "Máy quét kẹt giấy. Mở nắp, gỡ giấy ra, xếp lại những tờ chưa quét rồi quét tiếp; các trang đã quét vẫn còn."
    ),
    "device.empty": N_("Khay nạp chưa có giấy. Đặt giấy vào khay hoặc lên mặt kính rồi quét lại."),
    "device.cover-open": N_("Nắp máy quét đang mở. Đóng nắp rồi quét lại."),
    "device.two-sheets": N_(
        "Máy quét kéo hai tờ một lúc. Tách giấy, xếp lại hai tờ ấy rồi quét tiếp; các trang đã quét vẫn còn."
    ),
    "device.offline": N_("Máy quét không trả lời. Kiểm tra nguồn, dây hoặc mạng rồi quét lại."),
    "device.busy": N_("Máy quét đang bận, hoặc chương trình khác đang dùng. Đợi máy xong việc rồi quét lại."),
    "device.silent": N_(
        "Máy quét im lặng quá lâu nên không chờ nữa. Tắt máy quét, bật lại rồi quét tiếp; các trang đã quét vẫn còn."
    ),
    "device.crashed": N_(
        "Phần điều khiển máy quét bị lỗi và đã được đóng lại; các trang đã quét vẫn còn. "
        "Quét lại; nếu vẫn lỗi, báo người cài đặt."
    ),
    "device.answer": N_("Máy quét gửi về dữ liệu hỏng. Quét lại trang này; nếu vẫn lỗi, tắt máy quét rồi bật lại."),
    "device.failed": N_("Máy quét báo lỗi ({detail}). Tắt máy quét, bật lại rồi quét lại."),
    "device.stopped": N_("Việc quét đã bị dừng ở máy quét. Quét tiếp nếu còn thiếu trang."),
    "device.no-rights": N_("Tài khoản máy tính này không được dùng máy quét. Báo người cài đặt."),
    "device.no-program": N_("Máy tính này thiếu phần mềm điều khiển máy quét ({detail}). Báo người cài đặt."),
    "device.no-room": N_(
        "Không ghi được trang quét vào thư mục dữ liệu. Dọn bớt ổ đĩa rồi quét tiếp; các trang đã quét vẫn còn."
    ),
    "device.not-local": N_(
        "Máy quét {detail} nằm ngoài mạng của cơ quan nên không dùng. "
        "Ghi địa chỉ trong mạng, hoặc địa chỉ https có chứng chỉ hợp lệ."
    ),
    "camera.none": N_(
        "Máy này chưa thấy máy ảnh nào. Cắm máy ảnh hoặc máy soi giấy tờ rồi đợi hình hiện lên, hoặc đóng bảng này và "
        "quét bằng F6, nhận tệp bằng Ctrl+O."
    ),
    "camera.unplugged": N_("Máy ảnh vừa bị rút ra. Cắm lại dây, hoặc chọn máy ảnh khác."),
    "camera.busy": N_(
        "Chương trình khác đang dùng máy ảnh, hoặc Windows chưa cho phép. Đóng chương trình ấy rồi chọn lại máy ảnh."
    ),
    "device.no-picture": N_("Máy ảnh chưa có hình. Đợi hình hiện lên rồi chụp."),
    "device.file": N_("Không đọc được tệp {file}. Chọn tệp ảnh hoặc tệp PDF khác."),
    "device.unsupported": N_("Máy quét {device} không làm được việc này. Chọn lại ở Cài đặt, mục Quét giấy tờ."),
    "device.unsupported.flatbed": N_("Máy quét {device} không có mặt kính. Đặt giấy vào khay nạp."),
    "device.unsupported.feeder": N_("Máy quét {device} không có khay nạp giấy. Đặt từng tờ lên mặt kính."),
    "device.unsupported.duplex": N_(
        "Máy quét {device} không quét được hai mặt. Chọn một mặt, hoặc hai mặt lật bằng tay."
    ),
    "device.unsupported.colour": N_("Máy quét {device} không quét được màu. Dùng máy khác, hoặc chọn xám."),
    "device.unsupported.size": N_("Khổ giấy lớn hơn máy quét {device}. Chọn khổ nhỏ hơn, hoặc dùng máy khác."),
    "device.unsupported.dpi": N_("Máy quét {device} không quét được độ phân giải này. Chọn số dpi thấp hơn."),
    "reader.gone": N_("Không thấy đầu đọc thẻ ở cổng {port}. Kiểm tra dây, hoặc chọn cổng khác trong Cài đặt."),
    "reader.back": N_("Đầu đọc thẻ ở cổng {port} đã dùng được."),
    "reader.busy": N_(
        "Không mở được cổng {port} của đầu đọc thẻ. Đóng chương trình khác đang dùng cổng ấy, hoặc báo người cài đặt."
    ),
    # -- calendar, deadlines
    "hours.bad": N_("Giờ làm việc không đọc được ({weekday}). Ghi dạng 07:00-11:30, giờ sau lớn hơn giờ trước."),
    "hours.none": N_("Chưa có ngày làm việc nào trong tuần. Ghi giờ làm việc cho ít nhất một ngày."),
    "holidays.unreadable": N_("Không đọc được bảng ngày nghỉ: {reason}."),
    "holidays.bad-row": N_("Bảng ngày nghỉ: dòng {row} sai ở mục {field}."),
    "holidays.duplicate": N_("Bảng ngày nghỉ: ngày {day} ghi hai lần."),
    "calendar.no-working-day": N_("Sau ngày {day} không còn ngày làm việc nào. Xem lại bảng ngày nghỉ."),
    "setting.hour-rule": N_("Giờ hẹn trả không hợp lệ: {value}. Chọn end-of-day, same-clock hoặc một giờ như 16:30."),
    "limit.out-of-range": N_("Thời hạn {number} ngoài khoảng cho phép (từ 1 đến {most})."),
    "limit.unit-unknown": N_("Danh mục không ghi đơn vị của thời hạn. Chọn số và đơn vị trước khi hẹn trả."),
    "limit.working-day": N_("{number} ngày làm việc"),
    "limit.day": N_("{number} ngày"),
    "limit.month": N_("{number} tháng"),
    "limit.hour": N_("{number} giờ làm việc"),
    "limit.same-day": N_("trong ngày"),
    "limit.notice": N_("không quy định ngày trả"),
    "term.warns": N_("nhắc từ {at}: hai ngày làm việc trước hạn; nửa thời gian hoặc hai giờ cuối nếu thời hạn ngắn"),
    "term.apology": N_(
        "xin lỗi và hẹn lại chậm nhất {until}: hết ngày làm việc trước ngày hẹn trả (NĐ 118/2025/NĐ-CP, Điều 19.6)"
    ),
    "term.apologised": N_("đã xin lỗi và hẹn lại lúc {at}: chỉ được một lần (NĐ 118/2025/NĐ-CP, Điều 19.6)"),
    "term.answer": N_("trả lời trước {until}: {hours} giờ làm việc từ khi nộp {at} (NĐ 118/2025/NĐ-CP, Điều 17.2)"),
    "term.supplement": N_("chờ bổ sung đến hết {until}: {days} ngày kể từ khi yêu cầu {asked} ({source})"),
    "due.received": N_("nhận {day} lúc {hour}"),
    "due.restarted": N_("nhận đủ bổ sung {day} lúc {hour}: tính lại từ đầu"),
    "due.starts": N_("bắt đầu tính từ {hour} ngày {day}"),
    "due.same-day": N_("trả trong ngày"),
    "due.part": N_("sau đó đến: {part}"),
    "due.after-cutoff": N_("nhận sau {cutoff}: trả ngày làm việc tiếp theo"),
    "due.received-day-off": N_("nhận vào ngày nghỉ: trả ngày làm việc tiếp theo"),
    "due.received-after-hours": N_("nhận sau giờ làm việc: trả ngày làm việc tiếp theo"),
    "due.notice": N_("thủ tục thông báo: không hẹn ngày trả"),
    "due.unit-unknown": N_("danh mục không ghi đơn vị thời hạn: cần chọn"),
    "due.number-unknown": N_("danh mục không ghi thời hạn: cần nhập"),
    "due.weekend": N_("{days} nghỉ cuối tuần"),
    "due.holiday": N_("{days} nghỉ {name}"),
    "due.closed": N_("{days} cơ quan không làm việc"),
    "due.days-off": N_("nghỉ lễ: {days}"),
    "due.paused": N_("{days} chờ công dân: không tính"),
    "due.days": N_("{days}: {count} ngày"),
    "due.days-with-gaps": N_("{days}, trừ ngày nghỉ: {count} ngày"),
    "due.make-up": N_("{days} làm bù: {count} ngày"),
    "due.hours": N_("{days}: {hours} giờ"),
    "due.minutes": N_("{days}: {minutes} phút"),
    "due.hours-and-minutes": N_("{days}: {hours} giờ {minutes} phút"),
    "due.months": N_("đủ {count} tháng vào {day}"),
    "due.month-end": N_("tháng {month} không có ngày {number}: lấy ngày cuối tháng"),
    "due.rolled": N_("{day} là ngày nghỉ: chuyển sang {to}"),
    "due.rolled-holiday": N_("{day} nghỉ {name}: chuyển sang {to}"),
    "due.days-unconfirmed": N_("lịch nghỉ dự kiến, chưa đối chiếu văn bản: {days}"),
    "due.year-not-in-table": N_("chưa có lịch nghỉ {years}: chỉ trừ cuối tuần và lễ cố định"),
    "day.received": N_("nhận {day} lúc {hour}"),
    "day.restarted": N_("nhận đủ bổ sung {day} lúc {hour}: tính lại từ đầu"),
    "day.counted": N_("ngày thứ {number}"),
    "day.make-up": N_("làm bù: ngày thứ {number}"),
    "day.next": N_("ngày làm việc tiếp theo"),
    "day.saturday": N_("nghỉ thứ Bảy"),
    "day.sunday": N_("nghỉ Chủ nhật"),
    "day.holiday": N_("nghỉ {name}"),
    "day.closed": N_("cơ quan không làm việc"),
    "day.paused": N_("chờ công dân: không tính"),
    "day.hours": N_("{hours} giờ"),
    "day.minutes": N_("{minutes} phút"),
    "day.hours-and-minutes": N_("{hours} giờ {minutes} phút"),
    # -- codes
    "code.prefix-bad": N_("Mã cơ quan không hợp lệ: {value}. Mã gồm chữ, số và dấu chấm, ví dụ H56.14."),
    "code.order-out-of-range": N_("Số thứ tự hồ sơ trong ngày ({order}) ngoài khoảng cấp được."),
    "code.device-bad": N_("Mã máy không hợp lệ: {value}."),
    "code.external-bad": N_(
        "Mã hồ sơ của hệ thống khác không hợp lệ: {value}. Nhập đúng mã đã được cấp, 3 đến 64 ký tự."
    ),
    "code.of-a-slip": N_("{value} là mã của phiếu yêu cầu bổ sung hoặc phiếu từ chối, không phải mã hồ sơ."),
    "code-list.empty": N_("Tệp {file} trống."),
    "code-list.not-text": N_("Tệp {file} không phải danh sách CSV viết bằng UTF-8. Lưu lại thành CSV UTF-8."),
    "code-list.too-large": N_("Tệp {file} quá lớn so với một danh sách mã. Chia tệp rồi nhập từng phần."),
    "code-list.two-columns": N_("Dòng {line} không có đủ hai mã: mã ở đây và mã của hệ thống khác."),
    "code-list.contradicts": N_("Các dòng {lines} ghi khác nhau cho cùng một mã, nên không dòng nào được nhận."),
    "code-list.other-code": N_(
        "Hồ sơ {code} đã gắn mã {external}. Gắn mã khác thì làm ở hồ sơ ấy, hoặc bỏ mã cũ trước."
    ),
    "counter.out-of-range": N_("Quầy {counter} không nằm trong {counters} quầy."),
    # -- fees
    "fee.exemption-unknown": N_("Thủ tục này không có diện miễn, giảm: {value}."),
    "fee.quantity-bad": N_("Số lượng để tính phí không hợp lệ: {value}."),
    "procedure.case-unknown": N_("Thủ tục này không có trường hợp: {value}."),
    "fee.phi": N_("Phí"),
    "fee.le_phi": N_("Lệ phí"),
    # -- the life of a dossier
    "dossier.move-not-allowed": N_("Hồ sơ đang ở trạng thái này không thực hiện được việc đó."),
    "dossier.move-not-allowed.new": N_("Hồ sơ mới đăng ký, chưa được tiếp nhận: lúc này không làm được việc đó."),
    "dossier.move-not-allowed.received": N_("Hồ sơ mới được tiếp nhận: lúc này không làm được việc đó."),
    "dossier.move-not-allowed.refused": N_("Hồ sơ đã bị từ chối tiếp nhận: lúc này không làm được việc đó."),
    "dossier.move-not-allowed.processing": N_("Hồ sơ đang được xử lý: lúc này không làm được việc đó."),
    "dossier.move-not-allowed.supplement": N_("Hồ sơ đang chờ bổ sung: lúc này không làm được việc đó."),
    "dossier.move-not-allowed.awaiting-payment": N_(
        "Hồ sơ đang chờ thực hiện nghĩa vụ tài chính: lúc này không làm được việc đó."
    ),
    "dossier.move-not-allowed.withdrawn": N_("Hồ sơ đã được công dân rút: lúc này không làm được việc đó."),
    "dossier.move-not-allowed.stopped": N_("Hồ sơ đã dừng giải quyết: lúc này không làm được việc đó."),
    "dossier.move-not-allowed.finished": N_("Hồ sơ đã có kết quả: lúc này không làm được việc đó."),
    "dossier.move-not-allowed.handed-back": N_("Hồ sơ đã trả kết quả: lúc này không làm được việc đó."),
    "dossier.move-unknown": N_("Không có việc “{move}”. Các việc: {known}."),
    "dossier.moved-meanwhile": N_("{by} vừa chuyển hồ sơ này sang trạng thái khác. Xem lại hồ sơ rồi làm tiếp."),
    "move.reason-missing": N_("Ghi lý do."),
    "move.items-missing": N_("Ghi những giấy tờ, nội dung cần bổ sung."),
    "move.paper": N_("Chọn giấy tờ của người nhận: giấy tiếp nhận, giấy tờ tùy thân hoặc giấy ủy quyền."),
    "move.receiver-missing": N_("Ghi họ tên hoặc số giấy tờ của người nhận kết quả."),
    "move.result-date": N_("Ngày của kết quả không đọc được: {value}."),
    "move.result-future": N_("Ngày của kết quả {day} còn ở phía trước."),
    "delivery.handed": N_("Hồ sơ {code}: đã trả kết quả cho {name}."),
    "delivery.handed-several": N_("Đã trả {count} kết quả cho {name}."),
    "delivery.handed-originals": N_("Hồ sơ {code}: đã trả kết quả cho {name}, cùng {originals} bản gốc."),
    "delivery.handed-several-originals": N_("Đã trả {count} kết quả cho {name}, cùng {originals} bản gốc."),
    "delivery.taken-back": N_("Đã lấy lại: {count} kết quả lại chờ trả."),
    "delivery.posted": N_("Đã gửi bưu chính {count} kết quả qua {carrier}."),
    "delivery.tracked": N_("Đã ghi số hiệu bưu gửi."),
    "delivery.came-back": N_("Đã ghi bưu chính trả lại: kết quả lại chờ trả ở đây."),
    "delivery.sent": N_("Đã ghi việc gửi bản điện tử."),
    "delivery.none": N_("Chọn ít nhất một kết quả."),
    "delivery.not-ready": N_("Hồ sơ {code} không có kết quả nào chờ trả ở đây."),
    "delivery.stranger": N_("{name} không phải chủ hồ sơ hay người nộp của hồ sơ {code}. Cần giấy ủy quyền."),
    "delivery.too-long": N_("Ghi ngắn hơn: nhiều nhất {most} chữ cái."),
    "delivery.call-way": N_("Chọn cách báo: điện thoại (phone), tin nhắn (sms) hoặc cách khác (other)."),
    "delivery.call-outcome": N_(
        "Ghi báo ra sao: đã báo được (reached), hẹn ngày đến (will-come), không nghe máy (no-answer), "
        "sai số (wrong-number)."
    ),
    "delivery.carrier": N_("Ghi đơn vị chuyển phát."),
    "delivery.no-address": N_("Hồ sơ {code}: chưa có địa chỉ của {name} để gửi bưu chính."),
    "delivery.tracking-count": N_("Có nhiều số hiệu hơn số bưu gửi ({count})."),
    "delivery.tracking-twice": N_("Số hiệu {number} ghi cho hai bưu gửi. Quét lại từng bưu gửi."),
    "delivery.tracking-missing": N_("Kết quả của hồ sơ {code} đã gửi bưu chính. Ghi số hiệu bưu gửi."),
    "delivery.not-posted": N_("Kết quả của hồ sơ {code} không ở bưu chính nên không thể bị trả lại."),
    "delivery.reason": N_("Ghi vì sao bưu chính trả lại."),
    "delivery.originals-missing": N_("Ghi tên bản gốc."),
    "delivery.original-count": N_("{name}: ghi số bản, từ 1 đến 999."),
    "delivery.original-unknown": N_("Không giữ bản gốc “{name}”. Đang giữ: {known}."),
    "delivery.no-originals": N_("Hồ sơ này không giữ bản gốc nào."),
    "delivery.has-all": N_("Hồ sơ {code} đã trả hết cho công dân, không giữ bản gốc được nữa."),
    "move.stranger": N_("{name} không phải chủ hồ sơ hay người nộp. Cần giấy ủy quyền để nhận thay."),
    "move.authorised-who": N_("Ghi họ tên và số giấy tờ của người được ủy quyền."),
    "supplement.again": N_(
        "Hồ sơ đã được yêu cầu bổ sung đủ số lần cho phép ({rounds} lần, {source}). Lần nữa cần người phụ trách."
    ),
    "supplement.counts-late": N_("Yêu cầu bổ sung lần {round}: hồ sơ sẽ bị tính quá hạn trên Cổng DVCQG."),
    "supplement.notice-late": N_("Yêu cầu bổ sung sau {days} ngày làm việc kể từ ngày nhận là muộn ({source})."),
    "answer.late": N_("Hồ sơ trực tuyến được trả lời sau {hours} giờ làm việc là muộn (NĐ 118/2025/NĐ-CP, Điều 17.2)."),
    "extension.no-date": N_("Hồ sơ này không có ngày hẹn trả để gia hạn."),
    "extension.again": N_("Hồ sơ đã hẹn lại một lần. Chỉ được hẹn lại một lần (NĐ 118/2025/NĐ-CP, Điều 19.6)."),
    "extension.date-missing": N_("Ghi ngày hẹn mới."),
    "extension.too-far": N_("Ngày hẹn mới {day} cách đây hơn một năm. Xem lại năm."),
    "extension.not-a-date": N_("Ngày hẹn mới không đọc được: {value}."),
    "extension.day-off": N_("Ngày hẹn mới {day} cơ quan không làm việc."),
    "extension.not-later": N_("Ngày hẹn mới phải sau ngày hẹn đang có ({due})."),
    "extension.too-late": N_(
        "Xin lỗi phải gửi trước {last}. Nay đã muộn: hồ sơ vẫn tính quá hạn, ngày mới chỉ là lời hẹn."
    ),
    # -- whose it is
    "move.to-missing": N_("Ghi người hoặc bộ phận được giao."),
    "hands.nobody": N_("Hồ sơ đang ở Bộ phận Một cửa, chưa giao cho ai."),
    "hands.taken": N_("{by} đã nhận hồ sơ này lúc {at}."),
    "hands.not-yours": N_("Hồ sơ này {by} đang giữ. Người đó hoặc người phụ trách mới được làm việc này."),
    "hands.not-yours.take": N_("Hồ sơ này giao cho {by}. Chỉ người được giao mới xác nhận đã nhận."),
    "hands.same": N_("Hồ sơ đang ở {to} rồi."),
    "hands.meanwhile": N_("{by} vừa chuyển hồ sơ này cho {to}. Xem lại hồ sơ rồi làm tiếp."),
    "hands.meanwhile.counter": N_("{by} vừa trả hồ sơ này về Bộ phận Một cửa. Xem lại hồ sơ rồi làm tiếp."),
    "hands.clerk-gone": N_("{name} không còn làm việc ở đây. Chọn người khác."),
    "hands.two-of-name": N_("Có nhiều người tên {name}: {known}. Ghi thêm tài khoản."),
    "hands.clerk-cannot": N_("{name} không giải quyết hồ sơ (vai trò không được chuyển hồ sơ)."),
    "hands.deputy": N_("{absent} nghỉ đến hết {until}: hồ sơ giao cho {deputy} thay."),
    "hands.deputy.open": N_("{absent} đang nghỉ: hồ sơ giao cho {deputy} thay."),
    "hands.none": N_("Chọn ít nhất một hồ sơ."),
    "hands.handed-over": N_("Đã bàn giao {count} hồ sơ cho {to}."),
    "hands.taken-over": N_("Đã nhận {count} hồ sơ."),
    "hands.not-taken": N_("Không nhận được {count} hồ sơ: {codes}. {why}"),
    "hands.left-out": N_("Không bàn giao được {count} hồ sơ: {codes}. {why}"),
    "handover.unknown": N_("Không có lần bàn giao {id}."),
    # -- a clerk's leave
    "absence.no-day": N_("Ngày không đọc được: {value}."),
    "absence.backward": N_("Ngày cuối ({until}) trước ngày đầu ({first})."),
    "absence.over": N_("Đợt nghỉ này đã qua, không còn gì để bàn giao."),
    "absence.early": N_(
        "Bàn giao sớm nhất vào ngày làm việc trước khi nghỉ ({day}): hồ sơ chuyển đi ngay lúc bàn giao."
    ),
    "absence.reason-missing": N_("Ghi lý do nghỉ."),
    "absence.overlap": N_("{name} đã có đợt nghỉ {days}. Bấm “Trở lại làm việc” của đợt ấy trước."),
    "absence.no-deputy": N_("Chọn người nhận bàn giao."),
    "absence.self": N_("Không tự bàn giao cho chính mình."),
    "absence.deputy-gone": N_("{deputy}, người thay {absent}, không còn làm việc ở đây. Ghi tên người khác."),
    "absence.deputy-cannot": N_("{name} không giải quyết hồ sơ nên không nhận bàn giao được."),
    "absence.deputy-absent": N_("{name} cũng nghỉ {days}. Chọn người khác."),
    "absence.nobody-else": N_("Không còn ai khác đang làm việc để nhận bàn giao."),
    "absence.clerk-gone": N_("{name} không còn làm việc ở đây."),
    "absence.none": N_("{name} không có đợt nghỉ nào đang mở."),
    "absence.unknown": N_("Không có đợt nghỉ {id}."),
    "absence.not-ended": N_("Đợt nghỉ này chưa kết thúc nên chưa có biên bản bàn giao lại."),
    "absence.not-you": N_("Chỉ người phụ trách hoặc chính {name} mới ghi được việc trở lại."),
    "absence.begun": N_("Đã ghi {name} nghỉ: {count} hồ sơ chuyển cho {deputy}."),
    "absence.ended": N_("{name} trở lại làm việc: nhận lại {count} hồ sơ."),
    "dossiers.part-done": N_("Hồ sơ {code}: đã ghi “{part}”. Còn chờ: {left}."),
    "dossiers.parts-done": N_("Hồ sơ {code}: đã ghi “{part}”. Đủ cả, có thể ghi “Có kết quả” (F8)."),
    "dossiers.corrected": N_("Đã đính chính hồ sơ {code}. Giấy tiếp nhận in lại sẽ ghi điều mới và ngày đính chính."),
    "ratings.seen": N_("Đã ghi là đã xem."),
    "ratings.given": N_("Đã ghi đánh giá của công dân về {code}."),
    "dossiers.moved": N_("Hồ sơ {code}: {state}."),
    "dossiers.handed": N_("Hồ sơ {code}: {what}."),
    "dossiers.move-undone": N_("Đã lấy lại: hồ sơ {code} lại {state}."),
    "rating.level": N_("Mức độ hài lòng là số từ 1 (rất hài lòng) đến 5 (rất không hài lòng)."),
    "rating.not-bad": N_("Chỉ hỏi chỗ chưa tốt khi mức là 4 hoặc 5."),
    "rating.content-unknown": N_("Không có nội dung đánh giá “{content}”. Các nội dung: {known}."),
    "rating.words-long": N_("Ý kiến dài quá {most} ký tự."),
    "rating.answer-long": N_("Trả lời dài quá {most} ký tự."),
    "rating.source": N_("Đánh giá đến từ màn hình ở quầy hoặc từ phiếu giấy, không từ “{source}”."),
    "rating.only-slip": N_("Chỉ phiếu giấy được nhập từ tệp. Ở quầy, chính công dân bấm trên màn hình."),
    "rating.of-what": N_("Không có hồ sơ hay phiếu nào mang mã {of}."),
    "rating.not-yet": N_("{code} chưa trả kết quả, cũng không bị từ chối: chưa mời đánh giá được."),
    "rating.already": N_("{code} đã được đánh giá. Mỗi hồ sơ một lần."),
    "rating.unknown": N_("Không tìm thấy đánh giá này."),
    "correct.asked": N_("Ghi ai đề nghị đính chính: công dân hay cơ quan."),
    "correct.who": N_("Ghi họ tên người đề nghị đính chính."),
    "correct.long": N_("Dài quá {most} ký tự."),
    "correct.closed": N_("Hồ sơ đã kết thúc, không đính chính được nữa."),
    "correct.finished": N_("Hồ sơ đã có kết quả: chỉ người phụ trách đính chính được."),
    "correct.nothing": N_("Chưa sửa mục nào."),
    "correct.meanwhile": N_("{by} vừa đính chính mục này. Xem lại rồi ghi tiếp nếu vẫn cần."),
    "correct.summary": N_("Nội dung hồ sơ không để trống được."),
    "correct.no-submitter": N_("Chủ hồ sơ tự nộp, không có người nộp thay để ghi quan hệ."),
    "correct.field-unknown": N_("Thủ tục này không có mục “{name}”. Các mục: {known}."),
    "correct.role-unknown": N_("Hồ sơ không có ai là “{role}”. Trong hồ sơ có: {known}."),
    "correct.paper-gone": N_("Giấy bắt buộc “{name}” phải còn ít nhất một bản."),
    "correct.group": N_("Không đính chính được mục “{group}” như vậy."),
    "undo.nothing": N_("Hồ sơ chưa có việc nào để lấy lại."),
    "undo.printed": N_("Đã in giấy sau việc đó nên không lấy lại được."),
    "undo.delivered": N_("Kết quả đã đi tiếp qua bưu chính sau việc đó nên không lấy lại được."),
    "undo.sent": N_("Trung tâm đã nhận việc đó nên không lấy lại được."),
    "undo.another": N_("Việc đó do {by} làm. Nhờ {by} hoặc người phụ trách lấy lại."),
    # -- what was received on a pre-printed sheet and is entered afterwards
    "late.no-sheet": N_("Ghi mã tạm in trên giấy, hoặc đưa mã QR của giấy vào đầu đọc."),
    "late.sheet-unknown": N_("Không có giấy dự phòng nào mang mã {sheet}. Xem lại mã in trên giấy."),
    "late.sheet-used": N_("Giấy {sheet} đã nhập bù rồi. Mỗi giấy chỉ nhập một hồ sơ; tìm mã ấy ở Hồ sơ."),
    "late.sheet-spoiled": N_("Giấy {sheet} đã hủy: {reason}."),
    "late.no-moment": N_("Không đọc được giờ ghi trên giấy “{value}”. Ghi dạng 23/11/2026 9:05."),
    "late.to-come": N_("Giờ ghi trên giấy {at} chưa đến. Xem lại ngày giờ trên giấy."),
    "late.before-sheet": N_("Giấy này in lúc {printed}, nên không thể nhận hồ sơ trước lúc ấy. Xem lại ngày giờ."),
    "late.too-old": N_("Giấy ghi {at}, quá {days} ngày nên không nhập bù được nữa. Báo người phụ trách."),
    "late.no-reason": N_("Chọn lý do nhập bù: mất điện, mất mạng hoặc máy hỏng ({known})."),
    "late.no-clerk": N_("Không có cán bộ tiếp nhận “{value}”. Chọn người đã nhận hồ sơ trên giấy."),
    "late.shut": N_("Giờ ghi trên giấy ({at}) cơ quan không làm việc. Xem lại ngày giờ; thời hạn vẫn tính từ giờ ấy."),
    "late.unconfirmed": N_("Hồ sơ nhập bù phải chờ người phụ trách xác nhận."),
    "late.nothing-to-confirm": N_("Hồ sơ này không có nhập bù chờ xác nhận."),
    "late.doubted-already": N_("Nhập bù này đã ghi là chưa đúng: {reason}. Sửa xong thì xác nhận."),
    "receive.taken-late": N_("Đã nhập bù giấy {code}, mã hồ sơ {official}. Chờ người phụ trách xác nhận."),
    "late.confirmed": N_("Đã xác nhận nhập bù hồ sơ {code}."),
    "late.refused": N_(
        "Nhập bù hồ sơ {code} được ghi là chưa đúng. Hồ sơ vẫn giải quyết, còn đánh dấu đến khi xác nhận."
    ),
    "sheets.count": N_("“{value}” không phải số tờ từ 1 đến {most}."),
    "sheets.no-reason": N_("Ghi vì sao hủy giấy."),
    "sheets.no-batch": N_("Không có đợt giấy dự phòng {batch}."),
    "sheets.none-left": N_("Đợt giấy dự phòng {batch} không còn tờ nào chưa dùng."),
    "sheets.spoiled": N_("Đã hủy giấy {sheet}. Mã ấy không cấp cho hồ sơ nào khác."),
    "sheets.reserved": N_("Đã giữ {count} mã cho giấy dự phòng. In xong để ở quầy, dùng khi mất điện."),
    "state.new": N_("Mới đăng ký"),
    "state.received": N_("Được tiếp nhận"),
    "state.refused": N_("Không được tiếp nhận"),
    "state.processing": N_("Đang xử lý"),
    "state.supplement": N_("Yêu cầu bổ sung giấy tờ"),
    "state.awaiting-payment": N_("Yêu cầu thực hiện nghĩa vụ tài chính"),
    "state.withdrawn": N_("Công dân yêu cầu rút hồ sơ"),
    "state.stopped": N_("Dừng xử lý"),
    "state.finished": N_("Đã xử lý xong"),
    "state.handed-back": N_("Đã trả kết quả"),
    "timeliness.early": N_("Trước hạn"),
    "timeliness.on-time": N_("Đúng hạn"),
    "timeliness.late": N_("Quá hạn"),
    # -- identity numbers, birth dates, cards
    "identity.not-12-digits": N_(
        "Số định danh cá nhân có đúng 12 chữ số, ở đây có {count}. Xem lại số trên thẻ rồi nhập lại."
    ),
    "identity.looks-like-cmnd": N_(
        "Số này có 9 chữ số, là số chứng minh nhân dân cũ. Nhập vào ô CMND, còn ô số định danh ghi 12 chữ số trên thẻ."
    ),
    "identity.not-9-digits": N_("Số chứng minh nhân dân có đúng 9 chữ số, ở đây có {count}. Xem lại rồi nhập lại."),
    "person.other-name": N_(
        "Số giấy tờ ghi cho {given} ở đây là của {name}; hồ sơ mang tên {name}. Xem lại số và họ tên."
    ),
    "identity.sex-differs": N_(
        "Theo số định danh thì giới tính là {number_sex}, nhưng đang ghi {sex}. Đối chiếu với thẻ."
    ),
    "identity.birth-year-differs": N_(
        "Theo số định danh thì sinh năm {number_year}, nhưng đang ghi năm {year}. Đối chiếu với thẻ."
    ),
    "identity.province-unknown": N_(
        "Ba số đầu {code} không phải mã tỉnh, thành phố (người sinh ở nước ngoài có mã riêng). Đối chiếu với thẻ."
    ),
    "birth.unreadable": N_(
        "Không đọc được ngày sinh “{text}”. Ghi ngày/tháng/năm như 05/03/1990, hoặc tháng/năm, hoặc chỉ năm sinh."
    ),
    "birth.impossible": N_(
        "Không có ngày “{text}” trong lịch. Ngày ghi trước tháng, ví dụ 05/03/1990. Xem lại giấy tờ."
    ),
    "birth.future": N_("Ngày sinh “{text}” ở sau ngày hôm nay. Xem lại ngày sinh trên giấy tờ."),
    "card.doubled": N_("Máy đọc gửi hai lần đọc dính liền nhau nên chưa lấy gì. Quét lại thẻ một lần."),
    "card.truncated": N_("Nội dung thẻ bị cắt, mới đọc được một phần nên chưa lấy gì. Giữ thẻ yên và quét lại."),
    "card.not-a-card": N_(
        "Đây không phải nội dung mã QR của thẻ căn cước. Quét mã QR trên thẻ căn cước công dân hoặc thẻ căn cước, "
        "hoặc nhập bằng tay."
    ),
    "card.mangled": N_(
        "Đọc được thẻ nhưng chữ đã bị bộ gõ hoặc bảng mã làm sai nên chưa lấy gì. "
        "Tắt bộ gõ tiếng Việt (Unikey chuyển sang E), rồi quét lại thẻ."
    ),
    "card.mangled.digits": N_(
        "Chữ số đã biến thành dấu: Windows đang dùng bàn phím “Vietnamese”. "
        "Chuyển sang bàn phím tiếng Anh (ENG), rồi quét lại thẻ."
    ),
    "card.mangled.telex": N_(
        "Tên hiện phím gõ Telex thay cho dấu (như Nguyeexn). "
        "Đặt máy đọc xuất Unicode và chuyển Unikey sang E, rồi quét lại thẻ."
    ),
    "card.mangled.vni": N_(
        "Tên hiện chữ số kiểu gõ VNI thay cho dấu (như Nguye64n). "
        "Đặt máy đọc xuất Unicode và chuyển Unikey sang E, rồi quét lại thẻ."
    ),
    "card.mangled.code-page": N_(
        "Chữ có dấu bị đọc sai bảng mã (như Nguyá»…n). Đặt máy đọc xuất UTF-8/Unicode, rồi quét lại thẻ."
    ),
    "card.mangled.lost": N_(
        "Chữ có dấu đã mất, chỉ còn dấu hỏi. Đặt máy đọc xuất Unicode, rồi quét lại thẻ hoặc nhập tên bằng tay."
    ),
    "card.mangled.unaccented": N_(
        "Máy đọc đã bỏ hết dấu tiếng Việt. Đặt máy đọc xuất Unicode, rồi quét lại thẻ hoặc nhập tên bằng tay."
    ),
    "card.mangled.bar": N_(
        "Dấu gạch đứng giữa các mục đã thành ký tự khác: bàn phím của Windows không khớp với máy đọc. "
        "Chuyển sang bàn phím tiếng Anh (Mỹ), rồi quét lại thẻ."
    ),
    "card.vneid-code": N_(
        "Đây là mã của ứng dụng VNeID, không chứa thông tin của thẻ. Quét mã QR in trên thẻ, hoặc nhập bằng tay."
    ),
    "card.other-document": N_("Mã này không phải của thẻ căn cước. Quét mã QR in trên thẻ căn cước."),
    "card.other-document.health-insurance": N_("Đây là mã của thẻ bảo hiểm y tế. Quét mã QR in trên thẻ căn cước."),
    "card.other-document.bank": N_("Đây là mã chuyển tiền của ngân hàng. Quét mã QR in trên thẻ căn cước."),
    "card.other-document.web": N_("Đây là một địa chỉ trang web. Quét mã QR in trên thẻ căn cước."),
    "card.other-document.separator": N_("Đây là mã của tờ phân cách. Đưa mã QR in trên thẻ căn cước."),
    "card.other-document.receipt": N_("Đây là mã của một hồ sơ. Đưa mã QR in trên thẻ căn cước."),
    "card.no-code": N_(
        "Không đọc được mã QR nào trên ảnh này. Đưa thẻ lại gần, giữ yên, tránh bóng loáng rồi chụp lại, "
        "hoặc nhập bằng tay."
    ),
    "card.no-code.laid": N_(
        "Không đọc được mã QR nào trên trang này. Lau mặt kính, đặt lại thẻ cho thẳng, mặt có mã úp xuống, rồi quét "
        "lại; hoặc nhập bằng tay."
    ),
    "card.other-document.mrz": N_("Đây là dòng chữ đọc máy ở mặt sau thẻ. Quét mã QR in trên thẻ căn cước."),
    "card.six-fields": N_("Thẻ chỉ cho 6 mục, có thể bị cắt ở cuối. Đối chiếu địa chỉ với thẻ."),
    "card.unusual-fields": N_("Thẻ cho {count} mục, khác mẫu đã biết. Đối chiếu từng mục với thẻ."),
    "card.no-sex": N_("Mã trên thẻ không ghi giới tính. Nhập theo thẻ."),
    "card.no-issue-date": N_("Mã trên thẻ không ghi ngày cấp."),
    "card.issue-date-odd": N_("Ngày cấp trong mã không hợp lệ nên để trống. Nhập theo thẻ nếu cần."),
    "card.cmnd-odd": N_("Số chứng minh nhân dân trong mã không đúng 9 chữ số nên để trống."),
    "card.maybe-mangled": N_("Tên có chữ lạ: {words}. Đối chiếu với thẻ, có thể bộ gõ tiếng Việt đã làm sai."),
    # -- people and organisations
    "person.kind-unknown": N_("Không có loại đối tượng “{kind}”. Chọn cá nhân, tổ chức hoặc hộ kinh doanh."),
    "person.name-missing": N_("Chưa có họ tên. Ghi đúng như trên giấy tờ."),
    "person.name-is-card-text": N_("Ô họ tên đang chứa cả nội dung thẻ. Xóa ô này rồi quét lại thẻ."),
    "person.name-direction-marks": N_(
        "Họ tên có ký tự ẩn làm đảo chiều chữ, chữ hiện ra khác chữ được lưu. Xóa ô này rồi gõ lại bằng tay."
    ),
    "person.name-digits-only": N_("Họ tên chỉ có chữ số. Có thể số giấy tờ ghi nhầm ô; ghi họ tên như trên giấy tờ."),
    "person.name-no-letters": N_("Họ tên không có chữ cái nào. Ghi đúng như trên giấy tờ."),
    "person.name-too-long": N_(
        "Tên dài {length} ký tự, nhiều nhất là {most}. Kiểm tra xem có dán nhầm nội dung khác không."
    ),
    "person.name-long": N_("Họ tên dài {length} ký tự. Đối chiếu với giấy tờ; tên được giữ nguyên."),
    "person.name-has-digits": N_("Họ tên có chữ số. Đối chiếu với giấy tờ; tên được giữ nguyên."),
    "person.name-invisible-signs": N_("Đã bỏ ký tự ẩn lẫn trong họ tên (thường do sao chép). Đối chiếu lại họ tên."),
    "person.name-letters-lost": N_("Họ tên có chữ bị mất (dấu hỏi hoặc ô vuông). Sửa theo giấy tờ."),
    "person.name-old-font": N_("Họ tên có vẻ gõ bằng phông chữ cũ (.VnTime, TCVN3). Gõ lại bằng Unicode."),
    "person.sex-unknown": N_("Giới tính “{text}” không đọc được. Ghi Nam hoặc Nữ."),
    "person.no-birth-date": N_("Chưa có ngày sinh. Nếu chỉ biết năm sinh thì ghi năm."),
    "person.no-paper": N_(
        "Chưa có giấy tờ nào. Nhập số định danh, CMND, hộ chiếu hoặc giấy khai sinh; không có thì ghi lý do."
    ),
    "person.no-paper-yet": N_("Người này chưa có số giấy tờ nào."),
    "person.passport-unreadable": N_("Số hộ chiếu gồm 5 đến 20 chữ cái và chữ số, ví dụ C1234567. Xem lại hộ chiếu."),
    "person.passport-without-nationality": N_("Có số hộ chiếu thì phải ghi quốc tịch."),
    "person.not-for-organisation": N_(
        "Mục này chỉ dành cho cá nhân. Với tổ chức, hộ kinh doanh thì ghi vào phần người đại diện."
    ),
    "person.no-representative": N_("Chưa ghi người đại diện."),
    "person.no-tax-code": N_("Chưa có mã số thuế nên lần sau không tìm được theo số."),
    "person.tax-code": N_(
        "Mã số thuế có 10 hoặc 13 chữ số, hoặc là số định danh 12 chữ số; ở đây có {count}. Xem lại."
    ),
    "person.tax-code-check-digit": N_("Số kiểm tra của mã số thuế không khớp. Đối chiếu với giấy tờ."),
    "person.tax-code-personal": N_("Mã số thuế 12 chữ số là của cá nhân, hộ kinh doanh. Đối chiếu với giấy tờ."),
    "person.tax-code-not-own-number": N_("Mã số thuế 12 chữ số khác số định danh của người này. Đối chiếu lại."),
    "person.phone": N_("Số điện thoại “{text}” không đọc được. Ghi dạng 0912345678."),
    "person.phone-several": N_("Có nhiều số điện thoại; giữ cả, số đầu được dùng để liên hệ."),
    "person.phone-zero-restored": N_("Đã thêm số 0 ở đầu số điện thoại. Hỏi lại nếu chưa chắc."),
    "person.phone-old": N_("Số {phone} là đầu số 11 số cũ, đã ngừng từ năm 2018. Hỏi lại số hiện dùng."),
    "person.phone-odd": N_("Số {phone} không giống số điện thoại Việt Nam. Hỏi lại nếu chưa chắc."),
    "person.email": N_("Địa chỉ email “{text}” không đọc được. Ghi dạng ten@vidu.vn hoặc để trống."),
    "person.text-too-long": N_("Nội dung dài {length} ký tự, nhiều nhất là {most}. Rút gọn rồi nhập lại."),
    "person.unit-code": N_("Mã đơn vị hành chính “{unit}” không đúng 5 chữ số. Chọn lại xã, phường."),
    "person.other-unit": N_("Người này ở xã, phường khác (mã {unit})."),
    "person.issue-date-unreadable": N_("Không đọc được ngày cấp “{text}”. Ghi ngày/tháng/năm như 20/05/2021."),
    "person.issue-date-future": N_("Ngày cấp “{text}” ở sau ngày hôm nay. Xem lại giấy tờ."),
    "person.issue-date-before-birth": N_("Ngày cấp “{text}” ở trước ngày sinh. Xem lại giấy tờ."),
    "like.same-name": N_("cùng họ tên"),
    "like.same-name-no-marks": N_("cùng họ tên, khác dấu"),
    "like.name-i-y": N_("họ tên khác i và y"),
    "like.name-one-edit": N_("họ tên khác một chữ cái"),
    "like.name-order": N_("cùng các chữ, khác thứ tự"),
    "like.name-shorter": N_("cùng họ và tên, thiếu chữ đệm"),
    "like.same-birth-date": N_("cùng ngày sinh"),
    "like.same-birth-year": N_("cùng năm sinh"),
    "like.birth-swapped": N_("ngày và tháng sinh đổi chỗ"),
    "like.birth-one-digit": N_("ngày sinh khác một chữ số"),
    "like.sex-differs": N_("khác giới tính"),
    "like.same-number": N_("cùng số định danh"),
    "like.number-one-digit": N_("số định danh khác một chữ số"),
    "like.number-differs": N_("khác số định danh"),
    "like.same-cmnd": N_("cùng số CMND"),
    "like.same-passport": N_("cùng số hộ chiếu"),
    "like.same-tax-code": N_("cùng mã số thuế"),
    "like.same-phone": N_("cùng số điện thoại"),
    "like.same-address": N_("cùng địa chỉ"),
    # -- the receive screen
    "field.date-unreadable": N_("Không đọc được ngày “{text}”. Ghi ngày/tháng/năm như 05/03/1990, hoặc chỉ năm."),
    "field.not-a-number": N_("“{text}” không phải là số."),
    "print.came-out": N_("{letter}: {why} Giấy đã ra chưa?"),
    "print.no-printer": N_("{letter}: đã lập và lưu, chưa in vì máy này không có máy in. Chọn máy in trong Cài đặt."),
    "receive.taken": N_("Đã tiếp nhận hồ sơ {code}. Đang in giấy tiếp nhận."),
    "receive.taken-due": N_("Đã tiếp nhận hồ sơ {code}, hẹn trả {due}. Đang in giấy tiếp nhận."),
    "receive.taken-again": N_("Hồ sơ này đã tiếp nhận rồi, mã {code}. Không tiếp nhận lần thứ hai."),
    "receive.set-aside": N_("Bản nháp “{title}” được giữ lại."),
    "receive.supplement-made": N_(
        "Đã lập phiếu yêu cầu bổ sung số {number}, mã {slip}. Bản nháp được giữ: quét hoặc tìm mã ấy để mở lại."
    ),
    "receive.refusal-made": N_("Đã lập phiếu từ chối tiếp nhận số {number}, mã {slip}."),
    "receive.person-first": N_("Chọn người nộp trước đã."),
    "receive.procedure-first": N_("Chọn thủ tục trước đã."),
    "receive.no-earlier": N_("Người này chưa có hồ sơ nào để chép."),
    "receive.no-drafts": N_("Không có bản nháp nào."),
    "receive.draft-dropped": N_("Đã bỏ bản nháp “{title}”."),
    # -- old Vietnamese code pages
    "legacy.not-in-encoding": N_(
        "Tệp không phải bảng mã {encoding}. Chọn bảng mã khác, hoặc để tự nhận rồi xem thử trước khi nhập."
    ),
    # -- lists of people from files
    "people-file.not-found": N_("Không thấy tệp {file}. Kiểm tra tên và nơi để tệp."),
    "people-file.empty": N_("Tệp {file} trống. Xuất lại danh sách từ phần mềm cũ rồi chọn lại."),
    "people-file.encoding-unknown": N_(
        "Không có bảng mã “{encoding}”. Chọn auto, utf-8, utf-16, tcvn3, vni hoặc cp1258."
    ),
    "people-file.wrong-delimiter": N_(
        "Tệp {file} chỉ ra một cột, có thể dấu phân cách khác thường. "
        "Lưu lại thành CSV phân cách bằng dấu phẩy hoặc chấm phẩy, rồi chọn lại."
    ),
    "people-file.not-a-table": N_("Tệp {file} không phải bảng CSV hay XLSX. Mở tệp, lưu lại thành .xlsx hoặc .csv."),
    "people-file.old-xls": N_("Tệp {file} là Excel đời cũ (.xls). Mở bằng Excel, lưu lại thành .xlsx rồi chọn lại."),
    "people-file.locked": N_("Tệp {file} có đặt mật khẩu. Bỏ mật khẩu rồi chọn lại."),
    "people-file.broken": N_(
        "Tệp {file} bị hỏng, không đọc được hết. Mở bằng Excel, lưu lại thành tệp mới rồi chọn lại."
    ),
    "people-file.bomb": N_("Tệp {file} bung ra quá lớn so với một danh sách người. Không mở tệp này."),
    "people-file.no-name-column": N_(
        "Không thấy cột họ tên. Các cột trong tệp: {columns}. Đặt tên cột là “Họ và tên” rồi chọn lại tệp."
    ),
    "people-file.row-short": N_(
        "Dòng {row} có {found} cột, cần {expected}. Dòng bị cắt hoặc dấu ngoặc kép chưa đóng; sửa dòng này."
    ),
    "people-file.row-long": N_(
        "Dòng {row} có {found} cột, nhiều hơn {expected} cột của tiêu đề. "
        "Có thể dấu phân cách nằm trong nội dung; đặt nội dung đó trong ngoặc kép."
    ),
    "people-file.letters-lost": N_("Dòng {row}, cột {column}: có chữ bị hỏng bảng mã. Gõ lại ô này."),
    "people-file.number-rounded": N_(
        "Dòng {row}, cột {column}: bảng tính đã làm tròn số thành {text}, mất chữ số. "
        "Nhập lại số theo giấy tờ và đặt ô kiểu Văn bản (Text)."
    ),
    "people-file.zero-lost": N_(
        "Dòng {row}, cột {column}: số chỉ còn {count} chữ số, có thể mất số 0 ở đầu. Giới tính và năm sinh không đủ để "
        "chắc chắn; nhập lại đủ 12 chữ số."
    ),
    "people-file.cmnd-zero-lost": N_(
        "Dòng {row}, cột {column}: số CMND chỉ có {count} chữ số, có thể mất số 0 ở đầu. Nhập lại đủ 9 chữ số."
    ),
    "people-file.zero-restored": N_(
        "Dòng {row}: đã thêm lại số 0 ở đầu số định danh ({number}), khớp tỉnh, giới tính và năm sinh."
    ),
    "people-file.tax-zero-restored": N_("Dòng {row}: đã thêm lại số 0 ở đầu mã số thuế."),
    "people-file.float-restored": N_("Dòng {row}, cột {column}: bảng tính ghi số kiểu số thực; đã lấy đủ chữ số."),
    "people-file.number-moved": N_("Dòng {row}, cột {column}: số có 12 chữ số nên lấy làm số định danh."),
    "people-file.cmnd-moved": N_("Dòng {row}, cột {column}: số có 9 chữ số nên lấy làm số CMND cũ."),
    "people-file.short-year": N_("Dòng {row}, cột {column}: năm trong “{text}” chỉ có hai chữ số. Ghi đủ bốn chữ số."),
    "people-file.sex-unknown": N_("Dòng {row}: giới tính “{text}” không đọc được. Ghi Nam hoặc Nữ."),
    "people-file.kind-unknown": N_(
        "Dòng {row}: loại đối tượng “{text}” không đọc được. Ghi cá nhân, tổ chức hoặc hộ kinh doanh."
    ),
    "why.full": N_("ổ đĩa đầy"),
    "why.read-only": N_("ổ đĩa chỉ cho đọc"),
    "why.denied": N_("tài khoản máy tính này không có quyền"),
    "why.missing": N_("không có tệp hoặc thư mục ấy"),
    "why.folder": N_("đó là một thư mục"),
    "why.not-a-file": N_("đó không phải một tệp"),
    "why.no-folder": N_("có tệp nằm ở chỗ của thư mục"),
    "why.long-name": N_("tên tệp quá dài"),
    "why.busy": N_("chương trình khác đang giữ tệp"),
    "why.broken-disk": N_("ổ đĩa báo lỗi khi đọc hoặc ghi"),
    "why.circle": N_("đường dẫn chỉ vòng về chính nó"),
    "why.no-name": N_("ổ đĩa này không nhận tên tệp ấy"),
    "why.too-big": N_("tệp lớn hơn mức ổ đĩa này nhận"),
    "why.too-many": N_("máy đang mở quá nhiều tệp"),
    "why.no-memory": N_("máy hết bộ nhớ"),
    "why.network": N_("mất kết nối với ổ đĩa mạng"),
    "why.other": N_("hệ thống báo lỗi số {number}"),
    "why.not-utf8": N_("chữ trong tệp không phải UTF-8"),
    "why.not-an-object": N_("không phải một hồ sơ"),
    "why.too-deep": N_("quá nhiều lớp lồng vào nhau"),
    "why.cut-short": N_("tệp hết giữa chừng"),
    "why.empty": N_("tệp trống"),
    "why.place": N_("sai cách viết ở dòng {line}, chữ thứ {column}"),
    "why.no-days": N_("không có danh sách ngày [[day]]"),
    "why.no-number": N_("“{value}” không phải số"),
    "why.no-copy-file": N_("không có tệp ấy"),
    "why.not-whole": N_("không phải một cơ sở dữ liệu nguyên vẹn"),
    "file.unreadable": N_("Không đọc được tệp {file}: {reason}. Kiểm tra ổ đĩa và quyền mở tệp."),
    "file.unwritable": N_("Không ghi được tệp {file}: {reason}. Kiểm tra chỗ trống và quyền ghi của thư mục."),
    # -- the frame of the window: our own faults, settings
    "program.bug": N_("Chương trình gặp lỗi, việc vừa làm chưa xong. Hồ sơ đã lưu vẫn còn. Báo cáo lỗi ở: {file}"),
    "program.bug-unreported": N_("Chương trình gặp lỗi, việc vừa làm chưa xong và không ghi được báo cáo lỗi."),
    "setting.not-yes-or-no": N_("Mục này chỉ nhận có hoặc không."),
    "setting.not-a-number": N_("Mục này phải là một số."),
    "setting.out-of-range": N_("Chọn một số từ {least} đến {most}."),
    "setting.not-text": N_("Mục này phải là chữ."),
    "setting.not-a-choice": N_("Không có lựa chọn này: {value}."),
    "setting.wrong-form": N_("Ghi theo dạng {example}."),
    "setting.locked": N_("Người cài đặt đã cố định mục này cho cả cơ quan."),
    "setting.no-office": N_("Đăng nhập rồi mới đổi được mục này."),
    "setting.not-written": N_("Không ghi được tệp cài đặt {file}: {reason}. Kiểm tra ổ đĩa và quyền ghi."),
    # -- catalogue: files, review, decisions of the province and the office
    "catalogue.no-code": N_("Dòng thiếu mã thủ tục."),
    "catalogue.bad-code": N_("Mã thủ tục “{procedure}” không đúng dạng, ví dụ 1.001193."),
    "catalogue.no-name": N_("Thủ tục {procedure} thiếu tên."),
    "catalogue.bad-line": N_("Dòng không đọc được: không phải một đối tượng JSON trọn vẹn."),
    "catalogue.bad-field": N_("Dòng không đọc được: mục “{field}” sai kiểu."),
    "catalogue.repeated-code": N_("Mã {procedure} đã có ở dòng {first}; chỉ lấy dòng đầu."),
    "catalogue.not-utf8": N_("Nội dung không phải UTF-8. Lưu lại tệp ở bảng mã UTF-8."),
    "catalogue.unreadable": N_("Tệp hỏng giữa chừng. Tải lại tệp rồi nhập lại."),
    "catalogue.unreadable.gzip-whole": N_("Tệp nén bị cắt cụt hoặc hỏng. Tải lại tệp rồi nhập lại."),
    "catalogue.unreadable.gzip": N_("Tệp nén bị cắt cụt hoặc hỏng từ dòng {line}. Tải lại tệp rồi nhập lại."),
    "catalogue.unreadable.lines": N_("Tệp không có dấu xuống dòng từ dòng {line}: không phải tệp danh mục."),
    "catalogue.empty-file": N_("Tệp trống."),
    "catalogue.bad-json": N_("Tệp danh mục sai cú pháp JSON ở dòng {line}."),
    "catalogue.bad-document": N_(
        "Tệp danh mục sai ở mục “{field}”, hoặc do phiên bản mới hơn của chương trình ghi ra."
    ),
    "catalogue.bad-procedure": N_("Thủ tục {procedure}: mục “{field}” không đọc được."),
    "catalogue.bad-synonyms": N_("Bảng từ đồng nghĩa: mục thứ {line} thiếu từ gõ hoặc từ thay."),
    "catalogue.bad-habits": N_("Bảng xếp thứ tự tìm thủ tục: mục thứ {line} thiếu trọng số hoặc tên lĩnh vực."),
    "catalogue.no-such-fact": N_("Không có nhóm nội dung “{value}” để duyệt."),
    "overlay.other-procedure": N_("Quyết định này của thủ tục {value}, không phải thủ tục đang sửa."),
    "overlay.no-decision": N_("Ghi số, ký hiệu quyết định."),
    "overlay.bad-dates": N_("Ngày hiệu lực không đúng: ngày hết hiệu lực không được trước ngày có hiệu lực."),
    "overlay.empty": N_("Quyết định chưa thay đổi nội dung nào."),
    "overlay.bad-limit": N_("Thời hạn phải có số lớn hơn 0 và đơn vị."),
    "overlay.bad-fee": N_("Khoản thu phải có tên và mức không âm: “{name}”."),
    "overlay.bad-tiers": N_(
        "Mức thu theo trang của “{name}” không đúng: bậc đầu từ trang 1, các bậc sau tăng dần, mức không âm."
    ),
    "overlay.no-fee": N_("Khoản thu mà quyết định bỏ không còn trong thủ tục."),
    "overlay.no-case": N_("Thủ tục không có trường hợp “{value}”."),
    "overlay.no-channel": N_("Thủ tục không có kênh tiếp nhận “{value}”."),
    "overlay.no-component": N_("Thủ tục không có giấy tờ “{value}”."),
    "overlay.case-limit-hidden": N_(
        "Các kênh tiếp nhận có thời hạn khác nhau nên không đặt được thời hạn riêng cho trường hợp “{value}”. "
        "Đặt thời hạn theo kênh."
    ),
    "overlay.unreadable": N_("Quyết định đã lưu không đọc được (mục {field})."),
    # -- settling what the centre did not take over, exchanging with it
    "act.unknown": N_("Không tìm thấy việc {act}."),
    "settle.choice": N_("Chọn mine (giữ của quầy này) hoặc theirs (giữ của bên kia)."),
    "settle.nothing": N_("Việc này không cần giải quyết: đã được ghi nhận hoặc còn chờ trung tâm trả lời."),
    "settle.already": N_("Việc này đã được giải quyết rồi."),
    "settle.do-again": N_("Việc này không tự làm lại được. Chọn giữ của bên kia, rồi làm lại bằng tay nếu cần."),
    "dossier.code-taken": N_("Mã {code} đã cấp cho hồ sơ khác."),
    "sync.malformed": N_("Gói dữ liệu đồng bộ không đúng quy cách ({what})."),
    "sync.diverged": N_("Dữ liệu của quầy lệch với trung tâm; chương trình đang đọc lại toàn bộ."),
    "sync.revoked": N_("Máy này không còn được phép trao đổi với trung tâm. Báo người phụ trách."),
    "sync.upgrade": N_("Chương trình quá cũ nên trung tâm không nhận. Cập nhật chương trình rồi đồng bộ lại."),
    "sync.unsettled-chain": N_("Chưa thống nhất được với trung tâm về chuỗi việc của máy này. Thử đồng bộ lại sau."),
    # -- the office, its clerks, who may what
    "office.none": N_("Chưa có cơ quan nào trong thư mục dữ liệu. Lập cơ quan bằng: motcua office init."),
    "office.none.folder": N_("Chưa có cơ quan nào trong {folder}. Lập cơ quan bằng: motcua office init."),
    "office.not-open": N_("Dữ liệu của cơ quan chưa mở xong."),
    "office.lost": N_("Mất tệp office.db trong {folder}: nơi này đã có một cơ quan làm việc. Đừng xóa gì."),
    "office.lost.copy": N_(
        "Mất tệp office.db trong {folder}. Có bản sao lành ngày {day}: mở cửa sổ để lấy lại, "
        "hoặc dùng lệnh: motcua office bring-back."
    ),
    "office.lost.no-copy": N_(
        "Mất tệp office.db trong {folder} và không có bản sao nào dùng được. Gọi người cài đặt, đừng xóa gì."
    ),
    "office.folder-used": N_(
        "Đã có một cơ quan làm việc trong {folder} mà tệp office.db không còn. Lập cơ quan mới ở đây thì mã đã in sẽ "
        "được cấp lại. Lấy lại bản sao bằng: motcua office bring-back; hoặc chọn thư mục khác."
    ),
    "office.well": N_("Cơ sở dữ liệu vẫn còn và đọc được; không có gì phải lấy lại."),
    "office.already": N_("Thư mục này đã có một cơ quan. Chọn thư mục khác để lập cơ quan mới."),
    "office.file-needed": N_("Thêm --file office.toml (tệp mô tả cơ quan), hoặc --demo để lập cơ quan tập huấn."),
    "office.counter": N_("Máy số {counter} không nằm trong {counters} máy. Sửa counter và counters."),
    "office.no-supervisor": N_("Cơ quan phải có ít nhất một người phụ trách (supervisor)."),
    "office.particular-missing": N_("Chưa ghi “{field}” của cơ quan."),
    "office.particular-unknown": N_("Không đổi được “{field}” của cơ quan."),
    "point.no-name": N_("Ghi tên điểm tiếp nhận."),
    "point.twice": N_("Đã có điểm tiếp nhận “{name}”."),
    "agency.no-name": N_("Ghi tên cơ quan."),
    "agency.own-code": N_("{code} là mã của chính cơ quan này."),
    "agency.code-taken": N_("{code} đã là mã của {name}."),
    "agency.unknown": N_("Không còn cơ quan này trong danh sách."),
    "agency.in-use": N_("Cơ quan này đang giải quyết {count} thủ tục của danh mục ({procedure}), không bỏ được."),
    "office.points-kept": N_("Đã lưu các điểm tiếp nhận."),
    "office.agency-kept": N_("Đã lưu {name}."),
    "office.agency-removed": N_("Đã bỏ {name}."),
    "office-file.unreadable": N_("Không đọc được tệp mô tả cơ quan: {reason}."),
    "office-file.unknown-key": N_("Tệp mô tả cơ quan có mục lạ: {key}. Kiểm tra chính tả."),
    "office-file.missing": N_("Tệp mô tả cơ quan thiếu mục {key}."),
    "office-file.wrong-type": N_("Tệp mô tả cơ quan: mục {key} sai kiểu."),
    "office-file.wrong-type.text": N_("Tệp mô tả cơ quan: mục {key} phải là chữ, đặt trong dấu ngoặc kép."),
    "office-file.wrong-type.number": N_("Tệp mô tả cơ quan: mục {key} phải là một số, không có dấu ngoặc kép."),
    "office-file.wrong-type.table": N_("Tệp mô tả cơ quan: mục {key} phải là một bảng, ví dụ [hours]."),
    "office-file.wrong-type.tables": N_("Tệp mô tả cơ quan: mục {key} phải là danh sách bảng, ví dụ [[clerks]]."),
    "clerk.unknown": N_("Không có cán bộ nào đang làm việc với tài khoản “{login}”."),
    "clerk.login": N_("Tài khoản “{login}” không hợp lệ. Chỉ dùng chữ, số, dấu chấm, gạch ngang, gạch dưới."),
    "clerk.login-taken": N_("Tài khoản “{login}” đã có người dùng."),
    "clerk.name": N_("Chưa ghi họ tên cán bộ."),
    "clerk.role": N_("Không có vai trò “{role}”. Các vai trò: {known}."),
    "login.refused": N_("Tài khoản hoặc mật khẩu không đúng."),
    "login.locked": N_("Nhập sai nhiều lần nên tài khoản tạm khóa 5 phút. Đợi rồi thử lại."),
    "login.choose-password": N_("Đây là mã dùng một lần. Đăng nhập trong cửa sổ để đặt mật khẩu trước."),
    "login.password-short": N_("Mật khẩu phải có ít nhất 8 ký tự."),
    "login.password-missing": N_("Chưa có mật khẩu. Thêm --password-file, hoặc chạy trong cửa sổ lệnh để được hỏi."),
    "permission.nobody": N_("Chưa biết ai thực hiện. Thêm --as TÀI-KHOẢN."),
    "permission.missing": N_("Tài khoản này không có quyền làm việc đó. Nhờ người phụ trách."),
    "clock.demo-only": N_("--now chỉ dùng được ở cơ quan tập huấn."),
    "clock.set-back": N_(
        "Đồng hồ máy đang chỉ {now}, trước việc đã ghi lúc {last}, nên chưa ghi được việc mới. Đồng hồ sai thì chỉnh "
        "lại ngày giờ của máy; đồng hồ đúng thì người phụ trách xác nhận ở Cài đặt, mục Cấp số hồ sơ, "
        "hoặc bằng: motcua office resume --clock-right."
    ),
    "clock.not-behind": N_("Đồng hồ máy không đứng trước việc nào đã ghi; không có gì phải xác nhận."),
    "clock.too-early": N_("Đồng hồ máy đang chỉ {now}: chính bây giờ đồng hồ sai. Chỉnh lại ngày giờ của máy trước."),
    "clock.reason-missing": N_("Ghi vì sao đồng hồ đã chạy sai."),
    "clock.corrected": N_(
        "Đã ghi nhận giờ đúng. {count} việc mang giờ sai, từ {first} đến {last}; hồ sơ nhận lúc ấy: {dossiers}."
    ),
    "clock.corrected.no-dossier": N_("Đã ghi nhận giờ đúng. {count} việc mang giờ sai, từ {first} đến {last}."),
    "numbering.restored": N_(
        "Dữ liệu này là bản đã khôi phục, cũ hơn số cuối cùng đã cấp; cấp số tạm dừng để không trùng mã. "
        "Người phụ trách xác nhận ở Cài đặt, mục Cấp số hồ sơ, hoặc bằng: motcua office resume."
    ),
    "numbering.copied": N_(
        "Dữ liệu này được chép từ máy khác; cấp số tạm dừng để không trùng mã. "
        "Người phụ trách xác nhận ở Cài đặt, mục Cấp số hồ sơ, hoặc bằng: motcua office resume."
    ),
    "numbering.reason-missing": N_("Ghi lý do cho cấp số trở lại."),
    "numbering.old-machine": N_(
        "Đây là máy khác với trước. Chọn số quầy khác, hoặc xác nhận máy cũ không còn dùng để tiếp nhận."
    ),
    # -- signing, and the signatures that are in a file
    "sign.not-chosen": N_(
        "Chưa chọn ký bằng gì. Chọn thiết bị ký, tệp chữ ký hoặc chương trình ký ở Cài đặt, mục Ký số."
    ),
    "sign.no-file-chosen": N_("Chưa chọn tệp chữ ký (.p12, .pfx). Chọn ở Cài đặt, mục Ký số."),
    "sign.no-program-chosen": N_("Chưa chọn chương trình ký. Chọn ở Cài đặt, mục Ký số."),
    "sign.demo-only": N_(
        "Chương trình ký giả định chỉ dùng để tập huấn. Chọn cách ký khác ở Cài đặt, mục Ký số; giấy tờ vẫn chờ ký."
    ),
    "sign.another-clerk": N_("Người khác vừa vào làm việc nên dừng ký. Giấy tờ chưa ký vẫn chờ người đã nhận chúng."),
    "sign.not-filed": N_("“{title}” chưa lập xong tệp. Đợi một lát rồi làm lại."),
    "sign.done": N_("Đã ký {count} giấy tờ."),
    "sign.ended": N_("Đã ký {count} giấy tờ, {left} giấy tờ vẫn chờ ký."),
    "sign.copied": N_("Đã ghi bản sao điện tử có chữ ký ra {file}."),
    "sign.copied.unsigned": N_("Đã ghi bản sao điện tử ra {file}. Bản này còn chờ chữ ký số của cơ quan."),
    "sign.pin-missing": N_("Nhập mã PIN của thiết bị ký."),
    "sign.wrong-pin": N_("Mã PIN không đúng. Xem lại rồi nhập lại; sai nhiều lần thì thiết bị ký bị khóa."),
    "sign.wrong-pin.file": N_("Mật khẩu của tệp chữ ký không đúng. Nhập lại."),
    "sign.wrong-pin.last": N_(
        "Mã PIN không đúng, chỉ còn một lần thử. Dừng lại và hỏi nơi cấp thiết bị ký nếu không nhớ chắc."
    ),
    "sign.last-try": N_(
        "Thiết bị ký chỉ còn một lần thử mã PIN nên chưa thử. Chỉ nhập tiếp khi nhớ chắc; sai nữa thì thiết bị bị khóa."
    ),
    "sign.locked": N_("Thiết bị ký đã bị khóa vì sai mã PIN nhiều lần. Liên hệ nơi cấp chứng thư số để mở khóa."),
    "sign.pin-expired": N_("Mã PIN của thiết bị ký đã hết hạn. Đổi mã PIN bằng phần mềm đi kèm thiết bị rồi ký lại."),
    "sign.no-pin-set": N_("Thiết bị ký chưa đặt mã PIN. Đặt mã PIN bằng phần mềm đi kèm thiết bị rồi ký lại."),
    "sign.no-token": N_("Không thấy thiết bị ký. Cắm thiết bị vào máy rồi ký lại; các giấy tờ đã ký vẫn còn."),
    "sign.no-driver": N_(
        "Máy này chưa có phần mềm của thiết bị ký. Báo người cài đặt cài phần mềm đi kèm thiết bị, "
        "hoặc ghi đường dẫn của phần mềm ấy trong Cài đặt."
    ),
    "sign.no-module": N_("Không dùng được phần mềm của thiết bị ký ({file}). Báo người cài đặt kiểm tra đường dẫn."),
    "sign.no-certificate": N_(
        "Không có chứng thư số nào ký được. Kiểm tra thiết bị ký hoặc tệp chữ ký; "
        "nếu mới đổi chứng thư số thì chọn lại trong Cài đặt."
    ),
    "sign.which-certificate": N_("Có nhiều chứng thư số ký được: {names}. Chọn một trong Cài đặt."),
    "sign.not-for-signing": N_("Chứng thư số của {name} không dùng để ký. Chọn chứng thư số khác."),
    "sign.expired": N_("Chứng thư số của {name} đã hết hạn ngày {day}. Gia hạn ở nơi cấp; giấy tờ vẫn chờ ký."),
    "sign.not-yet-valid": N_(
        "Chứng thư số của {name} có hiệu lực từ ngày {day}. Kiểm tra đồng hồ của máy, hoặc đợi đến ngày ấy."
    ),
    "sign.no-file": N_("Không đọc được tệp chữ ký {file}. Kiểm tra ổ đĩa, hoặc chọn lại tệp trong Cài đặt."),
    "sign.not-a-key-file": N_("Tệp {file} không phải tệp chữ ký đọc được (.p12, .pfx). Chọn tệp khác."),
    "sign.device-failed": N_(
        "Thiết bị ký báo lỗi ({detail}). Rút ra, cắm lại rồi ký lại; nếu vẫn lỗi, báo người cài đặt."
    ),
    "sign.device-silent": N_(
        "Thiết bị ký không trả lời nên không chờ nữa. Rút ra, cắm lại rồi ký tiếp; các giấy tờ đã ký vẫn còn."
    ),
    "sign.device-crashed": N_(
        "Phần mềm của thiết bị ký bị lỗi và đã được đóng lại; các giấy tờ đã ký vẫn còn. "
        "Ký tiếp; nếu vẫn lỗi, báo người cài đặt."
    ),
    "sign.refused-by-person": N_("Chưa ký: người ký đã dừng lại. Giấy tờ vẫn chờ ký."),
    "sign.refused": N_("Chương trình ký chưa ký: {detail}. Giấy tờ vẫn chờ ký."),
    "sign.program-silent": N_("{name} không trả lời. Mở chương trình ấy rồi ký lại; giấy tờ vẫn chờ ký."),
    "sign.program-answer": N_(
        "{name} trả lời không hiểu được. Đóng chương trình ấy, mở lại rồi ký lại; nếu vẫn vậy, báo người cài đặt."
    ),
    "sign.not-local": N_(
        "Địa chỉ {address} không ở trên máy này nên giấy tờ không gửi tới đó. Ghi địa chỉ 127.0.0.1 trong Cài đặt."
    ),
    "sign.not-a-pdf": N_("Tệp này không phải tệp PDF đọc được nên chưa ký. Quét lại hoặc xin tệp khác."),
    "sign.encrypted": N_("Tệp PDF có mật khẩu nên không ký được. Xin bản không có mật khẩu."),
    "sign.closed": N_("Người ký trước đã khóa tệp, không cho ký thêm. Giữ nguyên bản ấy."),
    "sign.already-broken": N_("Tệp đã bị sửa sau khi được ký nên không ký thêm. Xin bản đúng."),
    "sign.no-such-page": N_("Tệp có {pages} trang, không có trang {page} để đặt dấu ký. Chọn trang khác."),
    "sign.not-the-same": N_(
        "Tệp trả về không đúng là tệp đã đưa đi ký nên không nhận. Ký lại; nếu vẫn vậy, báo người cài đặt."
    ),
    "sign.came-back-unsigned": N_("Tệp trả về chưa có chữ ký. Ký lại."),
    "sign.came-back-broken": N_(
        "Chữ ký trong tệp trả về không đúng nên không nhận. Ký lại; nếu vẫn vậy, báo người cài đặt."
    ),
    "sign.copy-is-signed": N_(
        "Giấy tờ này đã có chữ ký số nên không viết thêm lên trang được. Để dấu sao ở chữ ký của cơ quan."
    ),
    "sign.fact-altered": N_("nội dung đã bị sửa sau khi ký"),
    "sign.fact-changed-after": N_("sau khi ký, phần nhìn thấy của tệp bị thêm hoặc đổi"),
    "sign.fact-unreadable": N_("chữ ký hỏng, không đọc được"),
    "sign.fact-kind": N_("kiểu chữ ký cũ, chương trình không kiểm tra được"),
    "sign.fact-stray": N_("có chữ ký mà tệp không khai, không phần mềm nào hiện ra"),
    "sign.fact-nobody": N_("cơ quan chưa đưa nơi cấp chứng thư số này vào danh sách tin cậy"),
    "sign.fact-chain": N_("chuỗi chứng thư số không trọn vẹn"),
    "sign.fact-use": N_("chứng thư số này không dùng để ký"),
    "sign.fact-weak": N_("thuật toán cũ, không còn an toàn"),
    "sign.fact-revocation": N_("chưa biết chứng thư số có bị thu hồi không"),
    "sign.fact-revoked": N_("chứng thư số đã bị thu hồi từ ngày {day}"),
    "sign.fact-revoked-since": N_(
        "chứng thư số bị thu hồi ngày {day}, không có gì chứng tỏ chữ ký có từ trước ngày ấy"
    ),
    "sign.fact-expired": N_("chứng thư số hết hạn ngày {day}, không có gì chứng tỏ chữ ký có từ trước ngày ấy"),
    "sign.fact-expired-then": N_("ký sau khi chứng thư số hết hạn ngày {day}"),
    "sign.fact-not-yet": N_("chứng thư số chỉ có hiệu lực từ ngày {day}"),
    "sign.added": N_("sau khi ký có thêm: {what}"),
    "sign.added.nothing": N_("không thêm gì sau khi ký"),
    "sign.added.proofs": N_("sau khi ký có thêm bằng chứng xác nhận"),
    "sign.added.fields": N_("sau khi ký có thêm chữ ký khác, hoặc ô được điền"),
    "sign.added.content": N_("sau khi ký có thêm hoặc đổi nội dung"),
    # -- another language
    "language.waits": N_("Việc đang làm chưa xong (quét, ký, lưu…). Ngôn ngữ đổi ngay khi xong việc."),
    # -- the store, files, copies
    "store.locked": N_("Dữ liệu đang bị chương trình khác giữ. Đợi một lát rồi thử lại."),
    "store.disk-full": N_("Ổ đĩa đầy nên chưa ghi được gì. Dọn bớt ổ đĩa rồi làm lại."),
    "store.damaged": N_("Cơ sở dữ liệu bị hỏng. Đóng chương trình rồi mở lại để lấy lại bản sao lành; đừng xóa gì."),
    "store.damaged.copy": N_(
        "Cơ sở dữ liệu bị hỏng. Có bản sao lành ngày {day}: mở cửa sổ để lấy lại, "
        "hoặc dùng lệnh: motcua office bring-back."
    ),
    "store.damaged.no-copy": N_(
        "Cơ sở dữ liệu bị hỏng và không có bản sao nào dùng được. Gọi người cài đặt, đừng xóa gì."
    ),
    "store.read-only": N_("Không ghi được vào thư mục dữ liệu. Kiểm tra quyền ghi của người dùng này."),
    "store.unreachable": N_("Không mở được thư mục dữ liệu. Kiểm tra ổ đĩa và quyền truy cập."),
    "store.failed": N_("Cơ sở dữ liệu báo lỗi lạ. Đóng chương trình rồi mở lại; còn lỗi thì báo người cài đặt."),
    "store.newer": N_("Dữ liệu này do bản chương trình mới hơn ghi. Cập nhật chương trình rồi mở lại."),
    "store.no-cipher": N_("Dữ liệu có khóa mã hóa mà máy này chưa cài phần mở khóa."),
    "files.missing": N_("Thiếu một tệp đã lưu trong thư mục dữ liệu. Lấy lại từ bản sao lưu."),
    "files.damaged": N_("Một tệp đã lưu trong thư mục dữ liệu bị hỏng. Lấy lại từ bản sao lưu."),
    "backup.failed": N_("Chưa sao lưu được: {reason}."),
    "backup.damaged": N_("Bản sao {path} bị hỏng: {reason}."),
    "backup.none": N_("Không có bản sao lành nào để lấy lại."),
    "audit.broken": N_(
        "Chuỗi nhật ký bị đứt ở {count} chỗ, từ việc {act}. Báo người phụ trách, không sửa tay dữ liệu."
    ),
    "file.missing": N_("Không đọc được tệp {file}."),
    "file.missing.reason": N_("Không đọc được tệp {file}: {reason}."),
    "file.empty": N_("Tệp {file} trống."),
    "file.not-json": N_("Tệp {file} không đọc được như JSON: {reason}."),
    "file.not-ordinary": N_("Không ghi ra {file}: đó là thiết bị, đường ống hoặc thư mục. Ghi tên một tệp khác."),
    "file.folder-missing": N_("Không ghi được ra {file}: không có thư mục ấy, hoặc đó là một thư mục."),
    # -- receiving
    "form.not-an-object": N_("Tệp phải là một đối tượng JSON, viết trong dấu ngoặc nhọn."),
    "form.unknown-key": N_("Có mục lạ: {key}. Kiểm tra chính tả."),
    "form.key-missing": N_("Thiếu mục {key}."),
    "form.wrong-type": N_("Mục {key} sai kiểu."),
    "form.wrong-type.text": N_("Mục {key} phải là chữ, đặt trong dấu ngoặc kép."),
    "form.wrong-type.texts": N_("Mục {key} phải là danh sách các chữ đặt trong dấu ngoặc kép."),
    "form.wrong-type.list": N_("Mục {key} phải là danh sách các đối tượng."),
    "form.wrong-type.object": N_("Mục {key} phải là một đối tượng, viết trong dấu ngoặc nhọn."),
    "form.wrong-type.flag": N_("Mục {key} phải là true hoặc false, không có dấu ngoặc kép."),
    "form.not-a-count": N_("Mục {key} phải là số từ {least} đến {most}, không phải “{value}”."),
    "form.not-a-count.of-one": N_("“{name}”: mục {key} phải là số từ {least} đến {most}, không phải “{value}”."),
    "form.too-deep": N_("Tệp có quá nhiều mục lồng vào nhau, nhiều nhất là {most} lớp. Kiểm tra lại tệp."),
    "form.party-role": N_("“{role}” không phải vai của người liên quan. Ghi người ấy ở mục owner hoặc submitter."),
    "form.channel": N_("Không có kênh tiếp nhận “{channel}”. Chọn direct, online hoặc postal."),
    "form.limit-unit": N_("Không có đơn vị thời hạn “{value}”."),
    "form.field-missing": N_("Chưa điền “{label}”."),
    "component.missing": N_("Còn thiếu: {names}."),
    "copies.none": N_("Yêu cầu cấp bản sao nhưng chưa ghi số bản."),
    "component.unchecked": N_("Chưa kiểm tra: {names}. Xem rồi ghi hợp lệ hoặc chưa hợp lệ."),
    "component.unknown": N_("Thủ tục này không có giấy tờ “{name}”. Các giấy tờ: {known}."),
    "component.ambiguous": N_("“{name}” có thể là nhiều giấy tờ: {candidates}. Ghi rõ hơn."),
    "component.twice": N_("Giấy tờ “{name}” ghi hai lần."),
    "component.by": N_("Giấy tờ “{name}”: không có cách nộp “{by}”."),
    "component.count": N_("Giấy tờ “{name}”: số lượng không thể âm."),
    "component.status": N_("Giấy tờ “{name}”: không có tình trạng “{status}”."),
    "paper.not-fit": N_("Giấy tờ chưa nhận được: {faults}."),
    "paper.not-passable": N_("Giấy tờ này phải nộp lại, không thể cho qua: {problem}."),
    "paper.too-big": N_("tệp {size} MB, lớn hơn mức {most} MB của cơ quan; quét lại ở mức nhẹ hơn hoặc tách tệp"),
    "paper.too-large-file": N_("tệp lớn hơn {most} MB; tách tệp hoặc quét lại ở mức nhẹ hơn"),
    "paper.blank": N_("mọi trang đều trắng; kiểm tra mặt giấy rồi quét lại"),
    "paper.signature-broken": N_("chữ ký số trong tệp không còn đúng với nội dung; xin bản ký lại"),
    # -- what keeps a file out, in one clause: what is the matter, and what to bring instead
    "paper.empty-file": N_("tệp trống; xin lại tệp, hoặc quét giấy tại quầy"),
    "paper.not-a-page": N_("tệp không phải PDF hay ảnh chụp, ảnh quét; xin tệp PDF, ảnh JPEG, hoặc quét giấy tại quầy"),
    "paper.not-a-page.office": N_("tệp soạn thảo (Word, Excel…); lưu thành PDF rồi gửi lại, hoặc in ra để quét"),
    "paper.not-a-page.archive": N_("tệp nén; giải nén rồi gửi từng tệp PDF hoặc ảnh ở trong"),
    "paper.not-a-page.program": N_(
        "tệp chương trình mang tên giấy tờ, không mở; xin tệp khác, hoặc quét giấy tại quầy"
    ),
    "paper.not-a-page.html": N_("trang web; in thành PDF rồi gửi lại, hoặc quét giấy tại quầy"),
    "paper.not-a-page.text": N_("tệp chữ, không phải giấy tờ; xin tệp PDF, ảnh JPEG, hoặc quét giấy tại quầy"),
    "paper.not-a-page.gif": N_("ảnh GIF; chụp lại thành ảnh JPEG, hoặc quét giấy tại quầy"),
    "paper.not-a-page.picture": N_("loại ảnh này không dùng được; lưu thành JPEG hoặc PDF rồi gửi lại"),
    "paper.not-a-page.video": N_("đoạn phim; chụp ảnh giấy tờ, hoặc quét giấy tại quầy"),
    "paper.not-a-page.sound": N_("tệp âm thanh; xin tệp PDF, ảnh JPEG, hoặc quét giấy tại quầy"),
    "paper.not-a-page.mail": N_("thư điện tử; lưu tệp đính kèm trong thư rồi gửi tệp đó"),
    "paper.not-a-page.signature": N_("tệp chữ ký rời; xin chính tệp PDF đã ký"),
    "paper.two-in-one": N_("tệp vừa là giấy tờ vừa là tệp khác giấu bên trong; xin tệp khác, hoặc quét giấy tại quầy"),
    "paper.unreadable": N_("tệp hỏng, không mở được; xin lại tệp, hoặc quét giấy tại quầy"),
    "paper.truncated": N_("tệp bị cắt, thiếu phần cuối; gửi lại tệp, hoặc quét giấy tại quầy"),
    "paper.too-slow": N_("mở tệp quá {seconds} giây chưa xong nên đã dừng; xin tệp khác, hoặc quét giấy tại quầy"),
    "paper.too-much-memory": N_("tệp cần quá nhiều bộ nhớ nên đã dừng; quét lại giấy ở 300 dpi tại quầy"),
    "paper.too-many-pixels": N_("ảnh quá lớn ({millions} triệu điểm ảnh); quét lại giấy ở 300 dpi, hoặc chụp lại"),
    "paper.bursting": N_("tệp nén phình ra quá lớn khi mở; xin tệp khác, hoặc quét giấy tại quầy"),
    "paper.too-many-pages": N_("tệp có {pages} trang, nhiều nhất là {most}; tách thành nhiều tệp"),
    "paper.no-pages": N_("tệp không có trang nào; xin lại tệp, hoặc quét giấy tại quầy"),
    "paper.password": N_("tệp PDF có mật khẩu; người nộp mở bằng mật khẩu, lưu bản không mật khẩu rồi gửi lại"),
    "paper.cannot-fit": N_("giảm hết mức vẫn còn {size} MB, cơ quan nhận {most} MB; tách tệp, hoặc nộp bản giấy"),
    "paper.not-legible": N_("giảm xuống {most} MB thì chữ không còn đọc rõ; giữ bản {size} MB, hoặc tách tệp"),
    "paper.signed-kept": N_("tệp PDF đã ký số được giữ nguyên: không sửa, không tách, không ghép"),
    "paper.already-there": N_("tệp này đã có trong giấy tờ ấy ({name}); không nhận lần thứ hai"),
    "paper.no-such-page": N_("không có trang {number}, tệp có {pages} trang"),
    # -- what is odd about a file that comes in all the same
    "paper.first-picture-only": N_("tệp có {count} ảnh nối tiếp nhau; chỉ lấy ảnh đầu"),
    "paper.deep-picture": N_("ảnh có hơn 8 bit màu; được giữ ở 8 bit, mắt không thấy khác"),
    "paper.small-picture": N_("ảnh nhỏ ({width} × {height} điểm); xem chữ có đọc được không, nếu không thì quét lại"),
    "paper.below-200": N_("trang chỉ có {dpi} dpi, quy định ít nhất 200; quét lại nếu còn giấy"),
    "paper.repaired": N_("tệp hỏng nhẹ đã sửa được; xem lại đủ các trang"),
    "paper.active.javascript": N_("đã bỏ mã lệnh trong tệp; nội dung nhìn thấy giữ nguyên"),
    "paper.active.launch": N_("đã bỏ lệnh mở chương trình khác trong tệp; nội dung nhìn thấy giữ nguyên"),
    "paper.active.elsewhere": N_("đã bỏ lệnh mở tệp khác; nội dung nhìn thấy giữ nguyên"),
    "paper.active.sending": N_("đã bỏ lệnh gửi dữ liệu ra ngoài; nội dung nhìn thấy giữ nguyên"),
    "paper.active.media": N_("đã bỏ âm thanh, phim trong tệp; nội dung nhìn thấy giữ nguyên"),
    "paper.active": N_("đã bỏ phần tự chạy trong tệp; nội dung nhìn thấy giữ nguyên"),
    "paper.attached": N_("đã bỏ tệp đính kèm bên trong: {names}"),
    "paper.no-model": N_(
        "Máy này chưa có bộ nhận dạng chữ tiếng Việt (vie.traineddata). Cài gói tesseract-ocr-vie, "
        "hoặc chép tệp ấy vào {folder}."
    ),
    "paper.about-long": N_("Nội dung dài quá {most} ký tự."),
    "paper.about-date": N_("Không đọc được ngày “{value}”. Ghi ngày/tháng/năm."),
    "paper.issued-in-future": N_("Ngày cấp {day} chưa tới."),
    "paper.ends-before-issue": N_("Ngày hết hiệu lực trước ngày cấp."),
    "paper.perpetual-and-ends": N_("Giấy tờ không thời hạn thì không có ngày hết hiệu lực. Bỏ một trong hai."),
    "paper.holder-number": N_("Số giấy tờ của chủ giấy tờ phải có 12 hoặc 9 chữ số."),
    "paper.unknown": N_("Không còn giấy tờ này."),
    "paper.not-his": N_("“{title}” không phải giấy tờ trong kho của chủ hồ sơ."),
    "paper.expired": N_("“{title}” đã hết hiệu lực từ {day}. Yêu cầu bản còn hiệu lực."),
    "paper.moved-on": N_("“{title}” vừa được sửa ở nơi khác nên chưa ký. Làm lại."),
    "paper.signed-already": N_("“{title}” đã ký số nên không sắp xếp lại trang được."),
    "paper.given-whole": N_("“{title}” là tệp PDF nhận nguyên; không tách trang ra được."),
    "paper.pages-differ": N_("Số trang không khớp. Mở lại giấy tờ rồi sắp xếp lại."),
    "page.for-nothing": N_("Chưa biết trang này của hồ sơ nào."),
    "page.unknown": N_("Không còn trang này."),
    "page.already-kept": N_("Trang này đã nằm trong hồ sơ."),
    "page.state": N_("Không có trạng thái trang “{state}”."),
    "page.reason-missing": N_("Ghi lý do."),
    "paper.title-missing": N_("Ghi tên giấy tờ."),
    "page.nothing-to-undo": N_("Không còn bước nào để làm lại."),
    "scan.no-room": N_(
        "Ổ đĩa chỉ còn {free} MB nên tạm dừng quét; việc nhập liệu vẫn làm được. Dọn bớt tệp rồi quét lại, hoặc báo "
        "người cài đặt."
    ),
    "scan.no-room.waiting": N_(
        "Ổ đĩa chỉ còn {free} MB nên tạm dừng quét. {waiting} trang đã qua máy vẫn giữ an toàn, chưa vào hồ sơ: dọn "
        "bớt tệp rồi nhấn F6, các trang ấy vào trước."
    ),
    "scan.not-set-up": N_(
        "Máy này chưa có máy quét. Nhấn Alt+C mở Cài đặt, mục Quét giấy tờ; Ctrl+O vẫn nhận được tệp."
    ),
    "scan.came": N_("Đã quét {count} trang."),
    "scan.came-blank": N_("Đã quét {count} trang, trong đó {blank} trang trắng đã gạch; phím cách khôi phục."),
    "scan.came-blank.strip": N_(
        "Đã quét {count} trang, trong đó {blank} trang trắng đã gạch; nhấn T rồi phím cách để khôi phục."
    ),
    "scan.came-blank.away": N_("Đã quét {count} trang, trong đó {blank} trang trắng đã gạch."),
    "scan.came-unsorted": N_(
        "Đã quét {count} trang; {unsorted} trang chưa biết của giấy tờ nào, nằm ở “Chưa phân loại”."
    ),
    "scan.elsewhere": N_("Hồ sơ “{title}”: {what}."),
    "scan.elsewhere.another": N_("Hồ sơ “{title}”, do {clerk} quét: {what}."),
    "scan.fetched": N_("{what}. Trước đó đã lấy lại {fetched} trang quét dở."),
    "scan.busy": N_("Máy quét đang quét cho hồ sơ “{title}”. Đợi quét xong, hoặc dừng lại rồi quét hồ sơ này."),
    "scan.busy-files": N_("Đang quét hoặc nhận giấy tờ khác nên chưa nhận tệp. Xong rồi chọn lại tệp."),
    "scan.taken": N_("Đã chụp {count} trang."),
    "scan.folder-new": N_("{count} tệp mới trong thư mục: {files}. Ctrl+Shift+O nhận vào giấy tờ đang chọn."),
    "scan.folder-gone": N_("Không thấy thư mục nhận bản quét {folder}. Kiểm tra mạng, hoặc chọn lại trong Cài đặt."),
    "scan.folder-none": N_(
        "Chưa chọn thư mục nhận bản quét. Nhấn Alt+C mở Cài đặt, mục Quét giấy tờ; Ctrl+O nhận từng tệp."
    ),
    "scan.folder-empty": N_("Thư mục nhận bản quét không có tệp mới."),
    "scan.folder-uncleared": N_("Đã nhận, nhưng không xóa được trong thư mục: {files}."),
    "scan.fallback": N_("Máy quét {instead} không trả lời, nên đã quét qua {device}."),
    "scan.from-glass": N_("Khay nạp của {device} không có giấy, nên đã quét tờ nằm trên mặt kính."),
    "scan.left": N_("Đã lấy lại {count} trang quét dở từ lần trước."),
    "scan.stopped": N_("Đã dừng quét. {count} trang quét được vẫn còn."),
    "scan.turn-over": N_("Đã quét xong mặt trước. Lật cả {count} tờ, đặt lại vào khay rồi nhấn F6 quét mặt sau."),
    "scan.brought": N_("Đã nhận {count} tệp."),
    "scan.brought-not-all": N_("Đã nhận {count} tệp. {rest}."),
    "scan.brought-not-all.none": N_("{rest}."),
    "scan.both": N_("{one}. {other}"),
    "scan.refused": N_("Không nhận được {count} tệp: {faults}."),
    "scan.faulty": N_("{count} tệp có lỗi, cần thay trước khi vào hồ sơ: {faults}."),
    "scan.kept": N_("Đã lưu {count} giấy tờ vào hồ sơ."),
    "scan.described": N_("Đã lưu thông tin giấy tờ."),
    "scan.dropped": N_("Đã bỏ “{title}” ra khỏi hồ sơ."),
    "separator.no-components": N_("Hồ sơ chưa có danh sách giấy tờ: chọn thủ tục trước rồi in tờ phân cách."),
    "scan.shelf-of-new": N_(
        "{name} chưa có trong danh sách người dân, nên kho chưa có giấy tờ nào của người ấy. Quét giấy tờ mang theo."
    ),
    "scan.shelf-of-nobody": N_("Chọn thủ tục và người đã đăng ký là chủ hồ sơ trước: kho giấy tờ là của người ấy."),
    "scan.reused": N_("Đã dùng lại “{title}” từ kho giấy tờ."),
    "scan.passed": N_("Đã cho qua, lý do được giữ cùng giấy tờ."),
    "scan.not-a-supervisor": N_("Người này không có quyền cho qua. Cần phụ trách."),
    "scan.not-arranged": N_("Chưa làm được: {why}"),
    "scan.with-draft": N_("Các trang theo bản nháp và vào hồ sơ khi tiếp nhận."),
    "progress.scan": N_("Đang quét"),
    "progress.card": N_("Đang tìm mã trên ảnh"),
    "progress.bring": N_("Đang nhận tệp"),
    "progress.sign": N_("Đang ký số"),
    "progress.copy": N_("Đang làm bản sao điện tử"),
    "certify.empty": N_("Chưa ghi giấy tờ cần chứng thực, số trang và số bản."),
    "delivery.unknown": N_("Không có cách nhận kết quả “{way}”. Chọn counter, post hoặc electronic."),
    "delivery.post-incomplete": N_("Nhận kết quả qua bưu chính cần đủ tên, điện thoại và địa chỉ người nhận."),
    "procedure.unknown": N_("Danh mục không có thủ tục {code} vào ngày này."),
    "procedure.not-enabled": N_("Cơ quan này không tiếp nhận thủ tục {code}."),
    "procedure.channel-closed": N_("Thủ tục này hiện không nhận qua kênh đó."),
    "procedure.channel-closed.by": N_("Theo {decision}, thủ tục này không nhận qua kênh đó."),
    "procedure.channel-closed.since": N_("Từ {since} thủ tục này không nhận qua kênh đó."),
    "procedure.channel-closed.since-by": N_("Từ {since} thủ tục này không nhận qua kênh đó, theo {decision}."),
    "procedure.channel-not-named": N_("Danh mục không ghi kênh này cho thủ tục. Người dân vẫn được chọn (Điều 15)."),
    "register.code-missing": N_("Ghi mã hồ sơ trên Cổng dịch vụ công quốc gia."),
    "register.when": N_("“{value}” không phải là thời điểm nộp. Ghi cả ngày và giờ, ví dụ 23/11/2026 8:15."),
    "register.ahead": N_("Thời điểm nộp {at} còn ở phía trước. Xem lại ngày và giờ."),
    "part.none": N_("Hồ sơ {code} không phải hồ sơ liên thông: ghi kết quả ở bước “Có kết quả”."),
    "part.unknown": N_("Hồ sơ không có kết quả liên thông “{value}”. Có: {known}."),
    "part.state": N_("Lúc này hồ sơ chưa, hoặc không còn, ghi được kết quả của từng mục liên thông."),
    "part.nothing-said": N_("Ghi số, ký hiệu của kết quả, hoặc lý do không có kết quả."),
    "part.unfinished": N_("Hồ sơ liên thông còn chờ: {names}. Ghi kết quả hoặc lý do của từng mục trước."),
    "letter.not-received": N_("Hồ sơ {code} chưa được tiếp nhận nên chưa có giấy tiếp nhận."),
    "copy-panel.syntax": N_("Tệp copy-panel.toml của cơ quan sai cú pháp. Tạm dùng bảng chép có sẵn."),
    "copy-panel.syntax.line": N_(
        "Tệp copy-panel.toml của cơ quan sai cú pháp ở dòng {line}. Tạm dùng bảng chép có sẵn."
    ),
    "copy-panel.none": N_(
        "Tệp copy-panel.toml của cơ quan không có bảng nào ([[profile]]). Tạm dùng bảng chép có sẵn."
    ),
    "copy-panel.row": N_("Trong copy-panel.toml, bảng “{key}” thiếu key hoặc name. Tạm dùng bảng chép có sẵn."),
    "copy-panel.no-fields": N_("Trong copy-panel.toml, bảng “{key}” không có ô nào. Tạm dùng bảng chép có sẵn."),
    "copy-panel.field": N_(
        "Trong copy-panel.toml, mỗi ô của bảng “{key}” phải có đúng label và take. Tạm dùng bảng có sẵn."
    ),
    "copy-panel.twice": N_("Trong copy-panel.toml, bảng “{key}” có hai lần. Tạm dùng bảng chép có sẵn."),
    "copy-panel.take": N_("Trong copy-panel.toml, hồ sơ không có “{take}”. Tạm dùng bảng chép có sẵn."),
    "copy-panel.unreadable": N_("Không đọc được copy-panel.toml của cơ quan: {reason}. Tạm dùng bảng chép có sẵn."),
    "procedure.paper-closed": N_("Danh mục không ghi cách nộp trực tiếp cho thủ tục này."),
    "procedure.paper-closed.by": N_("Không nhận hồ sơ giấy, theo {decision}."),
    "procedure.paper-closed.since": N_("Không nhận hồ sơ giấy từ {since}."),
    "procedure.paper-closed.since-by": N_("Không nhận hồ sơ giấy từ {since}, theo {decision}."),
    "receive.registered": N_("Đã ghi nhận hồ sơ trực tuyến {code}. Trả lời trong 8 giờ làm việc kể từ khi nộp."),
    "upload.after-receiving": N_("Tiếp nhận hồ sơ trước (F9), rồi gom tệp và dán mã trở lại."),
    "upload.none": N_("Hồ sơ {code} chưa có tệp nào để tải lên."),
    "upload.gathered": N_("Đã gom {count} tệp vào {folder}. Đường dẫn đã chép: dán vào hộp chọn tệp."),
    "channels.syntax": N_("Tệp sai cú pháp TOML ở dòng {line}."),
    "channels.none": N_("Tệp không có mục [[closed]] nào."),
    "channels.row": N_("Mục [[closed]] thứ {row} thiếu hoặc sai “{what}”."),
    "linked.none": N_("Thủ tục {code} hiện không có nhóm liên thông nào."),
    "linked.unknown": N_("Không có kết quả liên thông “{value}”. Có: {known}."),
    "dossier.unknown": N_("Không có hồ sơ nào mang mã {code}."),
    "dossier.open-already": N_("Người này đang có hồ sơ {code} cùng thủ tục chưa xong, hẹn trả {due}."),
    "dossier.external-code-taken": N_("Mã {external} đã liên kết với hồ sơ khác."),
    "dossier.not-linked": N_("Hồ sơ {code} không có mã liên kết {external}."),
    "dossier.unlink-reason": N_("Ghi vì sao bỏ mã đã liên kết."),
    "draft.unknown": N_("Không có bản nháp {draft}."),
    "draft.received": N_("Bản nháp “{title}” đã được tiếp nhận."),
    "intake.kind": N_("Không có loại phiếu “{kind}”. Chọn supplement hoặc refusal."),
    "intake.nothing-missing": N_("Hồ sơ không thiếu gì theo danh mục. Ghi rõ nội dung cần bổ sung."),
    "intake.reason-missing": N_("Chưa ghi lý do từ chối."),
    "intake.unknown": N_("Không có phiếu nào mang mã {code}."),
    "citizen.unknown": N_("Không có người nào mang mã {id}."),
    "citizen.not-registered": N_("Chưa có ai đăng ký với số định danh này. Ghi đủ họ tên và giấy tờ."),
    "citizen.paper-taken": N_("Số giấy tờ này đã thuộc về người khác."),
    "citizen.apart-from-himself": N_("Cần hai người khác nhau."),
    # -- open dossiers from an older system
    "dossier-file.no-column": N_("Tệp thiếu cột. Các cột có: {columns}."),
    "dossier-file.no-column.code": N_("Không thấy cột mã hồ sơ. Các cột có: {columns}."),
    "dossier-file.no-column.procedure": N_("Không thấy cột mã hoặc tên thủ tục. Các cột có: {columns}."),
    "dossier-file.no-column.received": N_("Không thấy cột ngày tiếp nhận. Các cột có: {columns}."),
    "dossier-file.no-code": N_("Mã hồ sơ trống hoặc không đọc được: “{text}”."),
    "dossier-file.no-procedure": N_("Không ghi thủ tục nào."),
    "dossier-file.no-received": N_("Không ghi ngày tiếp nhận (hồ sơ mới đăng ký: ngày nộp)."),
    "dossier-file.no-finished": N_("Hồ sơ đã xử lý xong mà không ghi ngày có kết quả."),
    "dossier-file.no-due": N_("Không ghi ngày hẹn trả, và danh mục không có thời hạn để tính."),
    "dossier-file.not-a-date": N_("“{text}” ở cột {column} không phải ngày. Ghi dạng 23/11/2026 hoặc 2026-11-23."),
    "dossier-file.two-dates": N_("“{text}” ở cột {column} ghi kiểu Mỹ. Ghi lại dạng ngày/tháng/năm 23/11/2026 9:05."),
    "dossier-file.year": N_("“{text}” ở cột {column}: năm ấy không thể đúng. Sửa ngày rồi nhập lại."),
    "dossier-file.owner-differs": N_("số giấy tờ ấy ở đây là của {name}. Xem lại số và họ tên."),
    "dossier-file.due-before": N_("Ngày hẹn trả {due} trước ngày tiếp nhận {received}."),
    "dossier-file.to-come": N_("Ngày tiếp nhận chưa đến."),
    "dossier-file.state-unknown": N_("Không biết trạng thái “{text}”."),
    "dossier-file.ended": N_("Hồ sơ đã kết thúc ở hệ thống cũ ({text}), không cần tiếp quản."),
    "dossier-file.channel-unknown": N_("Không biết hình thức nộp “{text}”: trực tiếp, trực tuyến hoặc bưu chính."),
    "dossier-file.source-unknown": N_("Không biết nguồn hồ sơ “{text}”."),
    "dossier-file.procedure-unknown": N_("Danh mục không có thủ tục “{text}”. Sửa theo mã trong Thủ tục rồi nhập lại."),
    "dossier-file.code-taken": N_("Mã {code} ở đây là hồ sơ của người khác."),
    "records.not-records": N_("Tệp {file} không đọc được ở dòng {line}: {reason}."),
    "records.too-large": N_("Tệp {file} quá lớn (quá {most} MB)."),
    "dossier-import.stopped": N_("Đã dừng sau dòng {last_row}: thêm {added} hồ sơ. Nhập lại tệp để làm tiếp."),
    "letter.taken-over": N_(
        "Hồ sơ {code} tiếp quản từ {system}: giấy tiếp nhận do nơi ấy in, ở đây không in lại được."
    ),
    "import.stopped": N_("Đã dừng sau dòng {last_row}: thêm {added}, gộp {merged}. Nhập lại tệp để làm tiếp."),
    "people-file.encoding-unsure": N_(
        "Tệp {file} có vẻ viết bằng bảng mã cũ {encoding}. Đọc thử: “{sample}”. Đọc đúng thì nhập lại với "
        "--encoding {encoding}; chữ sai thì ghi bảng mã khác."
    ),
    "people-file.no-such-sheet": N_("Tệp không có trang tính “{sheet}”. Các trang: {known}."),
    "catalogue.kind": N_("Không có loại tệp “{kind}”."),
    "catalogue.empty": N_("Tệp không có thủ tục nào dùng được ({rejected} dòng hỏng)."),
    "catalogue.empty.first": N_(
        "Tệp không có thủ tục nào dùng được: cả {rejected} dòng đều hỏng. Dòng {line}: {reason}. Tệp danh mục là tệp "
        "JSON của chương trình, hoặc mỗi dòng một thủ tục viết bằng JSON."
    ),
    "catalogue.no-such-agency": N_(
        "Danh mục không có thủ tục nào của cơ quan “{value}”. Ghi tên, mã hoặc cấp (xã, tỉnh, bộ). "
        "Các cơ quan: {known}."
    ),
    "catalogue.twice": N_("Thủ tục {code} ghi hai lần; chỉ lấy lần đầu."),
    "catalogue.nothing-to-review": N_("Không có gì chờ xem lại ở đây."),
    "holidays.empty": N_("Bảng ngày nghỉ không có ngày nào."),
    "overlay.unknown": N_("Không có quyết định này."),
    # -- printing
    "print.outcome": N_("Không có kết quả in “{outcome}”."),
    "print.unknown": N_("Không có lần in này."),
    # -- who signs, and letters of the office's own making
    "signer.no-name": N_("Người ký phải có họ tên."),
    "signer.no-title": N_("Người ký phải có chức vụ, ví dụ CHỦ TỊCH, PHÓ CHỦ TỊCH, GIÁM ĐỐC."),
    "signer.form": N_("Không có hình thức ký “{form}”. Có: {known}."),
    "signer.behalf-missing": N_("Ghi cái đứng sau {sign}: tập thể hoặc chức vụ mà người này ký thay."),
    "signer.no-collective": N_("Dòng TM. chỉ đứng trên Q. và KT.; hình thức ký này không có."),
    "signer.paper-missing": N_("Ký {sign} phải có văn bản giao; ghi số, ngày của văn bản ấy."),
    "signer.until-missing": N_("Ghi ngày hết hiệu lực: ký theo ủy quyền hoặc ký thay người vắng chỉ có thời hạn."),
    "signer.day": N_("“{text}” không phải một ngày. Ghi dạng 23/11/2026."),
    "signer.backward": N_("Ngày hết hiệu lực {until} đứng trước ngày bắt đầu {since}."),
    "signer.stands-for-whom": N_("Không có người ký nào như vậy để ký thay khi vắng."),
    "signer.form-no-stand-in": N_("Ký thay người vắng bằng một trong các hình thức: {known}."),
    "signer.no-second-stand-in": N_("{name} đang ký thay người khác; người được giao ký thay không giao lại."),
    "signer.already": N_("{name} đã có trong danh sách người ký với đúng những điều này."),
    "signer.unknown": N_("Không có người ký nào như vậy."),
    "signer.withdrawn": N_("{name} không còn ký văn bản của cơ quan."),
    "signer.not-yet": N_("{name} chỉ được ký từ ngày {since}."),
    "signer.expired": N_("{name} chỉ được ký đến hết ngày {until}, văn bản này đề ngày {day}."),
    "signer.expired.paper": N_("{paper} chỉ giao {name} ký đến hết ngày {until}, văn bản này đề ngày {day}."),
    "signer.away": N_("{name} vắng đến hết ngày {until}; trong thời gian đó {by} ký."),
    "signer.none": N_("Ngày {day} chưa có ai được ghi là người ký. Người phụ trách ghi ở Cài đặt, Người ký."),
    "template.no-name": N_("Mẫu phải có tên để chọn."),
    "template.no-title": N_("Văn bản có tên loại thì phải ghi tên loại, ví dụ GIẤY XÁC NHẬN."),
    "template.no-about": N_("Công văn phải có trích yếu, đứng sau “V/v”."),
    "template.no-text": N_("Mẫu chưa có nội dung."),
    "template.too-long": N_("Nội dung dài quá; nhiều nhất {most} chữ cái, {lines} dòng."),
    "template.brace": N_(
        "Dòng {line}: dấu ngoặc nhọn không thành một trường. Giữa hai dấu là tên trường, ví dụ ho_ten."
    ),
    "template.bold": N_("Dòng {line}: mở ** mà chưa đóng."),
    "template.unknown-field": N_("Dòng {line}: không có trường “{name}”."),
    "template.unknown-field.nearest": N_("Dòng {line}: không có trường “{name}”. Có phải “{nearest}”?"),
    "template.unknown-procedure": N_("Danh mục không có thủ tục {code}."),
    "template.choice": N_("“{value}” không chọn được ở đây. Có: {known}."),
    "template.file": N_("Tệp mẫu có chỗ không hiểu: “{key}”."),
    "template.not-a-file": N_("Tệp này không phải mẫu văn bản kết quả của Một cửa."),
    "template.moved-on": N_("{by} vừa lưu phiên bản {version} của mẫu này. Mở lại rồi sửa tiếp."),
    "template.same": N_("Mẫu không khác gì phiên bản đang dùng."),
    "template.unknown": N_("Không có mẫu “{key}”. Có: {known}."),
    "template.not-for": N_("Mẫu “{key}” không dành cho thủ tục của hồ sơ này."),
    "template.none-for": N_("Chưa có mẫu văn bản kết quả nào cho thủ tục {procedure}."),
    "template.none-here": N_(
        "Chưa có mẫu văn bản kết quả nào cho thủ tục này. Người phụ trách soạn ở Mẫu văn bản kết quả."
    ),
    "template.published": N_("Đã lưu “{name}”, phiên bản {version}."),
    "template.retired": N_("Không dùng “{name}” nữa. Văn bản đã in giữ nguyên."),
    "template.written": N_("Đã ghi mẫu vào {file}."),
    "template.taken": N_("Đã mở mẫu “{name}” từ tệp. Xem lại rồi lưu."),
    "template.leave": N_("Bỏ những gì đã sửa ở mẫu “{name}” mà chưa lưu?"),
    "template.retire": N_("Không dùng mẫu “{name}” nữa? Văn bản đã in giữ nguyên."),
    "result.state": N_("Văn bản kết quả chỉ lập khi hồ sơ đang giải quyết."),
    "result.none-made": N_("Hồ sơ này chưa lập văn bản kết quả nào."),
    "result.number": N_("Số văn bản “{value}” không dùng được: phải có chữ số, ngắn hơn 60 chữ."),
    "result.day": N_("“{value}” không phải một ngày. Ghi dạng 23/11/2026."),
    "result.future": N_("Ngày ký {day} còn ở phía trước."),
    "result.not-printed": N_("Chỉ ký số được văn bản đã in và còn lưu ở đây."),
    "result.signed-already": N_("Văn bản này đã ký số và đã nằm trong hồ sơ."),
    "result.draft-not-kept": N_("Đây là bản nháp để xem; lập và in rồi mới lưu được."),
    "result.another-signer": N_(
        "Chứng thư số này của {by}, còn văn bản do {signer} ký. Dùng chứng thư số của người ký hoặc của cơ quan."
    ),
    "result.made": N_("Đã lập {title}, số {number}."),
    "result.sign-offer": N_("{title} đã in xong. Ký số để giữ làm kết quả của hồ sơ?"),
    "result.signed": N_("{by} đã ký số {title}; bản đã ký nằm trong hồ sơ."),
    "signer.kept": N_("Đã ghi {name} vào danh sách người ký."),
    "signer.gone": N_("{name} không còn trong danh sách người ký."),
    "signer.withdraw": N_("Không để {name} ký nữa? Văn bản đã ký giữ nguyên."),
    "history.dossier.letter-made": N_("Lập văn bản kết quả số {number}"),
    "print.only-result-letter": N_("{names} chỉ dùng với văn bản kết quả."),
    "print.copy-moved-on": N_("Giấy này vừa được in ở nơi khác. Làm lại."),
    "print.no-lien": N_("Chỉ giấy tiếp nhận có liên 1 và liên 2."),
    "print.paper": N_("Giấy này không in trên khổ {paper}. Các khổ in được: {known}."),
    "print.template": N_("Không có mẫu “{template}”. Các mẫu: {known}."),
    # -- what has happened to a dossier, its list
    "history.dossier.registered": N_("Nộp trực tuyến, mã trên Cổng {code}"),
    "history.part.finished": N_("Có kết quả: {name}, số {number}"),
    "history.part.finished.none": N_("Không có kết quả: {name}"),
    "history.dossier.received": N_("Tiếp nhận tại {counter}"),
    "history.dossier.received-here": N_("Đã tiếp nhận hồ sơ"),
    "history.dossier.linked": N_("Gắn mã {code} của hệ thống khác"),
    "history.dossier.official": N_("Có mã chính thức {code}"),
    "history.dossier.accepted": N_("Tiếp nhận hồ sơ trực tuyến"),
    "history.dossier.refused": N_("Từ chối tiếp nhận"),
    "history.dossier.forwarded": N_("Chuyển xử lý"),
    "history.dossier.forwarded.to": N_("Chuyển xử lý cho {to}"),
    "history.dossier.sent-back": N_("Yêu cầu bổ sung hồ sơ"),
    "history.dossier.completed": N_("Đã bổ sung đủ hồ sơ"),
    "history.dossier.payment-asked": N_("Yêu cầu nộp phí, lệ phí hoặc thuế"),
    "history.dossier.paid": N_("Đã nộp phí, lệ phí hoặc thuế"),
    "history.dossier.withdrawn": N_("Công dân rút hồ sơ"),
    "history.dossier.stopped": N_("Dừng giải quyết"),
    "history.dossier.finished": N_("Đã có kết quả"),
    "history.dossier.finished.numbered": N_("Đã có kết quả số {number}"),
    "history.dossier.handed-back": N_("Trả kết quả cho {name}"),
    "history.result.shelved": N_("Để kết quả ở {shelf}"),
    "history.result.unshelved": N_("Lấy kết quả ra khỏi ô"),
    "history.result.called": N_("Gọi báo ({way}): {outcome}"),
    "history.result.posted": N_("Gửi bưu chính lại: {carrier}"),
    "history.result.tracked": N_("Số hiệu bưu gửi: {carrier}"),
    "history.result.returned": N_("Bưu chính trả lại kết quả"),
    "history.result.sent": N_("Gửi bản điện tử của kết quả"),
    "history.result.collected": N_("Trả kết quả cho {name}, sau khi bưu chính trả lại"),
    "history.dossier.custody": N_("Giữ bản gốc: {names}"),
    "history.dossier.custody.back": N_("Trả lại bản gốc: {names}"),
    "history.dossier.recalled": N_("Thu hồi kết quả để sửa"),
    "history.dossier.extended": N_("Xin lỗi và hẹn lại {due}"),
    "history.dossier.corrected": N_("Đính chính: {what}"),
    "history.rating.given": N_("Công dân đã đánh giá mức độ hài lòng"),
    "history.rating.given.slip": N_("Đã nhập phiếu đánh giá của công dân"),
    "history.dossier.undone": N_("Lấy lại việc vừa làm"),
    "history.dossier.assigned": N_("Giao cho {to}"),
    "history.dossier.taken": N_("Đã nhận hồ sơ"),
    "history.dossier.given-back": N_("Trả lại Bộ phận Một cửa"),
    "history.dossier.given-back.to": N_("Trả lại {to}, Bộ phận Một cửa"),
    "history.dossier.received-late": N_("Nhập bù từ giấy {sheet}: đã nhận lúc {at}"),
    "history.dossier.imported": N_("Tiếp quản từ {system}"),
    "history.late-entry.confirmed": N_("Xác nhận nhập bù đúng với giấy"),
    "history.late-entry.refused": N_("Nhập bù chưa đúng với giấy"),
    "history.clock.corrected": N_("Giờ tiếp nhận đã ghi là giờ sai: đồng hồ máy chạy nhanh đến {last}"),
    "history.dossier.unlinked": N_("Bỏ mã {code} liên kết nhầm"),
    "history.paper.printed": N_("In {letter}"),
    "history.paper.reprinted": N_("In lại lần {copy_no}: {letter}"),
    "history.paper.outcome": N_("{letter}: {outcome}"),
    "history.document.kept": N_("Nhận {title}: {leaves} trang"),
    "history.document.reused": N_("Dùng lại {title} từ kho giấy tờ"),
    "history.document.filed": N_("Đã lập tệp của {title}"),
    "history.document.described": N_("Sửa thông tin của {title}"),
    "history.document.moved": N_("Chuyển {title} sang giấy tờ khác"),
    "history.document.arranged": N_("Sắp xếp lại trang của {title}"),
    "history.document.dropped": N_("Bỏ {title} ra khỏi hồ sơ"),
    "history.document.restored": N_("Đưa {title} trở lại hồ sơ"),
    "history.document.signed": N_("Ký số {title}"),
    "history.document.copied": N_("Ghi bản sao điện tử của {title}"),
    "history.act.settled": N_("Đã quyết định về thay đổi không khớp giữa các quầy"),
    "history.other": N_("Có thay đổi khác"),
    "dossiers.codes-copied": N_("Đã chép {count} mã hồ sơ vào bộ nhớ tạm."),
    "dossiers.linked": N_("Đã gắn mã {external}."),
    # -- the command line
    "usage.unknown-command": N_("Không có lệnh “{name}”. Các lệnh: {known}."),
    "usage.missing": N_("Thiếu: {names}."),
    "usage.unknown": N_("Không hiểu: {names}."),
    "usage.one-of": N_("Cần một trong: {names}."),
    "usage.not-together": N_("{name} không đi cùng {other}."),
    "usage.value-missing": N_("{name} cần một giá trị đi kèm."),
    "usage.choice": N_("Không có lựa chọn “{value}”. Chọn một trong: {known}."),
    "usage.not-a-number": N_("“{value}” không phải số từ {least} đến {most}."),
    "usage.no-name": N_("Tên tệp để trống. Ghi tên tệp."),
    "usage.not-a-time": N_("Không đọc được thời điểm “{value}”. Ghi dạng 2026-11-23T09:05."),
    "usage.wrong": N_("Dùng lệnh chưa đúng: {reason}."),
    "window.no-display": N_(
        "Không có màn hình để mở cửa sổ (DISPLAY: {display}). Mở trong phiên làm việc có màn hình, "
        "hoặc dùng dòng lệnh: motcua --help."
    ),
    "command.interrupted": N_("Đã dừng theo yêu cầu. Những gì đã xong vẫn còn."),
    # -- the people screen: what happened to a registration, what is told
    "person-history.citizen.registered": N_("Đăng ký bằng tay"),
    "person-history.citizen.registered-by-card": N_("Đăng ký bằng thẻ căn cước"),
    "person-history.citizen.changed": N_("Sửa thông tin"),
    "person-history.citizen.same": N_("Xác nhận hai lần đăng ký là một người"),
    "person-history.citizen.apart": N_("Xác nhận là hai người khác nhau"),
    "person-history.citizen.undecided": N_("Bỏ đánh dấu: chưa rõ có phải một người không"),
    "person-history.citizen.number-opened": N_("Mở xem đủ số giấy tờ"),
    "person-history.dossier.received": N_("Nộp hồ sơ: {procedure}"),
    "person-history.dossier.registered": N_("Nộp hồ sơ trực tuyến: {procedure}"),
    "person-history.intake.supplement": N_("Nhận phiếu yêu cầu bổ sung: {procedure}"),
    "person-history.intake.refusal": N_("Bị từ chối tiếp nhận: {procedure}"),
    "person-history.other": N_("Việc khác"),
    "people.registered": N_("Đã đăng ký {name}."),
    "people.known": N_("{name} đã đăng ký từ trước; không có gì khác."),
    "people.changed": N_("Đã lưu thông tin của {name}."),
    "people.joined": N_("Đã gộp hai lần đăng ký thành một người."),
    "people.undecided": N_("Không còn ghi nhận gì về hai người này. Nếu giống nhau, chương trình lại hỏi."),
    "people.apart": N_("Đã ghi nhận là hai người khác nhau; không hỏi lại nữa."),
    "people.unfinished": N_("Đã cất phần đang nhập dở."),
    # -- the catalogue screen
    "overlay.bad-day": N_("Không đọc được ngày “{text}”. Ghi ngày/tháng/năm như 01/01/2027."),
    "overlay.not-a-number": N_("“{text}” không phải số dùng được ở đây."),
    "catalogue.on": N_("Đã dùng lại: {name}."),
    "catalogue.off": N_("Đã ngừng dùng: {name}."),
    "catalogue.quick-on": N_("Đã đưa vào danh sách nhanh: {name}."),
    "catalogue.quick-off": N_("Đã bỏ khỏi danh sách nhanh: {name}."),
    "catalogue.many-on": N_("Đã dùng lại {count} thủ tục."),
    "catalogue.many-off": N_("Đã ngừng dùng {count} thủ tục."),
    "catalogue.decided": N_("Đã ghi {decision}."),
    "catalogue.withdrawn": N_("Đã thu hồi {decision}."),
    "catalogue.reviewed": N_("Đã nhận các mục đã chọn của “{name}”."),
    "catalogue.declined": N_("Giữ bản đang dùng của “{name}”."),
    "progress.catalogue-import": N_("Đang nhập danh mục"),
    "progress.catalogue-switch": N_("Đang đổi các thủ tục đã chọn"),
    # -- the office's own settings
    "office.kept": N_("Đã lưu thông tin cơ quan."),
    "office.hours-kept": N_("Đã lưu giờ làm việc. Hồ sơ đã tiếp nhận giữ nguyên ngày hẹn."),
    "day.no-name": N_("Ghi tên ngày, ví dụ Quốc khánh."),
    "day.kept": N_("Đã lưu ngày {day}. Hồ sơ đã tiếp nhận giữ nguyên ngày hẹn."),
    "day.removed": N_("Đã bỏ ngày {day} khỏi bảng; ngày ấy tính theo lịch tuần."),
    "clerk.kept": N_("Đã lưu thông tin của {name}."),
    "clerk.renew-code": N_("Cấp mã dùng một lần mới cho {name}? Mật khẩu đang dùng sẽ hết hiệu lực."),
    "numbering.goes-on": N_("Đã cho cấp số trở lại."),
}
