//! The only place that touches files. Everything else takes a [`World`] and gives values back.

mod folder;
pub mod output;
pub mod parquet;

pub use folder::{Folder, read_bytes, read_definition, read_text};

use std::io::Read;

/// The outside as the pipeline sees it: files by the names that the definition gives them.
pub trait World: Sync {
    /// Opens a file for reading. Called more than once per file: contents must not change in between.
    fn open(&self, name: &str) -> std::io::Result<Box<dyn Read + Send>>;
}

/// Files held in memory, for tests and for answers that were just simulated.
#[derive(Debug, Default, Clone)]
pub struct Memory(pub std::collections::BTreeMap<String, Vec<u8>>);

impl World for Memory {
    fn open(&self, name: &str) -> std::io::Result<Box<dyn Read + Send>> {
        let bytes = self
            .0
            .get(name)
            .cloned()
            .ok_or_else(|| std::io::Error::from(std::io::ErrorKind::NotFound))?;
        Ok(Box::new(std::io::Cursor::new(bytes)))
    }
}
