//! `manyidu schema`: the JSON Schema of what users write and of what they get, from the types themselves.

use super::Ending;
use super::show::Terminal;
use clap::{Args, ValueEnum};
use manyidu::assessment::Assessment;
use manyidu::grade::scheme::Scheme;
use manyidu::sample::draw::record::{Commitment, DrawRecord};
use manyidu::survey::definition::Definition;

/// What `schema` is told.
#[derive(Debug, Args)]
pub struct SchemaArguments {
    /// Which file format.
    #[arg(value_enum, default_value_t = Which::Survey)]
    which: Which,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Which {
    /// survey.toml
    Survey,
    /// schemes/*.toml
    Scheme,
    /// assessment.json
    Assessment,
    /// Record of a draw
    DrawRecord,
    /// Frame and design, sealed before the seed is known
    DrawCommitment,
}

pub(super) fn schema(arguments: &SchemaArguments, terminal: &Terminal) -> Ending {
    let schema = match arguments.which {
        Which::Survey => schemars::schema_for!(Definition),
        Which::Scheme => schemars::schema_for!(Scheme),
        Which::Assessment => schemars::schema_for!(Assessment),
        Which::DrawRecord => schemars::schema_for!(DrawRecord),
        Which::DrawCommitment => schemars::schema_for!(Commitment),
    };
    terminal.print_json(&schema.to_value());
    Ending::Fine
}
