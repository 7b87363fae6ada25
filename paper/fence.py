"""The fence round a process that opens strange files: how much memory it may take, nothing written when it falls.

Linux: RLIMIT_AS, on which an allocation fails and the library says so. Windows: a job object, written from Microsoft's
documentation of JOBOBJECT_EXTENDED_LIMIT_INFORMATION and tried under no real Windows. Elsewhere there is none.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import tempfile
import warnings
from pathlib import Path

if sys.platform != "win32":
    import resource

# What numpy, OpenCV, pdfium and Tesseract map before they touch a page: they share it, it costs no memory.
MAPPED_ANYWAY = 700 * 1024 * 1024

JOB_LIMIT_PROCESS_MEMORY = 0x0000_0100
JOB_LIMIT_DIE_ON_EXCEPTION = 0x0000_0400
JOB_EXTENDED_LIMITS = 9
BELOW_NORMAL = 0x0000_4000


class BasicLimits(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

    _fields_ = (
        ("per_process_time", ctypes.c_int64),
        ("per_job_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("least_working_set", ctypes.c_size_t),
        ("most_working_set", ctypes.c_size_t),
        ("most_processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority_class", ctypes.c_uint32),
        ("scheduling_class", ctypes.c_uint32),
    )


class ExtendedLimits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION; the six counters of IO_COUNTERS stand between."""

    _fields_ = (
        ("basic", BasicLimits),
        ("io", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("peak_process_memory", ctypes.c_size_t),
        ("peak_job_memory", ctypes.c_size_t),
    )


def raise_fence(memory: int, scratch: str) -> None:
    """Put this process behind the fence: at most `memory` bytes of its own, temporary files only in `scratch`, one
    thread for each library, below the window in turn, no memory image left behind when it falls."""
    os.environ.update(OMP_THREAD_LIMIT="1", OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MALLOC_ARENA_MAX="2")
    for name in ("TMPDIR", "TEMP", "TMP"):
        os.environ[name] = scratch
    tempfile.tempdir = scratch
    warnings.simplefilter("ignore")  # what libraries mutter over a damaged file is in the verdict, or is nothing
    empty(Path(scratch))  # what a process before this one was killed over
    # A library deep in its own code hears no Python: the plain way to end, at once.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform == "win32":
        _fence_windows(memory)
    else:
        _fence_posix(memory)


if sys.platform != "win32":

    def _fence_posix(memory: int) -> None:
        os.nice(5)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if sys.platform == "linux":
            most = memory + MAPPED_ANYWAY
            resource.setrlimit(resource.RLIMIT_AS, (most, most))

else:

    def _fence_windows(memory: int) -> None:
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = ctypes.c_void_p
        kernel.CreateJobObjectW.argtypes = (ctypes.c_void_p, ctypes.c_wchar_p)
        kernel.GetCurrentProcess.restype = ctypes.c_void_p
        kernel.SetInformationJobObject.argtypes = (ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_uint32)
        kernel.AssignProcessToJobObject.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
        kernel.SetPriorityClass.argtypes = (ctypes.c_void_p, ctypes.c_uint32)
        job = kernel.CreateJobObjectW(None, None)
        limits = job_limits(memory)
        size = ctypes.sizeof(limits)
        itself = kernel.GetCurrentProcess()
        kernel.SetPriorityClass(itself, BELOW_NORMAL)
        if not (
            job
            and kernel.SetInformationJobObject(job, JOB_EXTENDED_LIMITS, ctypes.byref(limits), size)
            and kernel.AssignProcessToJobObject(job, itself)
        ):
            raise ctypes.WinError(ctypes.get_last_error())


def job_limits(memory: int) -> ExtendedLimits:
    """What the job object is told: the most memory that a process in it may commit."""
    limits = ExtendedLimits()
    limits.basic.flags = JOB_LIMIT_PROCESS_MEMORY | JOB_LIMIT_DIE_ON_EXCEPTION
    limits.process_memory = memory + MAPPED_ANYWAY
    return limits


def own_folder(scratch: Path) -> Path:
    """A fresh folder in `scratch` for this program's temporary files; folders that a fallen program left more than a
    day ago go."""
    scratch.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix="apart-", dir=scratch))
    born = fresh.stat().st_mtime
    for other in scratch.glob("apart-*"):
        if other != fresh and born - other.stat().st_mtime > 24 * 3600:
            empty(other)
            other.rmdir()
    return fresh


def empty(folder: Path) -> None:
    """Take every file out of `folder`, and its folders; what is still in use stays for the next time."""
    for entry in folder.iterdir():
        try:
            if entry.is_dir() and not entry.is_symlink():
                empty(entry)
                entry.rmdir()
            else:
                entry.unlink()
        except OSError:
            continue
