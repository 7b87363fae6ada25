"""Ý kiến của công dân: what supervisors read of the ratings, bad ones first; their answer, and how the months went."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.bus import Level
from desktop.models import rating_words as words
from desktop.models.dossier_words import moment
from desktop.models.table import TableModel
from desktop.views.badges import State
from desktop.views.boxes import Card
from desktop.views.buttons import Button, Chips
from desktop.views.inputs import Field
from desktop.views.laying import Flow, across, down, emptied, show_if
from desktop.views.level_plot import LevelPlot
from desktop.views.lists import ListView
from desktop.views.screen import Counter, Hint, Screen
from desktop.views.sections import Leaf, line, section
from desktop.views.standing import EmptyState
from desktop.views.wording import Words, grouped
from onestop import clock
from onestop.actions import ratings
from onestop.actions.ratings import SeenForm
from onestop.queries import ratings as queries
from onestop.queries.ratings import GROUPS, Feedback, RatingRow
from onestop.rules.errors import RuleBroken
from onestop.texts import _, message


def group_name(group: str) -> str:
    """The word on a filter."""
    return {"unseen": _("Chưa xem"), "bad": _("Chưa hài lòng"), "all": _("Tất cả")}[group]


class RatingsScreen(Screen):
    """`go("ratings")` shows the bad ones that nobody has read; `go("ratings", group="all")` another filter."""

    place = "ratings"
    watches = frozenset({"rating", "dossier"})
    hears = frozenset({"group"})

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter)
        look = self.look
        self.feedback: Feedback | None = None
        self.chips = Chips(look, [(group, group_name(group)) for group in GROUPS], _("Lọc ý kiến"))
        self.chips.picked.connect(lambda _group: self._ask())
        self.empty = EmptyState(look, "smile", "")
        model = TableModel(look, words.columns(clock.now))
        self.list = ListView(
            look, model, _("Ý kiến của công dân"), settings=self.settings, key="ratings", empty=self.empty
        )
        model.setParent(self.list)
        self.list.give_way("code", "procedure", "at")
        self.list.picked.connect(self._pick)
        self.answer = QLineEdit()
        self.list.opened.connect(lambda _row: self.answer.setFocus())
        self.rate = Words(look, "", "figure", strong=True, figures=True)
        self.total = Words(look, "", "note", "quiet", wrap=True)
        self.plot = LevelPlot(look, _("Mức độ hài lòng theo tháng"))
        self.legend = Flow(look, gap="m")
        self.answer.setMaxLength(ratings.LONGEST)
        self.answer_field = Field(look, _("Trả lời, việc đã làm"), self.answer)
        self.leaf = Leaf(look, _("Ý kiến đang chọn"), gap="m")
        self.seen_button = Button(look, kind="main", action=counter.commands["ratings.seen"])
        self.open_button = Button(look, action=counter.commands["ratings.dossier"])
        self._lay_out()

    def _lay_out(self) -> None:
        look = self.look
        main = Card(look, gap="s")
        main.add(self.chips)
        main.add_wide(self.list, 1)
        months = Card(look, _("Tỷ lệ hài lòng sáu tháng"), gap="s")
        legend = QWidget()
        legend.setLayout(self.legend)
        months.add(across(look, self.rate, (self.total, 1), gap="m"), self.plot, legend)
        one = Card(look, _("Ý kiến đang chọn"), gap="s")
        one.add_wide(self.leaf, 1)
        one.add(self.answer_field, across(look, (self.open_button, 2), (self.seen_button, 3)))
        right = down(look, months, (one, 1), gap="l")
        self.setLayout(across(look, (main, 7), (right, 5), gap="l"))
        stops = (self.chips, self.list, self.leaf, self.answer, self.seen_button, self.open_button)
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    # -- what the frame asks

    def title(self) -> str:
        return _("Ý kiến của công dân")

    def badge(self) -> str:
        count = self.feedback.counts["unseen"] if self.feedback is not None else 0
        return _("{count} chưa xem").format(count=grouped(count)) if count else ""

    def badge_tone(self) -> str:
        return "warning"

    def hints(self) -> Sequence[Hint]:
        return (Hint("Up+Down", _("chọn")), Hint("F9", _("đã xem")), Hint("F6", _("mở hồ sơ")))

    def commands(self) -> Mapping[str, Callable[[], None]]:
        return {"ratings.seen": self.see, "ratings.dossier": self.open_dossier}

    def wished(self, **wish: Any) -> None:
        self.chips.choose(str(wish.get("group") or "unseen"))

    def activated(self) -> None:
        self._ask()
        self.list.setFocus()

    def refresh(self, changes: Mapping[str, frozenset[str]]) -> None:
        self._ask()

    # -- reading

    def _ask(self) -> None:
        self.desk.ask(queries.feedback, self.chips.chosen, clock.now(), then=self._here, owner=self, key="feedback")

    def _here(self, feedback: Feedback) -> None:
        self.feedback = feedback
        self.chips.set_counts(dict(feedback.counts))
        self._say_empty()
        self.list.table.show(feedback.rows)
        if self.list.current is None and feedback.rows:
            self.list.choose(0)
        if not feedback.rows:
            self._pick(None)
        total = feedback.total
        self.rate.say(words.rate(total))
        count = sum(total)
        said = _("rất hài lòng và hài lòng trên {count} đánh giá").format(count=grouped(count))
        self.total.say(said if count else _("Chưa có đánh giá nào."))
        self.plot.show_months(feedback.months)
        self._show_legend(total)
        self.changed_head.emit()

    def _show_legend(self, total: Sequence[int]) -> None:
        emptied(self.legend)
        for level, count in enumerate(total, 1):
            text = f"{words.level(level)} {grouped(count)}"
            self.legend.addWidget(State(self.look, words.ICONS[level], text, words.TONES[level]))

    def _say_empty(self) -> None:
        group = self.chips.chosen
        title = {
            "unseen": _("Không có ý kiến nào chờ xem"),
            "bad": _("Không có ai chưa hài lòng"),
            "all": _("Chưa có đánh giá nào"),
        }[group]
        text = _("Công dân chưa hài lòng thì ý kiến nằm ở đây cho đến khi người phụ trách xem.")
        asked = _("Sau khi trả kết quả, bấm “Mời đánh giá”, hoặc nhập phiếu giấy ở màn hình Hồ sơ (Ctrl+Shift+R).")
        self.empty.say(title, asked if group == "all" else text)

    # -- one of them

    def _pick(self, row: RatingRow | None) -> None:
        commands = self.counter.commands
        commands.enable("ratings.seen", row is not None)
        commands.enable("ratings.dossier", row is not None and row.table == "dossier")
        self.answer_field.clear()
        show_if(self.answer_field, row is not None)
        self.answer.setText(row.answer if row is not None else "")
        look = self.look
        if row is None:
            self.leaf.show_parts([Words(look, _("Chưa chọn ý kiến nào."), tone="quiet")])
            return
        now = clock.now()
        parts: list[QWidget] = [State(look, words.ICONS[row.level], words.level(row.level), words.TONES[row.level])]
        parts += [line(look, each) for each in words.contents(row.contents)]
        if row.words:
            parts.append(section(look, _("Lời công dân"), Words(look, f"“{row.words}”", wrap=True)))
        about = " · ".join(filter(None, (row.code, row.procedure)))
        told = f"{moment(row.at, now)} · {words.source(row)}"
        parts.append(section(look, _("Về hồ sơ"), line(look, about, told)))
        if row.seen_at is not None:
            seen = _("{by} xem lúc {at}").format(by=row.seen_by, at=moment(row.seen_at, now))
            parts.append(section(look, _("Đã xem"), line(look, row.answer or _("không ghi trả lời"), seen)))
        self.leaf.show_parts(parts)

    def see(self) -> None:
        """F9: it was read; what was written stands with it."""
        row = self.list.current
        if row is not None:
            self.desk.do(
                ratings.see,
                SeenForm(row.id, self.answer.text()),
                then=self._seen,
                or_else=self._refused,
                owner=self,
            )

    def _seen(self, _id: str) -> None:
        self.desk.tell(Level.GOOD, "ratings.seen")
        self._ask()
        self.list.setFocus()

    def _refused(self, broken: RuleBroken) -> None:
        self.answer_field.say_wrong(message(broken.code, broken.details))

    def open_dossier(self) -> None:
        """F6: the dossier that it is about."""
        row = self.list.current
        if row is not None and row.table == "dossier":
            self.go("dossiers", dossier=row.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.answer.hasFocus():
            self.list.setFocus()
        else:
            super().keyPressEvent(event)


__all__ = ["RatingsScreen"]
