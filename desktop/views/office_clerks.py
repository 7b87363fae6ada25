"""Cán bộ: who works here and as what; a new clerk or a forgotten password gets a code that is shown once."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from desktop.bus import Level
from desktop.models import office as models
from desktop.models.table import TableModel
from desktop.views.boxes import Box
from desktop.views.buttons import Button
from desktop.views.inputs import Choice, Field
from desktop.views.laying import across, down
from desktop.views.lists import ListView
from desktop.views.office_part import OfficePart
from desktop.views.screen import Counter
from desktop.views.wording import Words
from onestop.actions import manage
from onestop.actions.manage import ClerkForm
from onestop.queries import office as queries
from onestop.queries.office import ClerkRow
from onestop.rules.roles import Permission, Role
from onestop.texts import _

ROWS = 7


class ClerksPart(OfficePart):
    """The list above, the one chosen below."""

    key = "clerks"
    tables = frozenset({"clerk"})
    permission = Permission.MANAGE_CLERKS

    def __init__(self, counter: Counter) -> None:
        self.title = _("Cán bộ")
        super().__init__(counter)
        look = self.look
        self.current: ClerkRow | None = None
        self.model = TableModel(look, models.clerk_columns())
        self.list = ListView(look, self.model, _("Cán bộ"))
        self.list.setFixedHeight(look.size("header") + look.size("row") * ROWS)
        self.list.picked.connect(self._pick)
        self.new = Button(look, _("Thêm cán bộ"), icon="user-round-plus")
        self.new.clicked.connect(self._begin)
        self.add(across(look, None, self.new))
        self.add_wide(self.list)
        self.add(self._editor(), self._code_box(), self.fault)

    def _editor(self) -> QWidget:
        look, editor = self.look, QWidget()
        self.login, self.name, self.post, self.desk_number = (QLineEdit() for _place in range(4))
        self.role = Choice(look, [(role, models.role_name(role)) for role in Role])
        self.active = QCheckBox(_("Đang làm việc"))
        self.fields = {
            "login": Field(look, _("Tài khoản"), self.login, required=True),
            "name": Field(look, _("Họ tên"), self.name, required=True),
            "role": Field(look, _("Vai trò"), self.role),
            "title": Field(look, _("Chức vụ"), self.post),
            "counter": Field(look, _("Quầy"), self.desk_number),
        }
        for line in (self.login, self.name, self.post, self.desk_number):
            line.textEdited.connect(lambda _text: self.calm(self.fields))
            line.returnPressed.connect(self._keep)
        self.keep = Button(look, _("Lưu cán bộ"), "main")
        self.keep.clicked.connect(self._keep)
        self.renew = Button(look, _("Cấp mã mới"), icon="key-round")
        self.renew.setToolTip(_("Khi quên mật khẩu: mật khẩu cũ hết dùng được"))
        self.renew.clicked.connect(self._ask_renew)
        fields = self.fields
        first = across(look, (fields["login"], 2), (fields["name"], 4), gap="m")
        second = across(look, (fields["role"], 3), (fields["title"], 3), (fields["counter"], 1), gap="m")
        for row, keys in ((first, ("login", "name")), (second, ("role", "title", "counter"))):
            for key in keys:
                row.setAlignment(fields[key], Qt.AlignmentFlag.AlignTop)
        buttons = across(look, self.active, None, self.renew, self.keep, gap="m")
        editor.setLayout(down(look, first, second, buttons, gap="s"))
        return editor

    def _code_box(self) -> QWidget:
        look = self.look
        self.code_box = Box(look, "good", padding="m", gap="xs")
        self.code_words = Words(look, "", tone="good", wrap=True)
        self.code = Words(look, "", "figure", strong=True, figures=True)
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        copy = Button(look, _("Chép mã"), icon="copy")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.code.text()))
        done = Button(look, _("Đã ghi lại"))
        done.clicked.connect(self._forget_code)
        self.code_box.add(self.code_words, self.code)
        self.code_box.body.addLayout(across(look, copy, done, None))
        self.code_box.hide()
        return self.code_box

    # -- the list

    def load(self) -> None:
        self.desk.ask(queries.clerks, active_only=False, then=self._here, owner=self, key="clerks")

    def _here(self, rows: list[ClerkRow]) -> None:
        self.model.show(rows)
        if self.current is None and rows and not self.login.text():
            self.list.choose(0)

    def _pick(self, row: ClerkRow | None) -> None:
        if row is None:
            return
        self.current = row
        self.calm(self.fields)
        self.login.setText(row.login)
        self.name.setText(row.name)
        self.role.choose(Role(row.role) if row.role in set(Role) else row.role)
        self.post.setText(row.title or "")
        self.desk_number.setText(row.counter or "")
        self.active.setChecked(row.active)
        self._enable()

    def _begin(self) -> None:
        self.current = None
        self.list.clearSelection()
        self.list.setCurrentIndex(self.list.rootIndex())
        self.calm(self.fields)
        for line in (self.login, self.name, self.post, self.desk_number):
            line.clear()
        self.role.choose(Role.RECEPTION)
        self.active.setChecked(True)
        self._enable()
        self.login.setFocus()

    def _enable(self) -> None:
        self.renew.setEnabled(self.may_change and self.current is not None and self.current.active)
        self.active.setEnabled(self.may_change and self.current is not None)

    # -- keeping

    def _keep(self) -> None:
        form = ClerkForm(
            login=self.login.text(),
            name=self.name.text(),
            role=str(self.role.value),
            title=self.post.text().strip() or None,
            counter=self.desk_number.text().strip() or None,
            active=self.active.isChecked(),
            id=self.current.id if self.current else None,
        )
        self.calm(self.fields)
        self.desk.do(
            manage.set_clerk,
            form,
            then=lambda code: self._kept(form, code),
            owner=self,
            or_else=self.refuse(self.fields),
        )

    def _kept(self, form: ClerkForm, code: str | None) -> None:
        self.desk.tell(Level.GOOD, "clerk.kept", name=form.name.strip())
        self.load()
        if code:
            self._show_code(form.login.strip().lower(), code)

    def _ask_renew(self) -> None:
        if self.current is not None:
            login = self.current.login
            self.counter.notices.confirm(
                "clerk.renew-code", _("Cấp mã mới"), lambda: self._renew(login), name=self.current.name
            )

    def _renew(self, login: str) -> None:
        self.desk.do(
            manage.renew_code,
            login,
            then=lambda code: self._show_code(login, code),
            owner=self,
            or_else=self.refuse({}),
        )

    def _show_code(self, login: str, code: str) -> None:
        text = _("Mã dùng một lần của tài khoản {login}. Ghi lại ngay: đóng đi là không xem lại được.")
        self.code_words.say(text.format(login=login))
        self.code.say(code)
        self.code_box.setAccessibleName(f"{self.code_words.text()} {code}")
        self.code_box.show()

    def _forget_code(self) -> None:
        self.code.say("")
        self.code_box.hide()

    def first(self) -> QWidget:
        return self.list


__all__ = ["ClerksPart"]
