//! The documents tell the truth: every command and flag stands in the README, its test command is the one CI runs,
//! and every file it names is there.

use std::fs;
use std::path::Path;
use std::process::Command;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(ROOT).join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

fn help(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_suyuan")).args(arguments).arg("--help").output();
    String::from_utf8(output.expect("the binary runs").stdout).expect("help is UTF-8")
}

fn commands() -> Vec<String> {
    let text = help(&[]);
    let list = text.split("Commands:").nth(1).expect("help lists the commands");
    let list = list.split("\n\n").next().expect("the list ends");
    let names = list.lines().filter(|l| l.starts_with("  ") && !l.starts_with("   "));
    let names = names.filter_map(|l| l.split_whitespace().next()).filter(|n| *n != "help");
    names.map(str::to_owned).collect()
}

fn flags(help: &str) -> Vec<String> {
    let words = help.lines().filter(|l| l.trim_start().starts_with('-')).flat_map(|l| l.split_whitespace().take(2));
    let flags = words.map(|w| w.trim_end_matches(',')).filter(|w| w.starts_with("--"));
    flags.map(|f| f.split(['=', '[']).next().unwrap_or(f).to_owned()).collect()
}

#[test]
fn every_command_and_flag_stands_in_the_readme() {
    let readme = read("README.md");
    let mut missing = Vec::new();
    for command in commands() {
        if !readme.contains(&format!("suyuan {command}")) {
            missing.push(format!("suyuan {command}"));
        }
        for flag in flags(&help(&[&command])) {
            if !["--help", "--version"].contains(&flag.as_str()) && !readme.contains(&format!("`{flag}")) {
                missing.push(format!("{command} {flag}"));
            }
        }
    }
    missing.dedup();
    assert!(missing.is_empty(), "the README does not tell of:\n{}", missing.join("\n"));
}

#[test]
fn every_flag_has_a_help_line() {
    for command in commands() {
        let text = help(&[&command]);
        let lines: Vec<&str> = text.lines().collect();
        for (at, line) in lines.iter().enumerate().filter(|(_, l)| l.trim_start().starts_with("--")) {
            let told =
                line.trim().split("  ").count() > 1 || lines.get(at + 1).is_some_and(|l| l.starts_with("          "));
            assert!(told, "{command}: {line:?} is not explained");
        }
    }
}

#[test]
fn continuous_integration_runs_the_test_command_of_the_readme() {
    let readme = read("README.md");
    let ci = read(".ci/run");
    let command = ci.lines().find(|l| l.starts_with("cargo test")).expect(".ci/run tests");
    assert!(readme.contains(command), "the README does not show `{command}`");
}

#[test]
fn files_named_in_the_documents_are_there() {
    for name in ["README.md", "README.zh-CN.md", "ARCHITECTURE.md"] {
        let text = read(name);
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let path = link.split('#').next().unwrap_or_default();
            if !path.is_empty() && !path.contains("://") {
                assert!(Path::new(ROOT).join(path).exists(), "{name} links to {path}, which is not there");
            }
        }
    }
}
