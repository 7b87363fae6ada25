"""The settings page, made from the declarations in `desktop/settings.py`: nothing is written down twice."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTime, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.assets import Look
from desktop.devices.serial_card import ports
from desktop.jobs import Report
from desktop.settings import GROUPS, SETTINGS, Scope, Setting
from desktop.views import office_settings
from desktop.views.boxes import Card, Hairline
from desktop.views.buttons import Button
from desktop.views.inputs import Choice, Field
from desktop.views.laying import across, down, show_if
from desktop.views.screen import Counter, Screen
from desktop.views.wording import Words
from onestop.rules.errors import RuleBroken, Trouble
from onestop.rules.roles import Permission
from onestop.texts import N_, _, sentence

SCOPES = {
    Scope.MACHINE: N_("Riêng máy này"),
    Scope.PERSON: N_("Riêng tài khoản của bạn"),
    Scope.OFFICE: N_("Chung cho cả cơ quan"),
}
TIME = "time"
"""The choice that stands for a time of one's own."""
DEFAULTS = {
    "printers": ("", N_("Máy in mặc định của máy tính")),
    "scanners": ("", N_("Máy quét đầu tiên tìm thấy")),
    "serial_ports": ("", N_("Không dùng")),
    "certificates": ("", N_("Chứng thư số duy nhất trên thiết bị")),
    "sign_programs": ("", N_("Chưa chọn")),
}
"""What an empty choice means, by the `source` of the setting."""
Source = Callable[[], Sequence[tuple[Any, str]]]


def _listed(source: Source, _report: Report) -> list[tuple[Any, str]]:
    """In a worker: what the machine has."""
    return list(source())


class Control(QObject):
    """One setting on the page: the widget, how its value is read and shown."""

    def __init__(
        self, look: Look, setting: Setting, value: Any, choices: Sequence[tuple[Any, str]], set_: Callable[[Any], None]
    ) -> None:
        super().__init__()
        self.setting = setting
        self._set = set_
        self._time = self._time_edit(look, setting, value)
        label, help_ = _(setting.label), _(setting.help) if setting.help else ""
        self.field: Field | None = None
        self.pick: Button | None = None
        if setting.type is bool:
            box = QCheckBox(label)
            box.setChecked(bool(value))
            box.setAccessibleDescription(help_)
            box.toggled.connect(self._changed)
            self.input: QWidget = box
            self.widget = QWidget()
            note = Words(look, help_, "note", "quiet", wrap=True)
            show_if(note, bool(help_))
            self.widget.setLayout(down(look, box, note, gap="none"))
            return
        if choices:
            self.input = self._choice(look, value, choices)
        elif setting.type is int:
            number = QSpinBox()
            number.setRange(setting.least or 0, setting.most or 999)
            number.setValue(int(value))
            number.setFixedWidth(look.size("field_narrow"))
            number.valueChanged.connect(self._changed)
            self.input = number
        else:
            line = QLineEdit(str(value))
            line.editingFinished.connect(self._changed)
            self.input = line
        self.field = Field(look, label, self.input, help_)
        if self._time is not None:
            layout = self.field.layout()
            assert isinstance(layout, QVBoxLayout)
            layout.insertWidget(2, self._time)
        if setting.file:
            self._offer_files(look)
        self.widget = self.field

    def _offer_files(self, look: Look) -> None:
        """A file is named by typing or through a dialogue."""
        assert self.field is not None
        layout = self.field.layout()
        assert isinstance(layout, QVBoxLayout)
        self.pick = Button(look, _("Chọn tệp…"), name=f"{_('Chọn tệp…')} {_(self.setting.label)}")
        layout.removeWidget(self.input)
        layout.insertLayout(1, across(look, (self.input, 1), self.pick))

    def take(self, file: Path) -> None:
        """The file that was picked."""
        assert isinstance(self.input, QLineEdit)
        self.input.setText(str(file))
        self._changed()

    def _time_edit(self, look: Look, setting: Setting, value: Any) -> QTimeEdit | None:
        if not (setting.choices and setting.pattern):
            return None
        own = value not in [one for one, _text in setting.choices]
        edit = QTimeEdit()
        edit.setDisplayFormat("HH:mm")
        edit.setFixedWidth(look.size("field_narrow"))
        edit.setAccessibleName(f"{_(setting.label)}: {_('Giờ khác')}")
        edit.setTime(QTime.fromString(value if own else setting.example, "HH:mm"))
        show_if(edit, own)
        edit.timeChanged.connect(self._changed)
        return edit

    def _choice(self, look: Look, value: Any, choices: Sequence[tuple[Any, str]]) -> Choice:
        known = [one for one, _text in choices]
        if self._time is not None:
            choices = [*choices, (TIME, _("Giờ khác"))]
        elif value not in known:
            # A printer that is not plugged in today stays chosen; a size of text between two others is there to stay.
            first, text = choices[0]
            choices = [
                *choices,
                (value, text.replace(str(first), str(value)) if isinstance(first, int) else str(value)),
            ]
        choice = Choice(look, choices)
        choice.choose(TIME if self._time is not None and value not in known else value)
        choice.currentIndexChanged.connect(self._changed)
        return choice

    def offer(self, choices: Sequence[tuple[Any, str]]) -> None:
        """Other choices; the one that is chosen stays, even when it is not among them."""
        assert isinstance(self.input, Choice)
        value = self.input.value
        if value not in [one for one, _text in choices]:
            choices = [*choices, (value, str(value))]
        self.input.set_choices([(one, _(text)) for one, text in choices])

    @property
    def value(self) -> Any:
        """What is set on the page."""
        if isinstance(self.input, QCheckBox):
            return self.input.isChecked()
        if isinstance(self.input, QSpinBox):
            return self.input.value()
        if isinstance(self.input, Choice):
            if self._time is not None and self.input.value == TIME:
                return self._time.time().toString("HH:mm")
            return self.input.value
        assert isinstance(self.input, QLineEdit)
        return self.input.text()

    def _changed(self, *_what: object) -> None:
        if self._time is not None and isinstance(self.input, Choice):
            self._time.setVisible(self.input.value == TIME)
        self._set(self.value)

    def say_wrong(self, text: str) -> None:
        """The value cannot be kept."""
        if self.field is not None:
            self.field.say_wrong(text)


