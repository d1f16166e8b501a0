//! Codes that a person types, tokens that a cookie holds, and their hashes.

use sha2::{Digest, Sha256};
use supple_store::Hash;

/// Crockford's base 32: no letter that looks like a digit.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A code that lets one device in: 40 random bits as two groups of four. Ten minutes at one try every two seconds
/// guess it with a chance of 3 in 10,000 million.
pub fn code() -> Result<String, getrandom::Error> {
    let mut random = [0; 8];
    getrandom::fill(&mut random)?;
    let letters = random.map(|byte| char::from(LETTERS[usize::from(byte % 32)]));
    let (first, second) = letters.split_at(4);
    Ok(format!("{}-{}", first.iter().collect::<String>(), second.iter().collect::<String>()))
}

/// What a cookie holds: 256 random bits.
pub fn token() -> Result<String, getrandom::Error> {
    let mut random = [0; 32];
    getrandom::fill(&mut random)?;
    Ok(random.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}")))
}

/// Hexadecimal digits of the secret in a calendar's address: 128 bits.
pub const FEED_DIGITS: usize = 32;

/// The secret in a calendar's address: 128 random bits.
pub fn feed_token() -> Result<String, getrandom::Error> {
    let mut random = [0; FEED_DIGITS / 2];
    getrandom::fill(&mut random)?;
    Ok(random.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}")))
}

/// The hash under which such a secret is kept.
pub fn hash_of_feed(token: &str) -> Hash {
    hash(b"feed", token.as_bytes())
}

/// The hash under which a code is kept, however it was typed: small letters, no dash, O for 0, I or L for 1.
pub fn hash_of_code(typed: &str) -> Hash {
    let plain = typed.chars().filter(char::is_ascii_alphanumeric).map(|c| match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    });
    hash(b"code", plain.collect::<String>().as_bytes())
}

/// The hash under which a token is kept.
pub fn hash_of_token(token: &str) -> Hash {
    hash(b"token", token.as_bytes())
}

/// A hash of something of some kind, so that one kind never passes for another.
pub fn hash(kind: &[u8], bytes: &[u8]) -> Hash {
    Sha256::new().chain_update(kind).chain_update([0]).chain_update(bytes).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::{code, hash_of_code, hash_of_token, token};
    use std::collections::BTreeSet;

    #[test]
    fn a_code_is_typed_as_people_type() {
        assert_eq!(hash_of_code("01AB-CDEF"), hash_of_code(" oiab cdef "));
        assert_eq!(hash_of_code("01AB-CDEF"), hash_of_code("0lAbcDeF"));
        assert_ne!(hash_of_code("01AB-CDEF"), hash_of_code("01AB-CDEG"));
        assert_ne!(hash_of_code("01AB-CDEF"), hash_of_token("01ABCDEF"));
    }

    #[test]
    fn codes_and_tokens_are_new_every_time() {
        let codes: BTreeSet<String> = (0..1000).map(|_| code().unwrap()).collect();
        assert_eq!(codes.len(), 1000);
        assert!(codes.iter().all(|code| code.len() == 9 && &code[4..5] == "-"));
        assert!(codes.iter().all(|code| !code.contains(['I', 'L', 'O', 'U'])));
        let tokens: BTreeSet<String> = (0..100).map(|_| token().unwrap()).collect();
        assert!(tokens.len() == 100 && tokens.iter().all(|token| token.len() == 64));
    }
}
