//! The audit holds: one change at a time to the bundled summaries (a figure, a proposal's number or title, a policy's title, a 文号, a
//! date), and the claim that the change makes false or uncheckable gets another verdict, while the claims that it does not touch keep
//! theirs.
//!
//! What a change does to a claim is told by rules from the answer key, never from the verdicts: a figure by the sums and quotients in
//! the key's remark, a name by whether the corpus has the new one and whether number and title belong together, a date by the day of
//! publication and by the act's own date. Left out are changes that no source here can tell: figures that only the ledger or the world
//! knows (全年新增3家), and one false thing in the place of another.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use suyuan::document::{Document, Entry, Kind, Library, Span, Verdict};
use suyuan::ingest;
use suyuan::link::Models;
use suyuan::parse::{self, claim::figures, docnumber};
use suyuan::segment::Segmenter;
use suyuan::verify::{Finder, Verification, verify};

/// A claim of the answer key.
struct Key {
    span: Span,
    verdict: String,
    remark: String,
}

/// One change to a summary.
#[derive(Debug, Clone)]
struct Change {
    sort: &'static str,
    place: Span,
    new: String,
    /// Where the claims stand that it makes false or uncheckable; none where the rules cannot tell.
    broken: Vec<Span>,
}

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

fn read(path: &Path, kind: Option<Kind>) -> Vec<Document> {
    let found = ingest::discover(&[path.to_owned()]);
    let options = ingest::Options { kind, ..ingest::Options::default() };
    found.files.iter().flat_map(|file| ingest::read(file, &options).0).collect()
}

fn library() -> Library {
    let documents = read(&corpus(), None).into_iter();
    Library::new(documents.map(|document| Entry { parsed: parse::parse(&document), document }).collect())
}

/// A summary read from a file of its own, as the command reads it.
fn summary(folder: &Path, text: &str) -> Document {
    let path = folder.join("summary.txt");
    std::fs::write(&path, text).expect("the temporary folder is writable");
    read(&path, Some(Kind::Report)).remove(0)
}

fn key(report: &str, text: &str) -> Vec<Key> {
    let mut reader = csv::Reader::from_path(corpus().join("expected_claims.csv")).expect("the key is in the corpus");
    let rows = reader.deserialize::<BTreeMap<String, String>>().map(|row| row.expect("the key is well-formed"));
    let mut from = 0;
    let place = |row: BTreeMap<String, String>| {
        let quote = &row["claim_quote"];
        let start = from + text[from..].find(quote.as_str()).expect("the key quotes the report in its order");
        from = start;
        Key {
            span: Span::new(start, start + quote.len()),
            verdict: row["verdict"].clone(),
            remark: row["remark"].clone(),
        }
    };
    rows.filter(|row| row["report"] == report).map(place).collect()
}

/// The claims that stand: only these can be made false. Those that fall can still be made uncheckable.
fn stands(key: &Key) -> bool {
    ["consistent", "supported", "partly"].contains(&key.verdict.as_str())
}

/// `6+5+51=62`, `109/148=73.65%` and `(30-20)/20=50%` in a remark: the left side, what it comes to, and whether that is a rate.
struct Formula {
    left: String,
    value: String,
    rate: bool,
}

fn formulas(remark: &str) -> Vec<Formula> {
    let mut found = Vec::new();
    for part in remark.split(|c: char| !(c.is_ascii_digit() || "+-/=.%()".contains(c))) {
        let Some((left, right)) = part.split_once('=') else { continue };
        let (left, value) = if right.contains(['+', '-', '/']) { (right, left) } else { (left, right) };
        let rate = value.ends_with('%');
        let value = value.trim_end_matches(['%', '.']);
        if left.contains(['+', '-', '/']) && value.parse::<f64>().is_ok() {
            found.push(Formula { left: left.to_owned(), value: value.to_owned(), rate });
        }
    }
    found
}

