/// What is read at most. All our judgement: far above any real file, far below what would hurt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one activity, table or list, unpacked.
    pub file: u64,
    /// Bytes of an Apple Health export, unpacked: it is read as a stream.
    pub stream: u64,
    /// Bytes of one element of XML: the only part of a stream that is held.
    pub element: u64,
    /// How many times its size a packed file may unpack to, beyond the first [`free`](Self::free) bytes.
    pub times: u64,
    /// Bytes that may be unpacked whatever their share.
    pub free: u64,
    /// Files in an archive.
    pub files: usize,
}

impl Limits {
    /// What holds unless somebody says otherwise: 64 MB a file, 64 GB a stream, 1 MB an element, 200 times, 200,000 files.
    pub const USUAL: Self =
        Self { file: 64 << 20, stream: 64 << 30, element: 1 << 20, times: 200, free: 16 << 20, files: 200_000 };
}

impl Default for Limits {
    fn default() -> Self {
        Self::USUAL
    }
}
