//! TCX, GPX, Apple Health, intervals.icu and tables.

use crate::made::{berlin, gzip, told, told_by};
use supple_import::{Columns, DayOrder, Refused, Told};

const TCX: &str = r#"<?xml version="1.0"?><TrainingCenterDatabase><Activities><Activity Sport="Running">
<Id>2024-06-01T06:00:00Z</Id>
<Lap StartTime="2024-06-01T06:00:00Z"><TotalTimeSeconds>600.4</TotalTimeSeconds><DistanceMeters>2000</DistanceMeters>
<Track><Trackpoint><Time>2024-06-01T06:00:00Z</Time><AltitudeMeters>100</AltitudeMeters><DistanceMeters>1</DistanceMeters></Trackpoint>
<Trackpoint><Time>2024-06-01T06:10:00Z</Time><AltitudeMeters>140</AltitudeMeters></Trackpoint></Track></Lap>
<Lap StartTime="2024-06-01T06:10:00Z"><TotalTimeSeconds>300</TotalTimeSeconds><DistanceMeters>1000</DistanceMeters>
<Track><Trackpoint><Time>2024-06-01T06:15:00Z</Time><AltitudeMeters>138.5</AltitudeMeters></Trackpoint>
<Trackpoint><Time>2024-06-01T06:15:00Z</Time><AltitudeMeters>110</AltitudeMeters></Trackpoint></Track></Lap>
<Notes>Salt &amp; sun</Notes></Activity></Activities></TrainingCenterDatabase>"#;

#[test]
fn the_laps_of_a_training_center_file_are_summed() {
    let all = told("a.tcx", TCX.as_bytes());
    let training = all.one();
    assert_eq!((training.sport.as_str(), training.seconds.get()), ("running", 900));
    assert_eq!(training.start.to_string(), "2024-06-01T08:00:00+02:00[Europe/Berlin]");
    assert_eq!(training.distance.map(|far| far.get()), Some(3000), "a track point's distance is no lap's");
    assert_eq!((training.ascent.map(|up| up.get()), training.descent.map(|down| down.get())), (Some(40), Some(30)));
    assert_eq!(training.name.as_ref().map(|name| name.as_str()), Some("Salt & sun"));
    assert!(all.problems.is_empty());
    assert_eq!(told("a.tcx.gz", &gzip(TCX.as_bytes())).trainings, all.trainings);
    let cut = told("a.tcx", &TCX.as_bytes()[..TCX.len() / 2]);
    assert_eq!((cut.one().seconds.get(), cut.problems[0].what.clone()), (600, Refused::CutShort));
}

#[test]
fn a_track_gives_length_way_and_climb_and_one_without_times_says_why_not() {
    let track = r#"<?xml version="1.0"?><gpx><trk><name>Evening</name><type>hiking</type><trkseg>
<trkpt lat="47.0" lon="11.0"><ele>1000</ele><time>2024-01-01T10:00:00Z</time></trkpt>
<trkpt lat="47.01" lon="11.0"><ele>1100</ele><time>2024-01-01T10:30:00Z</time></trkpt></trkseg><trkseg>
<trkpt lat="48.0" lon="11.0"><ele>1098</ele><time>2024-01-01T11:00:00.500Z</time></trkpt></trkseg></trk></gpx>"#;
    let all = told("a.gpx", track.as_bytes());
    let training = all.one();
    assert_eq!((training.sport.as_str(), training.seconds.get()), ("hiking", 3600));
    // A hundredth of a degree of latitude on a sphere of 6,371,008.8 m: 1,111.95 m; the jump between segments is none.
    assert_eq!(training.distance.map(|far| far.get()), Some(1112));
    assert_eq!((training.ascent.map(|up| up.get()), training.descent), (Some(100), None));
    let timeless = track.replace("<time>", "<when>").replace("</time>", "</when>");
    let all = told("a.gpx", timeless.as_bytes());
    assert!(all.trainings.is_empty() && all.said()[0].contains("without times"), "{all:?}");
}

