"""PDF/A looked at by a second tool: Apache PDFBox's preflight, which knows PDF/A-1b."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

JAVA = Path("/usr/share/java")
JARS = "preflight xmpbox pdfbox2 fontbox2 commons-logging commons-io javax.activation jaxb-api".split()
ALLOWED_SINCE = {"1.4", "7.11.2"}
"""What PDF/A-2 has and PDF/A-1 has not, by preflight's own numbers: a table of places as a stream, and the "2" in the
description of the file."""


def findings(content: bytes, folder: Path) -> dict[str, str]:
    """What preflight finds wrong with a file as PDF/A-1b, by its numbers; {} for a valid one."""
    file = folder / "preflight.pdf"
    file.write_bytes(content)
    places = ":".join(str(JAVA / f"{name}.jar") for name in JARS)
    command = ["java", "-Xshare:auto", "-cp", places, "org.apache.pdfbox.preflight.Validator_A1b", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = dict(re.findall(r"^([\d.]+) : (.*)$", done.stdout, re.MULTILINE))
    if not found and "is a valid PDF/A-1b file" not in done.stdout:
        raise RuntimeError(f"preflight could not run: {done.stdout}{done.stderr}")
    return found


def findings_2b(content: bytes, folder: Path) -> dict[str, str]:
    """What preflight finds wrong beyond what PDF/A-2b allows."""
    return {number: said for number, said in findings(content, folder).items() if number not in ALLOWED_SINCE}
