"""How the program looks: tokens → palette and style sheet, fonts, icons in the theme's colours; nothing else knows a
colour or a length.

The tokens are `resources/theme/{light,dark}.toml` (colours) and `measures.toml` (lengths, font sizes, times); the one
style sheet `style.qss` is filled from them. Everything follows the system's light or dark while the program runs.
"""

from __future__ import annotations

import re
import weakref
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, cast

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
FAMILY = "Be Vietnam Pro Mot Cua"
FONT_FILES = ("BeVietnamProMotCua-Regular.ttf", "BeVietnamProMotCua-SemiBold.ttf")
THEMES = ("system", "light", "dark")
SCALES = (100, 115, 125, 150, 175, 200)
"""Sizes of text in percent that a clerk may choose."""

LARGE = 125
"""Above this size of text, in percent, a screen of 1366 has no room for all of it side by side."""
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LINE = re.compile(r"^(\w+)\s*=\s*(?:\"([^\"]*)\"|(-?\d+))")
_TOKEN = re.compile(r"@(?:(size|half|space|font|file)\(([\w.-]+)(?:,([+-]\d+))?\)|([a-z_]+))")

Tokens = dict[str, dict[str, Any]]


class Dressed(Protocol):
    """Whatever can carry an icon: buttons and actions."""

    def setIcon(self, icon: QIcon, /) -> None: ...


def read_tokens(file: Path) -> Tokens:
    """Section → name → text or whole number.

    The token files use a corner of TOML (tables, strings, integers, comments); reading just that costs less than
    importing a parser while the window is waited for. A test reads the same files with tomllib.
    """
    tokens: Tokens = {}
    section: dict[str, Any] = {}
    for line in file.read_text("utf-8").splitlines():
        if line.startswith("["):
            section = tokens.setdefault(line[1 : line.index("]")], {})
        elif match := _LINE.match(line):
            section[match[1]] = match[2] if match[2] is not None else int(match[3])
    return tokens


def make_application(arguments: Sequence[str]) -> QApplication:
    """The QApplication of the program, on the Fusion style from the start.

    The style is chosen by argument: `setStyle` would hand a QStyle to Python, whose wrapper costs the start 4 ms.
    """
    application = QApplication([*arguments[:1], "-style", "fusion", *arguments[1:]])
    application.setProperty("fusion", True)
    return application


def fill(template: str, colours: Mapping[str, str], look: Look) -> str:
    """The style sheet with its tokens put in.

    `@colour`, `@size(name,±n)`, `@half(name)`, `@space(name)`, `@font(name)`, `@file(name)`: a picture in the theme's
    colours.
    """

    def put(match: re.Match[str]) -> str:
        kind, name, more, colour = match.groups()
        if kind is None:
            return colours[colour]
        if kind == "file":
            return (look.folder / "theme" / ("dark" if look.dark else "light") / name).as_posix()
        lengths = {
            "size": look.size,
            "half": lambda name: look.size(name) // 2,
            "space": look.space,
            "font": look.font_size,
        }
        value = lengths[kind](name)
        return f"{value + int(more or 0)}px"

    return _TOKEN.sub(put, template)


