//! All techniques, or with `--tests` all tests, on one page, to be looked at: `cargo run -p supple-app --example contact_sheet -- OUT.html`.
//!
//! Options after the file: `--dark`, `--lighter`, `--moving`, `--tests`, and the ids of techniques, if not all of them. The
//! files under `knowledge/` are read anew, so that a changed number shows without a build.

#![allow(clippy::disallowed_methods, reason = "a tool at the edge: it reads and writes files")]

use maud::{DOCTYPE, PreEscaped, html};
use std::path::{Path, PathBuf};
use std::{env, fs, process};
use supple_app::assets::FILES;
use supple_app::figure::{PictureKind, Subject, picture};
use supple_core::body::Side;
use supple_knowledge::{KnowledgeFile, read_files};

const STYLE: &str = "
body { margin: 12px; font-size: 14px; }
main { max-width: none; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(430px, 1fr)); gap: 12px; }
figure { margin: 0; border: 1px solid #8884; border-radius: 8px; padding: 4px; }
figcaption { font-size: 12px; }
";

fn main() {
    let mut arguments = env::args().skip(1);
    let Some(out) = arguments.next() else {
        eprintln!(
            "give the file to write: contact_sheet OUT.html [--dark] [--lighter] [--moving] [--tests|--moves|--seen] [ID...]"
        );
        process::exit(2);
    };
    let (options, ids): (Vec<_>, Vec<_>) = arguments.partition(|argument| argument.starts_with("--"));
    let has = |option: &str| options.iter().any(|given| given == option);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let knowledge = read_files(&files(&root.join("knowledge"))).unwrap_or_else(|problems| {
        problems.iter().for_each(|problem| eprintln!("{problem}"));
        process::exit(1)
    });
    let css = FILES.iter().find(|file| file.name == "style.css").expect("the app has a style sheet").bytes;
    let css = String::from_utf8_lossy(css);
    let kind = match (has("--lighter"), has("--moving")) {
        (true, _) => PictureKind::Lighter,
        (_, true) => PictureKind::Moving,
        _ => PictureKind::SideBySide,
    };
    let techniques = knowledge.techniques.iter().map(|(id, known)| (Subject::Technique(id), id, &known.name));
    let tests = knowledge.measures.iter().map(|(id, known)| (Subject::Measure(id), id, &known.name));
    let moves = knowledge.moves.iter().map(|(id, known)| (Subject::Move(id), id, &known.name));
    let movements = knowledge.movement_tests.iter().map(|(id, known)| (Subject::MovementTest(id), id, &known.name));
    let seen = knowledge.compensations.iter().map(|(id, known)| (Subject::Compensation(id), id, &known.name));
    let all: Vec<_> = match (has("--tests"), has("--moves"), has("--seen")) {
        (true, ..) => tests.collect(),
        (_, true, _) => moves.collect(),
        (_, _, true) => movements.chain(seen).collect(),
        _ => techniques.collect(),
    };
    let shown = all.into_iter().filter(|(_, id, _)| ids.is_empty() || ids.contains(id));
    let page = html! {
        (DOCTYPE)
        html data-theme=(if has("--dark") { "dark" } else { "light" }) {
            head { meta charset="utf-8"; title { "Contact sheet" } style { (PreEscaped(&css)) (PreEscaped(STYLE)) } }
            body { main { @for (subject, id, name) in shown {
                @let drawn = picture(&knowledge, subject, Side::Right, kind);
                @let moving = picture(&knowledge, subject, Side::Right, PictureKind::Moving);
                @let bytes = moving.map_or(0, |markup| markup.into_string().len());
                figure {
                    @if let Some(drawn) = drawn { (drawn) } @else { "no picture" }
                    figcaption { b { (id) } " · " (name) " · " (bytes) " bytes moving" }
                }
            } } }
        }
    };
    fs::write(&out, page.into_string()).unwrap_or_else(|error| panic!("{out}: {error}"));
}

fn files(root: &Path) -> Vec<KnowledgeFile> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of knowledge") {
            let path = entry.expect("a readable entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "toml") {
                let below = path.strip_prefix(root).expect("a path below the folder");
                let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
                let text = fs::read_to_string(&path).expect("a readable file");
                found.push(KnowledgeFile { path: parts.join("/"), text });
            }
        }
    }
    found
}