/// A sum, a difference or a quotient of numbers, with brackets around the numerator.
fn worth(formula: &str) -> f64 {
    let sum = |s: &str| -> f64 {
        let s = s.trim_matches(['(', ')']);
        let minus: Vec<&str> = s.split('-').collect();
        let plus = |s: &str| s.split('+').map(|t| t.parse::<f64>().unwrap_or(f64::NAN)).sum::<f64>();
        plus(minus[0]) - minus[1..].iter().map(|t| plus(t)).sum::<f64>()
    };
    match formula.split_once('/') {
        Some((part, base)) => 100.0 * sum(part) / sum(base),
        None => sum(formula),
    }
}

impl Formula {
    /// Whether it still holds with the number `old` replaced by `new`: a sum exactly, a rate within one unit of its last digit.
    fn holds(&self, old: &str, new: &str) -> bool {
        let replaced = |s: &str| -> String {
            let mut out = String::new();
            for piece in s.split_inclusive(|c: char| !c.is_ascii_digit() && c != '.') {
                let number = piece.trim_end_matches(|c: char| !c.is_ascii_digit() && c != '.');
                out.push_str(if number == old { new } else { number });
                out.push_str(&piece[number.len()..]);
            }
            out
        };
        let value: f64 = replaced(&self.value).parse().unwrap_or(f64::NAN);
        let slack = if self.rate { 0.1 } else { 1e-6 };
        (worth(&replaced(&self.left)) - value).abs() <= slack
    }

    /// Whether `printed` is what it comes to, as the summary rounds it.
    fn gives(&self, printed: &str) -> bool {
        let value = |s: &str| s.parse::<f64>().unwrap_or(f64::NAN);
        self.rate && (value(&self.value) - value(printed)).abs() <= 0.1
    }
}

/// Other figures in the place of `digits`: one more, one less, ten more, doubled, two digits exchanged.
fn others(digits: &str) -> Vec<String> {
    let Ok(value) = digits.parse::<f64>() else { return Vec::new() };
    let decimals = digits.split_once('.').map_or(0, |(_, d)| d.len());
    let shown = |v: f64| format!("{v:.decimals$}");
    let mut found: Vec<String> = [value + 1.0, value - 1.0, value + 10.0, value * 2.0].into_iter().map(shown).collect();
    let chars: Vec<char> = digits.chars().collect();
    for i in 1..chars.len() {
        if chars[i].is_ascii_digit() && chars[i - 1].is_ascii_digit() && chars[i] != chars[i - 1] {
            let mut swapped = chars.clone();
            swapped.swap(i - 1, i);
            found.push(swapped.into_iter().collect());
            break;
        }
    }
    found.retain(|f| f != digits && f.parse::<f64>().is_ok_and(|v| v > 0.0));
    found.dedup();
    found
}

/// Whether the percentage at byte `at` is a share or a rate of something, which cannot be above 100.
fn share(text: &str, at: usize) -> bool {
    let clause = text[..at].rfind(['。', '，', ',', '；', '\n', '、']).map_or(0, |i| i);
    let before = &text[clause..at];
    text[at..].find('%').is_some_and(|i| i < 12)
        && (before.contains('率') || before.trim_end_matches(['近', '超', '约']).ends_with('占'))
}

/// Figures of the key's claims, where the key says what they must come to.
fn changed_figures(text: &str, keys: &[Key]) -> Vec<Change> {
    let mut changes = Vec::new();
    for key in keys {
        let formulas = formulas(&key.remark);
        for figure in figures(text, key.span) {
            let printed = figure.span.of(text);
            let digits: String = printed
                .chars()
                .filter(|c| c.is_ascii_digit() || *c == '.')
                .collect::<String>()
                .trim_matches('.')
                .into();
            let Some(at) = printed.find(digits.as_str()).filter(|_| !digits.is_empty()) else { continue };
            let place = Span::new(figure.span.start + at, figure.span.start + at + digits.len());
            // What the ledger alone knows is unverifiable here, and can still be made absurd.
            let already = key.verdict == "inconsistent" && !key.remark.contains("台账");
            for new in others(&digits) {
                let falsified = formulas.iter().any(|f| {
                    let old = if f.gives(&digits) { f.value.as_str() } else { digits.as_str() };
                    f.holds(old, old) && !f.holds(old, &new)
                });
                let above = share(text, figure.span.start) && new.parse::<f64>().is_ok_and(|v| v > 100.0);
                let broken =
                    if (falsified && stands(key)) || (above && !already) { vec![key.span] } else { Vec::new() };
                changes.push(Change { sort: "figure", place, new, broken });
            }
        }
    }
    changes
}

