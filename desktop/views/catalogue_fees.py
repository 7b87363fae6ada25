"""What a local decision says of money: other amounts, other steps by page, a fee taken away, a further one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.assets import Look
from desktop.models import catalogue as words
from desktop.views.buttons import Button
from desktop.views.catalogue_facts import Part, whole_number
from desktop.views.laying import across, down, show_if
from desktop.views.wording import Words
from onestop.rules.errors import RuleBroken
from onestop.rules.overlay import Overlay, fees_gone, group_of, same_fee
from onestop.rules.procedure import Fee, FeeBasis, FeeKind
from onestop.texts import _

FIRST_PAGE = 1


class Steps(QWidget):
    """The steps of a fee that is paid by the page: from which page, how much a page, how much a copy at most. What
    stands there is what will be paid; left as it was, it says nothing."""

    def __init__(self, part: Part, look: Look, fee: Fee, known: Fee | None) -> None:
        super().__init__()
        self._part, self._look, self._fee = part, look, fee
        self.rows: list[tuple[QLineEdit, QLineEdit, QWidget]] = []
        shown = known or fee
        self._list = QWidget()
        self._list.setLayout(down(look, gap="xs"))
        more = Button(look, _("Thêm bậc"), "link", icon="plus", name=_("Thêm bậc của {name}").format(name=fee.name))
        more.clicked.connect(lambda _on: self._add(None, None).setFocus())
        cap = "" if shown.cap is None else str(shown.cap)
        self.cap = part.line(cap, _("không"), _("Nhiều nhất mỗi bản của {name}").format(name=fee.name), "field_narrow")
        last = across(look, Words(look, _("Nhiều nhất mỗi bản"), tone="quiet"), self.cap, more, None, gap="s")
        self.setLayout(down(look, self._list, last, gap="xs"))
        for page, amount in _steps(shown) or ((FIRST_PAGE, None),):
            self._add(page, amount)
        self._begun = _steps(fee), fee.cap

    def _add(self, page: int | None, amount: int | None) -> QLineEdit:
        """One more step; the field of its page."""
        look, name = self._look, self._fee.name
        first = self._part.line(str(page or ""), "", _("Từ trang, của {name}").format(name=name), "figure_field")
        each = self._part.line(
            "" if amount is None else str(amount),
            _("đồng"),
            _("Mỗi trang, của {name}").format(name=name),
            "field_narrow",
        )
        gone = Button(look, "", "link", icon="x", name=_("Bỏ bậc này của {name}").format(name=name))
        before, after = (Words(look, text, tone="quiet") for text in (_("Từ trang"), _("đồng mỗi trang")))
        row = QWidget()
        row.setLayout(across(look, before, first, each, after, gone, None, gap="s"))
        step = (first, each, row)
        gone.clicked.connect(lambda _on: self._remove(step))
        self._list.layout().addWidget(row)
        row.show()
        self.rows.append(step)
        self._part.changed.emit()
        return first

    def _remove(self, step: tuple[QLineEdit, QLineEdit, QWidget]) -> None:
        self.rows.remove(step)
        step[2].hide()
        step[2].deleteLater()
        self._part.changed.emit()

    def given(self) -> Fee | None:
        """The fee as it stands here, None where it is the catalogue's. RuleBroken overlay.not-a-number, .bad-tiers."""
        steps = []
        for first, each, _row in self.rows:
            page, amount = whole_number(first.text(), "fees"), whole_number(each.text(), "fees")
            if amount is None and page in (None, FIRST_PAGE):
                continue
            if page is None or amount is None:
                raise RuleBroken("overlay.bad-tiers", field="fees", name=self._fee.name)
            steps.append((page, amount))
        steps.sort()
        cap = whole_number(self.cap.text(), "fees")
        if not steps or (tuple(steps), cap) == self._begun:
            return None
        return replace(self._fee, amount=steps[0][1], tiers=tuple(steps), cap=cap, set_by="")


def _steps(fee: Fee) -> tuple[tuple[int, int], ...]:
    """The steps of a fee; one amount for every page is one step."""
    return fee.tiers or (() if fee.amount is None else ((FIRST_PAGE, fee.amount),))


class Row:
    """A fee of the catalogue: `field` for its amount, or `steps` by page, and whether it goes."""

    def __init__(self, part: Part, look: Look, fee: Fee, known: Fee | None, gone: bool) -> None:
        self.fee = fee
        self.field: QLineEdit | None = None
        self.steps: Steps | None = None
        if fee.basis is FeeBasis.CERTIFIED_PAGES:
            self.steps = Steps(part, look, fee, known)
        else:
            changed = known is not None and known.amount != fee.amount
            text = str(known.amount) if known is not None and changed and known.amount is not None else ""
            name = _("Mức mới của {name}").format(name=fee.name)
            self.field = part.line(text, _("giữ nguyên"), name, "field_narrow")
        self.gone = part.tick(_("bỏ khoản này"), gone, _("Bỏ khoản thu {name}").format(name=fee.name))
        self.gone.toggled.connect(self._enable)
        self._enable(gone)

    def _enable(self, gone: bool) -> None:
        for widget in (self.field, self.steps):
            if widget is not None:
                widget.setEnabled(not gone)

    def given(self) -> Fee | None:
        """The fee as it will be; None where nothing is said of it."""
        if self.steps is not None:
            return self.steps.given()
        assert self.field is not None
        amount = whole_number(self.field.text(), "fees")
        return None if amount is None else replace(self.fee, amount=amount, set_by="")


