//! Which document of a library a citation or a reference to a proposal means.
//!
//! Takes a [`Library`] once and answers many look-ups from its tables: by number, by title (with or without issuer, place,
//! edition, 关于 and the notice around an act), and by likeness for misprints. Says how it found the document and whether number
//! and title belong together. Refuses to guess between two documents of the same name where nothing decides.

use super::docnumber::same_proposal;
use super::session;
use super::title::{core, forms, pairs, request, shorts};
use crate::document::{Citation, Document, Entry, Kind, Library, ProposalRef, Session};
use rustc_hash::FxHashMap;

/// Two titles whose character pairs agree by this share (Dice 1945) are taken for one title misprinted.
const ALIKE: f64 = 0.8;

/// How a document was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// By its number.
    Number,
    /// By its title, or by the title of an act it carries.
    Title,
    /// By its title without place or issuer, or without its edition.
    Short,
    /// By a title that differs in a few characters.
    Near,
}

/// A document found.
#[derive(Debug, Clone, PartialEq)]
pub struct Resolved<'l> {
    /// The document.
    pub document: &'l Document,
    /// How it was found.
    pub how: How,
    /// Whether number and title, both given, do not belong together.
    pub conflict: bool,
    /// How many documents bear the same name; the latest was taken.
    pub namesakes: usize,
}

/// Looks up citations and references in one library.
#[derive(Debug)]
pub struct Resolver<'l> {
    entries: Vec<&'l Entry>,
    numbers: FxHashMap<&'l str, Vec<usize>>,
    titles: FxHashMap<String, Vec<usize>>,
    shorts: FxHashMap<String, Vec<usize>>,
    pairs: FxHashMap<[char; 2], Vec<usize>>,
}

impl<'l> Resolver<'l> {
    /// A resolver for the policies and proposals of `library`.
    pub fn new(library: &'l Library) -> Self {
        let wanted = |e: &&Entry| matches!(e.document.kind, Kind::Policy | Kind::Proposal);
        let entries: Vec<&Entry> = library.entries().iter().filter(wanted).collect();
        let mut resolver = Self {
            numbers: FxHashMap::default(),
            titles: FxHashMap::default(),
            shorts: FxHashMap::default(),
            pairs: FxHashMap::default(),
            entries,
        };
        for place in 0..resolver.entries.len() {
            resolver.add(place);
        }
        resolver
    }

    fn add(&mut self, place: usize) {
        let entry = self.entries[place];
        if let Some(number) = &entry.document.number {
            self.numbers.entry(&number.value).or_default().push(place);
        }
        let put = |table: &mut FxHashMap<String, Vec<usize>>, key: String| {
            if key.chars().count() >= 3 {
                let places = table.entry(key).or_default();
                if places.last() != Some(&place) {
                    places.push(place);
                }
            }
        };
        let proposal = entry.document.kind == Kind::Proposal;
        for name in names(entry) {
            for form in if proposal { vec![request(&name)] } else { forms(&name) } {
                put(&mut self.titles, form);
            }
            if !proposal {
                for short in shorts(&name) {
                    put(&mut self.shorts, short);
                }
            }
        }
        for pair in pairs(&core(&entry.document.title)) {
            self.pairs.entry(pair).or_default().push(place);
        }
    }

