//! Some text files as one zip, not compressed. A zip crate would be a tenth as large as all our own code.

/// What a zip says of every file: version 2.0, no flags, stored, midnight of 1 January 1980 (the zip format's zero).
const SAME_FOR_ALL: [u8; 10] = [20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0];

/// The zip. Names are ASCII; files and zip are far smaller than 4 GB.
pub fn stored(files: &[(&str, String)]) -> Vec<u8> {
    let (mut zip, mut directory) = (Vec::new(), Vec::new());
    for (name, text) in files {
        let begins = four(zip.len());
        let mut head = SAME_FOR_ALL.to_vec();
        head.extend(crc32(text.as_bytes()).to_le_bytes());
        head.extend(four(text.len()));
        head.extend(four(text.len()));
        head.extend(two(name.len()));
        head.extend([0; 2]); // nothing extra
        zip.extend(b"PK\x03\x04");
        zip.extend(&head);
        zip.extend(name.bytes());
        zip.extend(text.bytes());
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&head);
        directory.extend([0; 10]); // no comment, first disk, no attributes
        directory.extend(begins);
        directory.extend(name.bytes());
    }
    let begins = four(zip.len());
    zip.extend(&directory);
    zip.extend(b"PK\x05\x06\0\0\0\0");
    zip.extend(two(files.len()));
    zip.extend(two(files.len()));
    zip.extend(four(directory.len()));
    zip.extend(begins);
    zip.extend([0; 2]); // no comment
    zip
}

fn two(number: usize) -> [u8; 2] {
    (number as u16).to_le_bytes()
}

fn four(number: usize) -> [u8; 4] {
    (number as u32).to_le_bytes()
}

/// The check sum of zip files (polynomial 0xEDB88320, bits reversed).
fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 };
    !bytes.iter().fold(u32::MAX, |crc, &byte| (0..8).fold(crc ^ u32::from(byte), step))
}

#[cfg(test)]
mod tests {
    use super::stored;
    use std::io::{Cursor, Read};

    #[test]
    fn an_independent_reader_reads_every_file_back() {
        let files = [
            ("one.csv", "a,b\n1,2\n".to_owned()),
            ("empty.csv", String::new()),
            ("three.csv", "Grüße, 東京\n".repeat(1000)),
        ];
        let mut zip = ::zip::ZipArchive::new(Cursor::new(stored(&files))).unwrap();
        assert_eq!(zip.len(), files.len());
        for (index, (name, text)) in files.iter().enumerate() {
            let mut file = zip.by_index(index).unwrap();
            assert_eq!(file.name().unwrap(), *name);
            let mut read = String::new();
            file.read_to_string(&mut read).unwrap(); // checks the check sum
            assert_eq!(&read, text);
        }
    }
}
