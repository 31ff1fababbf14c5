//! Cuts a text into the tokens that a model knows, as `tokenizer.json` says, or by WordPiece over `vocab.txt`.

use super::config::{REMEDY, Usage, optional};
use crate::{Error, Result};
use serde::Deserialize;
use serde_json::json;
use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};
use tokenizers::Tokenizer;

/// A model's tokeniser.
pub(super) struct Tokens {
    tokenizer: Tokenizer,
    /// Tokens at most of one window, the special ones with them.
    most: usize,
    /// Whether texts are put into lower case first, whatever the tokeniser does.
    lower_case: bool,
}

#[derive(Debug, Default, Deserialize)]
struct Settings {
    do_lower_case: Option<bool>,
    strip_accents: Option<bool>,
    tokenize_chinese_chars: Option<bool>,
}

impl Tokens {
    /// The file that says how texts are cut.
    pub(super) fn file(folder: &Path) -> PathBuf {
        let file = folder.join("tokenizer.json");
        if file.is_file() { file } else { folder.join("vocab.txt") }
    }

    /// Reads [`Tokens::file`]; refuses one that knows more tokens than `vocabulary`, the model's.
    pub(super) fn open(usage: &Usage, most: usize, vocabulary: usize) -> Result<Self> {
        let file = Self::file(&usage.network);
        let bytes = fs::read(&file).map_err(|e| Error::io(&file, e, REMEDY))?;
        let wrong = |problem: String| Error::input(&file, None, problem, REMEDY);
        let read = if file.ends_with("vocab.txt") { word_piece(&bytes, usage)? } else { bytes };
        let mut tokenizer = Tokenizer::from_bytes(read).map_err(|e| wrong(e.to_string()))?;
        tokenizer.with_padding(None);
        tokenizer.with_truncation(None).map_err(|e| wrong(e.to_string()))?;
        if let Some(most) = tokenizer.get_vocab(true).into_values().max().filter(|&most| most as usize >= vocabulary) {
            return Err(wrong(format!("it has a token {most}, and the model knows {vocabulary} only")));
        }
        let tokens = Self { tokenizer, most: usage.most.unwrap_or(most).min(most), lower_case: usage.lower_case };
        // A private character that no model knows, so that no text is refused later on.
        let windows = tokens.windows("\u{e000}字a").map_err(wrong)?;
        if windows.first().is_none_or(Vec::is_empty) {
            return Err(wrong("it gives no tokens".into()));
        }
        Ok(tokens)
    }

    /// The numbers of a text's tokens, special ones round them; in several windows of like length where they are more than
    /// the model can read at once.
    pub(super) fn windows(&self, text: &str) -> std::result::Result<Vec<Vec<u32>>, String> {
        let text = if self.lower_case { Cow::Owned(text.to_lowercase()) } else { Cow::Borrowed(text) };
        let encoding = self.tokenizer.encode_fast(text.as_ref(), true).map_err(|e| e.to_string())?;
        let (ids, special) = (encoding.get_ids(), encoding.get_special_tokens_mask());
        if ids.len() <= self.most {
            return Ok(vec![ids.to_vec()]);
        }
        let before = special.iter().take_while(|s| **s == 1).count();
        let after = special.iter().rev().take_while(|s| **s == 1).count();
        let room = self.most.checked_sub(before + after).filter(|room| *room > 0);
        let room = room.ok_or_else(|| format!("a window of {} tokens has no room for words", self.most))?;
        let words = &ids[before..ids.len() - after];
        let length = words.len().div_ceil(words.len().div_ceil(room));
        let (before, after) = (&ids[..before], &ids[ids.len() - after..]);
        Ok(words.chunks(length).map(|part| [before, part, after].concat()).collect())
    }
}

/// The `tokenizer.json` that a `vocab.txt` stands for: BERT's own way of cutting.
fn word_piece(bytes: &[u8], usage: &Usage) -> Result<Vec<u8>> {
    let settings: Settings = optional(&usage.network.join("tokenizer_config.json"))?.unwrap_or_default();
    let file = Tokens::file(&usage.network);
    let text = std::str::from_utf8(bytes).map_err(|e| Error::input(&file, None, e.to_string(), REMEDY))?;
    let words: serde_json::Map<String, serde_json::Value> =
        text.lines().zip(0_u32..).map(|(word, at)| (word.trim_end().to_owned(), at.into())).collect();
    let special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];
    if let Some(missing) = special[1..4].iter().find(|s| !words.contains_key(**s)) {
        return Err(Error::input(&file, None, format!("it has no line {missing}"), REMEDY));
    }
    let added = special.iter().filter_map(|s| words.get(*s).map(|id| {
        json!({"id": id, "content": s, "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true})
    }));
    let json = json!({
        "version": "1.0", "truncation": null, "padding": null,
        "added_tokens": added.collect::<Vec<_>>(),
        "normalizer": {
            "type": "BertNormalizer", "clean_text": true,
            "handle_chinese_chars": settings.tokenize_chinese_chars.unwrap_or(true),
            "strip_accents": settings.strip_accents,
            "lowercase": settings.do_lower_case.unwrap_or(true) || usage.lower_case,
        },
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", words["[SEP]"]], "cls": ["[CLS]", words["[CLS]"]]},
        "decoder": null,
        "model": {
            "type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100,
            "vocab": words,
        },
    });
    Ok(json.to_string().into_bytes())
}
