use super::{Common, print_json, print_line};
use crate::shell::page::count;
use crate::shell::{Failure, Outcome};
use crate::site::{ENTRANCES, Site, SiteFile};
use std::fs;
use std::path::{Path, PathBuf};

/// Write the app for the browser into a folder that any web host can serve.
///
/// Everything is in the folder; nothing comes from another host, and nothing that people enter is sent to yours. The
/// host has to use https. Devices exchange what they hold through files then, not over the network.
#[derive(Debug, clap::Args)]
pub struct ExportSite {
    /// The folder. It is made if it is not there; if it has something in it, it must be an earlier export.
    folder: PathBuf,
    /// Where on the host the folder will be found, with a slash at both ends.
    #[arg(long, default_value = "/", value_name = "PATH", value_parser = root)]
    root: String,
}

/// It tells a folder of ours, which may be written again, from any other.
const MARK: &str = "supple-site.json";

impl ExportSite {
    pub fn run(&self, common: &Common) -> Outcome {
        let folder = self.folder.display();
        if !Site::has_engine() {
            return Err(Failure::error(
                "this program was built without its part for the browser; build it again without SUPPLE_SKIP_WASM",
            ));
        }
        let failed = |error: std::io::Error| {
            Failure::error(format!("{folder}: {error}; choose a folder that you may write in"))
        };
        fs::create_dir_all(&self.folder).map_err(failed)?;
        make_way(&self.folder).map_err(failed)?.map_err(|stranger| {
            Failure::bad_input(format!(
                "{folder} has {stranger} in it and is no earlier export, so nothing was written; name an empty folder"
            ))
        })?;
        let site = Site::new(&self.root);
        let mut written = Vec::new();
        for file in site.files() {
            write(&self.folder, file, &mut written).map_err(failed)?;
        }
        for zone in Site::zones() {
            write(&self.folder, &zone, &mut written).map_err(failed)?;
        }
        // Hosts that do not know 404.html find a page at each of these too.
        for entrance in ENTRANCES {
            let file = SiteFile { path: format!("{entrance}/index.html"), ..site.waiting().clone() };
            write(&self.folder, &file, &mut written).map_err(failed)?;
        }
        written.sort();
        let mark = serde_json::json!({ "root": self.root, "files": written });
        fs::write(self.folder.join(MARK), format!("{mark:#}\n")).map_err(failed)?;
        if common.json {
            return print_json(
                &serde_json::json!({ "folder": folder.to_string(), "root": self.root, "files": written }),
            );
        }
        let files = count(written.len() as u64, "file", "files");
        print_line(&format!("{files} in {folder}, for https://your.host{}", self.root))
    }
}

/// Takes an earlier export away, file by file; says what else is there, if something is.
fn make_way(folder: &Path) -> std::io::Result<Result<(), String>> {
    let mark = folder.join(MARK);
    let Ok(text) = fs::read_to_string(&mark) else {
        return Ok(match fs::read_dir(folder)?.next().transpose()? {
            None => Ok(()),
            Some(stranger) => Err(format!("“{}”", stranger.file_name().to_string_lossy())),
        });
    };
    let old: serde_json::Value = serde_json::from_str(&text)?;
    let names = old["files"].as_array().map_or(&[][..], Vec::as_slice);
    for name in names.iter().filter_map(serde_json::Value::as_str) {
        // Only what lies inside: the mark may have been edited.
        let inside = Path::new(name).components().all(|part| matches!(part, std::path::Component::Normal(_)));
        if inside {
            match fs::remove_file(folder.join(name)) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
    }
    Ok(Ok(()))
}

fn write(folder: &Path, file: &SiteFile, written: &mut Vec<String>) -> std::io::Result<()> {
    let path = if file.path.is_empty() { "index.html" } else { &file.path };
    let mut put = |path: &str, bytes: &[u8]| {
        let place = folder.join(path);
        if let Some(parent) = place.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(&place, bytes)?;
        written.push(path.to_owned());
        Ok::<(), std::io::Error>(())
    };
    put(path, &file.bytes)?;
    // Hosts that look for a compressed twin find one.
    file.brotli.map_or(Ok(()), |small| put(&format!("{path}.br"), small))
}

fn root(text: &str) -> Result<String, String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/-_.~".contains(c);
    let fine = text.starts_with('/') && text.ends_with('/') && !text.contains("//") && !text.contains("..");
    if fine && text.chars().all(plain) {
        Ok(text.to_owned())
    } else {
        Err("the root begins and ends with a slash and has letters, digits, - and _ between: /supple/".to_owned())
    }
}
