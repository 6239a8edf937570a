//! Every file that a report was made from.

use super::WaveAssessment;
use super::over_time::OverTime;
use crate::evidence::InputFile;

/// One file, and the waves that it serves: all of them where it belongs to no single wave.
#[derive(Debug, Clone, PartialEq)]
pub struct FileRead<'a> {
    /// The file.
    pub input: &'a InputFile,
    /// The waves that read it, newest first; empty where it is about all of them, as series and benchmarks are.
    pub waves: Vec<&'a WaveAssessment>,
}

/// Files of the waves, newest first, then series and benchmarks; each once.
#[must_use]
pub fn files_read<'a>(waves: &'a [WaveAssessment], over_time: Option<&'a OverTime>) -> Vec<FileRead<'a>> {
    let mut files: Vec<FileRead<'a>> = Vec::new();
    for wave in waves.iter().rev() {
        for input in &wave.inputs {
            match files.iter_mut().find(|file| file.input == input) {
                Some(file) => file.waves.push(wave),
                None => files.push(FileRead { input, waves: vec![wave] }),
            }
        }
    }
    let series = over_time.into_iter().flat_map(|o| &o.series).filter_map(|s| s.input.as_ref());
    let benchmarks = over_time.and_then(|o| o.benchmarks.as_ref()).map(|b| &b.input);
    for input in series.chain(benchmarks) {
        if !files.iter().any(|file| file.input == input) {
            files.push(FileRead { input, waves: Vec::new() });
        }
    }
    files
}
