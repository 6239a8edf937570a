//! The command line: parse, dispatch, print. The only place for clap and the terminal.

mod calendar;
mod check;
mod forms;
mod report;
mod run;
mod sample;
mod schema;
mod scheme;
mod scorecard;
mod show;
mod simulate;
mod sites;
mod surveillance;

use clap::{Parser, Subcommand, ValueEnum};
use manyidu::locale::Lang;
use show::Terminal;
use std::process::ExitCode;

/// How a command ended, as the exit code says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// Everything went well.
    Fine,
    /// A quality gate of the definition is not met; the report is written all the same.
    GateFailed,
    /// Wrong usage, a fault of the definition or of the data; nothing is written.
    Refused,
}

/// A fault of this program, not of the user.
const EXIT_BUG: u8 = 70;

/// 满意度: from raw customer-satisfaction answers to an index that an auditor can check.
#[derive(Debug, Parser)]
#[command(version, propagate_version = true, arg_required_else_help = true)]
struct Arguments {
    /// Language of messages on the terminal. Reports are always written in both.
    #[arg(long, global = true, value_enum, default_value_t = LangChoice::Zh)]
    lang: LangChoice,
    /// Form of the result on standard output.
    #[arg(long, global = true, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LangChoice {
    /// 简体中文
    #[value(name = "zh-CN", alias = "zh")]
    Zh,
    /// English
    #[value(name = "en")]
    En,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// For programs: one JSON value on standard output, nothing else there.
    Json,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run a survey: read, clean, weigh, estimate, grade, compare, and write the report.
    Run(run::RunArguments),
    /// Print the calendar of a certificate and what each visit wants; write it as an iCalendar file.
    Calendar(calendar::CalendarArguments),
    /// Draw the sites that a visit sees, so that anyone can repeat it, or hold a filed draw against that.
    Sites(sites::SitesArguments),
    /// Plan a sample, draw it so that anyone can repeat it, hold what came back against the draw.
    Sample(sample::SampleArguments),
    /// Write the reports once more, from an assessment.json alone.
    Report(report::ReportArguments),
    /// Write the yearly surveillance report over all waves of a survey.
    Surveillance(surveillance::SurveillanceArguments),
    /// Check definition and data, tell all problems at once, write nothing.
    Check(check::CheckArguments),
    /// Write simulated answers from a stated model, with a definition beside them.
    Simulate(simulate::SimulateArguments),
    /// Certification schemes: list, show, check, and copy one to enter a body's rule.
    Scheme(scheme::SchemeArguments),
    /// Scorecards of schemes that are scored on site.
    Scorecard(scorecard::ScorecardArguments),
    /// Print the JSON Schema of a file format.
    Schema(schema::SchemaArguments),
}

/// Runs the program and gives the exit code.
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version go to standard output and are no fault.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let lang = match arguments.lang {
        LangChoice::Zh => Lang::Zh,
        LangChoice::En => Lang::En,
    };
    let terminal = Terminal::new(lang, arguments.format == Format::Json);
    // A panic is our bug; it is told as such and not as a fault of the user's file.
    let command = arguments.command;
    let result = std::panic::catch_unwind(|| match &command {
        Command::Run(arguments) => run::run(arguments, &terminal),
        Command::Calendar(arguments) => calendar::calendar(arguments, &terminal),
        Command::Sites(arguments) => sites::sites(arguments, &terminal),
        Command::Sample(arguments) => sample::sample(arguments, &terminal),
        Command::Report(arguments) => report::report(arguments, &terminal),
        Command::Surveillance(arguments) => surveillance::surveillance(arguments, &terminal),
        Command::Check(arguments) => check::check(arguments, &terminal),
        Command::Simulate(arguments) => simulate::simulate(arguments, &terminal),
        Command::Scheme(arguments) => scheme::scheme(arguments, &terminal),
        Command::Scorecard(arguments) => scorecard::scorecard(arguments, &terminal),
        Command::Schema(arguments) => schema::schema(arguments, &terminal),
    });
    match result {
        Ok(Ending::Fine) => ExitCode::from(0),
        Ok(Ending::GateFailed) => ExitCode::from(1),
        Ok(Ending::Refused) => ExitCode::from(2),
        Err(_) => {
            terminal.say("bug-notice", &[]);
            ExitCode::from(EXIT_BUG)
        }
    }
}
