"""Reads calendars that Supple wrote with the PyPI package `icalendar`, and works every moment out from their VTIMEZONE alone.

Arguments: pairs of a zone and a file.
"""

import sys
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import icalendar


def check(zone: str, path: str) -> None:
    with open(path, "rb") as file:
        data = file.read()
    assert all(len(line) <= 75 for line in data.split(b"\r\n")), "a line is over 75 octets"
    calendar = icalendar.Calendar.from_ical(data)
    assert not calendar.errors, calendar.errors
    described = [part for part in calendar.walk("VTIMEZONE")]
    assert [str(part["TZID"]) for part in described] == [zone], "one zone is described"
    # Made from the file, not looked up by its name.
    ours = described[0].to_tz(lookup_tzid=False)
    theirs = ZoneInfo(zone)
    events = list(calendar.walk("VEVENT"))
    uids = {str(event["UID"]) for event in events}
    assert len(uids) == len(events) > 25, "every event has an identity of its own"
    moments = 0
    seen = set()
    for event in events:
        assert not event.errors, event.errors
        assert str(event["SUMMARY"]) == "Session with the roller; easy, slow"
        assert str(event["DESCRIPTION"]).endswith("\\ once 30 seconds, größer als zuvor")
        assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == datetime(2026, 3, 1, 10, tzinfo=timezone.utc)
        assert int(event["SEQUENCE"]) in (0, 1, 2)
        start = event["DTSTART"].dt
        alarms = event.walk("VALARM")
        if not isinstance(start, datetime):
            assert isinstance(start, date) and not alarms
            continue
        dropped = str(event["STATUS"]) == "CANCELLED"
        assert event["DURATION"].dt == timedelta(minutes=12)
        assert len(alarms) == (0 if dropped else 1)
        assert all(alarm["TRIGGER"].dt == timedelta(minutes=-15) for alarm in alarms)
        assert event["DTSTART"].params["TZID"] == zone
        civil = start.replace(tzinfo=None)
        known = civil.replace(tzinfo=theirs)
        # A time that the clocks skip, or show twice, is read in more than one way; all others in one.
        there = known.astimezone(timezone.utc).astimezone(theirs).replace(tzinfo=None) == civil
        if there and known.replace(fold=1).utcoffset() == known.utcoffset():
            assert civil.replace(tzinfo=ours).utcoffset() == known.utcoffset(), f"{zone} at {civil}"
            moments += 1
            seen.add(known.utcoffset())
    assert len(seen) == 2, f"{zone}: the clocks are changed in between"
    assert moments >= 25
    print(f"{zone}: {len(events)} events read back by icalendar {icalendar.__version__}, {moments} moments as zoneinfo has them")


for pair in zip(sys.argv[1::2], sys.argv[2::2], strict=True):
    check(*pair)
