//! Cuts what the user typed into the tokens of the query language, whatever keyboard it was typed on.

use super::text::Scope;
use crate::segment::{is_text, normalise};
use crate::{Error, Result};

/// A piece of a query.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kept {
    /// Words without quotation marks.
    Word(String),
    /// A word with `*` or `?` in it.
    Wild(String),
    /// A word with `~N` behind it.
    Fuzzy(String, usize),
    /// What stood between quotation marks.
    Quoted(String),
    /// The same with `~N`, or `~>N` for its order.
    Slop(String, usize, bool),
    /// A field name with its colon.
    Field(String),
    And,
    Or,
    Not,
    Must,
    /// NEAR, with the most words between and what must be shared.
    Near(Option<usize>, Scope),
    Open,
    Close,
}

/// A piece with the byte where it begins.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) kept: Kept,
    pub(super) at: usize,
}

/// An opening quotation mark and those that may close it.
const QUOTES: [(char, &str); 8] = [
    ('"', "\"“”＂"),
    ('“', "”\"“"),
    ('”', "”\"“"),
    ('＂', "＂\""),
    ('「', "」"),
    ('『', "』"),
    ('‘', "’"),
    ('〝', "〞〟"),
];

/// What the name of a field says of its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Value {
    /// It is a query.
    Query,
    /// It is a date or another word that is read as it is.
    Plain,
}