/// What the rules need to know of the corpus.
struct Known<'a> {
    library: &'a Library,
}

impl Known<'_> {
    fn proposals(&self) -> impl Iterator<Item = &Document> {
        self.library.of_kind(Kind::Proposal).map(|e| &e.document)
    }

    fn policies(&self) -> impl Iterator<Item = &Document> {
        self.library.of_kind(Kind::Policy).map(|e| &e.document)
    }
}

/// The claims of the key around `place`; where none quotes it, those of its clause.
fn around(text: &str, keys: &[Key], place: Span, wanted: impl Fn(&Key) -> bool) -> Vec<Span> {
    let start = text[..place.start].rfind(['。', '；', ';', '\n']).map_or(0, |i| i);
    let end = text[place.end..].find(['。', '；', ';', '\n']).map_or(text.len(), |i| place.end + i);
    let over = |span: Span| keys.iter().filter(move |k| k.span.overlap(span) > 0).collect::<Vec<_>>();
    let quoting = over(place);
    let concerned = if quoting.is_empty() { over(Span::new(start, end)) } else { quoting };
    if concerned.is_empty() && text[place.end..end].contains("月印发") {
        // The day of issue of an act is a claim of its own, which the key leaves out.
        return vec![place];
    }
    concerned.into_iter().filter(|k| wanted(k)).map(|k| k.span).collect()
}

/// A claim that names something that is there can be made uncheckable, unless it waits for a source already or is contradicted.
fn checkable(key: &Key) -> bool {
    !["missing_source", "unverifiable", "inconsistent"].contains(&key.verdict.as_str()) && !key.remark.contains("不符")
}

/// Other numbers for every proposal named with one.
fn changed_numbers(report: &Document, keys: &[Key], known: &Known<'_>) -> Vec<Change> {
    let text = &report.text;
    let mut changes = Vec::new();
    let own: BTreeSet<String> = known.proposals().filter_map(|d| d.number.as_ref()).map(|n| n.value.clone()).collect();
    let same_session = |d: &&Document| {
        let of = |s: &Option<suyuan::document::Session>| s.as_ref().map(|s| s.term);
        of(&d.session) == of(&report.session) || report.session.is_none()
    };
    let peers: Vec<String> =
        known.proposals().filter(same_session).filter_map(|d| d.number.as_ref()).map(|n| n.value.clone()).collect();
    let mut places: Vec<Span> = docnumber::proposal_numbers(text).into_iter().map(|n| n.span).collect();
    for (at, _) in text.match_indices('号') {
        let digits = text[..at].len() - text[..at].trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let start = at - digits;
        let bracket = text[..start].ends_with(['〕', ']', '〔']);
        if (3..=5).contains(&digits) && !bracket && !places.iter().any(|p| p.overlap(Span::new(start, at)) > 0) {
            places.push(Span::new(start, at));
        }
    }
    places.sort();
    for place in places {
        let printed = place.of(text);
        let Some(from) = printed.find(|c: char| c.is_ascii_digit()) else { continue };
        let digits: String = printed[from..].chars().take_while(char::is_ascii_digit).collect();
        let place = Span::new(place.start + from, place.start + from + digits.len());
        let titled = text[place.end..].trim_start_matches('号').starts_with('《');
        let width = digits.len();
        let shown = |value: u32| format!("{value:0width$}");
        let value: u32 = digits.parse().expect("digits are a number");
        let absent: Vec<String> =
            (1..).map(|i| shown(value + i)).filter(|n| !own.iter().any(|o| same(o, n))).take(3).collect();
        let present = peers.iter().filter(|p| !same(p, &digits)).take(2).map(|p| shown(p.parse().unwrap_or(1)));
        for new in absent {
            let broken = around(text, keys, place, checkable);
            changes.push(Change { sort: "proposal number, not in the corpus", place, new, broken });
        }
        for new in present {
            // Of another proposal: with a title a contradiction; without, the other proposal does not ask for it.
            let broken = around(text, keys, place, |k| if titled { checkable(k) } else { stands(k) });
            changes.push(Change { sort: "proposal number, another's", place, new, broken });
        }
    }
    changes
}

