//! SQLite's FTS5 with its trigram tokenizer: what one finds recommended for Chinese.

use super::engine::{Answer, Asked, Engine, Failure, Row};
use super::plain::days;
use rusqlite::{Connection, params};
use std::path::Path;
use suyuan::search::{Field, Form, Query, TextQuery};

pub struct Fts5 {
    connection: Connection,
}

impl Fts5 {
    pub fn build(dir: &Path, rows: &[Row]) -> Result<Self, Failure> {
        std::fs::create_dir_all(dir)?;
        let mut connection = Connection::open(dir.join("rows.sqlite"))?;
        let enabled: bool =
            connection.query_row("SELECT sqlite_compileoption_used('ENABLE_FTS5')", [], |row| row.get(0))?;
        if !enabled {
            return Err("this SQLite is built without FTS5".into());
        }
        connection.execute_batch(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
             CREATE VIRTUAL TABLE rows USING fts5(title, heading, text, number, session, issuer, kind,
                document UNINDEXED, day UNINDEXED, tokenize = 'trigram');",
        )?;
        let transaction = connection.transaction()?;
        {
            let insert = "INSERT INTO rows VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
            let mut insert = transaction.prepare(insert)?;
            for row in rows {
                insert.execute(params![
                    row.title,
                    row.heading,
                    row.text,
                    row.number,
                    row.session,
                    row.issuer,
                    row.kind,
                    row.document,
                    row.day as i64
                ])?;
            }
        }
        transaction.commit()?;
        connection.execute("INSERT INTO rows(rows) VALUES ('optimize')", [])?;
        Ok(Self { connection })
    }
}

/// A query in parts: what goes to MATCH, and what SQL decides.
#[derive(Default)]
struct Sql {
    matched: Vec<String>,
    conditions: Vec<String>,
}

impl Engine for Fts5 {
    fn answer(&self, asked: &Asked<'_>, limit: usize) -> Result<Option<Answer>, Failure> {
        let sql = if asked.as_typed {
            Some(Sql { matched: vec![asked.typed.to_owned()], conditions: Vec::new() })
        } else {
            written(asked.query)
        };
        let Some(mut sql) = sql else { return Ok(None) };
        let matched = sql.matched.join(" AND ");
        if !matched.is_empty() {
            sql.conditions.push("rows MATCH ?1".to_owned());
        }
        let condition = if sql.conditions.is_empty() { "1".to_owned() } else { sql.conditions.join(" AND ") };
        let order = if matched.is_empty() { "rowid" } else { "rank" };
        let given: &[&dyn rusqlite::ToSql] = if matched.is_empty() { &[] } else { &[&matched] };
        let found = || -> rusqlite::Result<Answer> {
            let count = format!("SELECT count(*) FROM rows WHERE {condition}");
            let total: i64 = self.connection.prepare_cached(&count)?.query_row(given, |row| row.get(0))?;
            let select = format!(
                "SELECT document, snippet(rows, 2, '[', ']', '…', 40) FROM rows WHERE {condition} ORDER BY {order} LIMIT {limit}"
            );
            let mut select = self.connection.prepare_cached(&select)?;
            let hits =
                select.query_map(given, |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
            Ok(Answer { total: total as usize, hits })
        };
        // What MATCH cannot read, the engine cannot answer.
        Ok(found().ok())
    }
}

/// The query in SQL and the syntax of MATCH; `None` where there is none for it.
fn written(query: &Query) -> Option<Sql> {
    let mut sql = Sql::default();
    let all = if let Query::And(all) = query { &all[..] } else { std::slice::from_ref(query) };
    let mut denied = Vec::new();
    for one in flat(all) {
        match one {
            Query::All => {}
            Query::Date(range) => {
                let (from, to) = days(range);
                sql.conditions.push(format!("day BETWEEN {from} AND {to}"));
            }
            Query::Kind(kind) => sql.conditions.push(format!("kind = '{}'", format!("{kind:?}").to_lowercase())),
            Query::Not(one) => match &**one {
                Query::Kind(kind) => {
                    sql.conditions.push(format!("kind <> '{}'", format!("{kind:?}").to_lowercase()));
                }
                one => denied.push(matched(one)?),
            },
            Query::Text(TextQuery { field: Field::Text, text, form: Form::Wild }) => {
                let like = text.replace('\'', "").replace(['*', '＊'], "%").replace(['?', '？'], "_");
                sql.conditions.push(format!("text LIKE '%{like}%'"));
            }
            one => sql.matched.push(matched(one)?),
        }
    }
    // NOT has two sides in FTS5.
    match (sql.matched.is_empty(), denied.is_empty()) {
        (_, true) => {}
        (true, false) => {
            let denied = denied.join(" OR ").replace('\'', "''");
            sql.conditions.push(format!("rowid NOT IN (SELECT rowid FROM rows WHERE rows MATCH '{denied}')"));
        }
        (false, false) => {
            let wanted = sql.matched.drain(..).collect::<Vec<_>>().join(" AND ");
            sql.matched.push(format!("(({wanted}) NOT ({}))", denied.join(" OR ")));
        }
    }
    Some(sql)
}

/// The parts of nested conjunctions.
fn flat(all: &[Query]) -> Vec<&Query> {
    all.iter().flat_map(|q| if let Query::And(inner) = q { flat(inner) } else { vec![q] }).collect()
}

fn matched(query: &Query) -> Option<String> {
    Some(match query {
        Query::And(all) => {
            let (denied, wanted): (Vec<&Query>, Vec<&Query>) = all.iter().partition(|q| matches!(q, Query::Not(_)));
            let wanted = wanted.into_iter().map(matched).collect::<Option<Vec<_>>>()?.join(" AND ");
            let mut out = format!("({wanted})");
            for one in denied {
                let Query::Not(one) = one else { continue };
                out = format!("({out} NOT ({}))", matched(one)?);
            }
            out
        }
        Query::Or(all) => format!("({})", all.iter().map(matched).collect::<Option<Vec<_>>>()?.join(" OR ")),
        Query::Near(near) => {
            let part = |q: &Query| match q {
                Query::Text(text) => Some(quoted(&text.text)),
                _ => None,
            };
            let parts = near.parts.iter().map(part).collect::<Option<Vec<_>>>()?.join(" ");
            // FTS5 counts trigrams, some two to a word.
            format!("NEAR({parts}, {})", near.words? * 2)
        }
        Query::Text(text) => words(text)?,
        Query::Kind(kind) => format!("kind : {}", quoted(&format!("{kind:?}").to_lowercase())),
        Query::All | Query::Not(_) | Query::Date(_) => return None,
    })
}

fn words(query: &TextQuery) -> Option<String> {
    let field = match query.field {
        Field::Text => "{title heading text} : ",
        Field::Body => "text : ",
        Field::Heading => "heading : ",
        Field::Title => "title : ",
        Field::Number => "number : ",
        Field::Issuer => "issuer : ",
        Field::Session => "session : ",
    };
    match query.form {
        Form::Words => {
            let each = query.text.split_whitespace().map(|word| format!("{field}{}", quoted(word)));
            Some(format!("({})", each.collect::<Vec<_>>().join(" AND ")))
        }
        Form::Exact => Some(format!("{field}{}", quoted(&query.text))),
        Form::Slop { words, .. } => {
            let parts: Vec<String> = query.text.split_whitespace().map(quoted).collect();
            (parts.len() > 1).then(|| format!("{field}NEAR({}, {})", parts.join(" "), words * 2))
        }
        Form::Wild | Form::Fuzzy(_) => None,
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}
