#!/usr/bin/env python3
"""Makes the stored corpus of a fuzz target anew: keep.py TARGET PROGRAM GATHERED...

Of all inputs those stay that together reach most, small ones first: at most so many, and so many
bytes. Inputs named regression-… always stay.
"""

import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
MOST_FILES = 60
MOST_BYTES = 100_000
WEIGHT_OF_A_FILE = 4096  # in bytes: few larger inputs are better than many that reach little


def reached(program, folders):
    """Input -> what of the program it reaches, as libFuzzer numbers it while merging."""
    with tempfile.TemporaryDirectory(prefix="tidemark-keep-") as folder:
        control = pathlib.Path(folder, "control")
        pathlib.Path(folder, "merged").mkdir()
        subprocess.run([program, "-set_cover_merge=1", f"-merge_control_file={control}", "-max_len=4096",
                        f"{folder}/merged", *folders], capture_output=True, check=True)
        lines = control.read_text().splitlines()
        count = int(lines[0])
        files = [pathlib.Path(line) for line in lines[2:2 + count]]
        found = {path: set() for path in files}
        for line in lines[2 + count:]:
            word, *numbers = line.split()
            if word == "FT":
                found[files[int(numbers[0])]] = set(numbers[1:])
    return found


def chosen(found):
    """The next one is always that which adds most for its size."""
    left, files, size = dict(found), [], 0
    while left and len(files) < MOST_FILES:
        def gain(path):
            return len(left[path]) / (path.stat().st_size + WEIGHT_OF_A_FILE)
        best = max(sorted(left), key=gain)
        new = left.pop(best)
        if not new:
            break
        if size + best.stat().st_size > MOST_BYTES:
            continue
        files.append(best)
        size += best.stat().st_size
        left = {path: rest - new for path, rest in left.items()}
    return files


def main():
    target, program, *gathered = sys.argv[1:]
    stored = ROOT / "tests" / "fuzz" / "corpus" / target
    files = chosen(reached(program, [stored, *gathered]))
    with tempfile.TemporaryDirectory(prefix="tidemark-keep-") as folder:
        for path in files:
            shutil.copy(path, folder)
        for path in stored.iterdir():
            if not path.name.startswith("regression-"):
                path.unlink()
        for path in pathlib.Path(folder).iterdir():
            if not path.name.startswith("regression-"):
                shutil.copy(path, stored)
    print(f"{len(list(stored.iterdir()))} inputs stored")


main()
