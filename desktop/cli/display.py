"""Whether there is a screen to open the window on. Qt itself ends the process where there is none, without a word to
whom it concerns; so it is asked before Qt is loaded."""

from __future__ import annotations

import ctypes
import os
import socket
import sys
from pathlib import Path

from onestop.rules.errors import Trouble

ON_A_SCREEN = ("", "xcb", "wayland", "wayland-egl")
"""Platforms of Qt that need one, by the beginning of QT_QPA_PLATFORM; "" is Qt's own choice."""


def demand() -> None:
    """Trouble("window.no-display") where the window could not open."""
    wanted = [part.partition(":")[0] for part in os.environ.get("QT_QPA_PLATFORM", "").split(";")]
    if sys.platform in ("win32", "darwin") or any(name not in ON_A_SCREEN for name in wanted):
        return
    if not (answers_wayland() or answers_x()):
        raise Trouble("window.no-display", display=os.environ.get("DISPLAY") or "–")


def answers_wayland() -> bool:
    """Whether the compositor that the session names can be reached."""
    name, folder = os.environ.get("WAYLAND_DISPLAY"), os.environ.get("XDG_RUNTIME_DIR", "")
    if not name:
        return False
    with socket.socket(socket.AF_UNIX) as line:
        try:
            line.connect(str(Path(folder) / name))
        except OSError:
            return False
    return True


def answers_x() -> bool:
    """Whether the X server that DISPLAY names lets us in, asked through the library that Qt asks through."""
    if not os.environ.get("DISPLAY"):
        return False
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return False  # nor has Qt
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = (ctypes.c_char_p, ctypes.c_void_p)
    xcb.xcb_connection_has_error.argtypes = (ctypes.c_void_p,)
    xcb.xcb_disconnect.argtypes = (ctypes.c_void_p,)
    connection = xcb.xcb_connect(None, None)
    try:
        return not xcb.xcb_connection_has_error(connection)
    finally:
        xcb.xcb_disconnect(connection)


__all__ = ["demand"]
