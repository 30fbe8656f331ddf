//! The rules of the house that no lint knows: which module may use which, and how long a file may be.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const LONGEST_FILE: usize = 400;
const LONGEST_MAIN: usize = 40;

/// What each module may use. The order is that of ARCHITECTURE.md, from the core to the edge.
const MAY_USE: [(&str, &[&str]); 17] = [
    ("domain", &["domain"]),
    ("clock", &[]),
    ("config", &["clock", "store"]),
    ("logs", &["config"]),
    ("store", &["domain", "store"]),
    ("rest", &["domain", "rest"]),
    ("app", &["clock", "domain", "rest", "store"]),
    ("custom_id", &["domain"]),
    ("reply", &["custom_id", "domain", "reply"]),
    ("permissions", &["app", "domain", "reply", "rest"]),
    ("sharing", &["custom_id", "domain", "rest", "store"]),
    ("poster", &["app", "custom_id", "domain", "permissions", "reply", "rest", "store"]),
    (
        "discord",
        &["app", "custom_id", "discord", "domain", "permissions", "poster", "reply", "rest", "sharing", "store"],
    ),
    ("places", &["app", "discord", "domain", "poster", "rest", "store"]),
    ("cli", &["clock", "config", "domain", "logs", "playground", "rest", "run", "sharing", "store"]),
    ("running", &["app", "config", "discord", "domain", "permissions", "places", "poster", "rest", "store"]),
    ("playground", &["clock", "config", "domain", "run", "store"]),
];

/// Libraries that only some modules may know.
const ONLY_IN: [(&str, &[&str]); 7] = [
    ("serenity", &["rest", "reply", "discord", "logs", "permissions", "poster"]),
    ("sqlx", &["store"]),
    ("reqwest", &["rest", "config", "discord"]),
    (
        "tokio",
        &[
            "clock",
            "permissions",
            "places",
            "store",
            "rest",
            "poster",
            "discord",
            "running",
            "playground",
            "cli",
            "main",
        ],
    ),
    ("sandbox", &["playground"]),
    ("resvg", &["reply"]),
    ("jiff::tz", &["domain"]),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file under a folder of the repository.
fn rust_files(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            match path.extension().and_then(|ending| ending.to_str()) {
                Some("rs") => found.push(path),
                None if path.is_dir() => folders.push(path),
                _ => {}
            }
        }
    }
    assert!(!found.is_empty(), "no Rust file under {folder}");
    found
}

/// The files of `src` as module and text; the module is the first part of the path.
fn modules() -> Vec<(String, PathBuf, String)> {
    let files = rust_files("src").into_iter();
    files
        .map(|path| {
            let inside = path.strip_prefix(root().join("src")).unwrap();
            let first = inside.components().next().unwrap().as_os_str().to_string_lossy();
            let module = first.trim_end_matches(".rs").to_owned();
            let text = fs::read_to_string(&path).unwrap();
            (module, path, text)
        })
        .collect()
}

/// The names that follow `start` in a text, as in `crate::NAME`.
fn named_after<'a>(text: &'a str, start: &'static str) -> impl Iterator<Item = &'a str> {
    let after = text.split(start).skip(1);
    after.map(|rest| rest.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next().unwrap_or_default())
}

#[test]
fn dependencies_run_one_way() {
    let rules: BTreeMap<_, _> = MAY_USE.into();
    let mut breaches = Vec::new();
    for (module, path, text) in modules() {
        if module == "lib" || module == "main" {
            continue;
        }
        let allowed = rules.get(module.as_str()).unwrap_or_else(|| panic!("{module} has no rule; add it to MAY_USE"));
        for used in named_after(&text, "crate::") {
            if !allowed.contains(&used) {
                breaches.push(format!("{} uses crate::{used}", path.display()));
            }
        }
    }
    assert!(breaches.is_empty(), "{breaches:#?}");
}

#[test]
fn libraries_stay_where_they_belong() {
    let mut breaches = Vec::new();
    for (module, path, text) in modules() {
        for (library, homes) in ONLY_IN {
            let knows_it = text.lines().any(|line| {
                let code = line.split("//").next().unwrap_or_default();
                code.contains(&format!("{library}::")) && !code.contains("tokio::test")
            });
            if knows_it && !homes.contains(&module.as_str()) {
                breaches.push(format!("{} knows {library}", path.display()));
            }
        }
    }
    assert!(breaches.is_empty(), "{breaches:#?}");
}

#[test]
fn no_file_is_too_long() {
    let all = ["src", "tests", "sandbox/src", "sandbox/tests", "examples"]
        .into_iter()
        .filter(|folder| root().join(folder).exists());
    let long: Vec<_> = all
        .flat_map(rust_files)
        .map(|path| (fs::read_to_string(&path).unwrap().lines().count(), path))
        .filter(|(lines, _)| *lines > LONGEST_FILE)
        .collect();
    assert!(long.is_empty(), "{long:#?}");
    let main = fs::read_to_string(root().join("src/main.rs")).unwrap();
    assert!(main.lines().count() <= LONGEST_MAIN, "src/main.rs is to stay thin");
}

#[test]
fn every_module_says_what_it_is_for() {
    for (_, path, text) in modules() {
        let is_of_tests = path.ends_with("tests.rs");
        assert!(text.starts_with("//!") || is_of_tests, "{} does not open with //!", path.display());
    }
}

#[test]
fn every_pack_is_compiled_in() {
    let bank = starling::domain::bank::QuestionBank::built_in().unwrap();
    for entry in fs::read_dir(root().join("data")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            let name = path.file_stem().unwrap().to_str().unwrap();
            assert!(bank.packs().iter().any(|pack| pack.name == name), "{name} is missing in BUILT_IN");
        }
    }
}

#[test]
fn every_test_that_the_page_on_faults_names_is_there() {
    let page = fs::read_to_string(root().join("docs/FAULTS.md")).unwrap();
    let code: String = ["tests", "src"]
        .iter()
        .flat_map(|folder| rust_files(folder))
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    let named = page.split('`').skip(1).step_by(2).filter(|name| name.matches('_').count() > 3);
    let missing: Vec<_> = named.filter(|name| !code.contains(&format!("fn {name}("))).collect();
    assert_eq!(missing, [""; 0]);
}
