//! An inverted index in memory: for each term the clauses that have it, with how often.

/// Postings of all terms, laid end to end.
#[derive(Debug, Default)]
pub(super) struct Postings {
    starts: Vec<u32>,
    rows: Vec<u32>,
    counts: Vec<u8>,
}

impl Postings {
    /// Of `lists`: for each row its distinct terms with their counts. Terms are below `terms`.
    pub(super) fn new(lists: &[Vec<(u32, u8)>], terms: usize) -> Self {
        let mut starts = vec![0_u32; terms + 1];
        for (term, _) in lists.iter().flatten() {
            starts[*term as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let total = starts.last().copied().unwrap_or(0) as usize;
        let (mut rows, mut counts) = (vec![0; total], vec![0; total]);
        let mut next = starts.clone();
        for (list, row) in lists.iter().zip(0..) {
            for &(term, count) in list {
                let at = &mut next[term as usize];
                rows[*at as usize] = row;
                counts[*at as usize] = count;
                *at += 1;
            }
        }
        Self { starts, rows, counts }
    }

    /// The rows that have the term, rising, with how often.
    pub(super) fn of(&self, term: u32) -> impl Iterator<Item = (u32, u8)> + '_ {
        let range = self.range(term);
        self.rows[range.clone()].iter().copied().zip(self.counts[range].iter().copied())
    }

    /// How many rows have the term.
    pub(super) fn frequency(&self, term: u32) -> usize {
        self.range(term).len()
    }

    fn range(&self, term: u32) -> std::ops::Range<usize> {
        let at = term as usize;
        if at + 1 >= self.starts.len() {
            return 0..0;
        }
        self.starts[at] as usize..self.starts[at + 1] as usize
    }
}

/// A list of terms as distinct terms with counts, in the order of the terms.
pub(super) fn counted(mut terms: Vec<u32>) -> Vec<(u32, u8)> {
    terms.sort_unstable();
    let mut list: Vec<(u32, u8)> = Vec::with_capacity(terms.len());
    for term in terms {
        match list.last_mut() {
            Some((last, count)) if *last == term => *count = count.saturating_add(1),
            _ => list.push((term, 1)),
        }
    }
    list.shrink_to_fit();
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_gives_the_rows_that_have_it() {
        let postings = Postings::new(&[counted(vec![2, 0, 2]), counted(vec![1]), counted(vec![2])], 3);
        assert_eq!(postings.of(2).collect::<Vec<_>>(), [(0, 2), (2, 1)]);
        assert_eq!((postings.frequency(1), postings.frequency(9)), (1, 0));
    }
}
