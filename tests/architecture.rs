//! Holds the design: dependencies run one way, down the pipeline, and each outside format or engine is known in one place.

use std::fs;
use std::path::{Path, PathBuf};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The modules in the order the data takes; a module may use those of a lower rank, and itself.
const RANKS: &[(&str, u8)] = &[
    ("document", 0),
    ("error", 0),
    ("segment", 1),
    ("parse", 2),
    ("ingest", 3),
    ("index", 4),
    ("search", 5),
    ("link", 6),
    ("similar", 7),
    ("concord", 8),
    ("ledger", 8),
    ("verify", 9),
    ("report", 10),
    ("export", 11),
    ("eval", 12),
    ("cli", 13),
];

/// Crates and the only modules that may name them.
const LOCAL: &[(&str, &[&str])] = &[
    ("tantivy", &["index", "search"]),
    ("jieba_rs", &["segment"]),
    ("scraper", &["ingest"]),
    ("encoding_rs", &["ingest"]),
    ("calamine", &["ledger"]),
    ("maud", &["export"]),
    ("ndarray", &["link"]),
    ("safetensors", &["link"]),
    ("tokenizers", &["link"]),
    ("comfy_table", &["cli", "export"]),
    ("clap", &["cli"]),
    ("indicatif", &["cli"]),
];

/// Every source of the library and the binary but files of tests.
fn sources() -> Vec<(String, PathBuf)> {
    let mut files = Vec::new();
    for (module, _) in RANKS {
        collect(&Path::new(ROOT).join("src").join(module), module, &mut files);
        let single = Path::new(ROOT).join("src").join(format!("{module}.rs"));
        if single.is_file() {
            files.push(((*module).to_owned(), single));
        }
    }
    files
}

fn collect(folder: &Path, module: &str, files: &mut Vec<(String, PathBuf)>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, module, files);
        } else if path.extension().is_some_and(|e| e == "rs") && path.file_stem().is_none_or(|s| s != "tests") {
            files.push((module.to_owned(), path));
        }
    }
}

/// The code of a file up to its tests, comment lines left out.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("a source file is readable");
    let body = text.split("#[cfg(test)]").next().unwrap_or_default();
    body.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

fn names(code: &str, word: &str) -> bool {
    let boundary = |c: Option<char>| !c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    code.match_indices(word)
        .any(|(at, _)| boundary(code[..at].chars().next_back()) && code[at + word.len()..].starts_with("::"))
}

#[test]
fn dependencies_run_down_the_pipeline() {
    let mut wrong = Vec::new();
    for (module, path) in sources() {
        let rank = RANKS.iter().find(|(m, _)| *m == module).map(|(_, r)| *r).expect("every source has a rank");
        let code = code(&path);
        for (other, other_rank) in RANKS {
            let uses = code.contains(&format!("crate::{other}::")) || code.contains(&format!("suyuan::{other}::"));
            if uses && *other != module && *other_rank >= rank {
                wrong.push(format!("{} uses {other}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "against the direction of the pipeline:\n{}", wrong.join("\n"));
}

#[test]
fn each_engine_and_format_is_known_in_one_place() {
    let mut wrong = Vec::new();
    for (module, path) in sources() {
        let code = code(&path);
        for (library, allowed) in LOCAL {
            if names(&code, library) && !allowed.contains(&module.as_str()) {
                wrong.push(format!("{} names {library}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "outside their modules:\n{}", wrong.join("\n"));
}

#[test]
fn every_source_opens_with_its_purpose_and_stays_readable() {
    let mut wrong = Vec::new();
    for (_, path) in sources() {
        let text = fs::read_to_string(&path).expect("a source file is readable");
        if !text.starts_with("//!") {
            wrong.push(format!("{} does not say what it is for", path.display()));
        }
        let lines = text.split("#[cfg(test)]").next().unwrap_or_default().lines().count();
        if lines > 480 {
            wrong.push(format!("{} has {lines} lines before its tests", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn architecture_md_names_every_module_and_no_other() {
    let text = fs::read_to_string(Path::new(ROOT).join("ARCHITECTURE.md")).expect("ARCHITECTURE.md stands in the root");
    let named: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("## `src/"))
        .filter_map(|rest| rest.split('`').next())
        .map(|name| name.trim_end_matches('/').trim_end_matches(".rs"))
        .collect();
    for (module, _) in RANKS {
        assert!(named.contains(module), "ARCHITECTURE.md has no section on src/{module}");
    }
    for name in named {
        assert!(RANKS.iter().any(|(m, _)| *m == name), "ARCHITECTURE.md tells of src/{name}, which is not there");
    }
}
