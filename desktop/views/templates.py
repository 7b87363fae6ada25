"""Mẫu văn bản kết quả: the office's own letters, written at the left and seen at the right as they will come out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QMenu

from desktop.bus import Level
from desktop.jobs import Report
from desktop.models import letter_words as words
from desktop.views.boxes import Card
from desktop.views.buttons import Button
from desktop.views.inputs import Choice, Field
from desktop.views.laying import across
from desktop.views.paper_view import Painted, PaperView, painted
from desktop.views.pick import PickSheet
from desktop.views.screen import Counter, Hint, Keys, Screen
from desktop.views.suggest import Option
from desktop.views.template_form import TemplateForm
from desktop.views.wording import Words
from onestop import clock
from onestop.actions import result_templates as actions
from onestop.actions.result_templates import TemplateForm as Publishing
from onestop.queries import dossiers, result_letters
from onestop.queries import result_templates as queries
from onestop.queries.result_letters import Wish
from onestop.queries.result_templates import COMES_ALONG, FormFields, TemplateRow
from onestop.rules import result_fields, why
from onestop.rules import result_template as rules
from onestop.rules.errors import RuleBroken, StoreTrouble
from onestop.rules.result_letters import ResultLetter
from onestop.rules.result_starters import LARGEST, from_file, to_file
from onestop.rules.result_template import Template
from onestop.store.files import demand_ordinary
from onestop.texts import _, message

NEW = ""
"""The key of a template that was not kept yet."""


class TemplatesScreen(Screen):
    """`go("templates")`, or with `key` one of them; `back` the screen that Esc goes back to; `draft` and `seen`: what
    was typed before the screen was made anew."""

    place = "templates"
    watches = frozenset({"result_template", "signer", "office"})
    hears = frozenset({"key", "back", "draft", "seen"})

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter)
        look = self.look
        self.rows: tuple[TemplateRow, ...] = ()
        self.known = FormFields({}, ())
        self._key, self._seen, self._back, self._dossier = NEW, None, "settings", ""  # type: str, int | None, str, str
        self._begun = words.blank()
        self._asked = 0
        self.picks = Choice(look)
        self.picks.currentIndexChanged.connect(lambda _at: self._picked())
        self.status = Words(look, "", "note", "quiet", elide=True)
        self.form = TemplateForm(look)
        self.form.moved.connect(self._moved)
        self.paper = PaperView(look, _("Văn bản sẽ in ra"))
        self.sample = QLineEdit()
        self.sample.setPlaceholderText(_("gõ mã rồi Enter; trống là người giả định"))
        self.sample.returnPressed.connect(self._choose_dossier)
        self.of_whom = Field(look, _("Xem với hồ sơ"), self.sample)
        self.fields_sheet: PickSheet | None = None
        self._rest = QTimer(self, singleShot=True, interval=look.time("typing"))
        self._rest.timeout.connect(self._paint)
        self._lay_out()
        self.form.show_template(self._begun)

    def _lay_out(self) -> None:
        look, commands = self.look, self.counter.commands
        new, field = (Button(look, action=commands[f"templates.{key}"]) for key in ("new", "field"))
        save = Button(look, action=commands["templates.save"], kind="main")
        more = Button(look, _("Thao tác khác"))
        menu = QMenu(more)
        menu.addActions([commands[f"templates.{key}"] for key in ("import", "export", "retire")])
        more.setMenu(menu)
        self.picks.setAccessibleName(_("Mẫu đang soạn"))
        left = Card(look, gap="s")
        left.add(across(look, (self.picks, 1), new, save), across(look, (self.status, 1), more, field))
        left.add((self.form, 1))
        right = Card(look, gap="s")
        right.add(self.of_whom)
        right.add_wide(self.paper, 1)
        self.setLayout(across(look, (left, 7), (right, 5), gap="l"))

    # -- what the frame asks

    def title(self) -> str:
        return _("Mẫu văn bản kết quả")

    def badge(self) -> str:
        return _("chưa lưu") if self.dirty else ""

    def badge_tone(self) -> str:
        return "warning"

    def hints(self) -> Sequence[Hint]:
        return (Hint("F4", _("chèn trường")), Hint("Ctrl+S", _("lưu phiên bản")), Hint("Esc", _("quay lại")))

    def keys(self) -> Sequence[Keys]:
        return (Keys(_("Nội dung"), (Hint("{", _("chọn trường ngay khi gõ")), Hint("Tab", _("sang ô sau")))),)

    def commands(self) -> Mapping[str, Callable[[], None]]:
        return {
            "templates.new": self._new,
            "templates.field": self._ask_field,
            "templates.save": self._save,
            "templates.retire": self._ask_retire,
            "templates.import": self._import,
            "templates.export": self._export,
        }

    def wished(self, **wish: Any) -> None:
        self._back = str(wish.get("back") or self._back)
        if wish.get("draft"):
            self._key, self._seen = str(wish.get("key") or NEW), wish.get("seen")
            self._begun = words.blank()
            self.form.show_template(rules.from_plain(wish["draft"]))
        elif wish.get("key") is not None:
            self._key = str(wish["key"])

    def keepsake(self) -> dict[str, Any] | None:
        if not self.dirty:
            return {"key": self._key, "back": self._back}
        plain = rules.to_plain(rules.tidy(self.template))
        return {"key": self._key, "seen": self._seen, "draft": plain, "back": self._back}

    def activated(self) -> None:
        self._load()
        self.form.text.setFocus()

    def refresh(self, changes: Mapping[str, frozenset[str]]) -> None:
        self._load()

    # -- which one

    @property
    def template(self) -> Template:
        """As it stands in the fields."""
        return self.form.template(self._begun)

    @property
    def dirty(self) -> bool:
        """Was something typed that is not kept?"""
        return rules.tidy(self.template) != rules.tidy(self._begun)

    @property
    def row(self) -> TemplateRow | None:
        """The template that is being written, as it is kept."""
        return next((each for each in self.rows if each.key == self._key), None)

    def _load(self) -> None:
        self.desk.ask(queries.templates, retired=True, then=self._here, owner=self, key="templates")

    def _here(self, rows: tuple[TemplateRow, ...]) -> None:
        first, self.rows = not self.rows, rows
        self.picks.set_choices([(each.key, each.name) for each in rows])
        row = self.row
        if self.dirty:
            # What was typed stays; of one that was brought back it is known again what it was written from.
            if first and row is not None:
                self._begun = row.template
            self._moved()
        elif not first and row is not None and rules.tidy(self.template) == row.template:
            self._begun, self._seen = row.template, row.version
            self._say()
        else:
            self._show(self._key or (rows[0].key if first and rows else NEW))

    def _show(self, key: str) -> None:
        """Write on this one from here; with NEW on a new one."""
        self._key = key
        row = self.row
        self._begun, self._seen = (row.template, row.version) if row is not None else (words.blank(), None)
        self.picks.blockSignals(True)
        self.picks.setCurrentIndex(self.picks.findData(key) if row is not None else -1)
        self.picks.blockSignals(False)
        self.form.show_template(self._begun)
        self._moved()

    def _picked(self) -> None:
        key = str(self.picks.value or NEW)
        if key != self._key:
            self._leave(partial(self._show, key))

    def _new(self) -> None:
        def begin() -> None:
            self._show(NEW)
            self.form.lines["name"].setFocus()

        self._leave(begin)

    def _leave(self, then: Callable[[], None]) -> None:
        """Go on to another one; what was typed and is not kept is asked about."""
        if not self.dirty:
            then()
            return
        self.picks.blockSignals(True)
        self.picks.setCurrentIndex(self.picks.findData(self._key))
        self.picks.blockSignals(False)
        self.notices.confirm("template.leave", _("Bỏ"), then, name=self.form.lines["name"].text() or _("chưa có tên"))

    # -- while one types

    def _moved(self) -> None:
        self._say()
        self.desk.ask(
            queries.form_fields, rules.tidy(self.template).procedures, clock.today(),
            then=self._fields_here, owner=self, key="fields",
        )  # fmt: skip
        self._rest.start()

    def _fields_here(self, known: FormFields) -> None:
        if known != self.known:
            self.known = known
            self.form.offer(self.offered)
        self._judge()

    @property
    def offered(self) -> tuple[result_fields.Known, ...]:
        """The fields that can be inserted now."""
        return result_fields.known(self.known.fields, self.known.roles)

    def _judge(self) -> None:
        if not self.form.text.choosing:  # a field that is being chosen is not at fault yet
            self.form.say(rules.problems(rules.tidy(self.template), self.known.fields))

    def _say(self) -> None:
        row = self.row
        unlike = _("chưa đối chiếu với mẫu của luật") if row is not None and not row.template.checked else ""
        said = words.version(row) if row is not None else _("mẫu mới")
        self.status.say(" · ".join(part for part in (said, unlike) if part))
        commands = self.counter.commands
        commands.enable("templates.save", True)
        in_use = row is not None and row.status == queries.IN_USE
        commands.enable("templates.retire", in_use)
        commands.enable("templates.export", row is not None)
        self.changed_head.emit()

    def _paint(self) -> None:
        """The pages as they would be: read, drawn and painted where nobody waits for it."""
        self._asked += 1
        wish = Wish(rules.tidy(self.template), self._dossier)
        self.desk.ask(
            result_letters.draft, wish, then=partial(self._draw, self._asked), owner=self, key="draft",
            or_else=self._unpainted,
        )  # fmt: skip

    def _draw(self, asked: int, letter: ResultLetter) -> None:
        room, ratio = self.paper.room, self.devicePixelRatioF()
        self.desk.run(painted, letter, room, ratio, then=partial(self._painted, asked), owner=self)

    def _painted(self, asked: int, pages: Painted) -> None:
        if asked == self._asked:
            self.paper.show_pages(pages)

    def _unpainted(self, broken: RuleBroken) -> None:
        """A line at fault is said beside the text; the last pages that could be drawn stay."""
        if broken.code == "dossier.unknown":
            self.of_whom.say_wrong(message(broken.code, broken.details))

    def _choose_dossier(self) -> None:
        typed = self.sample.text().strip()
        self.of_whom.clear()
        if not typed:
            self._dossier = ""
            self._paint()
            return

        def found(dossier_id: str | None) -> None:
            if dossier_id is None:
                self.of_whom.say_wrong(message("dossier.unknown", {"code": typed}))
            else:
                self._dossier = dossier_id
                self._paint()

        self.desk.ask(dossiers.find_id, typed, then=found, owner=self, key="find")

    # -- fields by key

    def _ask_field(self) -> None:
        if self.fields_sheet is None:
            self.fields_sheet = PickSheet(self.look, self.window())
        options = [Option(each.name, each.about, f"{{{each.name}}}", mark=each.group) for each in self.offered]
        self.fields_sheet.offer(_("Chèn trường"), options, self._insert)

    def _insert(self, name: str) -> None:
        self.form.text.insert(name)
        self.form.text.setFocus()

    # -- kept

    def _save(self) -> None:
        # Written over the one that comes with the program, it is the office's first version.
        seen = self._seen if self._seen != COMES_ALONG else None
        form = Publishing(self.template, self._key, seen)
        self.desk.do(actions.publish, form, then=self._saved, or_else=self._refused, owner=self)

    def _saved(self, row: TemplateRow) -> None:
        self._key, self._seen, self._begun = row.key, row.version, row.template
        self.desk.tell(Level.GOOD, "template.published", name=row.name, version=row.version)
        self._load()

    def _refused(self, broken: RuleBroken) -> None:
        if broken.details.get("field"):
            self.form.refuse(broken)
        else:
            self.desk.tell(Level.WARNING, broken.code, **broken.details)

    def _ask_retire(self) -> None:
        row = self.row
        if row is not None:
            self.notices.confirm("template.retire", _("Không dùng nữa"), partial(self._retire, row), name=row.name)

    def _retire(self, row: TemplateRow) -> None:
        def retired(_none: None) -> None:
            self.desk.tell(Level.GOOD, "template.retired", name=row.name)

        self.desk.do(actions.retire, row.key, then=retired, owner=self)

    # -- files

    def _import(self) -> None:
        def picked(file: Path) -> None:
            self.desk.run(read_file, file, then=self._taken, owner=self)

        self._leave(lambda: self.notices.pick_file(_("Mở mẫu từ tệp"), [_kind(), _("Mọi tệp (*)")], picked))

    def _taken(self, template: Template) -> None:
        """On the screen, to be looked at; it is kept when it is saved."""
        self._show(NEW)
        self.form.show_template(template)
        self._moved()
        self.desk.tell(Level.GOOD, "template.taken", name=template.name)

    def _export(self) -> None:
        row = self.row
        if row is None:
            return

        def picked(file: Path) -> None:
            self.desk.run(write_file, row.template, file, then=self._written, owner=self)

        self.notices.pick_file(_("Ghi mẫu ra tệp"), [_kind()], picked, save=f"{row.key}.json")

    def _written(self, file: Path) -> None:
        self.desk.tell(Level.GOOD, "template.written", file=file.name)

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.go(self._back or "settings")
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._rest.start()


def _kind() -> str:
    return _("Mẫu văn bản (*.json)")


def read_file(report: Report, file: Path) -> Template:
    """A template out of a file. RuleBroken file.missing, file.not-ordinary, template.*."""
    report.step()
    demand_ordinary(file)
    try:
        with file.open("rb") as stream:
            return from_file(stream.read(LARGEST + 1))
    except OSError as error:
        raise RuleBroken("file.missing", file=str(file), how="reason", reason=why.of_system(error)) from error


def write_file(report: Report, template: Template, file: Path) -> Path:
    """A template as a file. StoreTrouble file.unwritable, RuleBroken file.not-ordinary."""
    report.step()
    demand_ordinary(file)
    try:
        file.write_bytes(to_file(template))
    except OSError as error:
        raise StoreTrouble("file.unwritable", file=str(file), reason=why.of_system(error)) from error
    return file


__all__ = ["TemplatesScreen"]
