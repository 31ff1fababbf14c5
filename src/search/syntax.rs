//! Reads what the user typed into a [`Query`].
//!
//! ```text
//! 融资担保 小微企业           all words, in any place; where they stand as typed comes first
//! "融资担保体系"              exactly this; “…”, 「…」, 『…』 and ＂…＂ are quotes too
//! "融资 担保"~3  "…"~>3       its words with at most three others among them, in any order or in this one
//! 担保 OR 保险                either; | is the same. AND may be written, or + before a word
//! 担保 NOT 保险, 担保 -保险   without
//! (担保 OR 保险) 农业         groups
//! 金?服务  普*融  金融*       one character, a few, the rest of a word
//! 张三丰~1                    a name with at most one character replaced, added or left out
//! 养老 NEAR/5 护理员          at most five words between, in one sentence; NEAR/c in one clause, NEAR/5c
//! 标题:担保  title:"担保"     in a field: 标题 title, 正文 text, 标题层级 heading, 文号 number, 单位 issuer, 届次 session
//! 类型:政策  kind:reply       类型 kind: 提案 答复 政策 总结
//! 日期:2023  日期:2022-05..2023  日期:>=2023-05   date ranges, both ends included
//! *                           everything
//! ```
//! Operators, brackets, colons, quotes and wildcards may be full-width. NEAR binds strongest, then AND, then OR.

use super::fuzzy;
use super::lexer::{Kept, Token, Value, tokens};
use super::query::{DateRange, Field, Form, Near, Query, TextQuery};
use crate::document::{Date, Kind};
use crate::segment::is_text;
use crate::{Error, Result};

