use crate::event::ProfileChanged;
use crate::knowledge::{Firmness, Place, Posture, ToolId};
use crate::sorted::SortedMap;
use crate::unit::{AgeYears, Kilograms};
use jiff::Zoned;
use jiff::civil::Date;

/// Who it is, and with what they roll.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Profile {
    /// Age, and the day it was said.
    age: Option<(AgeYears, Date)>,
    /// Body mass.
    pub body_mass_kg: Option<Kilograms>,
    /// The day an adult was last said to be there.
    adult_present_on: Option<Date>,
    /// Tools at hand.
    pub tools: Vec<ToolId>,
    /// How hard each tool is.
    pub tool_firmness: SortedMap<ToolId, Firmness>,
    /// Places that can be used; none said means all.
    pub places: Option<Vec<Place>>,
    /// Postures ruled out.
    pub no: Vec<Posture>,
}

impl Profile {
    /// Takes over what was said.
    pub(super) fn apply(&mut self, at: &Zoned, change: &ProfileChanged) {
        if let Some(age) = change.age_years {
            self.age = Some((age, at.date()));
        }
        if change.body_mass_kg.is_some() {
            self.body_mass_kg = change.body_mass_kg;
        }
        match change.adult_present {
            Some(true) => self.adult_present_on = Some(at.date()),
            Some(false) => self.adult_present_on = None,
            None => {}
        }
        if let Some(tools) = &change.tools {
            self.tools.clone_from(tools);
        }
        if let Some(firmness) = &change.tool_firmness {
            self.tool_firmness.clone_from(firmness);
        }
        if let Some(places) = &change.places {
            self.places = Some(places.clone());
        }
        if let Some(no) = &change.no {
            self.no.clone_from(no);
        }
    }

    /// The age on a day: what was said, and the whole years since.
    #[must_use]
    pub fn age_on(&self, day: Date) -> Option<AgeYears> {
        let (age, said_on) = self.age?;
        let birthday_to_come = (day.month(), day.day()) < (said_on.month(), said_on.day());
        let since = day.year() - said_on.year() - i16::from(birthday_to_come);
        let years = i16::from(age.get()) + since.max(0);
        AgeYears::new(u8::try_from(years).unwrap_or(120).min(120)).ok()
    }

    /// Whether an adult was said to be there on a day; asked again every day.
    #[must_use]
    pub fn adult_present_on(&self, day: Date) -> bool {
        self.adult_present_on == Some(day)
    }
}
