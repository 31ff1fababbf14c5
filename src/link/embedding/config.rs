//! What the small files of a model's folder say: its shape (`config.json`), and how `sentence-transformers` has it used
//! (`modules.json`, `1_Pooling/config.json`, `sentence_bert_config.json`, `config_sentence_transformers.json`).

use crate::{Error, Result};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What to do about a folder that does not hold what it should.
pub(super) const REMEDY: &str = "give the folder of a BERT-type sentence-embedding model as Hugging Face lays it out: config.json, \
     tokenizer.json or vocab.txt, model.safetensors";

/// The shape of the network, under the names of `config.json`.
#[derive(Debug, Deserialize)]
pub(super) struct Config {
    #[serde(default = "bert")]
    pub(super) model_type: String,
    pub(super) vocab_size: usize,
    pub(super) hidden_size: usize,
    pub(super) num_hidden_layers: usize,
    pub(super) num_attention_heads: usize,
    pub(super) intermediate_size: usize,
    #[serde(default = "gelu")]
    pub(super) hidden_act: String,
    pub(super) max_position_embeddings: usize,
    #[serde(default = "two")]
    pub(super) type_vocab_size: usize,
    #[serde(default = "epsilon")]
    pub(super) layer_norm_eps: f32,
    position_embedding_type: Option<String>,
    #[serde(default)]
    pad_token_id: Option<usize>,
}

fn bert() -> String {
    "bert".into()
}

fn gelu() -> String {
    "gelu".into()
}

fn two() -> usize {
    2
}

fn epsilon() -> f32 {
    1e-12
}

impl Config {
    pub(super) fn read(path: &Path) -> Result<Self> {
        let config: Self = optional(path)?.ok_or_else(|| Error::input(path, None, "there is no such file", REMEDY))?;
        let wrong = |problem: String| Err(Error::input(path, None, problem, REMEDY));
        if !["bert", "roberta", "xlm-roberta"].contains(&config.model_type.as_str()) {
            let kinds = "bert, roberta and xlm-roberta can be read";
            return wrong(format!("a model of the kind {:?}; {kinds}", config.model_type));
        }
        if let Some(other) = config.position_embedding_type.as_deref().filter(|kind| *kind != "absolute") {
            return wrong(format!("positions are {other:?}; only \"absolute\" can be read"));
        }
        let sizes = [config.vocab_size, config.hidden_size, config.num_attention_heads, config.intermediate_size];
        if sizes.contains(&0) || !config.hidden_size.is_multiple_of(config.num_attention_heads) {
            return wrong("its sizes do not fit together".into());
        }
        if config.max_position_embeddings < config.first_position() + 3 {
            return wrong(format!("max_position_embeddings is {}", config.max_position_embeddings));
        }
        Ok(config)
    }

    /// The number of the first position: RoBERTa counts from the one after padding's.
    pub(super) fn first_position(&self) -> usize {
        if self.model_type == "bert" { 0 } else { self.pad_token_id.unwrap_or(1) + 1 }
    }
}

/// How a sentence's vector is made of those of its tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pooling {
    /// That of the first token.
    First,
    /// Their mean.
    Mean,
}

/// How the network is used.
#[derive(Debug)]
pub(super) struct Usage {
    /// The folder of network and tokeniser.
    pub(super) network: PathBuf,
    pub(super) pooling: Pooling,
    /// Tokens at most, where a file says so.
    pub(super) most: Option<usize>,
    /// What is put before a suggestion, and before a clause.
    pub(super) prompts: [String; 2],
    pub(super) lower_case: bool,
}

#[derive(Debug, Deserialize)]
struct Module {
    path: String,
    #[serde(rename = "type")]
    kind: String,
}

#[derive(Debug, Default, Deserialize)]
struct Sentence {
    max_seq_length: Option<usize>,
    #[serde(default)]
    do_lower_case: bool,
}

#[derive(Debug, Default, Deserialize)]
struct Prompts {
    #[serde(default)]
    prompts: BTreeMap<String, String>,
    default_prompt_name: Option<String>,
}

impl Usage {
    pub(super) fn read(folder: &Path) -> Result<Self> {
        let path = folder.join("modules.json");
        let modules: Vec<Module> = optional(&path)?.unwrap_or_default();
        let (mut network, mut pooling) = (folder.to_owned(), folder.join("1_Pooling"));
        for module in &modules {
            match module.kind.rsplit('.').next().unwrap_or_default() {
                "Transformer" => network = folder.join(&module.path),
                "Pooling" => pooling = folder.join(&module.path),
                // All vectors are made unit vectors.
                "Normalize" => {}
                other => {
                    let problem = format!("the model has a part {other:?}, which this program does not have");
                    return Err(Error::input(
                        &path,
                        None,
                        problem,
                        "give a model of Transformer, Pooling and Normalize",
                    ));
                }
            }
        }
        let sentence: Sentence = optional(&network.join("sentence_bert_config.json"))?.unwrap_or_default();
        let prompts: Prompts = optional(&folder.join("config_sentence_transformers.json"))?.unwrap_or_default();
        let usual = prompts.default_prompt_name.iter();
        let prompt = |names: &[&str]| {
            let mut names = names.iter().copied().chain(usual.clone().map(String::as_str));
            names.find_map(|name| prompts.prompts.get(name)).cloned().unwrap_or_default()
        };
        let prompts = [prompt(&["query"]), prompt(&["document", "passage", "corpus"])];
        let pooling = read_pooling(&pooling.join("config.json"), prompts.iter().any(|p| !p.is_empty()))?;
        Ok(Self { network, pooling, most: sentence.max_seq_length, prompts, lower_case: sentence.do_lower_case })
    }
}

/// The way of pooling that the file names; the mean where there is no file, as `sentence-transformers` has it.
fn read_pooling(path: &Path, prompted: bool) -> Result<Pooling> {
    let Some(config) = optional::<BTreeMap<String, serde_json::Value>>(path)? else { return Ok(Pooling::Mean) };
    let on = |(name, value): (&String, &serde_json::Value)| {
        value.as_bool().filter(|on| *on).and(name.strip_prefix("pooling_mode_")).map(str::to_owned)
    };
    let modes: Vec<String> = config.iter().filter_map(on).collect();
    let remedy = "give a model that pools by \"cls_token\" or \"mean_tokens\" alone";
    if prompted && config.get("include_prompt").and_then(serde_json::Value::as_bool) == Some(false) {
        return Err(Error::input(path, None, "prompts are to be left out of pooling, which cannot be done", remedy));
    }
    match modes.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["cls_token"] => Ok(Pooling::First),
        ["mean_tokens"] => Ok(Pooling::Mean),
        _ => Err(Error::input(path, None, format!("pooling is by {modes:?}"), remedy)),
    }
}

/// The content of a JSON file; `None` where there is no such file.
///
/// # Errors
/// A file that cannot be read or says something else.
pub(super) fn optional<T: DeserializeOwned>(path: &Path) -> Result<Option<T>> {
    if !path.is_file() {
        return Ok(None);
    }
    let text = fs::read(path).map_err(|e| Error::io(path, e, REMEDY))?;
    serde_json::from_slice(&text).map(Some).map_err(|e| Error::input(path, Some(e.line()), e.to_string(), REMEDY))
}
