//! All that the typesetter can see: one template, two fonts and the report as a value. No file, no network, no clock.

use crate::report::charts::embedded_fonts;
use std::sync::LazyLock;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Dict, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

const TEMPLATE: &str = include_str!("report.typ");

/// Name of the template, the only file there is.
const MAIN: &str = "/report.typ";

static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| {
    embedded_fonts()
        .into_iter()
        .flat_map(|bytes| Font::iter(Bytes::new(bytes)))
        .collect()
});

static BOOK: LazyLock<LazyHash<FontBook>> = LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));

/// The template, read once; `None` when its name is no path, which a test excludes.
static SOURCE: LazyLock<Option<Source>> = LazyLock::new(|| {
    let path = VirtualPath::new(MAIN).ok()?;
    let id = FileId::new(RootedPath::new(VirtualRoot::Project, path));
    Some(Source::new(id, TEMPLATE.to_owned()))
});

/// One report to be set.
pub(super) struct Desk {
    library: LazyHash<Library>,
    source: &'static Source,
}

impl Desk {
    /// The report comes in as `sys.inputs`; `None` when the template is not there.
    pub(super) fn new(inputs: Dict) -> Option<Self> {
        let library = Library::builder().with_inputs(inputs).build();
        Some(Self {
            library: LazyHash::new(library),
            source: SOURCE.as_ref()?,
        })
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        self.source.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.source.id() {
            Ok(self.source.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