    /// The policy that `citation` means.
    pub fn citation(&self, citation: &Citation) -> Option<Resolved<'l>> {
        let number = citation.number.as_ref().map(|n| self.of_kind(self.numbers.get(n.value.as_str()), Kind::Policy));
        let numbered = number.unwrap_or_default();
        let titled = citation.title.as_deref().and_then(|t| self.titled(t));
        let shared = titled.as_ref().and_then(|(places, _)| numbered.iter().copied().find(|p| places.contains(p)));
        match (shared, titled) {
            (Some(place), _) => Some(self.found(place, How::Number, false, 1)),
            // A title that is there under another number: the title decides, and the conflict is told.
            (None, Some((places, how))) => {
                let place = self.latest(&places)?;
                let own = self.entries[place].document.number.as_ref();
                let other = citation
                    .number
                    .as_ref()
                    .zip(own)
                    .is_some_and(|(a, b)| a.value != b.value && !a.repaired && !b.repaired);
                Some(self.found(place, how, other || !numbered.is_empty(), places.len()))
            }
            (None, None) => {
                let place = self.latest(&numbered)?;
                Some(self.found(place, How::Number, citation.title.is_some(), numbered.len()))
            }
        }
    }

    /// The proposal that `reference` means; a number alone counts only within `session`, or where one proposal alone bears it.
    pub fn proposal(&self, reference: &ProposalRef, session: Option<&Session>) -> Option<Resolved<'l>> {
        let here = |place: &usize| match (session, &self.entries[*place].document.session) {
            (Some(a), Some(b)) => session::same(a, b),
            _ => true,
        };
        let bears = |value: &str, place: usize| {
            self.entries[place].document.number.as_ref().is_some_and(|n| same_proposal(&n.value, value))
        };
        let value = reference.number.as_ref().map(|n| n.value.as_str());
        let titled = reference.title.as_deref().map(|t| self.of_kind(self.titles.get(&request(t)), Kind::Proposal));
        let titled: Vec<usize> = titled.unwrap_or_default().into_iter().filter(here).collect();
        if let Some(&place) = titled.iter().find(|&&p| value.is_some_and(|v| bears(v, p))) {
            return Some(self.found(place, How::Number, false, 1));
        }
        if let Some(place) = self.latest(&titled) {
            let own = self.entries[place].document.number.is_some();
            return Some(self.found(place, How::Title, value.is_some() && own, titled.len()));
        }
        let value = value?;
        let proposals = (0..self.entries.len()).filter(|&p| self.entries[p].document.kind == Kind::Proposal);
        let numbered: Vec<usize> = proposals.filter(here).filter(|&p| bears(value, p)).collect();
        match numbered[..] {
            [place] => Some(self.found(place, How::Number, reference.title.is_some(), 1)),
            _ => None,
        }
    }

    /// The policies of this title, and how they were found.
    fn titled(&self, title: &str) -> Option<(Vec<usize>, How)> {
        let forms = forms(title);
        for form in &forms {
            let exact = self.of_kind(self.titles.get(form), Kind::Policy);
            if !exact.is_empty() {
                return Some((exact, How::Title));
            }
        }
        for form in forms.iter().chain(&shorts(title)) {
            let mut short = self.of_kind(self.shorts.get(form), Kind::Policy);
            short.extend(self.of_kind(self.titles.get(form), Kind::Policy));
            if !short.is_empty() && form.chars().count() >= 4 {
                // 数据条例 of two provinces: nothing decides.
                return (short.len() == 1).then_some((short, How::Short));
            }
        }
        self.near(&core(title)).map(|place| (vec![place], How::Near))
    }

    /// The policy whose title shares the most character pairs, where they are enough.
    fn near(&self, title: &str) -> Option<usize> {
        let own = pairs(title);
        if own.len() < 5 {
            return None;
        }
        let mut shared: FxHashMap<usize, usize> = FxHashMap::default();
        for pair in &own {
            for &place in self.pairs.get(pair).into_iter().flatten() {
                *shared.entry(place).or_default() += 1;
            }
        }
        let enough = |(&place, &count): (&usize, &usize)| {
            // Half the pairs at least, before the titles are compared in full.
            (count * 2 > own.len() && self.entries[place].document.kind == Kind::Policy).then(|| {
                let other = pairs(&core(&self.entries[place].document.title)).len();
                (2.0 * count as f64 / (own.len() + other) as f64, place)
            })
        };
        let best = shared.iter().filter_map(enough).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))?;
        let same_figures = || {
            let figures = |t: &str| t.chars().filter(char::is_ascii_digit).collect::<String>();
            figures(title) == figures(&core(&self.entries[best.1].document.title))
        };
        (best.0 >= ALIKE && same_figures()).then_some(best.1)
    }

    fn of_kind(&self, places: Option<&Vec<usize>>, kind: Kind) -> Vec<usize> {
        places.into_iter().flatten().copied().filter(|&p| self.entries[p].document.kind == kind).collect()
    }

    /// The latest of several documents of one name; of those without date the first by id.
    fn latest(&self, places: &[usize]) -> Option<usize> {
        let date = |p: usize| self.entries[p].document.date.map(|d| d.first());
        places.iter().copied().max_by(|&a, &b| date(a).cmp(&date(b)).then(b.cmp(&a)))
    }

    fn found(&self, place: usize, how: How, conflict: bool, namesakes: usize) -> Resolved<'l> {
        Resolved { document: &self.entries[place].document, how, conflict, namesakes }
    }
}

