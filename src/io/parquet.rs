//! Columnar output through polars: the scores of respondents as Parquet, which R, Python and SPSS read typed.

use crate::score::RespondentScores;
use polars::prelude::{Column, DataFrame, IntoColumn, NamedFrom, ParquetWriter, PolarsError, Series};

/// The scores of respondents as one Parquet file.
pub fn scores(scores: &RespondentScores) -> Result<Vec<u8>, PolarsError> {
    let mut columns: Vec<Column> = vec![
        Series::new("wave".into(), &scores.wave).into_column(),
        Series::new("line".into(), &scores.line).into_column(),
        Series::new("stratum".into(), &scores.stratum).into_column(),
        Series::new("weight".into(), &scores.weight).into_column(),
    ];
    for (dimension, values) in &scores.dimensions {
        columns.push(Series::new(dimension.as_str().into(), values).into_column());
    }
    let mut frame = DataFrame::new(scores.wave.len(), columns)?;
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes).finish(&mut frame)?;
    Ok(bytes)
}