#[test]
fn workouts_of_an_apple_export_come_with_distance_and_effort() {
    let export = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE HealthData [ <!ELEMENT HealthData (ExportDate,Me,(Record|Workout)*)> <!ATTLIST broken >> ]>
<HealthData locale="de_DE">
 <Record type="HKQuantityTypeIdentifierStepCount" startDate="2024-01-01 09:00:00 +0100" value="100"/>
 <Record type="HKQuantityTypeIdentifierWorkoutEffortScore" startDate="2024-01-01 10:00:00 +0100" value="7"/>
 <Workout workoutActivityType="HKWorkoutActivityTypeRunning" duration="30.5" durationUnit="min" sourceName="Watch"
   startDate="2024-01-01 10:00:00 +0100" endDate="2024-01-01 10:31:00 +0100">
  <WorkoutStatistics type="HKQuantityTypeIdentifierActiveEnergyBurned" sum="300" unit="kcal"/>
  <WorkoutStatistics type="HKQuantityTypeIdentifierDistanceWalkingRunning" sum="5.2" unit="km"/>
 </Workout>
 <Workout workoutActivityType="HKWorkoutActivityTypePreparationAndRecovery" duration="600" durationUnit="s"
   startDate="2024-01-02 22:00:00 -0500" endDate="2024-01-02 22:10:00 -0500"/>
 <Workout workoutActivityType="HKWorkoutActivityTypeYoga" startDate="2024-01-03 07:00:00 +0100" endDate="2024-01-03 07:45:00 +0100"/>
</HealthData>"#;
    let all = told("export.xml", export.as_bytes());
    let seen: Vec<_> = all
        .trainings
        .iter()
        .map(|t| (t.sport.as_str(), t.seconds.get(), t.effort.map(|e| e.get()), t.distance.map(|d| d.get())))
        .collect();
    assert_eq!(
        seen,
        [("running", 1830, Some(7), Some(5200)), ("foam_rolling", 600, None, None), ("yoga", 2700, None, None)]
    );
    assert_eq!(all.trainings[1].start.to_string(), "2024-01-02T22:00:00-05:00[-05:00]", "where the clock stood");
    assert!(all.problems.is_empty(), "{:?}", all.problems);
    let cut = told("export.xml", &export.as_bytes()[..export.len() - 8]);
    assert_eq!(
        (cut.trainings.len(), cut.problems[0].what.clone(), cut.problems[0].kept),
        (3, Refused::CutShort, true)
    );
}

#[test]
fn an_element_without_end_is_refused_before_it_is_held() {
    let mut settings = berlin();
    settings.limits.element = 10_000;
    let endless = format!("<?xml version=\"1.0\"?><HealthData><Record a=\"{}", "x".repeat(1_000_000));
    let all = told_by("export.xml", endless.as_bytes(), &settings);
    assert!(all.said()[0].contains("an element is longer"), "{all:?}");
    settings.limits.stream = 200_000;
    let long = format!("<?xml version=\"1.0\"?><HealthData>{}</HealthData>", "<Record a=\"1\"/>".repeat(100_000));
    assert_eq!(
        told_by("export.xml", long.as_bytes(), &settings).problems[0].what,
        Refused::TooLarge { most: 200_000 }
    );
    settings.limits.file = 500;
    assert_eq!(told_by("a.tcx", TCX.as_bytes(), &settings).problems[0].what, Refused::TooLarge { most: 500 });
}

#[test]
fn wellness_keeps_the_scale_it_was_asked_with() {
    let table = "date,weight,soreness,fatigue\n2024-01-01,70,2,1\n2024-01-02,70,,\n2024-01-03,70,4,1\n";
    let all = told("wellness.csv", table.as_bytes());
    let days: Vec<_> = all.days.iter().map(|day| (day.on.to_string(), day.point, day.scale.highest)).collect();
    assert_eq!(days, [("2024-01-01".to_owned(), 2, 4), ("2024-01-03".to_owned(), 4, 4)]);
    let list =
        r#"[{"id":"2024-01-01","soreness":5},{"id":"2024-01-02","soreness":1,"hrv":50.2},{"id":"2024-01-03"}]"#;
    let all = told("wellness.json", list.as_bytes());
    assert_eq!(all.days.iter().map(|day| (day.point, day.scale.highest)).collect::<Vec<_>>(), [(5, 5), (1, 5)]);
    assert!(all.problems.is_empty());
    let odd = told("wellness.json", br#"[{"id":"2024-01-01","soreness":7},{"id":"2024-01-02","soreness":2.5}]"#);
    assert_eq!((odd.days.len(), odd.problems.len()), (0, 2));
}

#[test]
fn activities_of_intervals_come_from_a_table_and_from_a_list() {
    let list = r#"[{"id":"i5","start_date_local":"2024-01-05T06:12:08","type":"Run","name":"Dawn","moving_time":1800,
        "elapsed_time":1900,"distance":5000.4,"total_elevation_gain":40,"icu_rpe":6}]"#;
    let table = "id,start_date_local,type,name,moving_time,elapsed_time,distance,total_elevation_gain,icu_rpe\n\
        i5,2024-01-05T06:12:08,Run,Dawn,1800,1900,5000.4,40,6\n";
    let (list, table) = (told("a.json", list.as_bytes()), told("a.csv", table.as_bytes()));
    assert_eq!(list.trainings, table.trainings);
    let training = list.one();
    assert_eq!((training.seconds.get(), training.effort.map(|e| e.get())), (1800, Some(6)));
    assert_eq!(training.start.to_string(), "2024-01-05T06:12:08+01:00[Europe/Berlin]");
    assert!(told("a.json", b"[{\"id\":\"i5\"").problems[0].what == Refused::CutShort);
}

