//! The measures of association, keyness and dispersion: pure functions of counts, each with its source.

/// A two-by-two table of counts, as its first cell, its margins and its total.
///
/// For collocation the rows are the places near the node and the others, the columns the collocate and all other words
/// (Evert 2008, *Corpora and collocations*).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contingency {
    /// Observed together.
    pub both: u64,
    /// The first row: all places near the node.
    pub row: u64,
    /// The first column: the collocate anywhere.
    pub column: u64,
    /// All places.
    pub total: u64,
}

impl Contingency {
    /// How often both would be seen together by chance.
    pub fn expected(self) -> f64 {
        self.row as f64 * self.column as f64 / (self.total as f64).max(1.0)
    }

    /// The log-likelihood ratio G² (Dunning 1993, *Accurate methods for the statistics of surprise and coincidence*):
    /// 2 Σ O ln(O/E) over the four cells. Above 10.83 chance is rejected at p < .001 (χ², one degree of freedom).
    pub fn log_likelihood(self) -> f64 {
        let Self { both, row, column, total } = self;
        let (row_rest, column_rest) = (total - row, total - column);
        let cells = [
            (both, row, column),
            (row - both, row, column_rest),
            (column - both, row_rest, column),
            (row_rest + both - column, row_rest, column_rest),
        ];
        let cell = |(observed, row, column): (u64, u64, u64)| {
            surprise(observed, row as f64 * column as f64 / total as f64) //
        };
        2.0 * cells.into_iter().map(cell).sum::<f64>()
    }

    /// Pointwise mutual information in bits (Church and Hanks 1990, *Word association norms*): log₂ (O/E); minus infinity
    /// where both are never seen together.
    pub fn pmi(self) -> f64 {
        (self.both as f64 / self.expected()).log2()
    }

    /// PMI over −log₂ of the probability of both (Bouma 2009, *Normalized (pointwise) mutual information*): −1 never
    /// together, 0 independent, 1 never apart.
    pub fn npmi(self) -> f64 {
        if self.both == 0 {
            return -1.0;
        }
        let bits = -(self.both as f64 / self.total as f64).log2();
        if bits == 0.0 { 1.0 } else { self.pmi() / bits }
    }
}

/// O ln(O/E), 0 where nothing was observed.
fn surprise(observed: u64, expected: f64) -> f64 {
    if observed == 0 { 0.0 } else { observed as f64 * (observed as f64 / expected).ln() }
}

/// How often a word stands in two corpora of known sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frequencies {
    /// In the corpus studied.
    pub study: u64,
    /// Words of the corpus studied.
    pub study_size: u64,
    /// In the reference corpus.
    pub reference: u64,
    /// Words of the reference corpus.
    pub reference_size: u64,
}

impl Frequencies {
    /// Keyness by log-likelihood (Rayson and Garside 2000, *Comparing corpora using frequency profiling*):
    /// 2 Σ O ln(O/E) over the two corpora. How sure the difference is.
    pub fn log_likelihood(self) -> f64 {
        let rate = (self.study + self.reference) as f64 / (self.study_size + self.reference_size) as f64;
        let study = surprise(self.study, rate * self.study_size as f64);
        2.0 * (study + surprise(self.reference, rate * self.reference_size as f64))
    }

    /// Log ratio (Hardie 2014, *Log ratio: an informal introduction*): log₂ of the ratio of the relative frequencies, half a
    /// token standing for none. How large the difference is: each point is a doubling.
    pub fn log_ratio(self) -> f64 {
        let rate = |count: u64, size: u64| if count == 0 { 0.5 } else { count as f64 } / size as f64;
        (rate(self.study, self.study_size) / rate(self.reference, self.reference_size)).log2()
    }
}

/// Occurrences per million words; 0 in an empty corpus.
pub fn per_million(count: u64, size: u64) -> f64 {
    if size == 0 { 0.0 } else { count as f64 * 1e6 / size as f64 }
}

/// One part of a corpus: how often the term stands in it, and how many words it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Occurrences.
    pub count: u64,
    /// Words.
    pub size: u64,
}

/// Deviation of proportions (Gries 2008, *Dispersions and adjusted frequencies in corpora*), normalised by its greatest
/// value, one less the smallest part's share (Lijffijt and Gries 2012): 0 spread as the parts' sizes are, 1 all in one place.
/// `None` without an occurrence.
pub fn deviation_of_proportions(parts: &[Part]) -> Option<f64> {
    let (count, size) = sums(parts);
    let parts = parts.iter().filter(|p| p.size > 0);
    let share = |p: &Part| p.size as f64 / size;
    let least = parts.clone().map(share).fold(1.0, f64::min);
    let apart: f64 = parts.map(|p| (p.count as f64 / count - share(p)).abs()).sum();
    (count > 0.0).then(|| if least < 1.0 { apart / 2.0 / (1.0 - least) } else { 0.0 })
}

