//! Draws that anybody can repeat: SplitMix64, the same numbers natively and in wasm.
//!
//! It is state plus an odd constant, then two multiplications and three shifts. Each output can be reached without those
//! before it. Nothing here decides by chance: the same seed gives the same answer for ever.
//!
//! Source: Steele, Lea and Flood. Fast splittable pseudorandom number generators. OOPSLA 2014.

const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

/// Output number `index` of the generator with this seed, from 0.
#[must_use]
pub const fn output(seed: u64, index: u64) -> u64 {
    mixed(seed.wrapping_add(STEP.wrapping_mul(index.wrapping_add(1))))
}

/// A seed from a text: texts that differ in one letter give seeds that differ everywhere.
#[must_use]
pub fn seed_of(text: &str) -> u64 {
    mixed(fnv1a(text.bytes()))
}

/// FNV-1a, 64 bit.
pub(crate) fn fnv1a(bytes: impl IntoIterator<Item = u8>) -> u64 {
    bytes
        .into_iter()
        .fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3))
}

const fn mixed(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// The outputs of a seed, one after the other.
#[derive(Debug, Clone)]
pub struct Draws(u64);

impl Draws {
    /// From the first.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next output, 64 even bits.
    pub const fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mixed(self.0)
    }

    /// A number above 0 and below 1.
    pub const fn uniform(&mut self) -> f64 {
        #[allow(clippy::cast_precision_loss)] // 53 bits
        let whole = (self.bits() >> 11) as f64;
        (whole + 0.5) / 9_007_199_254_740_992.0
    }

    /// A number from 0 to below `many`; the bias is below one in 2^50 for a few thousand.
    pub const fn below(&mut self, many: usize) -> usize {
        #[allow(clippy::cast_possible_truncation)] // smaller than `many`
        let drawn = ((self.bits() as u128 * many as u128) >> 64) as usize;
        drawn
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first outputs for the seed 1234567, as other implementations of SplitMix64 print them.
    #[test]
    fn it_is_the_generator_that_others_know() {
        let outputs = [
            6_457_827_717_110_365_317,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423,
            4_593_380_528_125_082_431,
            16_408_922_859_458_223_821,
        ];
        let mut draws = Draws::new(1_234_567);
        for (index, expected) in (0..).zip(outputs) {
            assert_eq!(output(1_234_567, index), expected);
            assert_eq!(draws.bits(), expected);
        }
    }

    #[test]
    fn every_number_below_is_drawn_about_as_often() {
        let mut draws = Draws::new(1);
        let mut counts = [0_u32; 7];
        (0..70_000).for_each(|_| counts[draws.below(7)] += 1);
        // Six standard deviations around 10,000.
        assert!(counts.iter().all(|count| (9_444..=10_556).contains(count)), "{counts:?}");
    }
}