/// Bytes, and how many of them were read.
struct Watched<'b> {
    bytes: std::io::Cursor<&'b [u8]>,
    read: std::rc::Rc<std::cell::Cell<u64>>,
}

impl std::io::Read for Watched<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let read = self.bytes.read(into)?;
        self.read.set(self.bytes.position());
        Ok(read)
    }
}

impl std::io::Seek for Watched<'_> {
    fn seek(&mut self, to: std::io::SeekFrom) -> std::io::Result<u64> {
        self.bytes.seek(to)
    }
}

#[test]
fn a_long_list_is_read_as_it_comes_and_what_came_before_its_end_is_kept() {
    let one = |i: u32| {
        let minute = format!("{:02}:{:02}", i / 60 % 24, i % 60);
        format!(
            r#"{{"id":"i{i}","start_date_local":"2024-01-05T{minute}:00","type":"Run","moving_time":60,"note":"{}"}}"#,
            "n".repeat(400)
        )
    };
    let all: Vec<String> = (0..3000).map(one).collect();
    let list = format!("\u{feff}[{}]", all.join(",\n"));
    assert!(list.len() > 1 << 20);
    let read = std::rc::Rc::new(std::cell::Cell::new(0));
    let mut source = Watched { bytes: std::io::Cursor::new(list.as_bytes()), read: read.clone() };
    let (mut first, mut found) = (None, 0);
    supple_import::read("a.json", &mut source, &berlin(), &mut |told| match told {
        Told::Found(_) => {
            first.get_or_insert(read.get());
            found += 1;
        }
        Told::Problem(problem) => panic!("{problem:?}"),
        Told::Bytes(bytes) => assert_eq!(bytes, list.len() as u64),
        _ => {}
    });
    assert_eq!(found, 3000);
    assert!(first.is_some_and(|first| first < 256 << 10), "{first:?} bytes were read before the first was told");

    let cut = told("a.json", &list.as_bytes()[..list.len() / 2]);
    assert!((1490..1510).contains(&cut.trainings.len()), "{}", cut.trainings.len());
    assert!(cut.problems[0].what == Refused::CutShort && cut.problems[0].kept);
    let mut settings = berlin();
    settings.limits.file = 500_000;
    let long = told_by("a.json", list.as_bytes(), &settings);
    assert_eq!(long.problems[0].what, Refused::TooLarge { most: 500_000 });
    assert!(!long.trainings.is_empty() && long.problems[0].kept);
}

#[test]
fn a_table_of_ones_own_is_read_by_usual_names_or_by_those_given() {
    let usual = "Date;Duration (min);Sport;RPE;Distance (km)\n2024-01-05 18:00;45,5;Laufen;7;8,2\n2024-01-06 18:00;1:30:00;Gym;;\n";
    let all = told("a.csv", usual.as_bytes());
    let seen: Vec<_> = all
        .trainings
        .iter()
        .map(|t| (t.sport.as_str(), t.seconds.get(), t.effort.map(|e| e.get()), t.distance.map(|d| d.get())))
        .collect();
    assert_eq!(seen, [("running", 2730, Some(7), Some(8200)), ("strength", 5400, None, None)]);
    let own = "when,how long,what\n03/04/2024 18:00,30,swim\n";
    let asked = told("a.csv", own.as_bytes());
    assert!(asked.said()[0].contains("when, how long, what"), "{asked:?}");
    let mut settings = berlin();
    settings.columns = Columns::parse("start=when,minutes=how long,sport=what").ok();
    assert!(matches!(told_by("a.csv", own.as_bytes(), &settings).problems[0].what, Refused::WhichFirst { .. }));
    settings.days = Some(DayOrder::DayFirst);
    let named = told_by("a.csv", own.as_bytes(), &settings);
    assert_eq!(
        (named.one().sport.as_str(), named.one().start.date().to_string().as_str()),
        ("swimming", "2024-04-03")
    );
    assert!(Columns::parse("minutes").is_err() && Columns::parse("weather=Sun").is_err());
    let odd = told("a.csv", b"date,minutes\nsoon,5\n2024-01-01,0\n2024-01-02,\n2024-01-03,30\n");
    assert_eq!((odd.trainings.len(), odd.problems.len()), (1, 3), "{odd:?}");
    assert!(odd.said()[0].starts_with("line 2:"));
}

