"""Sums of real FIT files as PyPI's fitdecode reads them, for crates/supple-import/tests/it/fit_files.rs.

    pip install fitdecode && python scripts/compare-with-fitdecode/sums.py ../shared/data/fit-files \
        > crates/supple-import/tests/it/fitdecode.json

For each file: its sessions (start in seconds since 1970, length in whole seconds without pauses, metres), and the
number and the repetitions of its sets that are no rests. Nothing of Supple is used.
"""

import datetime
import json
import pathlib
import sys

import fitdecode


def value(frame, name):
    return frame.get_value(name, fallback=None) if frame.has_field(name) else None


def half_up(number):
    return int(number + 0.5)


def sums(path):
    sessions, sets, repetitions = [], 0, 0
    with fitdecode.FitReader(path, check_crc=fitdecode.CrcCheck.WARN) as reader:
        for frame in reader:
            if frame.frame_type != fitdecode.FIT_FRAME_DATA:
                continue
            if frame.name == "session" and value(frame, "sport") != "transition":
                start = value(frame, "start_time")
                length = value(frame, "total_timer_time")
                far = value(frame, "total_distance")
                sessions.append({
                    # A device that does not know the time counts from when it was switched on.
                    "start": None if isinstance(start, int) else
                    int(start.astimezone(datetime.timezone.utc).timestamp()),
                    "seconds": half_up(length if length is not None else value(frame, "total_elapsed_time")),
                    "metres": half_up(far) or None if far is not None else None,
                })
            if frame.name in ("set", "unknown_225") and value(frame, "set_type") not in ("rest", 0):
                sets += 1
                repetitions += value(frame, "repetitions") or 0
    return {"sessions": sessions, "sets": sets, "repetitions": repetitions}


def main():
    folder = pathlib.Path(sys.argv[1])
    files = {path.name: sums(path) for path in sorted(folder.glob("*.fit"))}
    json.dump({"made_with": f"fitdecode {fitdecode.__version__}", "files": files}, sys.stdout, indent=1)
    print()


main()