/// Reads a query.
///
/// # Errors
/// When it cannot be understood; the error says at which byte.
pub fn parse(text: &str) -> Result<Query> {
    let tokens =
        tokens(text, |name| Some(if matches!(field(name)?, Named::Text(_)) { Value::Query } else { Value::Plain }))?;
    let mut parser = Parser { text, tokens: &tokens, next: 0 };
    if tokens.is_empty() {
        return Err(Error::query(text, 0, "the query is empty", "give words, or * for everything"));
    }
    let query = parser.either(Field::Text)?;
    match parser.peek() {
        None => Ok(query),
        Some(token) => Err(parser.wrong(token.at, "this bracket was never opened", "take it out, or open it before")),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Named {
    Text(Field),
    Kind,
    Date,
}

fn field(name: &str) -> Option<Named> {
    Some(match name.to_ascii_lowercase().as_str() {
        "标题" | "題名" | "标题名" | "標題" | "title" => Named::Text(Field::Title),
        "文号" | "文號" | "编号" | "提案号" | "number" => Named::Text(Field::Number),
        "单位" | "單位" | "发文单位" | "机关" | "issuer" => Named::Text(Field::Issuer),
        "届次" | "屆次" | "session" => Named::Text(Field::Session),
        "正文" | "全文" | "text" => Named::Text(Field::Body),
        "标题层级" | "層級" | "层级" | "小标题" | "heading" => Named::Text(Field::Heading),
        "类型" | "類型" | "kind" => Named::Kind,
        "日期" | "时间" | "date" => Named::Date,
        _ => return None,
    })
}

const FIELDS: &str = "known are 标题 title, 正文 text, 标题层级 heading, 文号 number, 单位 issuer, 届次 session, 类型 kind, \
    日期 date; put a colon that belongs to the text between quotation marks";

/// The kind of document that a word of the user's stands for.
pub fn kind(word: &str) -> Option<Kind> {
    Some(match word.to_ascii_lowercase().as_str() {
        "提案" | "建议" | "proposal" => Kind::Proposal,
        "答复" | "回复" | "reply" => Kind::Reply,
        "政策" | "政策文件" | "法规" | "policy" => Kind::Policy,
        "总结" | "办理总结" | "报告" | "report" => Kind::Report,
        _ => return None,
    })
}

struct Parser<'a> {
    text: &'a str,
    tokens: &'a [Token],
    next: usize,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<&'a Token> {
        self.tokens.get(self.next)
    }

    fn take(&mut self, kept: &Kept) -> bool {
        let found = self.peek().is_some_and(|t| t.kept == *kept);
        self.next += usize::from(found);
        found
    }

    fn wrong(&self, at: usize, problem: impl Into<String>, remedy: &str) -> Error {
        Error::query(self.text, at, problem, remedy)
    }

    fn either(&mut self, scope: Field) -> Result<Query> {
        let mut all = vec![self.both(scope)?];
        while self.take(&Kept::Or) {
            all.push(self.both(scope)?);
        }
        Ok(one_or(all, Query::Or))
    }

    fn both(&mut self, scope: Field) -> Result<Query> {
        let mut all = vec![self.nearby(scope)?];
        loop {
            let joined = self.take(&Kept::And);
            match self.peek().map(|t| &t.kept) {
                Some(Kept::Or | Kept::Close) | None if !joined => break,
                _ => {}
            }
            let next = self.nearby(scope)?;
            match (all.last_mut(), next) {
                // Words one after the other are one text: where they stand so comes first.
                (Some(Query::Text(last)), Query::Text(next)) if !joined && bare(last, scope) && bare(&next, scope) => {
                    last.text.push(' ');
                    last.text += &next.text;
                }
                (_, next) => all.push(next),
            }
        }
        Ok(one_or(all, Query::And))
    }

    fn nearby(&mut self, scope: Field) -> Result<Query> {
        let start = self.peek().map_or(self.text.len(), |t| t.at);
        let mut parts = vec![self.unary(scope)?];
        let mut rule = None;
        while let Some(Token { kept: Kept::Near(words, share), at }) = self.peek() {
            let same = *rule.get_or_insert((*words, *share)) == (*words, *share);
            if !same {
                let remedy = "give all NEAR of a chain the same distance, or join two chains with AND";
                return Err(self.wrong(*at, "this NEAR asks for another distance than the one before", remedy));
            }
            self.next += 1;
            parts.push(self.unary(scope)?);
        }
        let Some((words, share)) = rule else { return Ok(parts.remove(0)) };
        let places = |part: &Query| part.wanted().iter().all(|t| t.field == scope) && is_place(part);
        if scope.is_of_unit() && parts.iter().all(places) {
            return Ok(Query::Near(Near { parts, words, scope: share }));
        }
        let remedy = "NEAR joins words, phrases and brackets of OR, inside one field";
        Err(self.wrong(start, "this cannot stand beside NEAR", remedy))
    }

    fn unary(&mut self, scope: Field) -> Result<Query> {
        let Some(token) = self.peek() else {
            return Err(self.wrong(self.text.len(), "something is missing at the end", "give what is to be found"));
        };
        self.next += 1;
        let found = |text: &str, form| Ok(Query::Text(TextQuery { field: scope, text: text.to_owned(), form }));
        match &token.kept {
            Kept::Not => Ok(Query::Not(Box::new(self.unary(scope)?))),
            Kept::Must => self.unary(scope),
            Kept::Open => {
                let inner = self.either(scope)?;
                match self.take(&Kept::Close) {
                    true => Ok(inner),
                    false => Err(self.wrong(token.at, "this bracket is never closed", "close it")),
                }
            }
            Kept::Word(word) | Kept::Wild(word) if !word.chars().any(is_text) => {
                if word.chars().all(|c| "*＊".contains(c)) {
                    return Ok(Query::All);
                }
                let remedy = "give letters, digits or Chinese characters";
                Err(self.wrong(token.at, format!("{word:?} is nothing that can be searched"), remedy))
            }
            Kept::Word(text) => found(text, Form::Words),
            Kept::Wild(text) => found(text, Form::Wild),
            Kept::Quoted(text) => found(text, Form::Exact),
            Kept::Slop(text, words, ordered) => found(text, Form::Slop { words: *words, ordered: *ordered }),
            Kept::Fuzzy(text, 0) => found(text, Form::Exact),
            Kept::Fuzzy(text, edits) if fuzzy::long_enough(text, *edits) => found(text, Form::Fuzzy(*edits)),
            Kept::Fuzzy(text, edits) => {
                let problem = format!("{text} is too short for {edits} edits: two characters must stay");
                Err(self.wrong(token.at, problem, "write ? for a character that is not known"))
            }
            Kept::Field(name) => self.field(token.at, name),
            Kept::And | Kept::Or | Kept::Near(..) => {
                Err(self.wrong(token.at, "nothing stands before this operator", "give what it joins"))
            }
            Kept::Close => Err(self.wrong(token.at, "nothing stands before this bracket", "fill the brackets")),
        }
    }

    fn field(&mut self, at: usize, name: &str) -> Result<Query> {
        let Some(named) = field(name) else {
            return Err(self.wrong(at, format!("there is no field {name}"), FIELDS));
        };
        let missing = || self.wrong(at, format!("nothing stands behind {name}:"), "give what the field must have");
        let Some(value) = self.peek() else { return Err(missing()) };
        match (named, &value.kept) {
            (_, Kept::And | Kept::Or | Kept::Close | Kept::Near(..)) => Err(missing()),
            (Named::Text(field), _) => self.unary(field),
            (_, Kept::Open) => {
                self.next += 1;
                self.values(value.at, named)
            }
            _ => self.value(at, name, named),
        }
    }

    /// Several values of a field that holds no text, joined by OR.
    fn values(&mut self, open: usize, named: Named) -> Result<Query> {
        let mut all = Vec::new();
        loop {
            if !all.is_empty() && self.take(&Kept::Close) {
                return Ok(one_or(all, Query::Or));
            }
            if !all.is_empty() {
                self.take(&Kept::Or);
            }
            match self.peek() {
                Some(token) => all.push(self.value(token.at, "", named)?),
                None => return Err(self.wrong(open, "this bracket is never closed", "close it")),
            }
        }
    }

    fn value(&mut self, at: usize, name: &str, named: Named) -> Result<Query> {
        let Some(Token { kept: Kept::Word(value) | Kept::Quoted(value), at }) = self.peek() else {
            return Err(self.wrong(at, format!("nothing stands behind {name}:"), "give the value"));
        };
        self.next += 1;
        if named == Named::Kind {
            let remedy = "the kinds are 提案 proposal, 答复 reply, 政策 policy, 总结 report";
            let found =
                kind(value).ok_or_else(|| self.wrong(*at, format!("{value:?} is no kind of document"), remedy))?;
            return Ok(Query::Kind(found));
        }
        let range = date_range(value).map_err(|problem| {
            self.wrong(*at, problem, "write 2023, 2023-05, 2023-05-02, a range 2022..2023-05, or >=2023")
        })?;
        Ok(Query::Date(range))
    }
}

