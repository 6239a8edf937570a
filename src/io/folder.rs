//! Files below the folder of a survey definition.

use super::World;
use crate::finding::{Code, Finding, Place};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The folder that a definition stands in; file names in it are relative to this.
#[derive(Debug, Clone)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// The folder of a definition file.
    #[must_use]
    pub fn of(definition: &Path) -> Self {
        let root = definition
            .parent()
            .filter(|p| !p.as_os_str().is_empty())
            .unwrap_or_else(|| Path::new("."));
        Self { root: root.to_owned() }
    }

    /// Last part of the folder's name, which serves as the survey's id when it names none.
    #[must_use]
    pub fn name(&self) -> String {
        let absolute = self.root.canonicalize().unwrap_or_else(|_| self.root.clone());
        absolute.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
    }
}

impl World for Folder {
    fn open(&self, name: &str) -> std::io::Result<Box<dyn Read + Send>> {
        let file = File::open(self.root.join(name))?;
        if file.metadata()?.is_dir() {
            return Err(std::io::Error::from(std::io::ErrorKind::IsADirectory));
        }
        Ok(Box::new(file))
    }
}

/// Reads the text of a definition: a TOML file, or a finding that says what else was given.
pub fn read_definition(path: &Path) -> Result<String, Finding> {
    if path.extension().is_none_or(|e| !e.eq_ignore_ascii_case("toml")) {
        let shown = path.display().to_string();
        return Err(Finding::new(Code::NotADefinition, Place::file(&shown)).with("file", &shown));
    }
    read_text(path)
}

/// Reads a file named on the command line. One that is absent or larger than `bytes_max` is a finding.
pub fn read_bytes(path: &Path, bytes_max: u64) -> Result<Vec<u8>, Finding> {
    let shown = path.display().to_string();
    let unreadable = |reason: String| {
        Finding::new(Code::FileUnreadable, Place::file(&shown))
            .with("file", &shown)
            .with("reason", reason)
    };
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|e| unreadable(format!("{:?}", e.kind())))?;
    file.take(bytes_max + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| unreadable(format!("{:?}", e.kind())))?;
    if bytes.len() as u64 > bytes_max {
        return Err(unreadable(format!("> {bytes_max} bytes")));
    }
    Ok(bytes)
}

/// Reads a text named on the command line. A file that is absent, too large or not UTF-8 is a finding.
pub fn read_text(path: &Path) -> Result<String, Finding> {
    const BYTES_MAX: u64 = 64 << 20;
    let shown = path.display().to_string();
    let bytes = read_bytes(path, BYTES_MAX)?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let line = error
            .as_bytes()
            .get(..at)
            .map_or(1, |b| b.iter().filter(|&&c| c == b'\n').count() + 1);
        Finding::new(Code::WrongEncoding, Place::line(&shown, line as u64))
            .with("expected", "UTF-8")
            .with("got", "?")
    })?;
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}
