//! What a path holds: a file, or every file of a folder.

use crate::shell::Failure;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use supple_import::{Kind, Problem, Refused, Settings, Told};

/// A path that was given.
pub struct Given {
    path: PathBuf,
    /// What lies there, in the order of names.
    pub files: Vec<Lying>,
}

/// A file.
pub struct Lying {
    pub path: PathBuf,
    bytes: u64,
}

impl Given {
    /// Looks what is there.
    pub fn at(path: &Path) -> Result<Self, Failure> {
        let mut files = Vec::new();
        gather(path, &mut files).map_err(|error| Failure::bad_input(format!("{}: {error}", path.display())))?;
        files.sort_by(|a, b| a.path.cmp(&b.path));
        if files.is_empty() {
            return Err(Failure::bad_input(format!("{}: there is no file in this folder", path.display())));
        }
        Ok(Self { path: path.to_owned(), files })
    }

    /// What it is called.
    pub fn name(&self) -> String {
        let last = self.path.file_name().unwrap_or_else(|| self.path.as_os_str());
        last.to_string_lossy().into_owned()
    }

    /// How much it is.
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|file| file.bytes).sum()
    }

    /// SHA-256 of the file, or of the sums of a folder's files.
    pub fn fingerprint(&self, told: impl Fn(u64)) -> Result<String, Failure> {
        let mut sums = Vec::new();
        for file in &self.files {
            sums.push(
                file.sum(&told).map_err(|error| Failure::bad_input(format!("{}: {error}", file.path.display())))?,
            );
        }
        let sum = match sums.as_slice() {
            [one] => *one,
            many => many.iter().fold(Sha256::new(), |sum, one| sum.chain_update(one)).finalize().into(),
        };
        Ok(sum.iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

fn gather(path: &Path, files: &mut Vec<Lying>) -> std::io::Result<()> {
    let about = std::fs::metadata(path)?;
    if !about.is_dir() {
        files.push(Lying { path: path.to_owned(), bytes: about.len() });
        return Ok(());
    }
    for entry in std::fs::read_dir(path)? {
        let entry = entry?;
        // A link may lead round in a circle, and what begins with a point belongs to the system.
        if !entry.file_type()?.is_symlink() && !entry.file_name().to_string_lossy().starts_with('.') {
            gather(&entry.path(), files)?;
        }
    }
    Ok(())
}

impl Lying {
    fn sum(&self, told: &impl Fn(u64)) -> std::io::Result<[u8; 32]> {
        let mut file = File::open(&self.path)?;
        let (mut sum, mut piece) = (Sha256::new(), vec![0; 1 << 20]);
        loop {
            let read = file.read(&mut piece)?;
            if read == 0 {
                return Ok(sum.finalize().into());
            }
            sum.update(&piece[..read]);
            told(read as u64);
        }
    }

    /// Whether it is a copy of a Supple log.
    pub fn is_own_log(&self) -> bool {
        let mut head = Vec::new();
        let read = File::open(&self.path).and_then(|file| file.take(Kind::HEAD as u64).read_to_end(&mut head));
        read.is_ok() && Kind::of(&head) == Kind::OwnLog
    }

    /// Reads it; a file that cannot be opened is a problem like any other, and the next one is read.
    pub fn read(&self, settings: &Settings, mut told: impl FnMut(Told)) {
        let name = self.path.to_string_lossy();
        match File::open(&self.path) {
            Ok(file) => supple_import::read(&name, &mut BufReader::new(file), settings, &mut told),
            Err(error) => told(Told::Problem(Problem {
                file: name.into_owned(),
                what: Refused::Reading(error.to_string()),
                kept: false,
            })),
        }
    }
}