/// The tokens of a query; `field` knows the names of fields.
pub(super) fn tokens(text: &str, field: impl Fn(&str) -> Option<Value>) -> Result<Vec<Token>> {
    let mut lexer = Lexer { text, at: 0 };
    let mut tokens = Vec::new();
    while let Some(c) = lexer.peek() {
        let at = lexer.at;
        let sign = match c {
            c if c.is_whitespace() => {
                lexer.at += c.len_utf8();
                continue;
            }
            '(' | '（' => Some(Kept::Open),
            ')' | '）' => Some(Kept::Close),
            '|' | '｜' => Some(Kept::Or),
            '-' | '－' | '!' | '！' => Some(Kept::Not),
            '+' | '＋' => Some(Kept::Must),
            _ => None,
        };
        let kept = match sign {
            Some(sign) => {
                lexer.at += c.len_utf8();
                sign
            }
            None => match QUOTES.iter().find(|(open, _)| *open == c) {
                Some((_, close)) => lexer.quoted(c, close)?,
                None => {
                    let before = tokens.last().map(|t: &Token| &t.kept);
                    let plain = matches!(before, Some(Kept::Field(name)) if field(name) == Some(Value::Plain));
                    lexer.word(&field, plain)?
                }
            },
        };
        tokens.push(Token { kept, at });
    }
    Ok(tokens)
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

impl Lexer<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn wrong(&self, at: usize, problem: impl Into<String>, remedy: &str) -> Error {
        Error::query(self.text, at, problem, remedy)
    }

    fn quoted(&mut self, open: char, close: &str) -> Result<Kept> {
        let start = self.at;
        let inner = &self.text[start + open.len_utf8()..];
        let Some(end) = inner.find(|c| close.contains(c)) else {
            return Err(self.wrong(start, "this quotation mark is never closed", "close it"));
        };
        let closing = inner[end..].chars().next().map_or(0, char::len_utf8);
        let quoted = inner[..end].to_owned();
        if !quoted.chars().any(is_text) {
            return Err(self.wrong(start, "nothing stands between these quotation marks", "fill them"));
        }
        self.at += open.len_utf8() + end + closing;
        let Some(tilde) = self.peek().filter(|c| matches!(c, '~' | '～')) else { return Ok(Kept::Quoted(quoted)) };
        let sign = self.at;
        self.at += tilde.len_utf8();
        let ordered = self.peek().filter(|c| matches!(c, '>' | '＞'));
        self.at += ordered.map_or(0, char::len_utf8);
        match self.number() {
            Some(words) => Ok(Kept::Slop(quoted, words, ordered.is_some())),
            None => {
                let remedy = "say how many words may stand between: \"…\"~3 in any order, \"…\"~>3 in this order";
                Err(self.wrong(sign, "no number stands behind this ~", remedy))
            }
        }
    }

    /// Digits of either width.
    fn number(&mut self) -> Option<usize> {
        let rest = &self.text[self.at..];
        let end = rest.find(|c: char| !c.is_ascii_digit() && !('０'..='９').contains(&c)).unwrap_or(rest.len());
        self.at += end;
        normalise(&rest[..end]).text().parse().ok()
    }

    /// A word ends at white space, a bracket, a quotation mark, a bar, or behind the colon of a field.
    fn word(&mut self, field: &impl Fn(&str) -> Option<Value>, plain: bool) -> Result<Kept> {
        let start = self.at;
        let rest = &self.text[start..];
        let ends = |c: char| c.is_whitespace() || "()（）|｜".contains(c) || QUOTES.iter().any(|(open, _)| *open == c);
        let end = rest.find(ends).unwrap_or(rest.len());
        let word = &rest[..end];
        if plain {
            self.at += end;
            return Ok(Kept::Word(word.to_owned()));
        }
        if let Some((at, colon)) = word.char_indices().find(|(at, c)| matches!(c, ':' | '：') && *at > 0)
            && (field(&word[..at]).is_some() || word[..at].chars().all(is_text))
        {
            self.at += at + colon.len_utf8();
            return Ok(Kept::Field(word[..at].to_owned()));
        }
        self.at += end;
        let folded = normalise(word);
        match folded.text() {
            "AND" | "&&" => return Ok(Kept::And),
            "OR" | "||" => return Ok(Kept::Or),
            "NOT" => return Ok(Kept::Not),
            "NEAR" => return Ok(Kept::Near(None, Scope::Sentence)),
            text => {
                if let Some(rule) = text.strip_prefix("NEAR/") {
                    let remedy =
                        "write NEAR/5 (words between), NEAR/s or NEAR (one sentence), NEAR/c (one clause), NEAR/5c";
                    let wrong = || self.wrong(start, format!("{word} says no distance"), remedy);
                    return near(rule).ok_or_else(wrong);
                }
            }
        }
        self.shaped(start, word)
    }

    /// A word with its tilde or its wildcards, or a plain one.
    fn shaped(&self, start: usize, word: &str) -> Result<Kept> {
        if let Some((at, tilde)) = word.char_indices().find(|(at, c)| matches!(c, '~' | '～') && *at > 0)
            && word[..at].chars().any(is_text)
        {
            let edits = normalise(&word[at + tilde.len_utf8()..]).text().to_owned();
            let edits = if edits.is_empty() { Ok(1) } else { edits.parse::<usize>() };
            return match edits {
                Ok(edits @ 0..=MOST_EDITS) => Ok(Kept::Fuzzy(word[..at].to_owned(), edits)),
                _ => {
                    let remedy = "write ~1 or ~2 behind a name, or put the text between quotation marks";
                    Err(self.wrong(start + at, "this ~ says no number of edits", remedy))
                }
            };
        }
        // A full-width question mark at the end ends a question.
        let asked = word.trim_end_matches(['？', '。', '，']);
        if asked.contains(['*', '＊', '?', '？']) {
            return Ok(Kept::Wild(asked.to_owned()));
        }
        Ok(Kept::Word(word.to_owned()))
    }
}

/// More edits than this leave nothing of a name.
const MOST_EDITS: usize = 3;

/// The distance behind `NEAR/`.
fn near(rule: &str) -> Option<Kept> {
    let digits = rule.trim_end_matches(|c: char| !c.is_ascii_digit());
    let scope = match &rule[digits.len()..] {
        "" | "s" | "S" | "句" => Scope::Sentence,
        "c" | "C" | "分句" => Scope::Clause,
        _ => return None,
    };
    match digits {
        "" => Some(Kept::Near(None, scope)),
        digits => Some(Kept::Near(Some(digits.parse().ok()?), scope)),
    }
}