class Look(QObject):
    """The look in use. One object, made before the first widget, handed to whatever paints or measures.

    `apply` sets theme ("system", "light", "dark"), text size in percent and compact rows; it may be called at any time.
    Widgets that keep a length or a picture take it again in `changeEvent` at `QEvent.Type.StyleChange`.
    """

    def __init__(self, application: QApplication, folder: Path = RESOURCES) -> None:
        super().__init__(application)
        self.folder = folder
        self.theme = "system"
        self.scale = 100
        self.compact = False
        self.dark = False
        self._application = application
        self._measures = read_tokens(folder / "theme" / "measures.toml")
        self._themes: dict[bool, dict[str, str]] = {}
        self._template = _COMMENT.sub("", (folder / "theme" / "style.qss").read_text("utf-8"))
        self._sources: dict[str, str] = {}
        self._pixmaps: dict[tuple[str, str, int, float, bool], QPixmap] = {}
        self._wardrobe: weakref.WeakKeyDictionary[QObject, tuple[str, str]] = weakref.WeakKeyDictionary()
        for file in FONT_FILES:
            QFontDatabase.addApplicationFont(str(folder / "fonts" / file))
        if not application.property("fusion"):
            application.setStyle("Fusion")
        application.styleHints().colorSchemeChanged.connect(self._system_changed)

    # -- what is in use

    @property
    def large(self) -> bool:
        """Are letters so big that what stands side by side goes one under the other?"""
        return self.scale > LARGE

    def apply(self, theme: str = "system", scale: int = 100, *, compact: bool = False) -> None:
        """Use this theme, text size and height of rows from now on, in every window."""
        hints = self._application.styleHints()
        self.theme, self.scale, self.compact = theme, scale, compact
        if theme == "system":
            hints.unsetColorScheme()  # also brings the title bar of the window back to the system's
            self.dark = hints.colorScheme() == Qt.ColorScheme.Dark
        else:
            self.dark = theme == "dark"
            hints.setColorScheme(Qt.ColorScheme.Dark if self.dark else Qt.ColorScheme.Light)
        self._paint_all()

    def _system_changed(self, scheme: Qt.ColorScheme) -> None:
        dark = scheme == Qt.ColorScheme.Dark
        if self.theme == "system" and dark != self.dark:
            self.dark = dark
            self._paint_all()

    def _paint_all(self) -> None:
        application = self._application
        application.setFont(self.font())
        application.setPalette(self.palette())
        application.setStyleSheet(fill(self._template, self.colours(), self))
        for thing, (name, tone) in list(self._wardrobe.items()):
            if isValid(thing):
                cast(Dressed, thing).setIcon(self.icon(name, tone))

    # -- tokens

    def colours(self) -> dict[str, str]:
        """Name → #RRGGBB in the theme in use."""
        if self.dark not in self._themes:
            file = self.folder / "theme" / ("dark.toml" if self.dark else "light.toml")
            self._themes[self.dark] = read_tokens(file)["colour"]
        return self._themes[self.dark]

    def colour(self, name: str) -> QColor:
        """The colour of this name in the theme in use; KeyError when there is none."""
        return QColor(self.colours()[name])

    def size(self, name: str) -> int:
        """A length in pixels that grows with the text size. "row" is the compact one where rows are compact."""
        if name == "row" and self.compact:
            name = "row_compact"
        return round(self._measures["size"][name] * self.scale / 100)

    def space(self, name: str) -> int:
        """A length in pixels that stays as it is at every text size: gaps, radii, hairlines."""
        return int(self._measures["space"][name])

    def time(self, name: str) -> int:
        """Milliseconds."""
        return int(self._measures["time"][name])

    def font_size(self, name: str) -> int:
        """Pixels of the font: note, body, lead, title, figure."""
        return round(self._measures["font"][name] * self.scale / 100)

    def font(self, name: str = "body", *, strong: bool = False, figures: bool = False) -> QFont:
        """The screen's font. `figures`: every figure of one width, for codes, money and columns."""
        font = QFont(FAMILY)
        font.setPixelSize(self.font_size(name))
        if strong:
            font.setWeight(QFont.Weight.DemiBold)
        if figures:
            font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def metrics(self, name: str = "body", *, strong: bool = False, figures: bool = False) -> QFontMetrics:
        """Measures of the screen's font."""
        return QFontMetrics(self.font(name, strong=strong, figures=figures))

    def palette(self) -> QPalette:
        """The theme for the parts that Qt paints by itself."""
        palette, role, group = QPalette(), QPalette.ColorRole, QPalette.ColorGroup
        for part, name in (
            (role.Window, "ground"),
            (role.WindowText, "ink"),
            (role.Base, "surface"),
            (role.AlternateBase, "raised"),
            (role.Text, "ink"),
            (role.Button, "surface"),
            (role.ButtonText, "ink"),
            (role.BrightText, "danger"),
            (role.ToolTipBase, "surface"),
            (role.ToolTipText, "ink"),
            (role.PlaceholderText, "quiet"),
            (role.Highlight, "accent"),
            (role.HighlightedText, "on_accent"),
            (role.Link, "accent"),
            (role.LinkVisited, "accent"),
            (role.Accent, "accent"),
            (role.Light, "surface"),
            (role.Midlight, "raised"),
            (role.Mid, "line"),
            (role.Dark, "edge"),
            (role.Shadow, "edge"),
        ):
            palette.setColor(part, self.colour(name))
        for part in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(group.Disabled, part, self.colour("quiet"))
        return palette

    # -- icons

    def pixmap(self, name: str, tone: str = "ink", size: str = "icon", *, faint: bool = False) -> QPixmap:
        """The icon `resources/icons/<name>.svg` in the colour `tone`, sharp on the finest screen there is."""
        side, ratio = self.size(size), self._application.devicePixelRatio()
        key = (name, self.colours()[tone], side, ratio, faint)
        if key not in self._pixmaps:
            self._pixmaps[key] = self._draw(*key)
        return self._pixmaps[key]

    def _draw(self, name: str, colour: str, side: int, ratio: float, faint: bool) -> QPixmap:
        if name not in self._sources:
            self._sources[name] = (self.folder / "icons" / f"{name}.svg").read_text("utf-8")
        renderer = QSvgRenderer(QByteArray(self._sources[name].replace("currentColor", colour).encode()))
        pixmap = QPixmap(QSize(side, side) * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setOpacity(0.45 if faint else 1.0)
        renderer.render(painter, QRectF(0, 0, side, side))
        painter.end()
        return pixmap

    def icon(self, name: str, tone: str = "ink") -> QIcon:
        """The icon as it is in the theme in use; `dress` where it has to follow the theme."""
        icon = QIcon(self.pixmap(name, tone))
        icon.addPixmap(self.pixmap(name, tone, faint=True), QIcon.Mode.Disabled)
        return icon

    def dress(self, thing: QObject, name: str, tone: str = "ink") -> None:
        """Put the icon on a button or action, and put it on again whenever the theme changes."""
        cast(Dressed, thing).setIcon(self.icon(name, tone))
        self._wardrobe[thing] = (name, tone)
