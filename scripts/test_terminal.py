#!/usr/bin/env python3
"""What one sees on a terminal: the hint without arguments, one Ctrl-D, progress within one large file, colours, names that
no terminal obeys. Needs target/release/jianti.

    scripts/test_terminal.py [-v]
"""
import os
import pathlib
import pty
import select
import subprocess
import sys
import tempfile
import time

JIANTI = pathlib.Path(__file__).resolve().parent.parent / "target/release/jianti"


def on_terminal(arguments, folder, typed=(), env=(), out_to=None, patience=60):
    """Runs the program on a terminal, types what is given when it has printed something; returns its output and code."""
    main, side = pty.openpty()
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C", "TERM": "xterm", **dict(env)}
    out = open(out_to, "wb") if out_to else side
    child = subprocess.Popen([JIANTI, *arguments], cwd=folder, stdin=side, stdout=out, stderr=side, env=environment)
    os.close(side)
    started = time.time()
    seen, typed, until = b"", list(typed), started + patience
    while time.time() < until:
        ready, _, _ = select.select([main], [], [], 0.1)
        if ready:
            try:
                more = os.read(main, 1 << 16)
            except OSError:
                break
            if not more:
                break
            seen += more
        elif child.poll() is not None:
            break
        if typed and (seen or time.time() > started + 0.5):
            os.write(main, typed.pop(0).encode())
    code = child.wait(timeout=10)
    os.close(main)
    text = seen.decode(errors="replace")
    if "-v" in sys.argv:
        print(f"$ jianti {' '.join(arguments)}\n{text}")
    return text, code


def main():
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "a.txt").write_text("關於餅乾的事。\n")
        (folder / "\x1b[31mred\x07.txt").write_text("關於餅乾的事。\n")

        text, code = on_terminal([], folder, ["關於餅乾\n\x04"])
        assert code == 0 and "end it with Ctrl-D" in text and "关于饼干" in text, text
        text, code = on_terminal(["--lang", "zh"], folder, ["關於\n\x04"])
        assert code == 0 and "按 Ctrl-D" in text, text
        text, code = on_terminal(["-q", "-"], folder, ["關於\n\x04"])
        assert code == 0 and "jianti" not in text, text

        text, code = on_terminal(["--diff", "-q", "a.txt"], folder)
        assert code == 1 and "\x1b[31m-\x1b[7m關於餅乾\x1b[27m的事。" in text, text
        for arguments, env in [(["--color", "never"], ()), ([], [("NO_COLOR", "1")])]:
            text, _ = on_terminal(["--diff", "-q", "a.txt", *arguments], folder, env=env)
            assert "\x1b" not in text and "-關於餅乾" in text, text
        for arguments in [["--check", "-q", "."], ["--detect", "."], ["-v", "-n", "-i", "."], ["--diff", "--color", "never", "."]]:
            text, _ = on_terminal(arguments, folder)
            assert "\x1b" not in text and "\x07" not in text and r"\u{1b}[31mred" in text, text

        # Long enough on any machine to show how far it is.
        large = folder / "large.txt"
        with large.open("w") as file:
            for _ in range(2_000):
                file.write("老書店開在車站對面，門口擺著舊雜誌，關於餅乾的事。\n" * 2_500)
        text, code = on_terminal(["-j1", "large.txt", "-o", "out.txt", "--no-sync"], folder)
        assert code == 0, text
        for part in [" MB of ", " MB/s", " left", "1 file "]:
            assert part in text, (part, text[-600:])
        text, code = on_terminal(["-j1", "large.txt"], folder, out_to=folder / "printed.txt")
        assert code == 0 and " MB of " in text, text[-600:]
        assert (folder / "printed.txt").read_bytes() == (folder / "out.txt").read_bytes()
    print("a terminal shows what it should")


if __name__ == "__main__":
    main()
