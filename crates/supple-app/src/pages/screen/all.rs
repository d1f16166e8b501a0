//! Every question with the answer in force, each to be changed.

use crate::cx::Cx;
use crate::exchange::Response;
use crate::page::{Page, Place, framed};
use maud::html;
use supple_core::event::Answer;

/// The page.
pub fn get(cx: &Cx<'_>) -> Response {
    let screen = &cx.knowledge.screen;
    let lists = [
        ("Get help first", &screen.get_help_first),
        ("Told by a doctor", &screen.told_by_a_doctor),
        ("Medicines", &screen.medicines),
        ("Lately", &screen.recent),
        ("On a place", &screen.areas),
    ];
    framed(
        cx,
        200,
        Page {
            title: "Every answer",
            class: "page-answers",
            place: Some(Place::Settings),
            scripts: &[],
            body: html! {
                h1 { "Every answer" }
                p { "Change one whenever it changes. What you change counts from now on; the old answer stays in the \
                     log." }
                p { a href=(cx.href("paths")) { "After a treatment, in a pregnancy, at some ages: paths" } }
                @for (title, ids) in lists {
                    h2 { (title) }
                    ul .answers {
                        @for id in ids {
                            @if let Some(caution) = cx.knowledge.cautions.get(id) {
                                @let last = cx.state.answers.get(id).and_then(|answers| answers.last());
                                li {
                                    a href=(cx.href(&format!("screen/ask?id={id}"))) { (caution.question) }
                                    " "
                                    @if let Some(last) = last {
                                        span .answer { (word(last.what.answer)) ", " (last.at.date()) }
                                    } @else { span .answer { "not asked yet" } }
                                }
                            }
                        }
                    }
                }
            },
        },
    )
}

const fn word(answer: Answer) -> &'static str {
    match answer {
        Answer::Yes => "yes",
        Answer::No => "no",
        Answer::Unknown => "not sure",
    }
}
