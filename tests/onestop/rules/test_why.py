"""What the system says of a file, in words of the program: a number is for what nobody has met yet."""

from __future__ import annotations

import errno

import pytest

from onestop.rules import why
from onestop.texts import message


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ELOOP, "đường dẫn chỉ vòng về chính nó"),
        (errno.EIO, "ổ đĩa báo lỗi khi đọc hoặc ghi"),
        (errno.EBUSY, "chương trình khác đang giữ tệp"),
        (errno.ETXTBSY, "chương trình khác đang giữ tệp"),
        (errno.ENOTDIR, "có tệp nằm ở chỗ của thư mục"),
        (errno.ENAMETOOLONG, "tên tệp quá dài"),
        (errno.EINVAL, "ổ đĩa này không nhận tên tệp ấy"),
        (errno.EMFILE, "máy đang mở quá nhiều tệp"),
        (errno.ESTALE, "mất kết nối với ổ đĩa mạng"),
        (errno.ETIMEDOUT, "mất kết nối với ổ đĩa mạng"),
        (errno.EFBIG, "tệp lớn hơn mức ổ đĩa này nhận"),
        (errno.ENOMEM, "máy hết bộ nhớ"),
        (errno.ECHILD, f"hệ thống báo lỗi số {errno.ECHILD}"),
    ],
)
def test_what_the_system_says_is_said_in_words(number: int, said: str) -> None:
    reason = why.of_system(OSError(number, "said in English"))
    assert message(reason["code"], reason["details"]) == said
    assert reason["said"] == "said in English"
