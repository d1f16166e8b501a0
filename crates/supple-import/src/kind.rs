/// What a file is, by its first bytes and not by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A zip archive.
    Zip,
    /// Packed with gzip.
    Gzip,
    /// A file of a watch.
    Fit,
    /// Training Center.
    Tcx,
    /// A track.
    Gpx,
    /// Apple Health's `export.xml`.
    AppleHealth,
    /// A list of objects.
    Json,
    /// Supple's own log.
    OwnLog,
    /// Text with columns.
    Table,
    /// Nothing that is known.
    Unknown,
}

impl Kind {
    /// How many bytes are looked at. Apple's document type comes before its root and is long.
    pub const HEAD: usize = 64 << 10;

    /// What the first bytes of a file say.
    #[must_use]
    pub fn of(head: &[u8]) -> Self {
        if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
            return Self::Zip;
        }
        if head.starts_with(&[0x1f, 0x8b]) {
            return Self::Gzip;
        }
        if head.get(8..12) == Some(b".FIT") {
            return Self::Fit;
        }
        let text = head.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(head).trim_ascii_start();
        match text.first() {
            Some(b'<') => Self::of_xml(text),
            Some(b'{') => {
                let line = text.split(|&byte| byte == b'\n').next().unwrap_or(text);
                let has = |word: &[u8]| line.windows(word.len()).any(|part| part == word);
                if has(b"\"logical_ms\"") && has(b"\"body\"") { Self::OwnLog } else { Self::Json }
            }
            Some(b'[') => Self::Json,
            Some(_) if !text.contains(&0) && text.contains(&b'\n') => Self::Table,
            _ => Self::Unknown,
        }
    }

    fn of_xml(text: &[u8]) -> Self {
        let roots: [(&[u8], Self); 3] =
            [(b"<TrainingCenterDatabase", Self::Tcx), (b"<gpx", Self::Gpx), (b"<HealthData", Self::AppleHealth)];
        let first = roots.into_iter().filter_map(|(root, kind)| {
            text.windows(root.len()).position(|part| part == root).map(|place| (place, kind))
        });
        first.min_by_key(|(place, _)| *place).map_or(Self::Unknown, |(_, kind)| kind)
    }
}