fn same(a: &str, b: &str) -> bool {
    docnumber::same_proposal(a, b)
}

/// Other titles for every proposal and policy named by one.
fn changed_titles(text: &str, keys: &[Key], known: &Known<'_>) -> Vec<Change> {
    let mut changes = Vec::new();
    for (at, _) in text.match_indices('《') {
        let Some(length) = text[at..].find('》') else { continue };
        let place = Span::new(at + '《'.len_utf8(), at + length);
        let title = place.of(text);
        let proposal = ["提案", "建议", "建议案"].iter().any(|e| title.ends_with(e));
        let sort = if proposal { "proposal's title" } else { "policy's title" };
        // A word exchanged in the middle, which no title of the corpus has.
        let chars: Vec<char> = title.chars().collect();
        let middle = chars.len() / 2;
        let exchanged: String =
            chars[..middle - 1].iter().collect::<String>() + "航运" + &chars[middle + 1..].iter().collect::<String>();
        let other = if proposal {
            known.proposals().map(|d| d.title.clone()).find(|t| !t.contains(title) && !text.contains(t.as_str()))
        } else {
            let act = |t: &str| t.rsplit("印发").next().unwrap_or(t).trim_end_matches("的通知").to_owned();
            known.policies().map(|d| act(&d.title)).find(|t| !t.contains(title) && !title.contains(t.as_str()))
        };
        let shorter: String = chars[..2].iter().chain(&chars[5.min(chars.len())..]).collect();
        for new in [Some(exchanged), Some(shorter), other].into_iter().flatten() {
            let wanted = |k: &Key| {
                checkable(k) && (proposal || k.verdict != "not_found" || !text[..place.start].ends_with("被《"))
            };
            changes.push(Change { sort, place, new, broken: around(text, keys, place, wanted) });
        }
    }
    changes
}

/// Other 文号: the next serial number, another year, another code.
fn changed_document_numbers(text: &str, keys: &[Key]) -> Vec<Change> {
    let mut changes = Vec::new();
    for found in docnumber::doc_numbers(text) {
        let printed = found.span.of(text);
        let digits: Vec<(usize, char)> = printed.char_indices().filter(|(_, c)| c.is_ascii_digit()).collect();
        let Some(&(year, _)) = digits.first() else { continue };
        let at = |i: usize| found.span.start + i;
        let replace = |from: usize, to: usize, new: &str| (Span::new(at(from), at(to)), new.to_owned());
        let mut edits = vec![replace(year + 2, year + 4, "19")];
        if let Some(close) = printed.find('〕') {
            let start = close + '〕'.len_utf8();
            let end = printed.find('号').unwrap_or(printed.len());
            let serial: u32 = printed[start..end].trim().parse().unwrap_or(1);
            edits.push(replace(start, end, &(serial + 1).to_string()));
            edits.push(replace(start, end, &(serial + 40).to_string()));
        } else {
            // The closing bracket is lost: the digits behind the year are the serial number.
            edits.push(replace(year + 4, digits.last().map_or(year + 4, |d| d.0 + 1), "77"));
        }
        let code: String = printed.chars().take_while(|c| *c != '〔').collect();
        let first = code.chars().next().map_or(0, char::len_utf8);
        edits.push(replace(0, first, if code.starts_with('津') { "渝" } else { "津" }));
        for (place, new) in edits {
            changes.push(Change { sort: "文号", place, new, broken: around(text, keys, found.span, checkable) });
        }
        // A number of an act not named by a claim of the key still belongs to the title before it.
    }
    changes
}

