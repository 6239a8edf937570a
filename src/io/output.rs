//! Output that is either complete or not there: everything is written into a new folder beside the target, which takes
//! the target's place in one rename at the end.

use crate::finding::{Code, Finding, Place};
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Files to write, by their path below the output folder.
pub type OutputFiles = BTreeMap<String, Vec<u8>>;

/// Writes all files or none. An earlier output of the same name is replaced as a whole.
pub fn write_folder(target: &Path, files: &OutputFiles) -> Result<(), Finding> {
    let parent = target.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    let fault = |at: &Path, error: &std::io::Error| {
        let shown = at.display().to_string();
        Finding::new(Code::OutputUnwritable, Place::file(&shown)).with("file", &shown).with("reason", format!("{:?}", error.kind()))
    };
    fs::create_dir_all(parent).map_err(|e| fault(parent, &e))?;
    // Dropped on any early return, which removes what was half written.
    let staging = tempfile::Builder::new().prefix(".manyidu-").tempdir_in(parent).map_err(|e| fault(parent, &e))?;
    let made = staging.path().join("out");
    fs::create_dir(&made).map_err(|e| fault(&made, &e))?;
    for (name, bytes) in files {
        write_file(&made.join(name), bytes).map_err(|e| fault(&target.join(name), &e))?;
    }
    let old = staging.path().join("old");
    if target.exists() {
        fs::rename(target, &old).map_err(|e| fault(target, &e))?;
    }
    if let Err(error) = fs::rename(&made, target) {
        let restored = fs::rename(&old, target);
        return Err(fault(target, restored.as_ref().err().unwrap_or(&error)));
    }
    Ok(())
}

fn write_file(path: &PathBuf, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = fs::File::create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
