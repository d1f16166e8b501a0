//! The time zones that this engine knows: the whole one all of them. The first one is handed those it needs, since all
//! of them would be an eighth of what a phone has to fetch before anything is answered (decision 0009).

use jiff::tz::TimeZone;
use supple_core::event::upcast::Entry;
#[cfg(not(feature = "whole"))]
use supple_core::event::{time::moment::in_its_zone, upcast::Frame, upcast::Unreadable};

/// The zones.
#[derive(Debug, Default)]
pub struct Zones {
    #[cfg(not(feature = "whole"))]
    handed: Vec<TimeZone>,
}

#[cfg(feature = "whole")]
impl Zones {
    /// The zone of a name, as `Europe/Berlin`. None: nobody here knows it.
    #[allow(clippy::unused_self)] // the other build looks into itself
    pub fn get(&self, name: &str) -> Option<TimeZone> {
        TimeZone::get(name).ok()
    }

    /// An entry as it was read: its moment has its zone already.
    #[allow(clippy::unused_self)] // the other build looks into itself
    pub const fn settled(&self, entry: Entry) -> Entry {
        entry
    }
}

#[cfg(not(feature = "whole"))]
impl Zones {
    /// Takes in a zone: its name, a zero byte, and the file of RFC 9636, each byte as the character of that number.
    /// Answers whether it is one.
    pub fn hand(&mut self, text: &str) -> bool {
        let zone = text.split_once('\0').and_then(|(name, file)| {
            let bytes: Option<Vec<u8>> = file.chars().map(|c| u8::try_from(c).ok()).collect();
            TimeZone::tzif(name, &bytes?).ok()
        });
        let is_one = zone.is_some();
        self.handed.retain(|known| Some(known.iana_name()) != zone.as_ref().map(TimeZone::iana_name));
        self.handed.extend(zone);
        is_one
    }

    /// The zone of a name, as `Europe/Berlin`. None: the whole engine has to be asked.
    pub fn get(&self, name: &str) -> Option<TimeZone> {
        let handed = self.handed.iter().find(|zone| zone.iana_name() == Some(name)).cloned();
        handed.or_else(|| (name == "UTC").then_some(TimeZone::UTC))
    }

    /// An entry with its moment in the real zone. One that cannot be read if that zone was not handed over or does not
    /// fit: the whole engine has to be asked.
    pub fn settled(&self, entry: Entry) -> Entry {
        let Entry::Read(mut event) = entry else { return entry };
        let Some(name) = event.at.time_zone().iana_name() else { return Entry::Read(event) };
        if let Some(at) = self.get(name).and_then(|zone| in_its_zone(&event.at, &zone)) {
            event.at = at;
            return Entry::Read(event);
        }
        let frame = Frame {
            id: Some(event.id.clone()),
            device: Some(event.device.clone()),
            seq: Some(event.seq),
            logical_ms: Some(event.logical_ms),
            version: Some(event.version),
        };
        Entry::Unreadable(Unreadable {
            raw: Entry::Read(event).to_line(),
            why: "its time zone is not here".to_owned(),
            frame,
        })
    }
}