/// Other dates: a cut-off after publication, an impossible one, a publication before a cut-off.
fn changed_dates(text: &str, keys: &[Key]) -> Vec<Change> {
    let mut changes = Vec::new();
    let month = |at: usize| {
        let digits: String = text[at..].chars().take_while(char::is_ascii_digit).collect();
        Span::new(at, at + digits.len())
    };
    let cut_offs: Vec<Span> =
        text.match_indices("截至").map(|(at, m)| month(at + m.len())).filter(|s| !s.is_empty()).collect();
    let claim_at = |place: Span| -> Vec<Span> {
        let sentence = text[..place.start].rfind(['。', '\n']).unwrap_or(0);
        let end = text[place.end..].find('。').map_or(text.len(), |e| place.end + e);
        let in_key = around(text, keys, Span::new(place.start, end), |k| k.span.start <= end);
        if in_key.is_empty() { vec![Span::new(sentence, end)] } else { in_key[..1].to_vec() }
    };
    for &place in &cut_offs {
        for new in ["12", "13", "15"] {
            let after = if new == "12" { "底" } else { "" };
            let part: String = text[place.end + '月'.len_utf8()..].chars().take(1).collect();
            let late = new != "12" || part == after || part == "底" || text.contains("2023-12-05");
            let broken = if late { claim_at(place) } else { Vec::new() };
            changes.push(Change { sort: "date", place, new: new.into(), broken });
        }
    }
    // The day of publication, put before the cut-offs: the last date printed as such.
    let published = text
        .find("发布时间:")
        .map(|at| at + "发布时间:".len() + "2023-".len())
        .or_else(|| text.rfind("2023年12月").map(|at| at + "2023年".len()));
    if let Some(at) = published {
        for new in ["05", "06", "07"] {
            let broken = cut_offs.iter().flat_map(|&c| claim_at(c)).collect();
            changes.push(Change { sort: "date", place: month(at), new: new.into(), broken });
        }
    }
    // 于5月印发: the month of the act's own date.
    for (at, m) in text.match_indices('于') {
        let place = month(at + m.len());
        if !place.is_empty() && text[place.end..].starts_with("月印发") {
            for new in ["3", "4", "7", "9", "13"] {
                changes.push(Change { sort: "date", place, new: new.into(), broken: vec![Span::new(at, place.end)] });
            }
        }
    }
    changes
}

fn changes(report: &Document, keys: &[Key], library: &Library) -> Vec<Change> {
    let known = Known { library };
    let text = &report.text;
    let mut all = changed_figures(text, keys);
    all.extend(changed_numbers(report, keys, &known));
    all.extend(changed_titles(text, keys, &known));
    all.extend(changed_document_numbers(text, keys));
    all.extend(changed_dates(text, keys));
    all.sort_by(|a, b| (a.place, &a.new).cmp(&(b.place, &b.new)));
    all.dedup_by(|a, b| a.place == b.place && a.new == b.new);
    // Where the rules tell nothing, two changes of a place are enough to see that nothing else moves.
    let mut untold: BTreeMap<Span, usize> = BTreeMap::new();
    all.retain(|c| {
        let seen = untold.entry(c.place).or_default();
        *seen += usize::from(c.broken.is_empty());
        !c.broken.is_empty() || *seen <= 2
    });
    all
}

/// A span of the unchanged text, in the changed text.
fn moved(span: Span, change: &Change) -> Span {
    let shift = |at: usize| {
        if at >= change.place.end { at + change.new.len() - change.place.len() } else { at }
    };
    Span::new(shift(span.start), shift(span.end))
}

fn judged(document: &Document, library: &Library, finder: &mut Finder<'_>) -> Vec<Verification> {
    let links = finder.links(document).expect("the corpus can be linked");
    verify(document, library, &links).claims
}

fn overlapping(found: &[Verification], span: Span) -> Vec<Verdict> {
    found.iter().filter(|v| v.claim.span.overlap(span) > 0).map(|v| v.verdict).collect()
}

/// Whether a claim leans on what was changed without standing around it: a worked line shows the old figure, or a word such as 该方案
/// stands for the changed name.
fn leans(claim: &Verification, old: &str, text: &str) -> bool {
    let figure = |c: &suyuan::verify::Check| {
        let line = c.line(suyuan::document::Lang::Zh);
        line.split(|c: char| !c.is_ascii_digit() && c != '.').any(|n| n == old)
    };
    let printed = claim.claim.span.of(text);
    let named =
        claim.claim.proposals.iter().flat_map(|p| [p.title.clone(), p.number.as_ref().map(|n| n.printed.clone())]);
    let acts =
        claim.claim.policies.iter().flat_map(|p| [p.title.clone(), p.number.as_ref().map(|n| n.printed.clone())]);
    let back = named.chain(acts).flatten().any(|name| name.contains(old) && !printed.contains(&name));
    claim.checks.iter().any(figure) || back
}