#[test]
fn what_is_no_training_says_what_to_do() {
    let said = |bytes: &[u8]| told("x", bytes).said().join(" ");
    assert!(said(b"").contains("it reads FIT, TCX"));
    assert!(said(&[0; 100]).contains("it reads FIT, TCX"));
    assert!(said(b"<html></html>").contains("it reads FIT, TCX"));
    assert!(said(b"<?xml version=\"1.0\"?><gpx></gpx>").contains("no training is in it"));
    let own = r#"{"id":"a","device":"b","seq":1,"logical_ms":1,"at":"x","version":1,"body":{}}"#;
    assert!(said(format!("{own}\n").as_bytes()).contains("supple log import"));
}

/// A file that begins so and goes on without an end, as far as two gigabytes, of which nothing lies anywhere.
struct TwoGigabytes {
    head: &'static [u8],
    goes_on: &'static [u8],
    at: u64,
    read: u64,
}

impl std::io::Read for TwoGigabytes {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let left = usize::try_from((2 << 30) - self.at).unwrap_or(usize::MAX).min(into.len());
        for byte in &mut into[..left] {
            let at = usize::try_from(self.at).unwrap_or(usize::MAX);
            let beyond = at.saturating_sub(self.head.len());
            *byte = *self.head.get(at).unwrap_or(&self.goes_on[beyond % self.goes_on.len()]);
            self.at += 1;
        }
        self.read += left as u64;
        Ok(left)
    }
}

impl std::io::Seek for TwoGigabytes {
    fn seek(&mut self, to: std::io::SeekFrom) -> std::io::Result<u64> {
        self.at = match to {
            std::io::SeekFrom::Start(at) => at,
            std::io::SeekFrom::End(_) => 2 << 30,
            std::io::SeekFrom::Current(by) => self.at.saturating_add_signed(by),
        };
        Ok(self.at)
    }
}

#[test]
fn two_gigabytes_of_xml_are_refused_as_soon_as_it_is_clear_and_never_held() {
    const WORKOUT: &[u8] =
        b"<Workout workoutActivityType=\"x\" startDate=\"2024-01-01 10:00:00 +0100\" duration=\"9\"/>\n";
    let limit = 64 << 20;
    let cases: [(&[u8], &[u8], u64, &str); 5] = [
        (b"<TrainingCenterDatabase>", b" ", limit, "more than 64 MB"),
        (b"<gpx><trk><trkseg>", b"<trkpt lat=\"47\" lon=\"11\"/>", limit, "more than 64 MB"),
        (b"date,minutes\n", b"2024-01-01,9\n", limit, "more than 64 MB"),
        (b"<HealthData>", b"<Record value='1' ", 4 << 20, "longer than any real one"),
        (b"<HealthData>", WORKOUT, limit, "more than 200000 workouts"),
    ];
    for (head, goes_on, most, words) in cases {
        let mut source = TwoGigabytes { head, goes_on, at: 0, read: 0 };
        let mut said = Vec::new();
        supple_import::read("a.xml", &mut source, &berlin(), &mut |told| {
            if let supple_import::Told::Problem(problem) = told {
                said.push(problem.what.to_string());
            }
        });
        assert!(said.iter().any(|said| said.contains(words)), "{words}: {said:?}");
        assert!(source.read < most + (1 << 20), "{words}: it read {} bytes", source.read);
    }
}

#[test]
fn a_table_with_more_rows_than_any_log_is_refused_before_it_is_held() {
    let rows = "x,y\n".to_owned() + &"1,2\n".repeat(200_001);
    assert!(told("a.csv", rows.as_bytes()).said()[0].contains("200000 rows"));
    let fields = "x\n".to_owned() + &",".repeat(4_000_001) + "\n";
    assert!(told("a.csv", fields.as_bytes()).said()[0].contains("4000000 fields"));
}
