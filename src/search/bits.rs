//! Sets of records of one segment.

/// A set of numbers below a bound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bits {
    words: Vec<u64>,
}

impl Bits {
    pub(super) fn none(bound: u32) -> Self {
        Self { words: vec![0; (bound as usize).div_ceil(64)] }
    }

    pub(super) fn of(bound: u32, members: impl IntoIterator<Item = u32>) -> Self {
        let mut bits = Self::none(bound);
        members.into_iter().for_each(|m| bits.insert(m));
        bits
    }

    pub(super) fn insert(&mut self, member: u32) {
        self.words[member as usize / 64] |= 1 << (member % 64);
    }

    pub(super) fn has(&self, member: u32) -> bool {
        self.words[member as usize / 64] >> (member % 64) & 1 == 1
    }

    pub(super) fn and(mut self, other: &Self) -> Self {
        self.words.iter_mut().zip(&other.words).for_each(|(a, b)| *a &= b);
        self
    }

    pub(super) fn or(mut self, other: &Self) -> Self {
        self.words.iter_mut().zip(&other.words).for_each(|(a, b)| *a |= b);
        self
    }

    pub(super) fn without(mut self, other: &Self) -> Self {
        self.words.iter_mut().zip(&other.words).for_each(|(a, b)| *a &= !b);
        self
    }

    pub(super) fn len(&self) -> usize {
        self.words.iter().map(|w| w.count_ones() as usize).sum()
    }

    /// The members, rising.
    pub(super) fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.words.iter().enumerate().flat_map(|(i, &word)| {
            let mut word = word;
            std::iter::from_fn(move || {
                (word != 0).then(|| {
                    let bit = word.trailing_zeros();
                    word &= word - 1;
                    i as u32 * 64 + bit
                })
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_behave_as_sets() {
        let (a, b) = (Bits::of(130, [0, 63, 64, 129]), Bits::of(130, [63, 100]));
        assert_eq!(a.clone().and(&b).iter().collect::<Vec<_>>(), [63]);
        assert_eq!(a.clone().or(&b).len(), 5);
        assert_eq!(a.clone().without(&b).iter().collect::<Vec<_>>(), [0, 64, 129]);
        assert!(a.has(129) && !a.has(128));
    }
}
