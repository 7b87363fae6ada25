"""The tokens: contrast, one name in both themes, a style sheet without holes, a font fit for Vietnamese."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.assets import FONT_FILES, RESOURCES, SCALES, Look, fill, read_tokens
from desktop.bus import Level
from desktop.views.commands import COMMANDS
from desktop.views.notices import TONES
from desktop.views.wording import Words
from tests.desktop.looks import put_away

THEME = RESOURCES / "theme"
TEXTS = [
    # ink, what it stands on
    *[("ink", ground) for ground in ("ground", "surface", "field", "raised", "paper", "hover", "accent_soft")],
    *[("quiet", ground) for ground in ("ground", "surface", "field", "field_off", "raised", "paper", "hover")],
    ("quiet", "accent_soft"),
    *[("accent", ground) for ground in ("ground", "surface", "raised")],
    ("accent_soft_ink", "accent_soft"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_accent", "accent_down"),
    ("on_accent_dim", "accent_dim"),
    *[
        (tone, ground)
        for tone in ("danger", "warning", "good")
        for ground in ("ground", "surface", "raised", "hover", "accent_soft", f"{tone}_soft")
    ],
    ("rail_ink", "rail"),
    ("rail_ink", "rail_hover"),
    ("rail_active_ink", "rail_active"),
    ("rail", "rail_focus"),
]
SHAPES = [
    *[("edge", ground) for ground in ("ground", "surface", "field", "raised")],
    *[("focus", ground) for ground in ("ground", "surface", "raised", "accent_soft", "field")],
    ("rail_focus", "rail"),
    ("rail_focus", "rail_active"),
    ("on_accent", "accent"),
    ("accent", "surface"),
    ("bar", "surface"),
]


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.fixture
def look(qapp: QApplication) -> Iterator[Look]:
    made = Look(qapp)
    made.apply("light")
    yield made
    put_away(made)


def colours(theme: str) -> dict[str, str]:
    return read_tokens(THEME / f"{theme}.toml")["colour"]


def test_contrast_is_measured_rightly() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXTS)
def test_words_can_be_read(theme: str, ink: str, ground: str) -> None:
    used = colours(theme)
    assert contrast(used[ink], used[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_edges_icons_and_focus_can_be_seen(theme: str, shape: str, ground: str) -> None:
    used = colours(theme)
    assert contrast(used[shape], used[ground]) >= 3


def test_both_themes_have_the_same_names() -> None:
    assert colours("light").keys() == colours("dark").keys()
    assert all(re.fullmatch("#[0-9A-F]{6}", value) for theme in ("light", "dark") for value in colours(theme).values())


@pytest.mark.parametrize("file", ["light.toml", "dark.toml", "measures.toml"])
def test_the_small_reader_reads_what_toml_means(file: str) -> None:
    assert read_tokens(THEME / file) == tomllib.loads((THEME / file).read_text("utf-8"))


def test_every_gap_is_a_multiple_of_four_but_for_lines_and_corners() -> None:
    space = read_tokens(THEME / "measures.toml")["space"]
    odd = {name for name, value in space.items() if value % 4}
    assert odd == {"hair", "ring", "radius", "radius_small", "radius_key", "mark"}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("scale", SCALES)
def test_the_style_sheet_has_no_holes(look: Look, theme: str, scale: int) -> None:
    look.apply(theme, scale)
    sheet = look._application.styleSheet()
    assert "@" not in sheet
    # A colour is six capitals or digits; what begins with a small letter is the name of a widget.
    assert not re.search(r"#(?![0-9A-F]{6}\b|[a-z])", sheet)
    pictures = re.findall(r'url\("([^"]+)"\)', sheet)
    assert pictures
    assert all(Path(picture).exists() and f"/{theme}/" in picture for picture in pictures)


def test_a_token_that_is_not_there_is_an_error(look: Look) -> None:
    with pytest.raises(KeyError):
        fill("QLabel { color: @nothing; }", look.colours(), look)
    with pytest.raises(KeyError):
        look.colour("nothing")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_small_pictures_have_the_colours_of_the_theme(theme: str) -> None:
    used = colours(theme)
    for file in (THEME / theme).glob("*.svg"):
        stroke = re.search('stroke="(#[0-9A-F]{6})"', file.read_text("utf-8"))
        assert stroke is not None
        assert stroke[1] == used["on_accent" if file.stem in ("check", "dash") else "quiet"], file


def test_the_frame_follows_the_system_while_it_runs(look: Look, qtbot: QtBot) -> None:
    button = QPushButton()
    look.apply("system")
    look.dress(button, "printer")
    hints = look._application.styleHints()
    light, before = look.colour("surface"), button.icon().pixmap(18, 18).toImage()
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert look.dark
    assert look.colour("surface") != light
    assert look._application.palette().color(QPalette.ColorRole.Window) == look.colour("ground")
    assert button.icon().pixmap(18, 18).toImage() != before
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert not look.dark
    assert look.colour("surface") == light
    assert button.icon().pixmap(18, 18).toImage() == before


def test_a_chosen_theme_does_not_follow_the_system(look: Look) -> None:
    look.apply("light")
    look._application.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert not look.dark


def test_text_size_grows_words_and_controls_not_gaps(look: Look) -> None:
    small = look.font_size("body"), look.size("control"), look.space("l")
    look.apply("light", 200)
    assert (look.font_size("body"), look.size("control"), look.space("l")) == (26, 64, 16)
    assert small == (13, 32, 16)
    assert look._application.font().pixelSize() == 26


def test_compact_rows(look: Look) -> None:
    assert look.size("row") == 34
    look.apply("light", compact=True)
    assert look.size("row") == 28


def test_figures_have_one_width(look: Look) -> None:
    for strong in (False, True):
        metrics = QFontMetricsF(look.font(strong=strong, figures=True))
        assert len({round(metrics.horizontalAdvance(figure * 8), 2) for figure in "0123456789"}) == 1
    plain = QFontMetricsF(look.font())
    assert plain.horizontalAdvance("1111") < plain.horizontalAdvance("0000")


def test_a_label_of_figures_keeps_them_under_the_style_sheet(look: Look, qtbot: QtBot) -> None:
    narrow, wide = Words(look, "11111111", figures=True), Words(look, "00000000", figures=True)
    big = Words(look, "11111111", "figure", figures=True), Words(look, "00000000", "figure", figures=True)
    assert narrow.sizeHint() == wide.sizeHint()
    assert big[0].sizeHint() == big[1].sizeHint()
    assert big[0].sizeHint().height() > narrow.sizeHint().height()


def test_a_line_has_room_for_stacked_marks(look: Look) -> None:
    metrics = QFontMetricsF(look.font())
    assert metrics.height() / look.font_size("body") >= 1.45


@pytest.mark.parametrize("file", FONT_FILES)
def test_the_font_has_every_vietnamese_letter(file: str) -> None:
    font = TTFont(RESOURCES / "fonts" / file)
    letters = "aăâeêioôơuưy"
    marked = {form for letter in letters for mark in "\u0300\u0309\u0303\u0301\u0323" for form in compose(letter, mark)}
    wanted = marked | set("đĐăâêôơưĂÂÊÔƠƯ₫“”‘’–…·→←↑↓↵×−")
    missing = {letter for letter in wanted if ord(letter) not in font.getBestCmap()}
    assert not missing
    assert "tnum" in {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}


def compose(letter: str, mark: str) -> tuple[str, str]:
    return unicodedata.normalize("NFC", letter + mark), unicodedata.normalize("NFC", letter.upper() + mark)


def test_every_icon_that_is_named_is_there(look: Look) -> None:
    named = {command.icon for command in COMMANDS} | {icon for _tone, icon, _ink in TONES.values()}
    asked = re.compile(
        r'(?:icon=|\b(?:Symbol|State|EmptyState|dress|pixmap|icon)\((?:(?:self\._)?look, )?)"([a-z][a-z0-9-]+)"'
    )
    for file in (RESOURCES.parent / "desktop").rglob("*.py"):
        named |= set(asked.findall(file.read_text("utf-8")))
    assert {"eye", "chevron-down", "log-out", "door-open"} <= named
    assert set(TONES) == set(Level)
    for name in named - {""}:
        image = look.pixmap(name).toImage()
        assert any(image.pixelColor(x, y).alpha() for x in range(image.width()) for y in range(image.height())), name


def test_an_icon_takes_the_colour_of_its_tone(look: Look) -> None:
    image = look.pixmap("check", "danger").toImage()
    solid = {
        image.pixelColor(x, y).name().upper()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }
    assert solid == {look.colours()["danger"]}


def test_icons_are_drawn_for_the_finest_screen(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(look._application), "devicePixelRatio", lambda self: 1.5)
    pixmap = look.pixmap("printer")
    assert (pixmap.width(), pixmap.devicePixelRatio()) == (27, 1.5)


def test_words_change_colour_with_their_tone(look: Look, qtbot: QtBot) -> None:
    words = Words(look, "Quá hạn 2 ngày", tone="danger")
    words.ensurePolished()
    assert words.palette().color(QPalette.ColorRole.WindowText) == QColor(look.colours()["danger"])
    words.set_tone("good")
    assert words.palette().color(QPalette.ColorRole.WindowText) == QColor(look.colours()["good"])
    assert isinstance(words, QLabel)


def test_licences_lie_beside_what_they_are_for() -> None:
    assert "SIL Open Font License" in (RESOURCES / "fonts" / "LICENCE-BeVietnamPro.txt").read_text("utf-8")
    assert "ISC License" in (RESOURCES / "icons" / "LICENCE-Lucide.txt").read_text("utf-8")


def test_words_that_are_there_follow_the_text_size(look: Look, qtbot: QtBot) -> None:
    words = [
        Words(look, "0011", size, figures=figures) for size in ("note", "body", "figure") for figures in (False, True)
    ]
    for one in words:
        qtbot.addWidget(one)
        one.show()
    before = [one.sizeHint().height() for one in words]
    look.apply("light", 200)
    after = [one.sizeHint().height() for one in words]
    assert all(new >= 1.9 * old for old, new in zip(before, after, strict=True)), (before, after)
