"""The last step before exec of a service's program: drop root and tie its lifetime to that of its parent.

It runs on its own as `python -I -S launch.py` in the new process, so it imports nothing from this project.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main(argv: list[str]) -> None:
    """Arguments: the parent's pid, the signal when it dies, user, group (-1: unchanged), the command."""
    parent, death_signal, uid, gid = (int(value) for value in argv[:4])
    os.umask(0o077)
    # Loaded while still root: afterwards the interpreter's files may not be readable.
    libc = ctypes.CDLL(None, use_errno=True)
    if uid >= 0:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
        os.chdir("/")  # this user may not have access to the parent's folder
    if sys.platform == "linux":
        # Set after the change of user, which clears it; it survives the exec.
        if libc.prctl(PR_SET_PDEATHSIG, death_signal, 0, 0, 0) != 0:
            sys.exit(f"prctl: {os.strerror(ctypes.get_errno())}")
        if os.getppid() != parent:
            sys.exit("the process that started the services has exited")  # it died before the signal was set
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    os.execv(argv[4], argv[4:])  # noqa: S606 - no shell on purpose


if __name__ == "__main__":
    main(sys.argv[1:])
