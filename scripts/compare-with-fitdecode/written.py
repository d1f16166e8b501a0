"""Reads FIT files that Supple wrote with PyPI's fitdecode, and stops at what does not hold together.

    supple export workout --out plan.fit && supple export activity --out done.fit
    pip install fitdecode && python scripts/compare-with-fitdecode/written.py plan.fit done.fit

Nothing of Supple is used. Checked: both sums (header and file), how many steps a workout says it has, that laps follow
one another from the start to the end of their session, and that active times add up.
"""

import sys

import fitdecode


def messages(path):
    with fitdecode.FitReader(path, check_crc=fitdecode.CrcCheck.RAISE,
                             error_handling=fitdecode.ErrorHandling.RAISE) as reader:
        return [frame for frame in reader if frame.frame_type == fitdecode.FIT_FRAME_DATA]


def values(frames, name):
    return [{field.name: field.value for field in frame.fields} for frame in frames if frame.name == name]


def workout(frames):
    (about,), steps = values(frames, "workout"), values(frames, "workout_step")
    assert about["num_valid_steps"] == len(steps) > 0, about
    assert [step["message_index"] for step in steps] == list(range(len(steps)))
    for step in steps:
        assert step["wkt_step_name"] and step["duration_type"] in ("time", "open", "reps"), step
        print(f"  {step['wkt_step_name']}: {step.get('duration_time') or step.get('duration_reps') or 'until pressed'}")


def active(message, number):
    """Seconds of active time; the profile of fitdecode 0.11 does not name the field, so it stands there unscaled."""
    return message["active_time"] if "active_time" in message else message[f"unknown_{number}"] / 1000


def activity(frames):
    (session,), laps = values(frames, "session"), values(frames, "lap")
    assert session["sport"] == "training" and session["sub_sport"] == "flexibility_training", session
    assert session["num_laps"] == len(laps) > 0
    at = session["start_time"]
    for lap in laps:
        assert lap["start_time"] == at, lap
        at = lap["timestamp"]
    assert at == session["timestamp"]
    given = active(session, 78)
    assert sum(active(lap, 70) for lap in laps) == given > 0
    assert [event["event_type"] for event in values(frames, "event")] == ["start", "stop_all"]
    assert len(values(frames, "activity")) == 1
    print(f"  {len(laps)} laps, {given:.0f} s of pressure in {session['total_elapsed_time']:.0f} s")


def main():
    for path in sys.argv[1:]:
        frames = messages(path)
        (file,) = values(frames, "file_id")
        assert frames[0].name == "file_id" and file["product_name"] == "Supple", file
        print(f"{path}: {file['type']}")
        {"workout": workout, "activity": activity}[file["type"]](frames)


main()
