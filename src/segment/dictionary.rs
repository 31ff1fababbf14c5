//! The words beyond jieba's own dictionary: the bundled lexicon and the user's file. Parsed here, since jieba's reader
//! gives a word without a frequency the frequency 0, takes a tag for a number and keeps a byte-order mark.

use super::{Tag, normalise};
use crate::{Error, Result};
use jieba_rs::Jieba;
use std::path::Path;

/// Terms of administration, finance and the other fields of proposals, `WORD TAG` a line.
const LEXICON: &str = include_str!("lexicon.txt");

const FORM: &str = "write one word a line, as WORD, WORD TAG, WORD FREQUENCY or WORD FREQUENCY TAG; # opens a comment";

/// One word of a dictionary.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry {
    line: usize,
    word: String,
    frequency: Option<usize>,
    tag: String,
}

/// Adds the bundled lexicon.
pub(super) fn add_bundled(jieba: &mut Jieba) {
    for line in LEXICON.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let (word, tag) = line.split_once(' ').unwrap_or((line, "n"));
        jieba.add_word(word, None, Some(tag));
    }
}

/// Makes `digest` depend on the bundled lexicon.
pub(super) fn update_digest(digest: &mut blake3::Hasher) {
    digest.update(LEXICON.as_bytes());
}

/// Reads a user's dictionary.
pub(super) fn parse(path: &Path, bytes: &[u8]) -> Result<Vec<Entry>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|e| {
        let line = bytes[..e.valid_up_to()].iter().filter(|&&b| b == b'\n').count() + 1;
        Error::input(path, line, "not UTF-8", "save the dictionary as UTF-8")
    })?;
    let lines = text.lines().enumerate().map(|(i, l)| (i + 1, l.split('#').next().unwrap_or_default().trim()));
    lines.filter(|(_, l)| !l.is_empty()).map(|(line, l)| entry(path, line, l)).collect()
}

fn entry(path: &Path, line: usize, text: &str) -> Result<Entry> {
    let wrong = |problem: String| Error::input(path, line, problem, FORM);
    let fields: Vec<&str> = text.split_whitespace().collect();
    let frequency = |f: &str| f.parse::<usize>().map_err(|_| wrong(format!("{f:?} is no frequency")));
    let tag = |t: &str| match Tag::new(t) {
        Some(_) if !t.starts_with(|c: char| c.is_ascii_digit()) => Ok(t.to_owned()),
        _ => Err(wrong(format!("{t:?} is no tag of up to seven letters"))),
    };
    let (word, frequency, tag) = match fields[..] {
        [word] => (word, None, "n".to_owned()),
        [word, f] if f.starts_with(|c: char| c.is_ascii_digit()) => (word, Some(frequency(f)?), "n".to_owned()),
        [word, t] => (word, None, tag(t)?),
        [word, f, t] => (word, Some(frequency(f)?), tag(t)?),
        _ => return Err(wrong(format!("{} fields", fields.len()))),
    };
    Ok(Entry { line, word: normalise(word).text().to_owned(), frequency, tag })
}

/// Adds the words of a user's dictionary; a word that jieba can never find as one is an error.
pub(super) fn add(jieba: &mut Jieba, path: &Path, entries: &[Entry]) -> Result<()> {
    for entry in entries {
        jieba.add_word(&entry.word, entry.frequency, Some(&entry.tag));
        // With a frequency of the user's a word may rightly lose against others; its characters must still hold together.
        let holds = entry.frequency.is_some() || jieba.cut(&entry.word, false).len() == 1;
        if entry.word.is_empty() || !holds {
            let problem =
                format!("{:?} can never be one word: the segmenter always cuts at its punctuation", entry.word);
            return Err(Error::input(path, entry.line, problem, "leave the punctuation out"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segment::Segmenter;
    use std::io::Write;

    fn with(bytes: &[u8]) -> Result<Segmenter> {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(bytes).unwrap();
        Segmenter::new(Some(file.path()))
    }

    fn cut(s: &Segmenter, text: &str) -> Vec<String> {
        s.words(text).into_iter().map(|t| t.term).collect()
    }

    #[test]
    fn a_users_word_is_kept_whole_with_bom_comments_and_blank_lines() {
        let s = with("\u{feff}# mine\n\n云帆竹排贷 nz # new\r\n石榴籽驿站\n".as_bytes()).unwrap();
        assert_eq!(cut(&s, "推出云帆竹排贷和石榴籽驿站"), ["推出", "云帆竹排贷", "和", "石榴籽驿站"]);
        assert_eq!(s.words("云帆竹排贷")[0].tag.as_str(), "nz");
        assert_ne!(s.digest(), Segmenter::new(None).unwrap().digest());
    }

    #[test]
    fn a_traditional_or_full_width_users_word_meets_the_simplified_text() {
        let s = with("雲帆竹排貸\n".as_bytes()).unwrap();
        assert_eq!(cut(&s, "云帆竹排贷"), ["云帆竹排贷"]);
    }

    #[test]
    fn errors_name_the_line_and_the_form() {
        let message = |text: &str| with(text.as_bytes()).unwrap_err().to_string();
        assert!(message("甲乙丙\n甲 12x n\n").contains("line 2: \"12x\" is no frequency"));
        assert!(message("甲乙 12 n 3\n").contains("4 fields"));
        assert!(message("甲乙 名词\n").contains("is no tag"));
        assert!(message("甲“乙”丙\n").contains("leave the punctuation out"));
        assert!(with(b"\xc4\xe3\xba\xc3\n").unwrap_err().to_string().contains("line 1: not UTF-8"));
    }

    #[test]
    fn every_term_of_the_lexicon_is_kept_whole_and_stands_once() {
        let s = Segmenter::new(None).unwrap();
        let mut seen = std::collections::HashSet::new();
        for line in LEXICON.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
            let (word, tag) = line.split_once(' ').unwrap();
            assert!(seen.insert(word), "{word} stands twice");
            assert!(Tag::new(tag).is_some(), "{line}");
            assert_eq!(normalise(word).text(), word, "not in normal form");
            assert_eq!(s.words(word).len(), 1, "{word} is cut");
        }
    }
}