/// Juilland's D (Juilland, Brodin and Davidovitch 1970, *Frequency dictionary of French words*) over the relative frequencies
/// of the parts, since these differ in size: 1 − V/√(n−1) with V the coefficient of variation. 1 even, 0 all in one part.
/// `None` without an occurrence, or with fewer than two parts.
pub fn juilland_d(parts: &[Part]) -> Option<f64> {
    let rates: Vec<f64> = parts.iter().filter(|p| p.size > 0).map(|p| p.count as f64 / p.size as f64).collect();
    let n = rates.len() as f64;
    let mean = rates.iter().sum::<f64>() / n;
    let deviation = (rates.iter().map(|r| (r - mean).powi(2)).sum::<f64>() / n).sqrt();
    (n > 1.0 && mean > 0.0).then(|| (1.0 - deviation / mean / (n - 1.0).sqrt()).clamp(0.0, 1.0))
}

fn sums(parts: &[Part]) -> (f64, f64) {
    let count: u64 = parts.iter().filter(|p| p.size > 0).map(|p| p.count).sum();
    (count as f64, parts.iter().map(|p| p.size).sum::<u64>() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() < 5e-5
    }

    #[test]
    fn log_likelihood_is_that_of_a_table_worked_by_hand() {
        // Cells 10, 20, 30, 40; margins 30, 70 and 40, 60; expected 12, 18, 28, 42.
        // 2 (10 ln(10/12) + 20 ln(20/18) + 30 ln(30/28) + 40 ln(40/42))
        // = 2 (-1.823216 + 2.107210 + 2.069786 - 1.951607) = 0.804346
        let table = Contingency { both: 10, row: 30, column: 40, total: 100 };
        assert!(near(table.expected(), 12.0));
        assert!(near(table.log_likelihood(), 0.804_35), "{}", table.log_likelihood());
    }

    #[test]
    fn mutual_information_counts_bits() {
        // 8 together where 2 are expected: log₂ 4; probability of both 8/64 = 2⁻³.
        let table = Contingency { both: 8, row: 8, column: 16, total: 64 };
        assert!(near(table.pmi(), 2.0) && near(table.npmi(), 2.0 / 3.0));
        assert!(near(Contingency { both: 4, row: 4, column: 4, total: 64 }.npmi(), 1.0), "never apart");
        assert!(near(Contingency { both: 0, row: 4, column: 4, total: 64 }.npmi(), -1.0), "never together");
        assert!(near(Contingency { both: 4, row: 16, column: 16, total: 64 }.npmi(), 0.0), "independent");
    }

    #[test]
    fn keyness_is_that_of_two_counts_worked_by_hand() {
        // 20 of 1,000 against 10 of 2,000: expected 10 and 20; 2 (20 ln 2 + 10 ln ½) = 20 ln 2.
        let counts = Frequencies { study: 20, study_size: 1000, reference: 10, reference_size: 2000 };
        assert!(near(counts.log_likelihood(), 13.862_94));
        assert!(near(counts.log_ratio(), 2.0), "four times as frequent");
        let never = Frequencies { reference: 0, ..counts };
        assert!(near(never.log_ratio(), 6.321_93), "log₂ (0.02 / 0.00025)");
        assert!(near(never.log_likelihood(), 40.0 * 3.0_f64.ln()));
    }

    #[test]
    fn deviation_of_proportions_is_that_of_three_parts_worked_by_hand() {
        // Shares of the corpus .5 .3 .2, of the occurrences .6 .4 0: (.1 + .1 + .2) / 2 = .2; over 1 − .2.
        let parts = [Part { count: 6, size: 50 }, Part { count: 4, size: 30 }, Part { count: 0, size: 20 }];
        assert!(deviation_of_proportions(&parts).is_some_and(|dp| near(dp, 0.25)));
        let one = [Part { count: 0, size: 50 }, Part { count: 3, size: 50 }];
        assert!(deviation_of_proportions(&one).is_some_and(|dp| near(dp, 1.0)));
        assert_eq!(deviation_of_proportions(&[Part { count: 0, size: 5 }]), None);
    }

    #[test]
    fn juillands_d_is_that_of_equal_parts_worked_by_hand() {
        // Counts 1 2 3 4 0 in equal parts: mean 2, population deviation √2, V = .70711; 1 − .70711 / 2.
        let parts: Vec<Part> = [1, 2, 3, 4, 0].map(|count| Part { count, size: 100 }).to_vec();
        assert!(juilland_d(&parts).is_some_and(|d| near(d, 0.646_45)));
        let one: Vec<Part> = [7, 0, 0].map(|count| Part { count, size: 10 }).to_vec();
        assert!(juilland_d(&one).is_some_and(|d| near(d, 0.0)));
    }

    proptest! {
        #[test]
        fn measures_stay_in_their_ranges(both in 0u64..50, a in 0u64..50, b in 0u64..50, rest in 1u64..500) {
            let table = Contingency { both, row: both + a, column: both + b, total: both + a + b + rest };
            prop_assert!(table.log_likelihood() >= -1e-9 && table.log_likelihood().is_finite());
            if table.row > 0 && table.column > 0 {
                prop_assert!((-1.0..=1.0 + 1e-9).contains(&table.npmi()));
            }
        }

        #[test]
        fn dispersion_lies_between_0_and_1(counts in proptest::collection::vec((0u64..20, 1u64..200), 2..12)) {
            let parts: Vec<Part> = counts.iter().map(|&(count, size)| Part { count, size }).collect();
            for value in [deviation_of_proportions(&parts), juilland_d(&parts)].into_iter().flatten() {
                prop_assert!((0.0..=1.0 + 1e-9).contains(&value), "{value}");
            }
        }
    }
}
