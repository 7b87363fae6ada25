"""The words of the program. Vietnamese is the source text; other languages are catalogues in resources/locale.

`_("…")` gives a label in the language in use. `sentence(code, **details)` gives the sentence for the code of a
`RuleBroken`, a `Trouble`, a `Remark` or a step of an explanation. Rules hold codes, this file the sentences; a test
fails when a code has none, or when a catalogue misses a text.
"""

from __future__ import annotations

import gettext
from pathlib import Path
from typing import Any

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


def _(text: str) -> str:
    """`text` (Vietnamese, a literal) in the language in use."""
    return _catalogue.gettext(text)


def N_(text: str) -> str:
    """Mark `text` for translation where it is declared; `_` translates it where it is shown."""
    return text


def sentence(code: str, /, **details: Any) -> str:
    """The sentence for `code` with `details` put in; an unknown code is shown as itself."""
    text = SENTENCES.get(code)
    if text is None:
        return code
    try:
        return _(text).format(**details)
    except (KeyError, IndexError, ValueError):
        return _(text)


SENTENCES: dict[str, str] = {
    # -- general
    "act.stale": N_("Hồ sơ này vừa được người khác sửa. Mở lại để xem bản mới rồi làm lại."),
    # -- letters
    "form.not-in-force": N_("Ngày {day} chưa có mẫu phiếu này trong bảng mẫu. Xem lại ngày trên giấy."),
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
    "due.received": N_("nhận {day} lúc {hour}"),
    "due.restarted": N_("nhận đủ bổ sung {day} lúc {hour}: tính lại từ đầu"),
    "due.starts": N_("bắt đầu tính từ {hour} ngày {day}"),
    "due.same-day": N_("trả trong ngày"),
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
    "due.paused": N_("{days} chờ bổ sung: không tính"),
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
    "day.paused": N_("chờ bổ sung: không tính"),
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
    "counter.out-of-range": N_("Quầy {counter} không nằm trong {counters} quầy."),
    # -- fees
    "fee.exemption-unknown": N_("Thủ tục này không có diện miễn, giảm: {value}."),
    "fee.quantity-bad": N_("Số lượng để tính phí không hợp lệ: {value}."),
    "procedure.case-unknown": N_("Thủ tục này không có trường hợp: {value}."),
    "fee.phi": N_("Phí"),
    "fee.le_phi": N_("Lệ phí"),
    # -- the life of a dossier
    "dossier.move-not-allowed": N_("Hồ sơ đang ở trạng thái này không thực hiện được việc đó."),
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
}
