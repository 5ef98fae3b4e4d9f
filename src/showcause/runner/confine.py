"""A fresh process in, a confined one out: bounds that the kernel holds for whatever code runs in it.

The limits of POSIX go everywhere. On Linux (x86-64, ARM64) a seccomp filter besides makes the calls fail that open a
network connection, start a program or another process, or reach into another process; nothing that parses a file
needs one. This holds off a parser that fails badly. It is no prison for one that an attacker has taken over: files
that the user may read stay readable.
"""

from __future__ import annotations

import ctypes
import errno
import os
import resource
import struct
import sys
from contextlib import suppress
from dataclasses import dataclass

from showcause.runner.outcome import Bounds


@dataclass(frozen=True, slots=True)
class _Machine:
    """A processor's calls: those refused, those that may only be about this process, and the two that make threads."""

    arch: int
    refused: tuple[int, ...]
    own: tuple[int, ...]
    clone: int
    clone3: int = 435


# Call numbers: Linux arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h.
_MACHINES = {
    "x86_64": _Machine(
        arch=0xC000003E,
        refused=(
            *(41, 42, 43, 49, 50, 288),  # socket connect accept bind listen accept4
            *(57, 58, 59, 322),  # fork vfork execve execveat
            *(101, 310, 311, 438, 425),  # ptrace process_vm_readv process_vm_writev pidfd_getfd io_uring_setup
            *(129, 200, 297, 424),  # rt_sigqueueinfo tkill rt_tgsigqueueinfo pidfd_send_signal
        ),
        own=(62, 234),  # kill tgkill
        clone=56,
    ),
    "aarch64": _Machine(  # the same calls; fork and vfork are none of its own
        arch=0xC00000B7,
        refused=(198, 203, 202, 200, 201, 242, 221, 281, 117, 270, 271, 438, 425, 138, 130, 240, 424),
        own=(129, 131),
        clone=220,
    ),
}

# BPF and seccomp: Linux include/uapi/linux/bpf_common.h, seccomp.h, prctl.h.
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCH, _FIRST = 0, 4, 16  # offsets in struct seccomp_data, little-endian
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000
_X32 = 0x40000000
_CLONE_THREAD = 0x00010000
_NO_NEW_PRIVS, _SET_SECCOMP, _FILTER = 38, 22, 2


def confine(bounds: Bounds) -> bool:
    """Bound this process for good; whether it is also kept from network, programs and other processes."""
    os.umask(0o077)
    for what, most in (
        (resource.RLIMIT_AS, bounds.megabytes << 20),
        (resource.RLIMIT_FSIZE, bounds.output),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(OSError, ValueError):  # a hard limit that is lower still holds
            resource.setrlimit(what, (most, most))
    return sys.platform == "linux" and _sealed(_MACHINES.get(os.uname().machine))


def _sealed(machine: _Machine | None) -> bool:
    if machine is None or sys.maxsize < 1 << 32:
        return False
    code = ctypes.create_string_buffer(b"".join(_program(machine)))
    filters = struct.pack("HxxxxxxP", len(_program(machine)), ctypes.addressof(code))  # struct sock_fprog
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    prctl.argtypes = (ctypes.c_int, ctypes.c_ulong, ctypes.c_char_p, ctypes.c_ulong, ctypes.c_ulong)
    if prctl(_NO_NEW_PRIVS, 1, None, 0, 0):
        return False
    return bool(prctl(_SET_SECCOMP, _FILTER, filters, 0, 0) == 0)


def _program(machine: _Machine) -> list[bytes]:
    """The filter: what is refused fails with EPERM, a signal goes to this process only, clone makes threads only.

    clone3 hides its flags from a filter; told that there is none (ENOSYS), libraries take clone.
    """
    refuse, allow = _line(_RETURN, _ERRNO | errno.EPERM), _line(_RETURN, _ALLOW)
    lines = [_line(_LOAD, _ARCH), _line(_EQUAL, machine.arch, yes=1), refuse, _line(_LOAD, _NUMBER)]
    lines += [_line(_AT_LEAST, _X32, no=1), refuse]  # the calls of x32, which carry numbers of their own
    for number in machine.refused:
        lines += [_line(_EQUAL, number, no=1), refuse]
    lines += [_line(_EQUAL, machine.clone3, no=1), _line(_RETURN, _ERRNO | errno.ENOSYS)]
    lines += [_line(_EQUAL, machine.clone, no=4), _line(_LOAD, _FIRST), _line(_ANY_BIT, _CLONE_THREAD, no=1)]
    lines += [allow, refuse]
    for number in machine.own:
        lines += [_line(_EQUAL, number, no=4), _line(_LOAD, _FIRST), _line(_EQUAL, os.getpid(), no=1), allow, refuse]
    return [*lines, allow]


def _line(code: int, value: int, *, yes: int = 0, no: int = 0) -> bytes:
    """One struct sock_filter; `yes` and `no` are the lines that a comparison skips."""
    return struct.pack("HBBI", code, yes, no, value)
