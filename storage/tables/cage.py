"""What the child may do: compute on what it was given, for a while, and nothing else."""

import ctypes
import resource

from storage.tables.limits import Limits

_NEW_USER, _NEW_NET = 0x1000_0000, 0x4000_0000
_SET_DUMPABLE, _SET_NO_NEW_PRIVILEGES = 4, 38


def lock_in(limits: Limits) -> None:
    """Take from this process memory, time, files, the network and a core dump.

    The last is what counts where namespaces are not allowed: with no number left for a descriptor,
    no socket and no file can be opened, and no program started (its loader opens files).
    """
    libc = ctypes.CDLL(None, use_errno=True)
    for name, *arguments in (
        ("unshare", _NEW_USER | _NEW_NET),
        ("prctl", _SET_DUMPABLE, 0, 0, 0, 0),
        ("prctl", _SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0),
    ):
        call = getattr(libc, str(name), None)
        if call is not None:
            call(*arguments)
    _limit(resource.RLIMIT_AS, limits.memory)
    _limit(resource.RLIMIT_CPU, limits.processor)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_NOFILE, 0)


def _limit(kind: int, most: int) -> None:
    """Set a limit that cannot be raised again; one that is lower already stays."""
    hard = resource.getrlimit(kind)[1]
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (most, most))