class PreferencesScreen(Screen):
    """Groups at the left, the settings of the chosen one at the right; a change counts at once. Below them what belongs
    to the office itself (`views/office_settings.py`). `go("settings", group="days")` shows a group.

    `sources`: choices that only the running program knows, by the `source` of the declaration ("printers"); each is
    called off the GUI thread whenever the page is shown. Without it the printers of `counter.service` are offered.
    """

    place = "settings"
    hears = frozenset({"group"})
    watches = frozenset({"office", "clerk", "day_off", "signer", "reserved_sheet"})

    def __init__(
        self,
        counter: Counter,
        sources: Mapping[str, Source] | None = None,
    ) -> None:
        super().__init__(counter)
        own = {
            "printers": self._printers,
            "scanners": self._scanners,
            "serial_ports": self._ports,
            "certificates": self._certificates,
            "sign_programs": self._programs,
        }
        self._sources = sources if sources is not None else own
        self._may = counter.commands.may
        self._saved = False
        self.controls: dict[str, Control] = {}
        look = self.look
        self._groups = QButtonGroup(self, exclusive=True)
        self._parts: dict[str, QWidget] = {}
        self._places: dict[str, QWidget] = {}
        self._heads: list[tuple[QWidget, list[Setting]]] = []
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        sheet = QWidget()
        sheet.setProperty("bare", True)
        column = down(look, gap="l")
        self._menu = Card(look, gap="xs")
        self._menu.setFixedWidth(look.size("search") // 2 + look.size("thumb"))
        self._wanted = ""
        self.office_parts = office_settings.parts(counter)
        cards: list[tuple[str, str, QWidget]] = [
            (key, _(title), self._part(_(title), [setting for setting in SETTINGS if setting.group == key]))
            for key, title in GROUPS
        ]
        cards += [(part.key, part.title, part) for part in self.office_parts]
        for key, title, part in cards:
            self._parts[key] = part
            column.addWidget(part)
            button = Button(look, title, "flat")
            button.setCheckable(True)
            button.clicked.connect(lambda _checked=False, key=key: self._show(key))
            self._groups.addButton(button)
            self._menu.add(button)
        self._menu.add(None)
        self._show_heads()
        column.addStretch(1)
        sheet.setLayout(column)
        self._scroll.setWidget(sheet)
        self._scroll.setMaximumWidth(look.size("login_both"))
        self._scroll.verticalScrollBar().valueChanged.connect(self._mark)
        self.setLayout(across(look, self._menu, (self._scroll, 10), (QWidget(), 1), gap="l"))
        self._saved_for = QTimer(self, singleShot=True, interval=look.time("notice"))
        self._saved_for.timeout.connect(self._forget_saved)

    def _part(self, title: str, settings: Sequence[Setting]) -> Card:
        look = self.look
        card = Card(look, gap="l")
        card.add(Words(look, title, "lead", strong=True))
        card.setAccessibleName(title)
        scope: Scope | None = None
        head: tuple[QWidget, list[Setting]] = (QWidget(), [])
        for setting in settings:
            if setting.scope is not scope:
                first, scope = scope is None, setting.scope
                head = (self._head(scope, first=first), [])
                self._heads.append(head)
                card.add(head[0])
            head[1].append(setting)
            control = self._control(setting)
            self.controls[setting.key] = control
            control.widget.setMaximumWidth(look.size("panel_words"))
            place = QWidget()
            place.setLayout(across(look, (control.widget, 1), None))
            self._places[setting.key] = place
            show_if(place, self._matters(setting))
            card.add(place)
        return card

    def _head(self, scope: Scope, *, first: bool) -> QWidget:
        """Whose the settings below are, behind a line."""
        look, head = self.look, QWidget()
        words = Words(look, self._whose(scope), "note", "quiet")
        head.setLayout(down(look, *([] if first else [Hairline(look)]), words, gap="l"))
        return head

    def _show_heads(self) -> None:
        """A heading under which nothing is asked just now is not there."""
        for head, settings in self._heads:
            show_if(head, any(map(self._matters, settings)))

    def _matters(self, setting: Setting) -> bool:
        key, value = setting.when
        return not key or self.settings.get(key) == value

    def _whose(self, scope: Scope) -> str:
        text = _(SCOPES[scope])
        if scope is Scope.OFFICE and not self._may(Permission.EDIT_OFFICE):
            text += " · " + _("chỉ người phụ trách được đổi")
        return text

    def _control(self, setting: Setting) -> Control:
        choices = [(value, _(text)) for value, text in setting.choices]
        if setting.source:
            choices = self._first_choices(setting)
        value = self.settings.get(setting.key)
        control = Control(self.look, setting, value, choices, lambda new: self._set(setting, new))
        if setting.scope is Scope.OFFICE and not self._may(Permission.EDIT_OFFICE):
            control.input.setEnabled(False)
        if control.pick is not None:
            control.pick.clicked.connect(
                lambda: self.notices.pick_file(_(setting.label), [_(setting.file), _("Mọi tệp (*)")], control.take)
            )
            control.pick.setEnabled(not self.settings.locked(setting.key))
        if self.settings.locked(setting.key):
            control.input.setEnabled(False)
            control.widget.setToolTip(_("Người cài đặt đã khóa lựa chọn này cho cả cơ quan."))
            control.input.setAccessibleDescription(control.widget.toolTip())
        return control

    @staticmethod
    def _first_choices(setting: Setting) -> list[tuple[Any, str]]:
        """What can be chosen before the machine has been asked: what the declaration says, else the empty choice."""
        if setting.choices:
            return [(value, _(text)) for value, text in setting.choices]
        value, text = DEFAULTS[setting.source]
        return [(value, _(text))]

    def _scanners(self) -> Sequence[tuple[Any, str]]:
        scanners = getattr(self.counter.service, "scanners", None)
        return [(each.key, each.name) for each in scanners.find().devices] if scanners is not None else []

    @staticmethod
    def _ports() -> Sequence[tuple[Any, str]]:
        return ports()

    def _printers(self) -> Sequence[tuple[Any, str]]:
        printers = getattr(self.counter.service, "printers", None)
        return [(name, name) for name in printers.names()] if printers is not None else []

    def _certificates(self) -> Sequence[tuple[Any, str]]:
        """What is on the tokens that are plugged in; the drivers are asked where a token is what one signs with."""
        if self.settings.get("sign_way") != "token":
            return []
        modules = importlib.import_module("paper.sign_modules").modules_here(str(self.settings.get("sign_module")))
        try:
            found = importlib.import_module("paper.sign_apart").keys_here(modules)
        except (RuleBroken, Trouble):
            return []  # no token, no driver: what is the matter is said to whoever signs
        return [
            (each.certificate.fingerprint, f"{each.certificate.common_name} ({each.certificate.issuer})")
            for each in found
        ]

    def _programs(self) -> Sequence[tuple[Any, str]]:
        signing = importlib.import_module("desktop.signing")
        office = getattr(self.counter.service, "office", None)
        return [(each.key, each.name) for each in signing.offered(demo=office is not None and office.row.demo)]

    def _look_around(self, *names: str) -> None:
        """Ask the machine what there is; it may take a moment."""
        for name in names or self._sources:
            if name in self._sources:
                self.desk.run(partial(_listed, self._sources[name]), then=partial(self._found, name), owner=self)

    def _found(self, source: str, found: Sequence[tuple[Any, str]]) -> None:
        for control in self.controls.values():
            if control.setting.source == source:
                control.offer([*self._first_choices(control.setting), *found])

    def _set(self, setting: Setting, value: Any) -> None:
        control = self.controls[setting.key]
        if value == self.settings.get(setting.key):
            return
        try:
            self.settings.set(setting.key, value)
        except RuleBroken as broken:
            control.say_wrong(sentence(broken.code, **broken.details))
            return
        control.say_wrong("")
        for other in SETTINGS:
            if other.when[0] == setting.key:
                show_if(self._places[other.key], self._matters(other))
        self._show_heads()
        if setting.key in ("sign_way", "sign_module"):
            self._look_around("certificates")
        self._saved = True
        self.changed_head.emit()
        self._saved_for.start()

    def _forget_saved(self) -> None:
        self._saved = False
        self.changed_head.emit()

    def _show(self, key: str) -> None:
        bar = self._scroll.verticalScrollBar()
        bar.setValue(self._parts[key].y())
        first = next((one for one in self.controls.values() if one.setting.group == key), None)
        own = next((one for one in self.office_parts if one.key == key), None)
        if first is not None:
            first.input.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif own is not None:
            own.first().setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._mark_key(key)

    def _mark(self, top: int) -> None:
        if not any(button.hasFocus() for button in self._groups.buttons()):
            past = [key for key, part in self._parts.items() if part.y() <= top + self.look.size("thumb")]
            if past:
                self._mark_key(past[-1])

    def _mark_key(self, key: str) -> None:
        buttons: list[QAbstractButton] = self._groups.buttons()
        buttons[list(self._parts).index(key)].setChecked(True)

    # -- for the frame

    def title(self) -> str:
        return _("Cài đặt")

    def badge(self) -> str:
        return _("Đã lưu") if self._saved else ""

    def badge_tone(self) -> str:
        return "good"

    def wished(self, **wish: Any) -> None:
        self._wanted = str(wish.get("group") or "")

    def refresh(self, changes: Mapping[str, frozenset[str]]) -> None:
        for part in self.office_parts:
            part.hear(changes)

    def activated(self) -> None:
        self._look_around()
        for part in self.office_parts:
            part.load()
        wanted, self._wanted = self._wanted, ""
        if wanted in self._parts:
            QTimer.singleShot(0, self, lambda: self._show(wanted))
            return
        next(iter(self.controls.values())).input.setFocus(Qt.FocusReason.OtherFocusReason)
        self._mark_key(GROUPS[0][0])