/// The titles a document goes by: its own, and those of the acts a notice carries.
fn names(entry: &Entry) -> Vec<String> {
    let mut names = vec![entry.document.title.clone()];
    for clause in &entry.parsed.clauses {
        if let Some(level) = clause.path.first().filter(|l| l.marker.is_empty() && l.head.chars().count() >= 6)
            && !names.contains(&level.head)
        {
            names.push(level.head.clone());
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Number, Parsed, Source};
    use crate::parse::citation::{citations, proposal_refs};

    fn entry(id: &str, kind: Kind, title: &str, number: &str, year: u16) -> Entry {
        let number =
            (!number.is_empty()).then(|| Number { printed: number.into(), value: number.into(), repaired: false });
        let document = Document {
            id: id.into(),
            kind,
            title: title.into(),
            number,
            session: None,
            issuer: None,
            date: crate::document::Date::new(year, None, None),
            reply_to: None,
            source: Source::default(),
            notes: vec![],
            text: String::new(),
        };
        Entry { document, parsed: Parsed::default() }
    }

    fn library() -> Library {
        Library::new(vec![
            entry("a", Kind::Policy, "甲市政府关于印发甲市桥梁养护管理办法的通知", "甲政发〔2020〕1号", 2020),
            entry("b", Kind::Policy, "乙省路灯条例", "", 2015),
            entry("c", Kind::Policy, "乙省路灯条例", "", 2021),
            entry("d", Kind::Policy, "丙省河道条例（2018年修正）", "", 2018),
            entry("e", Kind::Policy, "丁省河道条例", "", 2019),
            entry("f", Kind::Policy, "丙省政府办公厅关于加快推进乡村道路建设养护的实施意见", "丙政办〔2021〕7号", 2021),
            entry("p", Kind::Proposal, "关于加强养桥的提案", "0012", 2022),
            entry("q", Kind::Proposal, "关于修路的提案", "0013", 2022),
        ])
    }

    fn look(text: &str) -> Option<(String, How, bool)> {
        let library = library();
        let resolver = Resolver::new(&library);
        let citation = citations(text).into_iter().next().unwrap();
        resolver.citation(&citation).map(|r| (r.document.id.clone(), r.how, r.conflict))
    }

    #[test]
    fn an_act_is_found_by_number_title_or_the_notice_around_it() {
        assert_eq!(look("依据《甲市桥梁养护管理办法》（甲政发〔2020〕1号）"), Some(("a".into(), How::Number, false)));
        assert_eq!(look("依据甲政发〔2020〕1号文件"), Some(("a".into(), How::Number, false)));
        assert_eq!(look("依据《甲市桥梁养护管理办法》"), Some(("a".into(), How::Title, false)));
        assert_eq!(look("依据《关于印发〈甲市桥梁养护管理办法〉的通知》"), Some(("a".into(), How::Title, false)));
        assert_eq!(look("依据《桥梁养护管理办法》"), Some(("a".into(), How::Short, false)));
    }

    #[test]
    fn of_two_editions_the_latest_is_meant_but_two_places_are_not_guessed_between() {
        assert_eq!(look("依据《乙省路灯条例》").unwrap().0, "c");
        assert_eq!(look("依据《丙省河道条例》").unwrap().0, "d");
        assert_eq!(look("依据《河道条例》"), None);
    }

    #[test]
    fn a_misprinted_title_is_found_by_likeness() {
        assert_eq!(look("依据《关于加快推动乡村道路建设养护的实施意见》").unwrap().1, How::Near);
        assert_eq!(look("依据《关于加快推进乡村学校食堂建设的实施意见》"), None);
    }

    #[test]
    fn a_number_that_belongs_to_another_title_is_a_conflict() {
        assert_eq!(look("依据《乙省路灯条例》（甲政发〔2020〕1号）"), Some(("c".into(), How::Title, true)));
    }

    #[test]
    fn proposals_are_found_by_number_and_title() {
        let library = library();
        let resolver = Resolver::new(&library);
        let look = |text: &str| {
            let reference = proposal_refs(text).into_iter().next().unwrap();
            resolver.proposal(&reference, None).map(|r| (r.document.id.clone(), r.how, r.conflict))
        };
        assert_eq!(look("第12号《关于加强养桥的提案》"), Some(("p".into(), How::Number, false)));
        assert_eq!(look("《关于加强养桥的建议》"), Some(("p".into(), How::Title, false)));
        assert_eq!(look("第0013号提案"), Some(("q".into(), How::Number, false)));
        assert_eq!(look("第0013号《关于加强养桥的提案》"), Some(("p".into(), How::Title, true)));
        assert_eq!(look("第0099号提案"), None);
    }
}
