//! Style sheet, modules, icons: the files of `web/`, under names that change with their contents.

/// One file of `web/`.
#[derive(Debug, Clone, Copy)]
pub struct File {
    /// Its name in the source.
    pub name: &'static str,
    /// Its name in addresses, with a hash of the content; it may be kept for ever.
    pub served_as: &'static str,
    /// What is in it.
    pub bytes: &'static [u8],
    /// The same, compressed with brotli.
    pub brotli: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

impl File {
    /// Its media type.
    #[must_use]
    pub fn content_type(&self) -> &'static str {
        match self.name.rsplit_once('.').map_or("", |(_, ending)| ending) {
            "css" => "text/css; charset=utf-8",
            "js" => "text/javascript; charset=utf-8",
            "svg" => "image/svg+xml",
            "png" => "image/png",
            "webmanifest" => "application/manifest+json",
            _ => "application/octet-stream",
        }
    }

    /// Whether the name changes with the content.
    #[must_use]
    pub fn is_hashed(&self) -> bool {
        self.name != self.served_as
    }
}

/// The name a file is served under.
///
/// # Panics
/// If there is no such file in `web/`: the names are constants of the views.
#[must_use]
pub fn served_as(name: &str) -> &'static str {
    // Not from `FILES`: the engine in the browser knows the names and has no use for the contents.
    let found = NAMES.iter().find(|(known, _)| *known == name);
    found.unwrap_or_else(|| panic!("web/{name} is not there")).1
}
