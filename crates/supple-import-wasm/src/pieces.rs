use std::io::{Error, Read, Result, Seek, SeekFrom};

/// The least and the most that is asked for at once. A jump costs little, and a file that is read from its beginning to
/// its end comes in large pieces.
const LEAST: usize = 16 << 10;
const MOST: usize = 1 << 20;

/// Whoever has the file.
pub trait Host {
    /// Copies what stands in the file from this byte on, as far as there is room, and says how much that was; none if the
    /// file cannot be read, because it was changed or taken away.
    fn read(&self, from: u64, into: &mut [u8]) -> Option<usize>;

    /// So many more bytes of it have been dealt with.
    fn told(&self, bytes: u64);
}

/// A file that is read piece by piece: of all of it only the last piece is held.
#[derive(Debug)]
pub struct Pieces<H> {
    host: H,
    size: u64,
    at: u64,
    /// Where the piece begins in the file.
    from: u64,
    piece: Vec<u8>,
    /// How much is asked for next.
    next: usize,
}

impl<H: Host> Pieces<H> {
    /// A file of so many bytes.
    pub const fn new(host: H, size: u64) -> Self {
        Self { host, size, at: 0, from: 0, piece: Vec::new(), next: LEAST }
    }

    fn held(&self) -> &[u8] {
        let skip = self.at.checked_sub(self.from).and_then(|skip| usize::try_from(skip).ok());
        skip.and_then(|skip| self.piece.get(skip..)).unwrap_or_default()
    }

    fn fetch(&mut self) -> Result<()> {
        let follows = self.at == self.from + self.piece.len() as u64;
        self.next = if follows { (self.next * 2).min(MOST) } else { LEAST };
        let left = usize::try_from(self.size.saturating_sub(self.at)).unwrap_or(usize::MAX);
        self.piece.resize(self.next.min(left), 0);
        self.from = self.at;
        match self.host.read(self.at, &mut self.piece) {
            Some(read) if read > 0 && read <= self.piece.len() => {
                self.piece.truncate(read);
                Ok(())
            }
            _ => {
                self.piece.clear();
                Err(Error::other("the browser cannot read it; it may have been changed or moved. Choose it again"))
            }
        }
    }
}

impl<H: Host> Read for Pieces<H> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        if self.at >= self.size || into.is_empty() {
            return Ok(0);
        }
        if self.held().is_empty() {
            self.fetch()?;
        }
        let held = self.held();
        let length = held.len().min(into.len());
        into[..length].copy_from_slice(&held[..length]);
        self.at += length as u64;
        Ok(length)
    }
}

impl<H: Host> Seek for Pieces<H> {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        let place = match to {
            SeekFrom::Start(place) => Some(place),
            SeekFrom::End(by) => self.size.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = place.ok_or_else(|| Error::other("a place before the beginning"))?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;
    use std::io::BufReader;

    struct Held<'b>(&'b [u8], RefCell<Vec<usize>>);

    impl Host for &Held<'_> {
        fn read(&self, from: u64, into: &mut [u8]) -> Option<usize> {
            let from = usize::try_from(from).ok()?;
            let length = into.len().min(self.0.len() - from);
            into[..length].copy_from_slice(&self.0[from..from + length]);
            self.1.borrow_mut().push(length);
            Some(length)
        }

        fn told(&self, _bytes: u64) {}
    }

    #[test]
    fn a_file_is_read_in_growing_pieces_and_a_jump_asks_for_little() {
        let bytes: Vec<u8> = (0..3_000_000_u32).flat_map(u32::to_le_bytes).collect();
        let held = Held(&bytes, RefCell::default());
        let mut pieces = Pieces::new(&held, bytes.len() as u64);
        let mut all = Vec::new();
        BufReader::new(&mut pieces).read_to_end(&mut all).expect("it is there");
        assert!(all == bytes, "the same bytes");
        let asked = held.1.take();
        assert!(asked.iter().all(|length| *length <= MOST) && asked.len() < 24, "{asked:?}");
        for place in [7_000_001, 5, 11_999_996] {
            pieces.seek(SeekFrom::Start(place)).expect("a place");
            let mut four = [0; 4];
            pieces.read_exact(&mut four).expect("four bytes");
            let from = usize::try_from(place).expect("small");
            assert_eq!(four, bytes[from..from + 4]);
        }
        assert!(held.1.take().iter().all(|length| *length <= LEAST));
        assert_eq!(pieces.seek(SeekFrom::End(0)).expect("the end"), bytes.len() as u64);
        assert_eq!(pieces.read(&mut [0; 8]).expect("the end"), 0);
        assert!(pieces.seek(SeekFrom::Current(-99_000_000)).is_err());
    }

    #[test]
    fn a_file_that_was_taken_away_is_an_error_and_not_an_end() {
        struct Gone;
        impl Host for Gone {
            fn read(&self, _from: u64, _into: &mut [u8]) -> Option<usize> {
                None
            }

            fn told(&self, _bytes: u64) {}
        }
        let error = Pieces::new(Gone, 8).read(&mut [0; 8]).expect_err("it is gone");
        assert!(error.to_string().contains("Choose it again"));
    }
}
