"""Who may do what: roles of an office and the permissions that each carries."""

from __future__ import annotations

from enum import StrEnum

from onestop.texts import N_


class Role(StrEnum):
    """What a clerk is at this office."""

    RECEPTION = "reception"
    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    INSTALLER = "installer"


class Permission(StrEnum):
    """What an action asks for."""

    RECEIVE = "receive"
    REGISTER = "register"
    OPEN_NUMBER = "open-number"
    PRINT = "print"
    LINK_CODE = "link-code"
    MERGE = "merge"
    IMPORT_PEOPLE = "import-people"
    EDIT_CATALOGUE = "edit-catalogue"
    EDIT_OFFICE = "edit-office"
    MANAGE_CLERKS = "manage-clerks"
    RESUME_NUMBERING = "resume-numbering"
    SETTLE = "settle"
    SCAN = "scan"
    PASS_PAPER = "pass-paper"
    MOVE = "move"
    DECIDE = "decide"
    HAND_BACK = "hand-back"
    LATE_ENTRY = "late-entry"
    IMPORT_DOSSIERS = "import-dossiers"
    DELEGATE = "delegate"
    CORRECT = "correct"
    SEE_RATINGS = "see-ratings"
    EDIT_LETTERS = "edit-letters"


ROLE_NAMES: dict[Role, str] = {
    Role.RECEPTION: N_("Cán bộ tiếp nhận"),
    Role.OFFICER: N_("Công chức chuyên môn"),
    Role.SUPERVISOR: N_("Phụ trách"),
    Role.INSTALLER: N_("Người cài đặt"),
}

PERMISSION_NAMES: dict[Permission, str] = {
    Permission.RECEIVE: N_("tiếp nhận hồ sơ"),
    Permission.REGISTER: N_("đăng ký người dân"),
    Permission.OPEN_NUMBER: N_("xem số định danh đầy đủ"),
    Permission.PRINT: N_("in giấy tờ"),
    Permission.LINK_CODE: N_("liên kết mã hồ sơ"),
    Permission.MERGE: N_("xác nhận hai người là một"),
    Permission.IMPORT_PEOPLE: N_("nhập danh sách người dân"),
    Permission.EDIT_CATALOGUE: N_("sửa danh mục thủ tục"),
    Permission.EDIT_OFFICE: N_("sửa thông tin cơ quan"),
    Permission.MANAGE_CLERKS: N_("quản lý cán bộ"),
    Permission.RESUME_NUMBERING: N_("cho phép cấp số trở lại"),
    Permission.SETTLE: N_("giải quyết việc bị từ chối hoặc gác lại"),
    Permission.SCAN: N_("quét, nhận giấy tờ vào hồ sơ"),
    Permission.PASS_PAPER: N_("cho nhận giấy tờ có tệp hỏng hoặc chữ ký số hỏng"),
    Permission.MOVE: N_("chuyển, yêu cầu bổ sung, xử lý xong hồ sơ"),
    Permission.DECIDE: N_("gia hạn, dừng, thu hồi kết quả; bổ sung lần hai"),
    Permission.HAND_BACK: N_("trả kết quả"),
    Permission.LATE_ENTRY: N_("in giấy tiếp nhận dự phòng, xác nhận nhập bù"),
    Permission.IMPORT_DOSSIERS: N_("nhập hồ sơ từ hệ thống cũ"),
    Permission.DELEGATE: N_("bàn giao công việc của người nghỉ"),
    Permission.CORRECT: N_("đính chính hồ sơ đã tiếp nhận"),
    Permission.SEE_RATINGS: N_("xem đánh giá của công dân"),
    Permission.EDIT_LETTERS: N_("soạn mẫu văn bản kết quả, ghi người ký"),
}

_COUNTER = frozenset(
    {
        Permission.RECEIVE,
        Permission.REGISTER,
        Permission.OPEN_NUMBER,
        Permission.PRINT,
        Permission.LINK_CODE,
        Permission.MERGE,
        Permission.SCAN,
        Permission.MOVE,
        Permission.HAND_BACK,
        Permission.CORRECT,
    }
)

ALLOWED: dict[Role, frozenset[Permission]] = {
    Role.RECEPTION: _COUNTER,
    Role.OFFICER: frozenset(
        {Permission.OPEN_NUMBER, Permission.PRINT, Permission.SCAN, Permission.MOVE, Permission.CORRECT}
    ),
    Role.SUPERVISOR: frozenset(Permission),
    Role.INSTALLER: frozenset({Permission.EDIT_OFFICE, Permission.MANAGE_CLERKS, Permission.IMPORT_PEOPLE}),
}


def may(role: str, permission: Permission) -> bool:
    """Whether a clerk with `role` may; an unknown role may nothing."""
    return permission in ALLOWED.get(Role(role), frozenset()) if role in set(Role) else False
