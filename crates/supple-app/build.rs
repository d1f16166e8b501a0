//! Reads `web/`, joins the style sheets, gives every file a name with its content's hash, and compresses it.

#![allow(clippy::disallowed_methods, reason = "the app is pure, its build reads and writes files")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io::Write as _};

/// Asked for when it runs: a `target` folder may outlive the checkout it was built in.
fn manifest_dir() -> PathBuf {
    PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR"))
}

fn main() {
    let web = manifest_dir().join("../../web");
    println!("cargo::rerun-if-changed={}", web.display());
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));

    let mut files = BTreeMap::new();
    files.insert("style.css".to_owned(), style(&web.join("style")));
    for (name, bytes) in read(&web) {
        println!("cargo::rerun-if-changed={}", web.join(&name).display());
        files.insert(name, bytes);
    }
    // Modules name one another, so the one that is imported gets its name first.
    let mut hashed: BTreeMap<String, String> = BTreeMap::new();
    let mut table = String::from("/// Every file.\npub static FILES: &[File] = &[\n");
    let mut names = String::from(
        "/// The name of every file, and the name it is served under.\nstatic NAMES: &[(&str, &str)] = &[\n",
    );
    let mut left: Vec<String> = files.keys().cloned().collect();
    while !left.is_empty() {
        let before = left.len();
        left.retain(|name| {
            let bytes = &files[name];
            let imports = imports(name, bytes);
            if imports.iter().any(|import| !hashed.contains_key(import)) {
                return true;
            }
            let bytes = renamed(bytes, &imports, &hashed);
            let served = if keeps_its_name(name) { name.clone() } else { with_hash(name, &bytes) };
            fs::write(out.join(&served), &bytes).expect("OUT_DIR can be written");
            let small = compressed(&bytes);
            fs::write(out.join(format!("{served}.br")), &small).expect("OUT_DIR can be written");
            writeln!(
                table,
                "    File {{ name: {name:?}, served_as: {served:?}, bytes: include_bytes!({:?}), brotli: include_bytes!({:?}) }},",
                out.join(&served),
                out.join(format!("{served}.br")),
            )
            .expect("a string can be written");
            writeln!(names, "    ({name:?}, {served:?}),").expect("a string can be written");
            hashed.insert(name.clone(), served);
            false
        });
        assert!(
            left.len() < before,
            "these modules of web/ import each other in a circle, or a file that is not there: {left:?}"
        );
    }
    table.push_str("];\n");
    names.push_str("];\n");
    table.push_str(&names);
    fs::write(out.join("assets.rs"), table).expect("OUT_DIR can be written");
}

/// `base.css` first, then the dark theme, the others in the order of their names.
fn style(folder: &Path) -> Vec<u8> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut sheets = read(folder);
    for name in sheets.keys() {
        println!("cargo::rerun-if-changed={}", folder.join(name).display());
    }
    let mut joined = sheets.remove("base.css").expect("web/style/base.css is there");
    joined.extend(dark(&sheets.remove("dark.css").expect("web/style/dark.css is there")));
    for sheet in sheets.into_values() {
        joined.extend(sheet);
    }
    joined
}

/// The rule of the dark theme for who chose it, and again for whose system is dark: style sheets have no way to say
/// "or" across a media query that every browser in use knows.
fn dark(sheet: &[u8]) -> Vec<u8> {
    let text = std::str::from_utf8(sheet).expect("dark.css is text");
    let (_, rule) = text.split_once(":root {").expect("dark.css is one rule for :root");
    assert!(!rule.contains(":root"), "dark.css is one rule");
    let chosen = format!(":root[data-theme=\"dark\"] {{{rule}");
    let of_the_system = format!("@media (prefers-color-scheme: dark) {{ :root[data-theme=\"system\"] {{{rule}}}\n");
    (chosen + &of_the_system).into_bytes()
}

fn read(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.expect("a folder can be listed").path();
        let name = path.file_name().expect("an entry has a name").to_string_lossy().into_owned();
        if path.is_file() && !name.starts_with('.') && !name.ends_with(".md") {
            files.insert(name, fs::read(&path).expect("a file of web/ can be read"));
        }
    }
    files
}

/// Browsers look for these under fixed names.
fn keeps_its_name(name: &str) -> bool {
    name == "sw.js" || name == "manifest.webmanifest"
}

/// The modules that a module imports, as `from "./name.js"` or `import("./name.js")`.
fn imports(name: &str, bytes: &[u8]) -> Vec<String> {
    if !name.ends_with(".js") {
        return Vec::new();
    }
    let text = String::from_utf8_lossy(bytes);
    let quoted = text.split("\"./").skip(1).filter_map(|rest| rest.split_once('"'));
    quoted.map(|(import, _)| import.to_owned()).filter(|import| import.ends_with(".js")).collect()
}

fn renamed(bytes: &[u8], imports: &[String], hashed: &BTreeMap<String, String>) -> Vec<u8> {
    if imports.is_empty() {
        return bytes.to_vec();
    }
    let mut text = String::from_utf8(bytes.to_vec()).expect("a module is UTF-8");
    for import in imports {
        text = text.replace(&format!("\"./{import}\""), &format!("\"./{}\"", hashed[import]));
    }
    text.into_bytes()
}

fn with_hash(name: &str, bytes: &[u8]) -> String {
    let (stem, ending) = name.rsplit_once('.').expect("a file of web/ has an ending");
    format!("{stem}.{:016x}.{ending}", fnv1a(bytes))
}

/// FNV-1a, 64 bit: names need to differ when contents do, nothing more.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3))
}

fn compressed(bytes: &[u8]) -> Vec<u8> {
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 4096, 11, 22);
    writer.write_all(bytes).expect("a vector can be written");
    writer.into_inner()
}
