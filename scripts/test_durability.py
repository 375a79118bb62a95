#!/usr/bin/env python3
"""Breaks runs of jianti, and looks at what is left.

  power    the plug is pulled: a file system on a loop device is shut down without its journal (superuser)
  kill     kill -9 in the middle, then the run again, in all modes
  links    folders swapped for symbolic links to elsewhere while a run goes on
  faults   system calls that fail (needs strace)
  disk     a full disk (superuser)
  price    how long waiting for the disk takes, against the same run followed by sync

Without names all but price. What cannot run here is skipped, and says so.
"""

import argparse
import fcntl
import os
import random
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

LINE = "渡輪靠岸，魚販把竹籠抬上碼頭，遠處傳來汽笛聲。\n"
DONE = "渡轮靠岸，鱼贩把竹笼抬上码头，远处传来汽笛声。\n"
BACKUP_LIST, STATE = ".jianti-backups", ".jianti-state"


class Skipped(Exception):
    """This system cannot do it."""


def article(number, line):
    return f"第{number}篇：" + line * (1 + number % 97)


def write_articles(root, count):
    for number in range(count):
        folder = root / str(number % 7) / str(number // 7 % 11)
        if number < 77:
            folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number}.txt").write_text(article(number, LINE))


def state(path):
    """What a file holds: 'old', 'new', 'none', or something else in words."""
    number = int(path.name.split(".")[0])
    try:
        text = path.read_text()
    except FileNotFoundError:
        return "none"
    except (OSError, UnicodeDecodeError) as error:
        return str(error)
    if text == article(number, LINE):
        return "old"
    if text == article(number, DONE):
        return "new"
    return f"{len(text.encode())} bytes that are neither"


