//! Programs by other makers that read the reports as their readers do: an office suite, a PDF reader, a browser.
//!
//! A machine with Rust alone runs every other test. Where one of these programs is missing, the test that needs it says on
//! standard error what to install and ends; with `MANYIDU_READER_TESTS=required`, as continuous integration has it, it
//! fails with the same line.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A program: its name here, the names it may go by, and how to get it.
struct Tool {
    name: &'static str,
    programs: &'static [&'static str],
    install: &'static str,
}

/// Every program that a test may ask for.
const TOOLS: &[Tool] = &[
    Tool {
        name: "soffice",
        programs: &["soffice", "libreoffice"],
        install: "apt-get install -y libreoffice-writer-nogui libreoffice-calc-nogui (macOS: brew install --cask libreoffice)",
    },
    Tool {
        name: "pdftotext",
        programs: &["pdftotext"],
        install: "apt-get install -y poppler-utils (macOS: brew install poppler)",
    },
    Tool {
        name: "pdffonts",
        programs: &["pdffonts"],
        install: "apt-get install -y poppler-utils (macOS: brew install poppler)",
    },
    Tool {
        name: "pdfinfo",
        programs: &["pdfinfo"],
        install: "apt-get install -y poppler-utils (macOS: brew install poppler)",
    },
    Tool {
        name: "qpdf",
        programs: &["qpdf"],
        install: "apt-get install -y qpdf (macOS: brew install qpdf)",
    },
    Tool {
        name: "chromium",
        programs: &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
        install: "apt-get install -y chromium (macOS: brew install --cask chromium)",
    },
    Tool {
        name: "node",
        programs: &["node", "nodejs"],
        install: "apt-get install -y nodejs npm (macOS: brew install node)",
    },
];

/// How what the browser tests are written with is got: a driver of browsers and the rules of accessibility, in the versions of the
/// lock file.
const MODULES_INSTALL: &str = "npm ci --ignore-scripts --prefix tests/browser";

/// The program, or `None` where it is missing and need not be there; the caller then ends its test.
///
/// Fails where it is missing and `MANYIDU_READER_TESTS` is `required`.
pub fn require(name: &str) -> Option<PathBuf> {
    let tool = TOOLS.iter().find(|t| t.name == name).unwrap_or_else(|| panic!("no tool {name}"));
    let found = tool.programs.iter().find_map(|program| on_path(program));
    found.or_else(|| missing(name, tool.install))
}

/// The folder of the browser tests with the packages of its lock file, under the same terms as [`require`].
pub fn browser_tests() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    let there = ["axe-core", "playwright-core"]
        .iter()
        .all(|name| folder.join("node_modules").join(name).is_dir());
    if there {
        Some(folder)
    } else {
        missing("playwright-core and axe-core", MODULES_INSTALL)
    }
}

/// Runs a program that [`require`] found and fails unless it ended well.
pub fn run(program: &Path, arguments: &[&str]) -> Output {
    let output = Command::new(program).args(arguments).output().unwrap();
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{} {arguments:?}: {words}", program.display());
    output
}

fn missing(name: &str, install: &str) -> Option<PathBuf> {
    let required = std::env::var("MANYIDU_READER_TESTS").is_ok_and(|value| value == "required");
    assert!(!required, "{name} is missing; install it: {install}");
    let test = std::thread::current().name().unwrap_or_default().to_owned();
    // Past the capture of the test harness, which hides what a passing test prints.
    let _ = writeln!(std::io::stderr(), "NOT RUN: {test} needs {name}; install it: {install}");
    None
}

fn on_path(program: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}

#[test]
fn every_tool_says_how_to_get_it_and_answers_where_it_is_there() {
    for tool in TOOLS {
        assert!(
            tool.install.contains("apt-get install") && tool.install.contains("brew install"),
            "{}",
            tool.name
        );
        if let Some(program) = require(tool.name) {
            let version = if tool.name.starts_with("pdf") { "-v" } else { "--version" };
            run(&program, &[version]);
        }
    }
    if let Some(folder) = browser_tests() {
        let rules = std::fs::read_to_string(folder.join("node_modules/axe-core/axe.min.js")).unwrap();
        assert!(rules.contains("axe.run"));
    }
    assert_eq!(on_path("a-program-that-nobody-has"), None);
}