#[derive(Default)]
struct Tally {
    made: usize,
    seen: usize,
    missed: Vec<String>,
    disturbed: Vec<String>,
    leaning: usize,
    untold: usize,
    by_sort: BTreeMap<&'static str, (usize, usize)>,
}

fn run(report: &str, library: &Library, finder: &mut Finder<'_>, tally: &mut Tally) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let original = &library.get(report).expect("the report is in the corpus").document;
    let text = &original.text;
    let keys = key(report, text);
    let base = judged(&summary(folder.path(), text), library, finder);
    for change in changes(original, &keys, library) {
        let mut new = text.clone();
        new.replace_range(change.place.range(), &change.new);
        let document = summary(folder.path(), &new);
        let found = judged(&document, library, finder);
        let old = change.place.of(text);
        let line = text[..change.place.start].rfind(['。', '\n', '，', ',', '；', ';']).map_or(0, |i| i);
        let end =
            text[change.place.end..].find(['。', '\n', '，', ',', '；']).map_or(text.len(), |i| change.place.end + i);
        let shown = |verdicts: &[Verdict]| verdicts.iter().map(|v| v.name()).collect::<Vec<_>>().join(" ");
        if change.broken.is_empty() {
            tally.untold += 1;
        }
        for &span in &change.broken {
            tally.made += 1;
            let (was, is) = (overlapping(&base, span), overlapping(&found, moved(span, &change)));
            let entry = tally.by_sort.entry(change.sort).or_default();
            entry.0 += 1;
            if was == is {
                let place = &text[line..end].trim();
                tally.missed.push(format!("{}: {old} → {} in {place} ({})", change.sort, change.new, shown(&was)));
            } else {
                tally.seen += 1;
                entry.1 += 1;
            }
        }
        let touched = |v: &&Verification| {
            v.claim.span.overlap(change.place) > 0 || change.broken.iter().any(|b| b.overlap(v.claim.span) > 0)
        };
        for claim in base.iter().filter(|v| !touched(v)) {
            let span = moved(claim.claim.span, &change);
            let same = found.iter().any(|f| f.claim.span == span && f.verdict == claim.verdict);
            if !same && leans(claim, old, text) {
                tally.leaning += 1;
            } else if !same {
                let is = overlapping(&found, span);
                let claim = format!("{} ({})", claim.claim.span.of(text), claim.verdict.name());
                tally.disturbed.push(format!("{}: {old} → {}: {claim} became {}", change.sort, change.new, shown(&is)));
            }
        }
    }
}

#[test]
fn a_change_that_breaks_a_claim_changes_its_verdict_and_no_other() {
    let library = library();
    let segmenter = Segmenter::new(None).expect("the dictionary is built in");
    let mut finder = Finder::new(&library, &segmenter, &Models::bundled()).expect("the corpus can be linked");
    let mut tally = Tally::default();
    for report in ["finance-bureau-2023", "huaize-2023"] {
        run(report, &library, &mut finder, &mut tally);
    }
    let share = tally.seen as f64 / tally.made.max(1) as f64;
    println!(
        "{} changes that break a claim, {} seen ({:.3}); {} changes of which the rules tell nothing; {} claims lean on a change",
        tally.made, tally.seen, share, tally.untold, tally.leaning
    );
    for (sort, (made, seen)) in &tally.by_sort {
        println!("  {sort}: {seen} of {made}");
    }
    tally.missed.iter().for_each(|m| println!("  missed: {m}"));
    tally.disturbed.iter().for_each(|d| println!("  disturbed: {d}"));
    assert!(tally.made >= 200, "{} changes are too few", tally.made);
    assert!(share >= 0.95, "{share:.3} of the changes that break a claim are seen");
    assert!(tally.disturbed.is_empty(), "{} claims that nothing touched changed", tally.disturbed.len());
}
