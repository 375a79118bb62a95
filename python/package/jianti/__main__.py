"""The program ``jianti``: the command, and ``python -m jianti``."""

import os
import signal
import sys

from ._jianti import main as _program


def main() -> None:
    """Runs the program with this process's command line, and ends the process as the program ends."""
    # A closed standard stream must not become the number of a file that is opened later.
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    # Until the program listens itself, an interruption ends it without a traceback.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.exit(_program(["jianti", *sys.argv[1:]]))


if __name__ == "__main__":
    main()