def look(root, count):
    """How many of the articles below a directory are in which state."""
    states = {}
    for number in range(count):
        path = root / str(number % 7) / str(number // 7 % 11) / f"{number}.txt"
        found = state(path)
        states[found] = states.get(found, 0) + 1
    return states


def strays(root):
    """Temporary files below a directory."""
    return [path for path in root.rglob(".jianti-*.tmp")]


def run(*command, **options):
    options = {"stderr": subprocess.PIPE, "stdout": subprocess.DEVNULL} | options
    return subprocess.run([str(part) for part in command], **options)


def need(*programs):
    for program in programs:
        if shutil.which(program) is None:
            raise Skipped(f"needs {program}")


def need_root():
    if os.name != "posix" or os.geteuid() != 0:
        raise Skipped("needs a superuser")


# XFS_IOC_GOINGDOWN, which ext4 has too; and its flag for "without writing the journal", as a power loss does not either.
SHUT_DOWN, WITHOUT_JOURNAL = 0x8004587D, 2


class Disk:
    """A file system on a loop device, whose plug can be pulled."""

    def __init__(self, kind, folder, size=768 << 20):
        need("losetup", f"mkfs.{kind}", "mount")
        image = folder / f"{kind}.img"
        self.at = folder / kind
        with image.open("wb") as file:
            file.truncate(size)
        run(f"mkfs.{kind}", "-q", image, check=True)
        made = run("losetup", "--find", "--show", image, stdout=subprocess.PIPE)
        if made.returncode:
            raise Skipped("no loop devices here")
        self.loop = made.stdout.decode().strip()
        self.at.mkdir()
        run("mount", self.loop, self.at, check=True)

    def pull_plug(self):
        """What is not on the disk by now never will be."""
        folder = os.open(self.at, os.O_RDONLY)
        fcntl.ioctl(folder, SHUT_DOWN, struct.pack("I", WITHOUT_JOURNAL))
        os.close(folder)

    def mount_again(self):
        """Mounts it as after a power loss: the journal is replayed."""
        run("umount", self.at, check=True)
        run("mount", self.loop, self.at, check=True)

    def close(self):
        run("umount", self.at)
        run("losetup", "--detach", self.loop)


def power(program, count=2500, turns=8):
    need_root()
    for kind in ("ext4", "xfs"):
        with tempfile.TemporaryDirectory() as folder:
            try:
                disk = Disk(kind, Path(folder))
            except Skipped as skipped:
                print(f"power: {kind}: skipped: {skipped}")
                continue
            try:
                for mode in ("-o", "-i", "-i=.bak"):
                    founds = [power_once(disk, program, mode, count, turn) for turn in range(turns)]
                    news = ", ".join(str(found.get("new", 0)) for found in founds)
                    print(f"power: {kind} {mode}: whole and new, of {count}, after the run and in it: {news}; no other broken")
            finally:
                disk.close()


def power_once(disk, program, mode, count, turn):
    """Pulls the plug: in turn 0 right after the run, otherwise in it."""
    work = disk.at / "work"
    write_articles(work / "in", count)
    run("sync", "-f", disk.at, check=True)
    arguments = [work / "in"] + (["-o", work / "out"] if mode == "-o" else [mode])
    child = subprocess.Popen([program, "-q", *map(str, arguments)], stderr=subprocess.DEVNULL)
    if turn == 0:
        assert child.wait() == 0
    else:
        time.sleep(random.uniform(0.02, 0.5))
    disk.pull_plug()
    child.kill()
    child.wait()
    disk.mount_again()
    found = look(work / ("out" if mode == "-o" else "in"), count)
    about = f"{mode}, turn {turn}: {found}"
    assert set(found) <= {"old", "new", "none"}, about
    assert turn > 0 or found == {"new": count}, about
    if mode == "-o":
        assert look(work / "in", count) == {"old": count}, about
    else:
        assert not found.get("none"), about
    if mode == "-i=.bak":
        check_backups(work / "in", count)
    # Nobody is in the way of the next run.
    again = run(program, "-q", *arguments)
    assert again.returncode == 0, f"{about}: the run again: {again.stderr.decode()[:400]}"
    found_again = look(work / ("out" if mode == "-o" else "in"), count)
    assert found_again == {"new": count}, f"{about}: after the run again {found_again}"
    assert not strays(work), f"{about}: left over: {strays(work)[:3]}"
    shutil.rmtree(work)
    return found


def check_backups(root, count):
    """Every article that is new has its original beside it."""
    for number in range(count):
        path = root / str(number % 7) / str(number // 7 % 11) / f"{number}.txt"
        if state(path) == "new":
            kept = path.with_name(path.name + ".bak")
            assert state(kept) == "old", f"{path}: its backup is {state(kept)}"


def kill(program, times=300, count=150):
    modes = ["-o", "-i", "-i=.bak"]
    caught = 0
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        fresh = folder / "fresh"
        write_articles(fresh, count)
        for turn in range(times):
            mode = modes[turn % len(modes)]
            work = folder / "work"
            shutil.copytree(fresh, work / "in")
            arguments = [work / "in"] + (["-o", work / "out"] if mode == "-o" else [mode])
            arguments += ["-q", *(["--update"] if turn % 2 else []), *(["--no-sync"] if turn % 4 > 1 else [])]
            child = subprocess.Popen([program, *map(str, arguments)])
            time.sleep(random.uniform(0.005, 0.08))
            child.kill()
            caught += child.wait() == -signal.SIGKILL
            result = work / ("out" if mode == "-o" else "in")
            found = look(result, count)
            assert set(found) <= {"old", "new", "none"}, f"{mode}: {found}"
            assert mode == "-o" or not found.get("none"), f"{mode}: {found}"
            again = run(program, *arguments)
            assert again.returncode == 0, f"{mode}: the run again: {again.stderr.decode()}"
            assert look(result, count) == {"new": count}, f"{mode}: {look(result, count)}"
            assert not strays(work), f"{mode}: left over: {strays(work)[:3]}"
            names = {path.name for path in work.rglob(".jianti-*")}
            assert names <= {BACKUP_LIST, STATE}, names
            if mode == "-i=.bak":
                check_backups(result, count)
                assert run(program, "--restore", "-q", result).returncode == 0
                assert look(result, count) == {"old": count}
            shutil.rmtree(work)
    print(f"kill: {times} times, {caught} in the middle: all files old or new, reruns exact, nothing left over")


def links(program, count=4000, seconds=20):
    """A thread swaps folders of the input, and of the output, for links to a tree outside, and back."""
    for mode in ("-i", "-o in", "-o out"):
        with tempfile.TemporaryDirectory() as folder:
            folder = Path(folder)
            write_articles(folder / "in", count)
            write_articles(folder / "outside", count)
            (folder / "out").mkdir()
            victim = folder / ("out" if mode == "-o out" else "in")
            stop, swaps = threading.Event(), [0]

            def swap():
                while not stop.is_set():
                    for number in range(7):
                        inner, aside = victim / str(number), folder / f"aside{number}"
                        try:
                            inner.rename(aside)
                        except OSError:
                            continue
                        try:
                            inner.symlink_to(folder / "outside" / str(number))
                            swaps[0] += 1
                            time.sleep(0.0005)
                            inner.unlink()
                            aside.rename(inner)
                        except OSError:
                            # The run has made the folder anew meanwhile.
                            if inner.is_symlink():
                                inner.unlink()
                            shutil.rmtree(inner, ignore_errors=True)
                            aside.rename(inner)

            swapper = threading.Thread(target=swap)
            swapper.start()
            begun, runs = time.monotonic(), 0
            while time.monotonic() - begun < seconds:
                arguments = [folder / "in"] + (["-i"] if mode == "-i" else ["-o", folder / "out"])
                run(program, "-q", "--no-sync", *arguments)
                runs += 1
            stop.set()
            swapper.join()
            outside = look(folder / "outside", count)
            assert outside == {"old": count}, f"{mode}: outside {outside}"
            extra = [path for path in (folder / "outside").rglob("*") if path.is_file() and path.suffix != ".txt"]
            assert not extra, extra[:3]
            # Nothing from outside was read: its articles are marked.
            print(f"links: {mode}: {runs} runs, {swaps[0]} swaps: 0 of {count} files outside changed")


FAULTS = {
    "openat": "EMFILE",
    "write": "ENOSPC",
    "close": "EIO",
    "fsync": "EIO",
    "syncfs": "EIO",
    "rename": "EIO",
    "renameat": "EIO",
    "renameat2": "EIO",
    "linkat": "EPERM",
    "mkdirat": "EACCES",
    "fchmod": "EPERM",
    "fstat": "EIO",
    "newfstatat": "EIO",
    "statx": "EIO",
    "getdents64": "EIO",
    "fsetxattr": "ENOSPC",
    "flock": "ENOLCK",
    "copy_file_range": "EIO",
    "unlinkat": "EIO",
}


def faults(program, count=24, places=8):
    need("strace")
    tried = 0
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        write_articles(folder / "fresh", count)
        (folder / "fresh" / "picture.bin").write_bytes(b"\0\1\2" * 5000)
        for mode in ("-o", "-i", "-i=.bak"):
            for call, errno in FAULTS.items():
                for when in range(1, places + 1):
                    # Close to the beginning, and far into it.
                    place = when if when <= places // 2 else when * 9
                    fault(folder, program, mode, call, errno, place, count)
                    tried += 1
    print(f"faults: {tried} injected: all files old or new, every failure told of, no panic that ends a run")


def fault(folder, program, mode, call, errno, place, count):
    work = folder / "work"
    shutil.copytree(folder / "fresh", work / "in")
    arguments = [work / "in"] + (["-o", work / "out"] if mode == "-o" else [mode])
    traced = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}"]
    traced += ["-e", f"inject={call}:error={errno}:when={place}"]
    done = run(*traced, program, "-q", "-j", "2", *arguments)
    err = done.stderr.decode(errors="replace")
    about = f"{mode}: {call} {errno} at {place}: exit code {done.returncode}: {err[:400]}"
    if "invalid system call" in err:
        shutil.rmtree(work)
        return
    # 127 and the like: the fault hit the loader before the program began.
    loading = "loading shared libraries" in err
    assert loading or done.returncode in (0, 2), about
    result = work / ("out" if mode == "-o" else "in")
    found = look(result, count)
    assert set(found) <= {"old", "new", "none"}, f"{about}: {found}"
    if mode != "-o":
        assert not found.get("none"), f"{about}: {found}"
    if done.returncode == 0 and not loading:
        assert found == {"new": count}, f"{about}: {found}"
    else:
        assert err.strip(), about
    if mode == "-i=.bak":
        check_backups(result, count)
    shutil.rmtree(work)


def disk(program, count=1500):
    need_root()
    for mode in ("-o", "-i", "-i=.bak"):
        with tempfile.TemporaryDirectory() as folder:
            small = Path(folder) / "small"
            small.mkdir()
            if run("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", small).returncode:
                raise Skipped("nothing can be mounted here")
            try:
                write_articles(small / "in", count)
                filler = small / "filler"
                free = shutil.disk_usage(small).free
                filler.write_bytes(b"x" * max(0, free - (64 << 10)))
                arguments = [small / "in"] + (["-o", small / "out"] if mode == "-o" else [mode])
                done = run(program, "-q", *arguments)
                found = look(small / ("out" if mode == "-o" else "in"), count)
                assert set(found) <= {"old", "new", "none"}, f"{mode}: {found}"
                assert not strays(small), f"{mode}: {strays(small)[:3]}"
                err = done.stderr.decode()
                assert (done.returncode == 0) == (found == {"new": count}), f"{mode}: {found} {err[:300]}"
                assert done.returncode == 0 or "cannot write" in err, err[:300]
                print(f"disk: {mode}: exit code {done.returncode}, {found}, nothing half-written")
            finally:
                run("umount", small)


def price(program, count=20000, turns=5):
    """On ext4 and XFS on a loop device, or where JIANTI_PRICE_DIR says."""
    named = os.environ.get("JIANTI_PRICE_DIR")
    if named:
        with tempfile.TemporaryDirectory(dir=named) as folder:
            return price_at(program, Path(folder), named, count, turns)
    need_root()
    for kind in ("ext4", "xfs"):
        with tempfile.TemporaryDirectory() as folder:
            try:
                disk = Disk(kind, Path(folder), size=2 << 30)
            except Skipped as skipped:
                print(f"price: {kind}: skipped: {skipped}")
                continue
            try:
                price_at(program, disk.at, kind, count, turns)
            finally:
                disk.close()


def price_at(program, folder, name, count, turns):
    """Medians, against the program without waiting for the disk, followed by sync."""
    write_articles(folder / "fresh", count)
    for mode in ("-o", "-i"):
        times = {"waits": [], "sync": []}
        for _ in range(turns):
            for way in times:
                work = folder / "work"
                shutil.copytree(folder / "fresh", work / "in")
                run("sync", "-f", folder)
                arguments = [work / "in", "-q"] + (["-o", work / "out"] if mode == "-o" else [mode])
                begun = time.monotonic()
                if way == "waits":
                    run(program, *arguments, check=True)
                else:
                    run(program, "--no-sync", *arguments, check=True)
                    run("sync", "-f", folder, check=True)
                times[way].append(time.monotonic() - begun)
                shutil.rmtree(work)
        waits, sync = (sorted(times[way])[turns // 2] for way in times)
        about = f"{waits:.2f} s, with --no-sync and sync -f {sync:.2f} s: {waits / sync:.2f}"
        print(f"price: {name}: {mode}: {count} files: {about}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", metavar="NAME", help="what is done to it")
    parser.add_argument("--program", default="target/release/jianti")
    parser.add_argument("--times", type=int, default=300, help="how often it is killed")
    options = parser.parse_args()
    sys.stdout.reconfigure(line_buffering=True)
    program = str(Path(options.program).resolve())
    ways = {"power": power, "kill": kill, "links": links, "faults": faults, "disk": disk, "price": price}
    failed = False
    for name in options.what or [name for name in ways if name != "price"]:
        more = {"times": options.times} if name == "kill" else {}
        try:
            ways[name](program, **more)
        except Skipped as skipped:
            print(f"{name}: skipped: {skipped}")
        except AssertionError as error:
            print(f"{name}: FAILED: {error}")
            failed = True
    sys.exit(failed)


if __name__ == "__main__":
    main()
