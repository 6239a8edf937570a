//! Output that is either complete or not there: everything is written into a new folder beside the target, which takes
//! the target's place in one rename at the end.

use crate::finding::{Code, Finding, Place};
use crate::simulate::FileSink;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Files to write, by their path below the output folder.
pub type OutputFiles = BTreeMap<String, Vec<u8>>;

/// Writes all files or none. An earlier output of the same name is replaced as a whole.
pub fn write_folder(target: &Path, files: &OutputFiles) -> Result<(), Finding> {
    let fault = |error: &std::io::Error| {
        let shown = target.display().to_string();
        let finding = Finding::new(Code::OutputUnwritable, Place::file(&shown));
        finding.with("file", &shown).with("reason", format!("{:?}", error.kind()))
    };
    let made = Staging::new(target).map_err(|e| fault(&e))?;
    for (name, bytes) in files {
        write_file(&made.folder().join(name), bytes).map_err(|e| fault(&e))?;
    }
    made.replace(target).map_err(|e| fault(&e))
}

/// Writes a file that must not be there yet: what somebody has filled in is never replaced.
pub fn write_new_file(target: &Path, bytes: &[u8]) -> Result<(), Finding> {
    write_file(&target.to_path_buf(), bytes).map_err(|error| {
        let shown = target.display().to_string();
        let finding = Finding::new(Code::OutputUnwritable, Place::file(&shown));
        finding.with("file", &shown).with("reason", format!("{:?}", error.kind()))
    })
}

/// Lets a function write files as it goes; the folder is there only when it succeeds.
pub fn write_stream(target: &Path, write: impl FnOnce(&mut dyn FileSink) -> std::io::Result<()>) -> std::io::Result<()> {
    let mut made = Staging::new(target)?;
    write(&mut made)?;
    made.replace(target)
}

/// Writes one file or nothing: a new file beside the target takes its place in one rename.
pub fn write_single(target: &Path, bytes: &[u8]) -> Result<(), Finding> {
    let write = || -> std::io::Result<()> {
        let parent = target
            .parent()
            .filter(|p| !p.as_os_str().is_empty())
            .unwrap_or_else(|| Path::new("."));
        fs::create_dir_all(parent)?;
        let mut file = tempfile::Builder::new().prefix(".manyidu-").tempfile_in(parent)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        file.persist(target).map(|_| ()).map_err(|e| e.error)
    };
    write().map_err(|error| {
        let shown = target.display().to_string();
        let finding = Finding::new(Code::OutputUnwritable, Place::file(&shown));
        finding.with("file", &shown).with("reason", format!("{:?}", error.kind()))
    })
}

/// A folder beside the target. Dropped on any early return, which removes what was half written.
struct Staging {
    temporary: tempfile::TempDir,
}

impl Staging {
    fn new(target: &Path) -> std::io::Result<Self> {
        let parent = target
            .parent()
            .filter(|p| !p.as_os_str().is_empty())
            .unwrap_or_else(|| Path::new("."));
        fs::create_dir_all(parent)?;
        let staging = Self {
            temporary: tempfile::Builder::new().prefix(".manyidu-").tempdir_in(parent)?,
        };
        fs::create_dir(staging.folder())?;
        Ok(staging)
    }

    fn folder(&self) -> PathBuf {
        self.temporary.path().join("new")
    }

    /// Takes the target's place in one rename; puts the old one back when that fails.
    fn replace(self, target: &Path) -> std::io::Result<()> {
        let old = self.temporary.path().join("old");
        let there = target.exists();
        if there {
            fs::rename(target, &old)?;
        }
        if let Err(error) = fs::rename(self.folder(), target) {
            if there && fs::rename(&old, target).is_err() {
                // The old output could not go back either: leave it beside the target rather than lose it.
                let _ = self.temporary.keep();
            }
            return Err(error);
        }
        Ok(())
    }
}

impl FileSink for Staging {
    fn create<'a>(&'a mut self, name: &str) -> std::io::Result<Box<dyn Write + 'a>> {
        Ok(Box::new(fs::File::create_new(self.folder().join(name))?))
    }
}

fn write_file(path: &PathBuf, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = fs::File::create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
