"""Walls around the process that reads untrusted media: memory, time, files, processes, network."""

import contextlib
import ctypes
import os
import resource
import signal
import sys

from worker.media.facts import Limits

_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38
_OPEN_FILES = 64
_CPU_GRACE_SECONDS = 5


def confine(limits: Limits) -> None:
    """Put the calling process behind its walls for good; call it before opening any media.

    The limits on memory, processor time and file size always hold. Leaving the network and
    refusing new processes depend on the system (root may always start processes).
    """
    _die_with_parent()
    _leave_network()
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_NOFILE, _OPEN_FILES)
    _limit(resource.RLIMIT_NPROC, 0)
    _limit(resource.RLIMIT_FSIZE, limits.output_bytes)
    # The soft limit comes first so that the signal says which limit it was.
    _limit(resource.RLIMIT_CPU, limits.cpu_seconds, grace=_CPU_GRACE_SECONDS)
    _limit(resource.RLIMIT_AS, limits.memory_bytes)


def _limit(kind: int, amount: int, *, grace: int = 0) -> None:
    _, hard = resource.getrlimit(kind)
    most = amount + grace if hard == resource.RLIM_INFINITY else min(amount + grace, hard)
    try:
        resource.setrlimit(kind, (min(amount, most), most))
    except ValueError:
        if sys.platform == "linux":  # other systems refuse some limits; Linux must hold all
            raise


def _die_with_parent() -> None:
    """Without this a killed worker would leave its decoder running until the limits end it."""
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def _leave_network() -> None:
    """Move into an empty network, alone where that is allowed, else inside a new user namespace."""
    if sys.platform != "linux":
        return
    libc = ctypes.CDLL(None, use_errno=True)
    with contextlib.suppress(AttributeError):
        if os.geteuid() == 0 and libc.unshare(_CLONE_NEWNET) == 0:
            return
        libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)
