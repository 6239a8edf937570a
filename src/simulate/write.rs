//! Rows as text: every fixed text is quoted once, a row is then put together from ready parts.

use super::case::{Answer, Case, RowKind};
use super::plan::{AnswerForm, FileEncoding, LeadColumn, ScalePlan, SimulationPlan, TimeStyle, WavePlan};
use std::fmt::Write as _;
use std::io::{self, BufWriter, Write};

/// First and last second of a day on which answers come in: 8:00 to 22:00.
const DAY_START: u64 = 8 * 3600;
const DAY_SECONDS: u64 = 14 * 3600;

/// Writes the rows of one wave.
pub(super) struct RowWriter<'a> {
    plan: &'a SimulationPlan,
    id_digits: usize,
    encoder: Encoder<'a>,
    line: String,
    days: Vec<String>,
    impossible_day: String,
    /// Values of all strata columns of each stratum.
    strata: Vec<String>,
    sources: Vec<String>,
    comments: Vec<String>,
    items: Vec<AnswerTexts>,
    attention: AnswerTexts,
    ids: String,
}

impl<'a> RowWriter<'a> {
    /// Writes the header.
    pub(super) fn new(plan: &'a SimulationPlan, wave: usize, id_digits: usize, file: &'a mut dyn Write) -> io::Result<Self> {
        let wave: &WavePlan = plan.waves.get(wave).ok_or(io::ErrorKind::InvalidInput)?;
        let texts = |name: &str| -> io::Result<AnswerTexts> {
            let scale = plan.scale(name).ok_or(io::ErrorKind::InvalidInput)?;
            AnswerTexts::new(plan, scale, wave.form)
        };
        let items = plan.items().map(|(_, item)| texts(&item.scale)).collect::<io::Result<_>>()?;
        let joined = |values: &Vec<String>| -> io::Result<String> {
            Ok(values.iter().map(|v| quoted(v)).collect::<io::Result<Vec<_>>>()?.join(","))
        };
        let strata = plan.strata.iter().map(|s| joined(&s.values)).collect::<io::Result<_>>()?;
        let comments = plan
            .comment
            .iter()
            .flat_map(|c| &c.texts)
            .map(|t| quoted(t))
            .collect::<io::Result<_>>()?;
        let mut sources = Vec::new();
        let mut ids = String::new();
        for column in &plan.leading {
            match column {
                LeadColumn::Source(_, values) => sources = values.iter().map(|v| quoted(v)).collect::<io::Result<_>>()?,
                LeadColumn::Respondent(_, prefix) => ids = format!("{prefix}{}", wave.id),
                _ => {}
            }
        }
        let mut writer = Self {
            plan,
            id_digits,
            encoder: Encoder::new(wave.encoding, file)?,
            line: String::with_capacity(1024),
            days: days(wave, plan.time_style),
            impossible_day: day(i32::from(wave.first_day.year()), 2, 30, plan.time_style),
            strata,
            sources,
            comments,
            items,
            attention: texts(&plan.attention.scale)?,
            ids,
        };
        writer.header()?;
        Ok(writer)
    }

    fn header(&mut self) -> io::Result<()> {
        let plan = self.plan;
        let mut names: Vec<&str> = Vec::new();
        for column in &plan.leading {
            match column {
                LeadColumn::Serial(name)
                | LeadColumn::Submitted(name)
                | LeadColumn::Duration(name, _)
                | LeadColumn::Source(name, _)
                | LeadColumn::Respondent(name, _) => names.push(name),
                LeadColumn::Strata => names.extend(plan.strata_columns.iter().map(String::as_str)),
            }
        }
        for (position, (_, item)) in plan.items().enumerate() {
            if position == plan.attention.after_items {
                names.push(&plan.attention.column);
            }
            names.push(&item.column);
        }
        names.extend(plan.comment.iter().map(|c| c.column.as_str()));
        let cells = names.into_iter().map(quoted).collect::<io::Result<Vec<_>>>()?;
        self.encoder.line(&(cells.join(",") + "\n"))
    }

    /// Writes one row.
    pub(super) fn write(&mut self, row: u64, case: &Case) -> io::Result<()> {
        self.line.clear();
        for column in &self.plan.leading {
            self.lead(column, row, case);
            self.line.push(',');
        }
        for (position, (answer, texts)) in case.answers.iter().zip(&self.items).enumerate() {
            if position == self.plan.attention.after_items {
                self.line.push_str(self.attention.of(case.attention));
                self.line.push(',');
            }
            self.line.push_str(texts.of(*answer));
            self.line.push(',');
        }
        if self.plan.comment.is_some() {
            self.line
                .push_str(case.comment.and_then(|at| self.comments.get(at)).map_or("", String::as_str));
        } else {
            self.line.pop();
        }
        self.line.push('\n');
        self.encoder.line(&self.line)
    }