/// Whether a text is of words as typed, in the field that its neighbours are in.
fn bare(text: &TextQuery, scope: Field) -> bool {
    text.form == Form::Words && text.field == scope
}

/// Whether a query says where in a text something stands.
fn is_place(query: &Query) -> bool {
    match query {
        Query::Text(_) => true,
        Query::Or(all) => all.iter().all(is_place),
        _ => false,
    }
}

fn one_or(mut all: Vec<Query>, many: fn(Vec<Query>) -> Query) -> Query {
    match all.len() {
        1 => all.remove(0),
        _ => many(all),
    }
}

/// A range of dates as typed behind 日期: `2023`, `2022-05..2023`, `>=2023-05`, `..2023`; 至 and ～ are .. too.
pub fn date_range(text: &str) -> std::result::Result<DateRange, String> {
    let form = crate::segment::normalise(text);
    let text = form.text().replace('≥', ">=").replace('≤', "<=");
    if let Some((from, to)) = ["..", "~", "至", "到"].iter().find_map(|sign| text.split_once(sign)) {
        let end = |t: &str| if t.is_empty() { Ok(None) } else { date(t).map(Some) };
        let range = DateRange { from: end(from)?, to: end(to)? };
        let (first, last) = range.days();
        return if first > last { Err(format!("{text:?} ends before it begins")) } else { Ok(range) };
    }
    if let Some(from) = text.strip_prefix(">=") {
        return Ok(DateRange { from: Some(date(from)?), to: None });
    }
    if let Some(to) = text.strip_prefix("<=") {
        return Ok(DateRange { from: None, to: Some(date(to)?) });
    }
    let day = date(&text)?;
    Ok(DateRange { from: Some(day), to: Some(day) })
}

