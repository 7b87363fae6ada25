"""The numbers of WIA, as Microsoft documents them: properties, values of properties, formats, errors.

Sources: wiadef.h of the Windows SDK and the pages "WIA Properties", "Error Codes (WIA)" and "WIA Automation Layer" of
Microsoft Learn. Nothing here was recorded from a real scanner.
"""

from __future__ import annotations

from enum import IntEnum, IntFlag

from desktop.devices.source import Mode

SCANNER = 1
"""WiaDeviceType.ScannerDeviceType."""
BMP = "{B96B3CAB-0728-11D3-9D7B-0000F81EF32E}"
JPEG = "{B96B3CAE-0728-11D3-9D7B-0000F81EF32E}"
"""Format ids; every driver has to offer BMP."""


class Prop(IntEnum):
    """Property ids. Of the device first, then of the item that is scanned."""

    DEVICE_NAME = 7
    PORT = 6
    HORIZONTAL_BED = 3074
    VERTICAL_BED = 3075
    HORIZONTAL_FEED = 3076
    VERTICAL_FEED = 3077
    HANDLING_CAPABILITIES = 3086
    HANDLING_STATUS = 3087
    HANDLING_SELECT = 3088
    PAGES = 3096
    DATA_TYPE = 4103
    DEPTH = 4104
    INTENT = 6146
    HORIZONTAL_RESOLUTION = 6147
    VERTICAL_RESOLUTION = 6148
    HORIZONTAL_START = 6149
    VERTICAL_START = 6150
    HORIZONTAL_EXTENT = 6151
    VERTICAL_EXTENT = 6152


class Can(IntFlag):
    """WIA_DPS_DOCUMENT_HANDLING_CAPABILITIES."""

    FEED = 0x01
    FLAT = 0x02
    DUPLEX = 0x04
    DETECT_FEED = 0x10


class Stands(IntFlag):
    """WIA_DPS_DOCUMENT_HANDLING_STATUS."""

    FEED_READY = 0x01
    FLAT_READY = 0x02
    COVER_UP = 0x08
    PATH_COVER_UP = 0x10
    PAPER_JAM = 0x20


class Select(IntFlag):
    """WIA_DPS_DOCUMENT_HANDLING_SELECT."""

    FEEDER = 0x001
    FLATBED = 0x002
    DUPLEX = 0x004


class SubType(IntEnum):
    """WiaSubType: how the values that a property may have are told."""

    UNSPECIFIED = 0
    RANGE = 1
    LIST = 2
    FLAG = 3


INTENT = {Mode.COLOUR: 0x1, Mode.GREY: 0x2, Mode.BW: 0x4}
"""WIA_IPS_CUR_INTENT (WiaImageIntent): which colours."""
DATA_TYPE = {Mode.BW: 0, Mode.GREY: 2, Mode.COLOUR: 3}
"""WIA_IPA_DATATYPE: THRESHOLD, GRAYSCALE, COLOR."""

ERROR = {
    0x80210001: "device.failed",  # GENERAL_ERROR
    0x80210002: "device.jam",  # PAPER_JAM
    0x80210003: "device.empty",  # PAPER_EMPTY
    0x80210004: "device.jam",  # PAPER_PROBLEM
    0x80210005: "device.offline",  # OFFLINE
    0x80210006: "device.busy",  # BUSY
    0x80210007: "device.busy",  # WARMING_UP
    0x80210008: "device.stopped",  # USER_INTERVENTION
    0x80210009: "device.offline",  # ITEM_DELETED
    0x8021000A: "device.offline",  # DEVICE_COMMUNICATION
    0x8021000B: "device.failed",  # INVALID_COMMAND
    0x8021000C: "device.failed",  # INCORRECT_HARDWARE_SETTING
    0x8021000D: "device.busy",  # DEVICE_LOCKED
    0x8021000E: "device.crashed",  # EXCEPTION_IN_DRIVER
    0x8021000F: "device.answer",  # INVALID_DRIVER_RESPONSE
    0x80210015: "device.offline",  # S_NO_DEVICE_AVAILABLE
    0x80210016: "device.cover-open",  # COVER_OPEN
    0x80210017: "device.failed",  # LAMP_OFF
    0x80210020: "device.two-sheets",  # MULTI_FEED
    0x80070005: "device.no-rights",  # E_ACCESSDENIED
    0x800706BA: "device.no-program",  # RPC_S_SERVER_UNAVAILABLE: the Windows service does not run
    0x80040154: "device.no-program",  # REGDB_E_CLASSNOTREG: WIA is not installed (Windows Server without the feature)
    0x80070422: "device.no-program",  # ERROR_SERVICE_DISABLED
}
"""HRESULT and what it is here."""
PAPER_EMPTY = 0x80210003