    fn lead(&mut self, column: &LeadColumn, row: u64, case: &Case) {
        // Writing to a string cannot fail.
        let _ = match column {
            LeadColumn::Serial(_) => write!(self.line, "{}", row + 1),
            LeadColumn::Submitted(_) => {
                self.time(row, case);
                Ok(())
            }
            LeadColumn::Duration(_, unit) => write!(self.line, "{}{unit}", case.seconds),
            LeadColumn::Source(..) => {
                let source = self.sources.get(case.source.checked_rem(self.sources.len()).unwrap_or(0));
                self.line.push_str(source.map_or("", String::as_str));
                Ok(())
            }
            LeadColumn::Respondent(..) => write!(self.line, "{}{:0width$}", self.ids, case.number, width = self.id_digits),
            LeadColumn::Strata => {
                self.line.push_str(self.strata.get(case.stratum).map_or("", String::as_str));
                Ok(())
            }
        };
    }

    /// Rows are spread evenly over the field days, in order.
    fn time(&mut self, row: u64, case: &Case) {
        let (days, rows) = (u128::from(self.days.len() as u64), u128::from(self.plan.rows));
        let position = u128::from(row) * days;
        let seconds = (position % rows) as f64 / rows as f64 * DAY_SECONDS as f64;
        let seconds = DAY_START + seconds as u64;
        let day = self.days.get((position / rows) as usize).map_or("", String::as_str);
        self.line.push_str(if case.kind == RowKind::ImpossibleDate {
            &self.impossible_day
        } else {
            day
        });
        let (h, m, s) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        // Writing to a string cannot fail.
        let _ = match self.plan.time_style {
            TimeStyle::Iso => write!(self.line, " {h:02}:{m:02}:{s:02}"),
            TimeStyle::Slashed => write!(self.line, " {h}:{m:02}:{s:02}"),
        };
    }

    /// Hands the last bytes on.
    pub(super) fn finish(mut self) -> io::Result<()> {
        self.encoder.file.flush()
    }
}

fn days(wave: &WavePlan, style: TimeStyle) -> Vec<String> {
    let dates = wave.first_day.series(jiff::ToSpan::days(1)).take(usize::from(wave.days));
    dates.map(|d| day(i32::from(d.year()), d.month(), d.day(), style)).collect()
}

fn day(year: i32, month: i8, day: i8, style: TimeStyle) -> String {
    match style {
        TimeStyle::Iso => format!("{year}-{month:02}-{day:02}"),
        TimeStyle::Slashed => format!("{year}/{month}/{day}"),
    }
}

/// The written forms of the answers of a scale.
struct AnswerTexts {
    steps: Vec<String>,
    blank: String,
    not_applicable: String,
    unknown: String,
}

impl AnswerTexts {
    fn new(plan: &SimulationPlan, scale: &ScalePlan, form: AnswerForm) -> io::Result<Self> {
        let labels = form == AnswerForm::Labels && !scale.labels.is_empty();
        let code = |step: u8| (scale.min + i32::from(step)).to_string();
        let step = |at: u8| match scale.labels.get(usize::from(at)) {
            Some(label) if labels => quoted(label),
            _ => Ok(code(at)),
        };
        let not_applicable = scale
            .not_applicable
            .as_ref()
            .map(|(label, code)| if labels { label.clone() } else { code.to_string() });
        Ok(Self {
            steps: (0..=scale.range()).map(step).collect::<io::Result<_>>()?,
            blank: if form == AnswerForm::Labels {
                quoted(&plan.blank)?
            } else {
                String::new()
            },
            not_applicable: quoted(&not_applicable.unwrap_or_default())?,
            unknown: quoted(&plan.unknown_label)?,
        })
    }

    fn of(&self, answer: Answer) -> &str {
        match answer {
            Answer::Step(step) => self.steps.get(usize::from(step)).map_or("", String::as_str),
            Answer::Blank => &self.blank,
            Answer::NotApplicable => &self.not_applicable,
            Answer::Unknown => &self.unknown,
        }
    }
}

/// A text as a cell of a CSV file, with quotes where it needs them.
fn quoted(text: &str) -> io::Result<String> {
    if text.is_empty() {
        return Ok(String::new());
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record([text])?;
    let bytes = writer.into_inner().map_err(csv::IntoInnerError::into_error)?;
    let cell = String::from_utf8(bytes).map_err(io::Error::other)?;
    Ok(cell.strip_suffix('\n').unwrap_or(&cell).to_owned())
}

/// Text to the bytes of a file.
struct Encoder<'a> {
    encoding: FileEncoding,
    file: BufWriter<&'a mut dyn Write>,
}

impl<'a> Encoder<'a> {
    fn new(encoding: FileEncoding, file: &'a mut dyn Write) -> io::Result<Self> {
        let mut file = BufWriter::with_capacity(1 << 16, file);
        if encoding == FileEncoding::Utf8Bom {
            file.write_all("\u{feff}".as_bytes())?;
        }
        Ok(Self { encoding, file })
    }

    fn line(&mut self, text: &str) -> io::Result<()> {
        match self.encoding {
            FileEncoding::Utf8 | FileEncoding::Utf8Bom => self.file.write_all(text.as_bytes()),
            FileEncoding::Gb18030 => self.file.write_all(&encoding_rs::GB18030.encode(text).0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn texts_are_quoted_where_they_need_it() {
        assert_eq!(quoted("比较满意").unwrap(), "比较满意");
        assert_eq!(quoted("准时,仔细").unwrap(), "\"准时,仔细\"");
        assert_eq!(quoted("说\"当天\"\n到").unwrap(), "\"说\"\"当天\"\"\n到\"");
        assert_eq!(quoted("").unwrap(), "");
    }
}
