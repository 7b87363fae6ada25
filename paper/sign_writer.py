"""Writes behind a PDF and says nothing about it: what the document says of itself stays as it is.

A PDF/A whose own particulars and whose XMP metadata disagree is none any more, and the library would write its name
and the hour into one of them.
"""

from __future__ import annotations

import io

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter


class BehindWriter(IncrementalPdfFileWriter):
    """Adds to a PDF; `finished()` is the whole."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__(io.BytesIO(pdf), strict=False)

    def _update_meta(self) -> None:
        """Nothing: see above."""

    def finished(self) -> bytes:
        """Every byte of the PDF, and behind them what was added."""
        output = io.BytesIO()
        IncrementalPdfFileWriter.write(self, output)
        return output.getvalue()