class NewFee(QWidget):
    """A fee that the catalogue does not have."""

    def __init__(self, part: Part, look: Look, fee: Fee | None) -> None:
        super().__init__()
        shown = fee or Fee(FeeKind.LE_PHI, "")
        kinds = [(kind, words.kind_name(kind)) for kind in FeeKind]
        self.kind = part.choice(kinds, shown.kind, _("Phí hay lệ phí"))
        self.name = part.line(shown.name, _("tên khoản thu"), _("Tên khoản thu"))
        bases = [(basis, words.basis_name(basis)) for basis in FeeBasis]
        self.basis = part.choice(bases, shown.basis, _("Tính theo"))
        text = "" if shown.amount is None or shown.tiers else str(shown.amount)
        self.amount = part.line(text, _("đồng"), _("Mức thu"), "field_narrow")
        self._shown = shown
        self.steps = Steps(part, look, replace(shown, tiers=(), amount=None, cap=None), fee)
        self.setLayout(
            down(look, across(look, self.kind, (self.name, 1), self.amount, self.basis, gap="m"), self.steps, gap="xs")
        )
        self.basis.currentIndexChanged.connect(lambda _place: self._fit())
        self._fit()

    def _fit(self) -> None:
        by_page = self.basis.value == FeeBasis.CERTIFIED_PAGES
        show_if(self.amount, not by_page)
        show_if(self.steps, by_page)

    def given(self) -> Fee | None:
        """The fee as it stands; None while nothing is entered."""
        name, basis = self.name.text().strip(), FeeBasis(str(self.basis.value))
        base = replace(self._shown, kind=FeeKind(str(self.kind.value)), name=name, basis=basis, tiers=(), cap=None)
        if basis is FeeBasis.CERTIFIED_PAGES:
            stepped = self.steps.given()
            if stepped is not None:
                return replace(base, amount=stepped.amount, tiers=stepped.tiers, cap=stepped.cap)
            return replace(base, amount=None) if name else None
        amount = whole_number(self.amount.text(), "fees")
        return replace(base, amount=amount) if name or amount is not None else None


class Fees(Part):
    """Amounts of the fees there are, and further ones. A fee's neighbours of the same kind and basis are named with it,
    because a decision takes the place of them all."""

    def __init__(self, look: Look) -> None:
        self.title = _("Phí, lệ phí")
        super().__init__(look)
        self.rows: list[Row] = []
        self.added: list[NewFee] = []

    def fill(self, overlay: Overlay | None) -> None:
        look, grid, fees = self._look, self.grid(), self.procedure.fees
        self.rows, self.added = [], []
        said = list(overlay.fees) if overlay else []
        gone = fees_gone(overlay, self.procedure) if overlay else ()
        self.head(grid, _("Khoản thu"), _("Danh mục ghi"), _("Mức mới (đồng)"), "")
        at = 0
        for fee in fees:
            known = next((each for each in said if same_fee(each, fee)), None)
            if known is not None:
                said.remove(known)
            row = Row(self, look, fee, known, fee in gone)
            at += 1
            grid.addWidget(Words(look, words.fee_name(fee), wrap=True), at, 0)
            grid.addWidget(Words(look, words.amount(fee), tone="quiet", wrap=True), at, 1)
            grid.addWidget(row.gone, at, 3)
            if row.field is not None:
                grid.addWidget(row.field, at, 2)
            if row.steps is not None:
                at += 1
                grid.addWidget(row.steps, at, 0, 1, 4)
            self.rows.append(row)
        grid.setColumnStretch(1, 1)
        holder = QWidget()
        holder.setLayout(grid)
        self._more = QWidget()
        self._more.setLayout(down(look, gap="s"))
        nothing = Words(look, _("Danh mục không ghi khoản thu nào."), tone="quiet")
        first: QWidget = holder if self.rows else nothing
        self.show_parts([first, self._more, self.adder(_("Thêm khoản thu"), self.add)])
        for fee in said:
            self.add(fee)

    def add(self, fee: Fee | None = None) -> None:
        """One more row for a fee that the catalogue does not have."""
        row = NewFee(self, self._look, fee)
        self._more.layout().addWidget(row)
        row.show()
        self.added.append(row)
        if fee is None:
            self.come_to(row.name)
        self.changed.emit()

    def given(self) -> dict[str, Any]:
        gone = {at for at, row in enumerate(self.rows) if row.gone.isChecked()}
        changed = {at: fee for at, row in enumerate(self.rows) if at not in gone and (fee := row.given()) is not None}
        new = [fee for row in self.added if (fee := row.given()) is not None]
        touched = dict.fromkeys(group_of(fee) for fee in (*(self.rows[at].fee for at in (*gone, *changed)), *new))
        kept = [
            changed.get(at, row.fee)
            for at, row in enumerate(self.rows)
            if at not in gone and group_of(row.fee) in touched
        ]
        fees = (*kept, *new)
        left = {group_of(fee) for fee in fees}
        return {"fees": fees, "fees_removed": tuple(group for group in touched if group not in left)}


__all__ = ["Fees"]
