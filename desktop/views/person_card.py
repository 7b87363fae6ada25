"""The person at the desk as a card, and what stands beside him: differences from his card, who looks alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from desktop.assets import Look
from desktop.models import person_words
from desktop.models.due import date
from desktop.views.badges import State
from desktop.views.boxes import Box
from desktop.views.buttons import Button
from desktop.views.filling import Who
from desktop.views.laying import across, down
from desktop.views.wording import Symbol, Words
from onestop.queries.people import Likeness
from onestop.rules.citizen import Difference
from onestop.rules.errors import Remark
from onestop.rules.identity import WARNINGS, mask
from onestop.texts import _, message, sentence

MOST_DIFFERENCES = 6


def keyed(look: Look, text: str, keys: str, call: Callable[[], None], kind: str = "link") -> Button:
    """A small button with the key that presses it while it is shown."""
    button = Button(look, text, kind, key=keys)
    button.setShortcut(QKeySequence(keys))
    button.clicked.connect(call)
    return button


class PersonCard(Box):
    """Who it is, his paper in full, and how he is known. `corrected` to enter him anew, `cleared` to take him away."""

    corrected = Signal()
    cleared = Signal()

    def __init__(self, look: Look, *, small: bool = False) -> None:
        super().__init__(look, padding="m", gap="none")
        self._look = look
        self.name = Words(look, size="body" if small else "lead", strong=True, wrap=True)
        self._edit = Button(look, "", "flat", icon="pencil", name=_("Sửa thông tin vừa nhập"))
        self._edit.setToolTip(_("Sửa thông tin vừa nhập"))
        self._edit.clicked.connect(self.corrected)
        self._clear = Button(look, "", "flat", icon="x", name=_("Bỏ người này"))
        self._clear.setToolTip(_("Bỏ người này (F4 để tìm người khác)"))
        self._clear.clicked.connect(self.cleared)
        self.about = Words(look, tone="quiet", figures=True, wrap=True)
        self.address = Words(look, tone="quiet", wrap=True)
        self._small = small
        self.state = State(look, strong=True, wrap=True)
        self.remarks = Words(look, "", "note", "warning", wrap=True)
        head = across(look, (self.name, 1), self._edit, self._clear, gap="none")
        head.setAlignment(self._edit, Qt.AlignmentFlag.AlignTop)
        head.setAlignment(self._clear, Qt.AlignmentFlag.AlignTop)
        self.add(head, self.about, self.address, self.state, self.remarks)

    def show_who(self, who: Who, *, masked: bool = False, locked: bool = False) -> None:
        """Another person; `masked` once the dossier is received, `locked` when nothing can be changed any more."""
        values = dict(who.values)
        if masked:
            values |= {key: mask(values.get(key)) for key in person_words.PAPERS if values.get(key)}
        self.name.say(who.name)
        about = person_words.about(values)
        self.about.say(about)
        self.about.setVisible(bool(about))
        address = str(values.get("address") or "")
        self.address.say(address)
        self.address.setVisible(bool(address) and not self._small)
        self.state.show_state(*_standing(who))
        said = [message(each.code, each.details) for each in who.remarks if _worth(each)]
        self.remarks.say("\n".join(said))
        self.remarks.setVisible(bool(said))
        self._edit.setVisible(who.there is None and who.reading is None and not locked)
        self._clear.setVisible(not locked)
        self.setAccessibleName(". ".join((who.name, about, address, _standing(who)[1], *said)))


def _worth(remark: Remark) -> bool:
    return remark.code in WARNINGS or remark.code in ("card.maybe-mangled", "card.six-fields", "card.unusual-fields")


def _standing(who: Who) -> tuple[str, str, str]:
    """Icon, words and tone of how the person is known."""
    if who.there is not None and who.reading is not None:
        against = sum(1 for each in who.differences if each.stored)
        if not against:
            return "circle-check", _("Đúng với thẻ"), "good"
        return "triangle-alert", _("Khác thẻ {count} mục").format(count=against), "warning"
    if who.there is not None:
        since = date(who.there.person.registered_at)
        return "user-round-check", _("Đã đăng ký ngày {day}").format(day=since), "quiet"
    if who.form.from_card:
        return "id-card", _("Theo thẻ · đăng ký cùng hồ sơ"), "accent"
    return "user-round-plus", _("Mới · đăng ký cùng hồ sơ"), "accent"


class Differences(Box):
    """What the card says otherwise than the register, field by field, each with the key that takes it over; what the
    register does not know yet is one line. `taken(differences)`."""

    taken = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__(look, "warning", padding="s", gap="xs")
        self._look = look
        self._rows: list[QWidget] = []
        self.hide()

    def show_differences(self, differences: Sequence[Difference]) -> None:
        """Other differences; none hides the box."""
        for row in self._rows:
            row.hide()
            row.deleteLater()
        against = [each for each in differences if each.stored][:MOST_DIFFERENCES]
        more = [each for each in differences if not each.stored]
        self._rows = [self._against(place, each) for place, each in enumerate(against, 1)]
        if more:
            self._rows.append(self._more(len(against) + 1, more))
        self.set_tone("warning" if against else "accent")
        self.add(*self._rows)
        self.setVisible(bool(self._rows))
        self.setAccessibleName(_("Khác với thẻ") if against else _("Thẻ có thêm"))

    def _against(self, place: int, each: Difference) -> QWidget:
        look = self._look
        old, new = (person_words.shown(each.field, text) for text in (each.stored, each.offered))
        label = Words(look, person_words.column_name(each.field), tone="warning", strong=True)
        take = self._button(_("Lấy theo thẻ"), place, (each,))
        take.setAccessibleName(_("Lấy theo thẻ: {field} {value}").format(field=label.text(), value=new))
        row = QWidget()
        row.setLayout(
            down(
                look,
                across(look, label, None, take, gap="xs"),
                Words(look, _("Đang ghi: {text}").format(text=old), "note", wrap=True),
                Words(look, _("Trên thẻ: {text}").format(text=new), "note", wrap=True),
                gap="none",
            )
        )
        return row

    def _more(self, place: int, more: Sequence[Difference]) -> QWidget:
        look = self._look
        said = [
            f"{person_words.column_name(each.field)} {person_words.shown(each.field, each.offered)}" for each in more
        ]
        text = _("Thẻ có thêm: {what}").format(what=", ".join(said))
        take = self._button(_("Ghi thêm"), place, tuple(more))
        row = QWidget()
        row.setLayout(across(look, (Words(look, text, "note", wrap=True), 1), take, gap="xs"))
        return row

    def _button(self, text: str, place: int, differences: tuple[Difference, ...]) -> Button:
        return keyed(self._look, text, f"Alt+{place}", lambda: self.taken.emit(differences))


class Similar(Box):
    """Somebody registered who may be the one being entered. Both answers are remembered."""

    same = Signal(object)
    other = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__(look, "accent", padding="s", gap="none")
        self._likeness: Likeness | None = None
        self.head = Words(look, _("Có thể đã đăng ký"), tone="accent_soft_ink", strong=True)
        self.name = Words(look, strong=True, wrap=True)
        self.about = Words(look, "", "note", "quiet", figures=True, wrap=True)
        self.reasons = Words(look, "", "note", wrap=True)
        same = keyed(look, _("Là người này"), "Alt+L", self._same)
        other = keyed(look, _("Không phải"), "Alt+K", self._other)
        self.add(
            across(look, Symbol(look, "users", "accent_soft_ink", "icon_small"), self.head, None, gap="xs"),
            self.name,
            self.about,
            self.reasons,
            across(look, same, None),
            across(look, other, None),
        )
        self.hide()

    def show_likeness(self, likeness: Likeness | None) -> None:
        """Another one who looks alike; None hides the box. The focus stays where it is."""
        self._likeness = likeness
        if likeness is not None:
            row = likeness.row
            parts = (person_words.born(row.date_of_birth), row.paper, row.address or "")
            self.name.say(row.name)
            self.about.say(" · ".join(part for part in parts if part))
            self.reasons.say(", ".join(sentence(code) for code in likeness.reasons))
            self.setAccessibleName(f"{self.head.text()}: {row.name}. {self.about.text()}. {self.reasons.text()}")
        self.setVisible(likeness is not None)

    @property
    def likeness(self) -> Likeness | None:
        """Who is shown."""
        return self._likeness

    def _same(self) -> None:
        if self._likeness is not None:
            self.same.emit(self._likeness)

    def _other(self) -> None:
        if self._likeness is not None:
            self.other.emit(self._likeness)


class CardOffer(Box):
    """Another card was read while somebody is at the desk already: whose is it? `placed(who, role)`, "" for nobody.

    Roles are "submitter", "owner" or the place of a party as text.
    """

    placed = Signal(object, str)

    def __init__(self, look: Look) -> None:
        super().__init__(look, "accent", padding="s", gap="none")
        self._look = look
        self._rows: list[Button] = []
        self.words = Words(look, wrap=True)
        self.add(self.words)
        self.hide()

    def show_offer(self, who: Who, places: Sequence[tuple[str, str]]) -> None:
        """`places`: (role, its words), in the order of their keys Alt+1, 2, …"""
        self.put_away()
        self.words.say(_("Vừa quét thẻ của {name}. Người này là:").format(name=who.name))
        for number, (role, text) in enumerate(places[:8], 1):
            self._rows.append(self._button(who, role, text, f"Alt+{number}"))
        self._rows.append(self._button(who, "", _("Bỏ qua"), "Alt+0"))
        for row in self._rows:
            self.add(across(self._look, row, None, gap="xs"))
        self.setAccessibleName(self.words.text())
        self.show()

    def _button(self, who: Who, role: str, text: str, keys: str) -> Button:
        def press() -> None:
            self.put_away()
            self.placed.emit(who, role)

        return keyed(self._look, text, keys, press)

    def put_away(self) -> None:
        """Nobody asks any more."""
        for row in self._rows:
            row.hide()
            row.setShortcut(QKeySequence())
            row.deleteLater()
        self._rows = []
        self.hide()
