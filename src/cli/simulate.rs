//! stub
use super::Ending;
use super::show::Terminal;
#[derive(Debug, clap::Args)]
pub struct SimulateArguments {}
pub(super) fn simulate(_: &SimulateArguments, _: &Terminal) -> Ending { Ending::Fine }
