use crate::memory::failed;
use crate::pieces::{Host, Pieces};
use jiff::tz::{Offset, TimeZone};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::VecDeque;
use std::io::{self, Read, Seek};
use supple_core::contract::Known;
use supple_core::event::{EventBody, Imported, Name};
use supple_core::lean;
use supple_core::sorted::SortedMap;
use supple_import::{Batch, Columns, DayOrder, MOST_EVENTS, Report, Settings, Told, read};

/// The most bytes of events in one answer of [`Reader::some`], so that no form grows large. Our judgement.
const MOST_BYTES: usize = 100_000;

/// What was found in the files of one import, and what of it is not written yet.
#[derive(Debug, Default)]
pub struct Reader {
    settings: Option<Settings>,
    batch: Batch,
    sums: Vec<[u8; 32]>,
    left: VecDeque<String>,
}

/// What is known before a file is read.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Begin {
    /// What the log knows.
    known: Known,
    /// The name of the person's zone, as the browser knows it.
    zone: String,
    /// Minutes east of Greenwich, for a zone that is not in our database.
    offset_minutes: i32,
    /// Which header of a table is what, where the person said so.
    columns: SortedMap<String, String>,
    /// `day_first` or `month_first`, where the person said so; empty else.
    days: String,
}

/// A file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    bytes: u64,
}

/// What an import is to be called in the log.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Agreed {
    batch: String,
    name: String,
}

/// What is left to write.
#[derive(Debug, Serialize)]
struct Next {
    /// Bodies of events, each as JSON.
    events: Vec<String>,
    /// How many more there are.
    left: usize,
}

impl Reader {
    /// Begins anew. Answers with `{}`.
    pub fn begin(&mut self, text: &str) -> String {
        let begun = lean::from_str::<Begin>(text).map_err(|error| error.to_string());
        match begun.and_then(Self::beginning) {
            Ok(reader) => {
                *self = reader;
                "{}".to_owned()
            }
            Err(why) => failed(&why),
        }
    }

    fn beginning(begin: Begin) -> Result<Self, String> {
        // Browsers may know newer zones than we do; then the offset has to do.
        let zone = TimeZone::get(&begin.zone)
            .or_else(|_| Offset::from_seconds(begin.offset_minutes.saturating_mul(60)).map(TimeZone::fixed));
        let mut settings = Settings::of(zone.map_err(|_| "an offset of more than a day")?);
        if !begin.columns.is_empty() {
            let named =
                begin.columns.iter().try_fold(Columns::default(), |all, (what, header)| all.with(what, header));
            settings.columns = Some(named.map_err(|error| error.to_string())?);
        }
        settings.days = match begin.days.as_str() {
            "day_first" => Some(DayOrder::DayFirst),
            "month_first" => Some(DayOrder::MonthFirst),
            _ => None,
        };
        Ok(Self { settings: Some(settings), batch: Batch::beside(begin.known), ..Self::default() })
    }

    /// Reads a file, `{"name":…,"bytes":…}`, and its fingerprint. `host` hears of each byte twice: once for the
    /// fingerprint, once for what is in it. What is wrong with it stands in the preview. Answers with `{}`.
    pub fn file(&mut self, text: &str, host: impl Host + Copy) -> String {
        let Some(settings) = &self.settings else { return failed("nothing was begun") };
        let File { name, bytes } = match lean::from_str(text) {
            Ok(file) => file,
            Err(error) => return failed(&error.to_string()),
        };
        let mut pieces = Pieces::new(host, bytes);
        match sum(&mut pieces, |bytes| host.told(bytes)) {
            Ok(sum) => self.sums.push(sum),
            Err(error) => return failed(&error.to_string()),
        }
        let batch = &mut self.batch;
        let mut heard = 0;
        read(&name, &mut pieces, settings, &mut |told| {
            if let Told::Bytes(more) = told {
                // What is packed outside an archive tells of more than the file has.
                let more = more.min(bytes - heard);
                heard += more;
                host.told(more);
            }
            batch.take(told);
        });
        host.told(bytes - heard);
        "{}".to_owned()
    }

    /// What was found, under this name, as a [`Report`].
    #[must_use]
    pub fn preview(&self, name: &str) -> String {
        json(&Report::of(name, self.batch.preview()))
    }

    /// Makes events of what was found, for a new batch `{"batch":…,"name":…}` or the one of the same bytes that broke off.
    /// Answers with `{"batch":…,"events":…}`: whose it is, and how many there are.
    pub fn agree(&mut self, text: &str) -> String {
        let Agreed { batch, name } = match lean::from_str(text) {
            Ok(agreed) => agreed,
            Err(error) => return failed(&error.to_string()),
        };
        let short: String = name.chars().filter(|c| !c.is_control()).take(Name::MOST).collect();
        let name = match Name::new(short).or_else(|_| Name::new("a file")) {
            Ok(name) => name,
            Err(error) => return failed(&error.to_string()),
        };
        let bodies =
            std::mem::take(&mut self.batch).into_bodies(Imported { batch, name, fingerprint: self.fingerprint() });
        let batch = bodies.iter().find_map(batch_of).unwrap_or_default().to_owned();
        self.left = bodies.iter().map(json).collect();
        json(&Whose { batch, events: self.left.len() })
    }

    /// The next events to write, at most 500 of them. Answers with `{"events":[…],"left":…}`, each event as text; an empty
    /// list once all are written.
    pub fn some(&mut self) -> String {
        let (mut events, mut bytes) = (Vec::new(), 0);
        while events.len() < MOST_EVENTS
            // At least one, however long it is.
            && let Some(event) = self.left.pop_front_if(|event| bytes == 0 || bytes + event.len() <= MOST_BYTES)
        {
            bytes += event.len();
            events.push(event);
        }
        json(&Next { events, left: self.left.len() })
    }

    /// SHA-256 of the file, or of the sums of all in their order: as `supple import` makes it.
    fn fingerprint(&self) -> String {
        let sum = match self.sums.as_slice() {
            [one] => *one,
            many => many.iter().fold(Sha256::new(), |sum, one| sum.chain_update(one)).finalize().into(),
        };
        sum.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

#[derive(Debug, Serialize)]
struct Whose {
    batch: String,
    events: usize,
}

fn batch_of(body: &EventBody) -> Option<&str> {
    match body {
        EventBody::Imported(body) => Some(&body.batch),
        EventBody::Trained(body) => body.batch(),
        EventBody::SorenessNoted(body) => Some(&body.source.batch),
        _ => None,
    }
}

fn sum(file: &mut (impl Read + Seek), told: impl Fn(u64)) -> io::Result<[u8; 32]> {
    file.rewind()?;
    let (mut sum, mut piece) = (Sha256::new(), vec![0; 64 << 10]);
    loop {
        let read = file.read(&mut piece)?;
        if read == 0 {
            file.rewind()?;
            return Ok(sum.finalize().into());
        }
        sum.update(&piece[..read]);
        told(read as u64);
    }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("plain values are always JSON")
}
