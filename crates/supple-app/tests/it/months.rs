//! Two months of somebody who rolls their calves and tests them, written through the app as a phone would.

#![allow(dead_code, reason = "the tests and the example use different parts")]

use crate::world::{Phone, wishes};
use supple_core::body::RegionId;
use supple_core::knowledge::Goal;

/// The last moment of it.
pub const EVENING: &str = "2026-11-22T18:00:00+01:00";

/// How a reading differs from what it would be without error: made up, the same every time, in centimetres.
const OFF: [f64; 12] = [0.2, -0.3, 0.1, 0.4, -0.2, 0.0, -0.4, 0.3, 0.1, -0.1, 0.2, -0.3];

/// Every third or fourth day from 24 September on a test before and one after a session, every third time a wait
/// without rolling instead. The left goes from 8 cm to 10 and gains 2 right after rolling; the right stays at 11.5 and
/// gains 1.2. A second test adds 0.2 by itself.
pub fn two_months() -> Phone {
    let mut phone = Phone::new("2026-09-24T17:00:00+02:00");
    phone.introduce();
    for occasion in 0..18_u32 {
        let day = occasion * 10 / 3;
        let rests = occasion % 3 == 2;
        let level = |side: &str| if side == "left" { 8.0 + 2.0 * f64::from(day) / 59.0 } else { 11.5 };
        let (before, after) = if rests { ("before_wait", "after_wait") } else { ("before", "after") };
        let rolled = |side: &str| if side == "left" { 2.0 } else { 1.2 };
        let gain = |side: &str| 0.2 + if rests { 0.0 } else { rolled(side) };
        phone.is_now(&moment(day, "17:30:00"));
        take(&mut phone, occasion, before, &level);
        if !rests {
            phone.a_day(&moment(day, "17:45:00"), wishes(Goal::Mobility, 10, &[RegionId::Calf, RegionId::Soleus]));
        }
        phone.is_now(&moment(day, "18:00:00"));
        take(&mut phone, occasion + 5, after, &|side| level(side) + gain(side));
    }
    phone.is_now(EVENING);
    phone
}

/// Both sides, three trials each, the first for practice.
fn take(phone: &mut Phone, turn: u32, when: &str, level: &dyn Fn(&str) -> f64) {
    let mut fields = vec![("when".to_owned(), when.to_owned()), ("sure".to_owned(), "yes".to_owned())];
    for (shift, side) in [(0, "left"), (3, "right")] {
        for trial in 1..=3_u32 {
            let off = OFF[((turn * 7 + shift + trial) % 12) as usize];
            fields.push((format!("{side}.{trial}"), format!("{:.1}", level(side) + off)));
        }
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let answer = phone.post("measures/wblt_cm", &fields);
    assert_eq!(answer.status, 303, "{}", answer.body);
}

/// A time on the day that lies so many days after 24 September 2026, in Berlin.
fn moment(days: u32, time: &str) -> String {
    let day = jiff::civil::date(2026, 9, 24).checked_add(jiff::Span::new().days(i64::from(days))).unwrap();
    let zone = if day < jiff::civil::date(2026, 10, 25) { "+02:00" } else { "+01:00" };
    format!("{day}T{time}{zone}")
}
