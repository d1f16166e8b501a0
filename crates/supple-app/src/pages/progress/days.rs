use crate::chart::{Calendar, DayDone, calendar};
use crate::cx::Cx;
use maud::{Markup, html};
use supple_core::Zoned;

/// The days of the last weeks with a session or a test.
pub fn card(cx: &Cx<'_>) -> Markup {
    let there = |at: &Zoned| at.with_time_zone(cx.now().time_zone().clone()).date();
    let pressed = cx.state.pressure().filter(|given| given.seconds.get() > 0);
    let sessions = pressed.map(|given| (there(given.at), DayDone { session: true, test: false }));
    let tests = cx.state.measures.iter().map(|taken| (there(&taken.at), DayDone { session: false, test: true }));
    let drawn = calendar(&Calendar {
        title: "Sessions and tests of the last twelve weeks".to_owned(),
        last: cx.now().date(),
        days: sessions.chain(tests).collect(),
    });
    html! {
        section .card {
            h2 { "Days" }
            (drawn.on_page())
            p .small { "A day without either is a day without either, and nothing more." }
            (drawn.numbers())
        }
    }
}
