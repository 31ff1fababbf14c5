use super::*;
use serde::Deserialize;
use std::path::PathBuf;

#[derive(Deserialize)]
struct Expected {
    text: String,
    tokens: Vec<Vec<u32>>,
    vector: Vec<f32>,
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/embedding").join(name)
}

/// A copy of a fixture that may be changed.
fn copy(name: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(fixture(name)).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
        }
    }
    folder
}

fn agrees(name: &str) {
    let embedding = Embedding::open(&fixture(name)).unwrap();
    let expected = fs::read_to_string(fixture(name).join("expected.json")).unwrap();
    let expected: Vec<Expected> = serde_json::from_str(&expected).unwrap();
    assert!(expected.len() > 5);
    for Expected { text, tokens, vector } in expected {
        assert_eq!(embedding.tokens.windows(&text).unwrap(), tokens, "{name}: {text}");
        let own = embedding.encode(&text);
        let most = own.iter().zip(&vector).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        assert!(own.len() == vector.len() && most < 1e-4, "{name}: {text}: {own:?} {vector:?}");
    }
}

#[test]
fn a_bert_with_mean_pooling_and_a_list_of_words_gives_what_transformers_gives() {
    agrees("mean");
}

#[test]
fn a_bert_of_sixteen_bits_that_pools_by_the_first_token_gives_what_transformers_gives() {
    agrees("first");
}

#[test]
fn a_roberta_with_unigrams_gives_what_transformers_gives() {
    agrees("roberta");
}

#[test]
fn a_folder_that_cannot_be_used_is_refused_by_file_and_reason() {
    let refused = |change: &dyn Fn(&Path), words: &[&str]| {
        let folder = copy("mean");
        change(folder.path());
        let error = Embedding::open(folder.path()).unwrap_err().to_string();
        assert!(words.iter().all(|word| error.contains(word)), "{error}");
    };
    let write = |name: &'static str, text: &'static str| move |at: &Path| fs::write(at.join(name), text).unwrap();
    let remove = |name: &'static str| move |at: &Path| fs::remove_file(at.join(name)).unwrap();
    let swap = |from: &'static str, to: &'static str| {
        move |at: &Path| {
            let text = fs::read_to_string(at.join("config.json")).unwrap();
            fs::write(at.join("config.json"), text.replace(from, to)).unwrap();
        }
    };
    refused(&remove("config.json"), &["config.json", "no such file"]);
    refused(&remove("vocab.txt"), &["vocab.txt"]);
    refused(&remove("model.safetensors"), &["model.safetensors", "no such file"]);
    refused(&write("model.safetensors", "none"), &["model.safetensors", "no safetensors"]);
    refused(&write("vocab.txt", "[UNK]\n[CLS]\n"), &["vocab.txt", "[SEP]"]);
    refused(&swap("\"bert\"", "\"gpt2\""), &["config.json", "gpt2"]);
    refused(&swap("\"gelu\"", "\"silu\""), &["config.json", "silu"]);
    refused(&swap("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 3"), &["encoder.layer.2", "missing"]);
    refused(&swap("\"hidden_size\": 16", "\"hidden_size\": 18"), &["shape", "18"]);
    refused(&write("modules.json", r#"[{"path": "2_Dense", "type": "x.Dense"}]"#), &["modules.json", "Dense"]);
    let long = |at: &Path| {
        let words = fs::read_to_string(at.join("vocab.txt")).unwrap() + "more\n";
        fs::write(at.join("vocab.txt"), words).unwrap();
    };
    refused(&long, &["vocab.txt", "knows"]);
    let pooling = |at: &Path| {
        fs::create_dir(at.join("1_Pooling")).unwrap();
        fs::write(at.join("1_Pooling/config.json"), r#"{"pooling_mode_max_tokens": true}"#).unwrap();
    };
    refused(&pooling, &["1_Pooling", "max_tokens"]);
    assert!(Embedding::open(Path::new("nowhere")).unwrap_err().to_string().contains("nowhere"));
}

#[test]
fn clauses_are_encoded_once_and_kept_whatever_the_number_of_threads() {
    let folder = tempfile::tempdir().unwrap();
    let texts = ["渡口照明经费", "桥梁检修", "渡口照明经费", "老人食堂"];
    let open = || Embedding::open(&fixture("mean")).unwrap();
    let plain = open().of_clauses(texts.into_iter()).unwrap();
    assert_eq!(plain.len(), 4 * 16);
    assert_eq!(plain[..16], open().encode(texts[0]));
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let kept = one.install(|| open().keep_in(folder.path()).unwrap().of_clauses(texts.into_iter()).unwrap());
    assert_eq!(plain, kept);
    let again = open().keep_in(folder.path()).unwrap().telling(|_, _| panic!("nothing is left to encode"));
    assert_eq!(again.of_clauses(texts.into_iter()).unwrap(), plain);
}

#[test]
fn what_is_put_before_suggestions_and_clauses_is_the_models_to_say() {
    let folder = copy("mean");
    let without = Embedding::open(folder.path()).unwrap();
    let prompts = r#"{"prompts": {"query": "结构", "passage": "公布 "}, "default_prompt_name": null}"#;
    fs::write(folder.path().join("config_sentence_transformers.json"), prompts).unwrap();
    let with = Embedding::open(folder.path()).unwrap();
    assert_eq!(with.of_suggestion("桥梁"), without.encode("结构桥梁"));
    assert_eq!(with.of_clauses(["桥梁"].into_iter()).unwrap(), without.encode("公布 桥梁"));
    assert_ne!(with.digest(), without.digest());
}
