//! Same input, same bytes: again, with any number of threads, in any place.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

fn run(survey: &str, formats: &str, threads: &str) -> BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let status = Command::new(env!("CARGO_BIN_EXE_manyidu"))
        .args([
            "run",
            &format!("surveys/{survey}/survey.toml"),
            "--scores",
            "--formats",
            formats,
            "--out",
        ])
        .arg(&out)
        .env("RAYON_NUM_THREADS", threads)
        .env("POLARS_MAX_THREADS", threads)
        .env("TZ", if threads == "1" { "UTC" } else { "Asia/Shanghai" })
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap()
        .status;
    assert_eq!(status.code(), Some(0));
    let mut files = BTreeMap::new();
    collect(&out, &out, &mut files);
    files
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            files.insert(
                path.strip_prefix(root).unwrap().to_string_lossy().into_owned(),
                std::fs::read(&path).unwrap(),
            );
        }
    }
}

#[test]
fn every_file_of_a_run_is_the_same_with_one_thread_and_with_four() {
    let of_threads = |threads| run("appliance-after-sales", "html", threads);
    let (one, four) = (of_threads("1"), of_threads("4"));
    assert_eq!(one.keys().collect::<Vec<_>>(), four.keys().collect::<Vec<_>>());
    for wanted in [
        "assessment.json",
        "report.html",
        "report.en.html",
        "ledger.csv",
        "certificate.ics",
        "scores.csv",
        "scores.parquet",
        "charts/zh-CN/trend.svg",
        "charts/zh-CN/trend.png",
        "charts/en/coverage.png",
    ] {
        assert!(one.contains_key(wanted), "{wanted} of {:?}", one.keys());
    }
    for (name, bytes) in &one {
        assert_eq!(Some(bytes), four.get(name), "{name}");
    }
}

/// The forms that are built.
const FORMATS: &str = if cfg!(feature = "pdf") {
    "html,docx,xlsx,pdf"
} else {
    "html,docx,xlsx"
};

#[test]
fn every_form_is_the_same_with_one_thread_and_with_four() {
    let (one, four) = (run("minimal", FORMATS, "1"), run("minimal", FORMATS, "4"));
    assert!(one.len() > 30 && one.keys().eq(four.keys()));
    for (name, bytes) in &one {
        assert!(Some(bytes) == four.get(name), "{name}");
    }
}

/// The sample in `reports/sample` is what the shipped survey gives today. To renew it after a change of wording or numbers:
/// `MANYIDU_BLESS=1 cargo test --test it determinism`, then look at it before committing.
#[test]
fn the_committed_sample_report_is_current() {
    let sample = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("reports/sample");
    let made = run("appliance-after-sales", FORMATS, "2");
    let mut stale = Vec::new();
    let pages = ["report", "sampling", "surveillance", "summary"].map(|kind| [format!("{kind}.html"), format!("{kind}.en.html")]);
    let others = [
        "ledger.csv",
        "certificate.ics",
        "charts/zh-CN/trend.png",
        "charts/en/priorities.png",
        "sampling.docx",
        "sampling.en.docx",
        "summary.docx",
        "summary.en.docx",
        "report.xlsx",
        "report.en.xlsx",
        "surveillance.pdf",
        "sampling.en.pdf",
        "summary.pdf",
        "summary.en.pdf",
    ];
    let names = pages.into_iter().flatten().chain(others.map(str::to_owned));
    for name in names.filter(|name| cfg!(feature = "pdf") || !name.ends_with(".pdf")) {
        let file = sample.join(&name);
        if std::env::var_os("MANYIDU_BLESS").is_some() {
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(&file, &made[&name]).unwrap();
        }
        if std::fs::read(&file).ok().as_ref() != Some(&made[&name]) {
            stale.push(name);
        }
    }
    assert!(stale.is_empty(), "{stale:?}");
}
