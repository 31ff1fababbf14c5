//! Shingles: what two texts have in common word for word, whatever their order (Broder 1997).
//!
//! A text in normal form, punctuation and spaces left out, is the set of its runs of five characters; each is kept as a hash of
//! 32 bits. Sets are compared exactly; signatures (MinHash) only say which pairs are worth it.

use crate::segment::{is_text, normalise};

/// Characters of a shingle: long enough that two texts of one topic share few.
const LENGTH: usize = 5;
/// Hash functions of a signature.
pub(super) const HASHES: usize = 256;
const SEED: u64 = 0x5eed_1997;

/// The shingles of a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Shingles(Vec<u32>);

impl Shingles {
    pub(super) fn of(text: &str) -> Self {
        let form = normalise(text);
        let chars: Vec<char> = form.text().chars().filter(|c| is_text(*c)).map(|c| c.to_ascii_lowercase()).collect();
        let mut hashes: Vec<u32> = chars.windows(LENGTH).map(hash).collect();
        hashes.sort_unstable();
        hashes.dedup();
        Self(hashes)
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The share of the shingles of both that both have (Jaccard), 0 to 1.
    pub(super) fn resemblance(&self, other: &Self) -> f64 {
        let common = self.common(other);
        ratio(common, self.len() + other.len() - common)
    }

    /// The share of its own shingles that `other` has too.
    pub(super) fn contained_in(&self, other: &Self) -> f64 {
        ratio(self.common(other), self.len())
    }

    fn common(&self, other: &Self) -> usize {
        let (mut a, mut b, mut common) = (0, 0, 0);
        while let (Some(x), Some(y)) = (self.0.get(a), other.0.get(b)) {
            common += usize::from(x == y);
            (a, b) = (a + usize::from(x <= y), b + usize::from(y <= x));
        }
        common
    }

    /// For each of the hash functions the least hash of the set: two signatures agree at a place with the probability of
    /// the sets' resemblance.
    pub(super) fn signature(&self) -> [u32; HASHES] {
        let functions = functions();
        let mut least = [u32::MAX; HASHES];
        for &shingle in &self.0 {
            for (slot, (factor, shift)) in least.iter_mut().zip(&functions) {
                *slot = (*slot).min(shingle.wrapping_mul(*factor).wrapping_add(*shift));
            }
        }
        least
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

fn hash(chars: &[char]) -> u32 {
    let mixed = chars.iter().fold(SEED, |h, c| (h.rotate_left(5) ^ u64::from(u32::from(*c))).wrapping_mul(FACTOR));
    (mixed >> 32) as u32
}

/// An odd factor with well-spread bits (the golden ratio: Knuth 1973).
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

/// Factors (odd, so that each function is one to one) and shifts.
fn functions() -> [(u32, u32); HASHES] {
    let mut state = SEED;
    std::array::from_fn(|_| {
        state = state.wrapping_add(FACTOR);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed >> 32) as u32 | 1, mixed as u32)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_words_resemble_fully_whatever_their_print() {
        let (a, b) = (Shingles::of("关于修缮老渡口的提案。"), Shingles::of("關於修繕老渡口的 提案"));
        assert!(a.len() > 3);
        assert!((a.resemblance(&b) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn a_part_is_contained_and_only_resembles() {
        let (part, whole) =
            (Shingles::of("更换全部木桩加装护栏"), Shingles::of("更换全部木桩加装护栏并在两岸设立候船亭"));
        assert!((part.contained_in(&whole) - 1.0).abs() < 1e-9);
        assert!(part.resemblance(&whole) < 0.6);
    }

    #[test]
    fn texts_without_text_resemble_nothing() {
        assert!(Shingles::of("。，").resemblance(&Shingles::of("")).abs() < 1e-9);
    }

    #[test]
    fn signatures_agree_as_often_as_the_sets_resemble() {
        let text = |from: u32| (from..from + 400).filter_map(|i| char::from_u32(0x4e00 + i * 7)).collect::<String>();
        let (a, b) = (Shingles::of(&text(0)), Shingles::of(&text(100)));
        let agree = a.signature().iter().zip(b.signature()).filter(|(x, y)| **x == *y).count() as f64 / HASHES as f64;
        assert!((agree - a.resemblance(&b)).abs() < 0.1, "{agree} {}", a.resemblance(&b));
    }
}
