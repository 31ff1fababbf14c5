//! Trains word vectors on texts, and tunes them to suggestions and the clauses that carry them; the same bytes at any number of
//! threads.
//!
//! The texts are cut into words side by side; the descent itself is one stream, step after step. Shards trained side by side
//! and averaged were tried: they are quicker and learn less (docs/linking.md has the figures).

use super::carried::{Carried, joined, mixed};
use super::skipgram::Descent;
use super::vectors::Vectors;
use crate::segment::Segmenter;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

/// How to train.
#[derive(Debug, Clone, PartialEq)]
pub struct Training {
    /// Components of a vector.
    pub dimensions: usize,
    /// Words to either side that count as company, at most.
    pub window: usize,
    /// Drawn words for each true one.
    pub negative: usize,
    /// Times that the texts are gone through.
    pub epochs: usize,
    /// Fewest occurrences of a word.
    pub min_count: u32,
    /// Most words, the commonest first.
    pub most: usize,
    /// Words more common than this share are skipped now and then.
    pub subsample: f64,
}

impl Default for Training {
    fn default() -> Self {
        Self { dimensions: 128, window: 6, negative: 8, epochs: 10, min_count: 4, most: 52_000, subsample: 1e-4 }
    }
}

/// Paragraphs as words of a vocabulary.
struct Corpus {
    words: Vec<(String, u32)>,
    counts: Vec<u64>,
    paragraphs: Vec<Vec<u32>>,
    mixed: [Vec<Vec<u32>>; 2],
    seen: u64,
}

/// Vectors files: tuned to all pairs, and, where there are pairs, for each half of them one tuned to the other half alone.
#[derive(Debug, Clone)]
pub struct Trained {
    /// Tuned to all pairs.
    pub all: Vec<u8>,
    /// Tuned to the pairs of the other half: what is fitted to a half wants vectors that have not seen it.
    pub halves: Option<[Vec<u8>; 2]>,
}

/// Trains on texts, then on suggestions with the clauses that carry them, and gives the bytes of vectors files. The same
/// paragraph counts once. `progress` is told the share that is done, 0 to 1.
pub fn train(
    texts: &[String],
    pairs: &[Vec<Carried>; 2],
    segmenter: &Segmenter,
    how: &Training,
    progress: impl FnMut(f64),
) -> Trained {
    let corpus = read(texts, pairs, segmenter, how);
    let mut descent = Descent::new(&corpus.counts, how);
    descent.learn(&corpus.paragraphs, progress);
    let file = |vectors: &[f32]| Vectors::write(&corpus.words, vectors, how.dimensions, corpus.seen);
    let tuned = |paragraphs: &[Vec<u32>]| file(&descent.tuned(paragraphs));
    let [first, second] = &corpus.mixed;
    let both = [&first[..], second].concat();
    if both.is_empty() {
        return Trained { all: tuned(&both), halves: None };
    }
    let (all, (first, second)) = rayon::join(|| tuned(&both), || rayon::join(|| tuned(second), || tuned(first)));
    Trained { all, halves: Some([first, second]) }
}

/// Cuts the texts into words and keeps the commonest.
fn read(texts: &[String], pairs: &[Vec<Carried>; 2], segmenter: &Segmenter, how: &Training) -> Corpus {
    let mut known = FxHashSet::default();
    let lines: Vec<&str> =
        texts.iter().flat_map(|t| t.lines()).map(str::trim).filter(|l| l.len() > 9 && known.insert(*l)).collect();
    let cut: Vec<Vec<String>> =
        lines.par_iter().map(|l| segmenter.words(l).into_iter().map(|t| t.term).collect()).collect();
    let joined = pairs.each_ref().map(|half| joined(half, segmenter));
    let mut tally: FxHashMap<&str, (u64, u32)> = FxHashMap::default();
    for words in cut.iter().chain(joined.iter().flatten()) {
        let mut once = FxHashSet::default();
        for word in words {
            let entry = tally.entry(word).or_default();
            entry.0 += 1;
            entry.1 += u32::from(once.insert(word));
        }
    }
    let mut order: Vec<(&str, u64, u32)> = tally.into_iter().map(|(w, (n, df))| (w, n, df)).collect();
    order.retain(|(word, n, _)| *n >= how.min_count.into() && word.len() <= 60);
    order.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    order.truncate(how.most);
    let index: FxHashMap<&str, u32> = order.iter().zip(0..).map(|((w, ..), i)| (*w, i)).collect();
    let numbers = |p: &Vec<String>| p.iter().map(|w| index.get(w.as_str()).copied()).collect::<Vec<Option<u32>>>();
    Corpus {
        words: order.iter().map(|(w, _, df)| ((*w).to_owned(), *df)).collect(),
        counts: order.iter().map(|(_, n, _)| *n).collect(),
        paragraphs: cut.iter().map(|p| numbers(p).into_iter().flatten().collect()).collect(),
        mixed: joined.each_ref().map(|half| mixed(&half.iter().map(numbers).collect::<Vec<_>>())),
        seen: (lines.len() + pairs.iter().flatten().count()) as u64,
    }
}

#[cfg(test)]
mod tests {
    use super::super::vectors::dot;
    use super::*;

    #[test]
    fn words_in_the_same_company_come_near_and_threads_change_nothing() {
        let company = [["河流", "湖泊"], ["教师", "医生"]];
        let words = [["污染", "治理", "环境"], ["工资", "待遇", "岗位"]];
        let lines: String = (0..600)
            .map(|i| {
                let [a, b, c] = words[i % 2];
                format!("{a}，{}，{b}，{c}，{i}\n", company[i % 2][i / 2 % 2])
            })
            .collect();
        let how = Training { dimensions: 16, epochs: 8, min_count: 2, subsample: 1.0, ..Training::default() };
        let segmenter = Segmenter::new(None).unwrap();
        let texts = [lines];
        let run = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| train(&texts, &[Vec::new(), Vec::new()], &segmenter, &how, |_| ()).all)
        };
        let bytes = run(1);
        assert_eq!(bytes, run(3));
        let vectors = Vectors::read(&bytes).unwrap();
        let near = |a: &str, b: &str| {
            let row = |w| vectors.vector(vectors.row(w).unwrap_or_else(|| panic!("{w}")));
            dot(row(a), row(b))
        };
        assert!(near("河流", "湖泊") > near("河流", "医生"));
    }

    #[test]
    fn pairs_bring_the_words_of_both_sides_near_except_in_the_vectors_kept_apart() {
        let lines =
            |words: [&str; 3]| (0..200).map(|i| format!("{}，{}，{}，{i}\n", words[0], words[1], words[2])).collect();
        let texts: [String; 2] = [lines(["渡口", "木桩", "更换"]), lines(["医生", "待遇", "工资"])];
        let pair = Carried { suggestion: "更换渡口木桩".into(), clause: "医生工资待遇".into() };
        let how = Training { dimensions: 16, epochs: 8, min_count: 2, subsample: 1.0, ..Training::default() };
        let segmenter = Segmenter::new(None).unwrap();
        let trained = train(&texts, &[vec![pair; 80], Vec::new()], &segmenter, &how, |_| ());
        let near = |bytes: &[u8]| {
            let vectors = Vectors::read(bytes).unwrap();
            let row = |w| vectors.vector(vectors.row(w).unwrap_or_else(|| panic!("{w}")));
            dot(row("渡口"), row("医生"))
        };
        let [first, second] = trained.halves.as_ref().unwrap();
        assert!(near(&trained.all) > near(first) + 0.1, "{} {}", near(&trained.all), near(first));
        assert!(near(second) > near(first) + 0.1);
    }
}
