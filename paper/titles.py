"""The titles of the papers that come to a ward counter, and how one is found again in what OCR made of it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from onestop.rules.text import fold

TITLES = tuple(
    line.strip()
    for line in """
    Giấy chứng sinh
    Giấy khai sinh
    Tờ khai đăng ký khai sinh
    Giấy báo tử
    Trích lục khai tử
    Tờ khai đăng ký khai tử
    Giấy chứng nhận kết hôn
    Tờ khai đăng ký kết hôn
    Trích lục kết hôn
    Giấy xác nhận tình trạng hôn nhân
    Tờ khai cấp Giấy xác nhận tình trạng hôn nhân
    Tờ khai đề nghị cấp bản sao Trích lục hộ tịch
    Tờ khai đăng ký nhận cha, mẹ, con
    Tờ khai đăng ký giám hộ
    Tờ khai đăng ký lại khai sinh
    Trích lục ghi chú kết hôn
    Giấy chứng nhận nuôi con nuôi
    Căn cước công dân
    Căn cước
    Giấy xác nhận số Chứng minh nhân dân, số định danh cá nhân
    Tờ khai thay đổi thông tin cư trú
    Xác nhận thông tin về cư trú
    Sổ hộ khẩu
    Hộ chiếu
    Giấy chứng nhận quyền sử dụng đất
    Giấy chứng nhận quyền sử dụng đất, quyền sở hữu nhà ở và tài sản khác gắn liền với đất
    Giấy chứng nhận quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất
    Đơn đăng ký đất đai, tài sản gắn liền với đất
    Đơn đề nghị cấp giấy phép xây dựng
    Giấy phép xây dựng
    Giấy đề nghị đăng ký hộ kinh doanh
    Giấy chứng nhận đăng ký hộ kinh doanh
    Giấy đề nghị đăng ký thay đổi nội dung đăng ký hộ kinh doanh
    Giấy ủy quyền
    Văn bản ủy quyền
    Hợp đồng ủy quyền
    Hợp đồng thuê nhà ở
    Hợp đồng thuê nhà
    Hợp đồng cho thuê nhà
    Hợp đồng chuyển nhượng quyền sử dụng đất
    Hợp đồng tặng cho quyền sử dụng đất
    Văn bản thỏa thuận phân chia di sản thừa kế
    Văn bản từ chối nhận di sản
    Di chúc
    Bằng tốt nghiệp
    Giấy chứng nhận tốt nghiệp
    Sơ yếu lý lịch
    Giấy giới thiệu
    Giấy cam đoan
    Giấy xác nhận
    Giấy xác nhận khuyết tật
    Đơn đề nghị xác định mức độ khuyết tật
    Tờ khai đề nghị trợ giúp xã hội
    Tờ khai đề nghị hỗ trợ chi phí mai táng
    Văn bản đề nghị hưởng trợ cấp hưu trí xã hội
    Quyết định
    Thông báo
    Công văn
    Tờ trình
    Biên bản
    Bản án
    Giấy mời
    Phiếu lý lịch tư pháp
    Phiếu tiếp nhận hồ sơ
    Giấy chứng nhận
    Đơn đề nghị
    Đơn xin xác nhận
    """.strip().splitlines()
)

LOOKS_LIKE = 0.84
"""How alike a line and a title must be, letter by letter without accents."""
WITHIN = 0.62
"""The title stands in this upper part of a page's lines."""


@dataclass(frozen=True, slots=True)
class Title:
    """A title that was found: as it is written, on which lines (counted from 0), how sure."""

    text: str
    lines: tuple[int, ...]
    sure: float


def title_of(lines: Sequence[str], more: Iterable[str] = ()) -> Title | None:
    """The title of a page from its lines; `more`: titles known besides (results of the catalogue). Capitals count for
    it, a longer title before a shorter one within it, one nearer the top before one further down."""
    best: tuple[float, Title] | None = None
    known = _known(tuple(more))
    upper = max(6, round(len(lines) * WITHIN))
    for first in range(min(upper, len(lines))):
        for count in (1, 2, 3):
            joined = " ".join(lines[first : first + count])
            if first + count > len(lines) or len(joined) > 160:
                break
            found = _best(joined, known)
            if found is None:
                continue
            text, alike = found
            capital = _capitals(joined)
            weight = alike + 0.25 * capital + min(0.2, len(text) / 250) - 0.15 * first / upper - 0.03 * (count - 1)
            if capital < 0.5 and alike < 0.95:
                continue
            sure = round(min(0.97, alike * (0.75 + 0.25 * capital)), 2)
            if best is None or weight > best[0]:
                best = weight, Title(text, tuple(range(first, first + count)), sure)
    return best[1] if best else None


@lru_cache(maxsize=8)
def _known(more: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Titles with the form they are compared in."""
    return tuple((title, plain(title)) for title in dict.fromkeys((*TITLES, *more)))


def _best(line: str, known: tuple[tuple[str, str], ...]) -> tuple[str, float] | None:
    seen = plain(line)
    if not 5 <= len(seen) <= 130:
        return None
    best: tuple[str, float] | None = None
    for title, form in known:
        # A line may say more behind the title ("QUYẾT ĐỊNH Về việc …" run together), never before it.
        head = seen[: len(form) + 2]
        if abs(len(seen) - len(form)) > max(6, len(form) * 0.35) and not _starts(line, title):
            continue
        match = difflib.SequenceMatcher(None, head, form, autojunk=False)
        if match.real_quick_ratio() < LOOKS_LIKE or match.quick_ratio() < LOOKS_LIKE:
            continue
        alike = match.ratio()
        if alike >= LOOKS_LIKE and (best is None or (alike, len(form)) > (best[1], len(plain(best[0])))):
            best = title, alike
    return best


def _starts(line: str, title: str) -> bool:
    """Whether the line begins with the title in capitals and goes on in another way."""
    return line.startswith(title.upper())


def plain(text: str) -> str:
    """Letters and digits alone, without accents: what OCR mistakes most is left out."""
    return re.sub(r"[^a-z0-9]", "", fold(text))


def _capitals(line: str) -> float:
    letters = [sign for sign in line if sign.isalpha()]
    return sum(sign.isupper() for sign in letters) / len(letters) if letters else 0.0