/// A date as typed: `2023-05-02`, `2023/5/2`, `2023.5`, `2023年5月2日`.
fn date(text: &str) -> std::result::Result<Date, String> {
    let plain = text.replace(['年', '月', '/', '.'], "-").replace('日', "");
    plain.trim_matches('-').parse().map_err(|_| format!("{text:?} is no date"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Query {
        Query::Text(TextQuery::words(Field::Text, text))
    }

    fn error(query: &str) -> (usize, String) {
        match parse(query).unwrap_err().kind() {
            crate::ErrorKind::Query { offset, problem, .. } => (*offset, problem.clone()),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn or_binds_weaker_than_and() {
        let expected = Query::Or(vec![text("甲 乙"), text("丙")]);
        assert_eq!(parse("甲 乙 OR 丙").unwrap(), expected);
        let apart = Query::Or(vec![Query::And(vec![text("甲"), text("乙")]), text("丙")]);
        assert_eq!(parse("甲 AND 乙 ｜ 丙").unwrap(), apart);
    }

    #[test]
    fn the_chinese_keyboard_types_the_same_query() {
        assert_eq!(parse("（甲 OR 乙） －“丙丁”").unwrap(), parse("(甲 OR 乙) NOT \"丙丁\"").unwrap());
        assert_eq!(
            parse("标题：担保\u{3000}日期：２０２３．．２０２４").unwrap(),
            parse("title:担保 date:2023..2024").unwrap()
        );
        assert_eq!(parse("甲 －乙").unwrap(), parse("甲 AND NOT 乙").unwrap());
    }

    #[test]
    fn a_hyphen_inside_a_word_denies_nothing() {
        assert_eq!(parse("2023-05").unwrap(), text("2023-05"));
    }

    #[test]
    fn a_field_may_have_a_group() {
        let title = |t: &str| Query::Text(TextQuery::words(Field::Title, t));
        assert_eq!(parse("标题:(甲 OR 乙)").unwrap(), Query::Or(vec![title("甲"), title("乙")]));
    }

    #[test]
    fn dates_are_ranges_with_open_ends() {
        let day = |t: &str| Some(t.parse::<Date>().unwrap());
        assert_eq!(date_range("2023年5月").unwrap(), DateRange { from: day("2023-05"), to: day("2023-05") });
        assert_eq!(date_range("2022..").unwrap(), DateRange { from: day("2022"), to: None });
        assert_eq!(date_range("≤2022/3/1").unwrap(), DateRange { from: None, to: day("2022-03-01") });
        assert!(date_range("2024..2023").unwrap_err().contains("ends before"));
    }

    #[test]
    fn errors_point_at_the_offending_place() {
        assert_eq!(error("甲 (乙"), (4, "this bracket is never closed".into()));
        assert_eq!(error("甲) 乙"), (3, "this bracket was never opened".into()));
        assert_eq!(error("甲 “乙"), (4, "this quotation mark is never closed".into()));
        assert_eq!(error("甲 OR"), (6, "something is missing at the end".into()));
        assert_eq!(error("AND 甲"), (0, "nothing stands before this operator".into()));
        assert_eq!(error("甲 颜色:红"), (4, "there is no field 颜色".into()));
        assert_eq!(error("日期:昨天"), (7, "\"昨天\" is no date".into()));
        assert_eq!(error("甲 、、"), (4, "\"、、\" is nothing that can be searched".into()));
        assert_eq!(error(" "), (0, "the query is empty".into()));
        assert_eq!(error("\"。\""), (0, "nothing stands between these quotation marks".into()));
    }
}
