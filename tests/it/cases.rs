//! Single cases: each id in one final code, joined with frame and answers; what does not add up stops the run. Samples that are not
//! random have no margin of error; the checklist names what is missing.

use manyidu::coverage::StratumVerdict;
use manyidu::coverage::accounting::AccountingSource;
use manyidu::finding::{Code, Refusal};
use manyidu::io::Memory;
use manyidu::pipeline::{self, Run, Wanted};

const FRAME: &str = "region,population,drawn\nnorth,500,6\nsouth,300,4\n";
const ANSWERS: &str = "id,region,a,b\n1,north,4,5\n2,north,3,4\n3,north,5,5\n7,south,2,3\n8,south,4,4\n";
const CASES: &str = "id,region,code,how\n1,north,1.1,web\n2,north,S1,web\n3,north,1.2,phone\n4,north,2.11,web\n5,north,2.2,phone\n6,north,4.7,web\n7,south,1.1,web\n8,south,complete,phone\n9,south,3.1,web\n10,south,2.2,phone\n";

fn definition(method: &str, more: &str) -> String {
    format!(
        "title = \"T\"\n[[waves]]\nid = \"w\"\nresponses = \"r.csv\"\nframe = \"f.csv\"\ncases = \"c.csv\"\n[cases]\nmode = \"how\"\ncodes = {{ S1 = \"complete\" }}\n[columns]\nrespondent = \"id\"\nstrata = [\"region\"]\n[scales.s]\nmin = 1\nmax = 5\n[[dimensions]]\nid = \"d\"\nitems = [\"a\", \"b\"]\n[design]\nmethod = \"{method}\"\n{more}"
    )
}

fn run(definition: &str, frame: &str, answers: &str, cases: &str) -> Result<Run, Refusal> {
    let files = [("f.csv", frame), ("r.csv", answers), ("c.csv", cases)];
    let world = Memory(files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).into());
    let (survey, warnings) = manyidu::survey::parse("survey.toml", "s", definition)?;
    pipeline::run(&survey, definition, &warnings, &world, Wanted::default(), &|_, _| {})
}

fn codes(result: Result<Run, Refusal>) -> Vec<Code> {
    result.unwrap_err().0.iter().map(|f| f.code).collect()
}

#[test]
fn cases_add_up_from_the_frame_to_the_analysed() {
    let run = run(&definition("stratified", ""), FRAME, ANSWERS, CASES).unwrap();
    let coverage = &run.assessment.waves[0].coverage;
    let a = coverage.accounting.as_ref().unwrap();
    assert_eq!(a.source, AccountingSource::Cases);
    let way = [
        a.drawn,
        a.not_eligible,
        a.unknown,
        a.eligible,
        a.contacted,
        a.interviews,
        a.received,
        a.analysed,
    ];
    assert_eq!(way, [10, 1, 1, 8, 6, 5, 5, 5]);
    assert!(a.balances.iter().all(manyidu::coverage::accounting::Balance::holds));
    // By hand: I = 4, P = 1, R = 1, NC = 2, UH = 1, NE = 1, e = 8/9.
    let rates = coverage.rates.as_ref().unwrap();
    assert!((rates.response[0].rate_share.unwrap() - 4.0 / 9.0).abs() < 1e-15);
    assert!((rates.response[2].rate_share.unwrap() - 4.0 / (8.0 + 8.0 / 9.0)).abs() < 1e-15);
    let modes: Vec<(&str, u64)> = a.modes.iter().map(|m| (m.mode.as_str(), m.counts.complete)).collect();
    assert_eq!(modes, [("phone", 1), ("web", 3)]);
    let own = a.codes.iter().find(|c| c.code == "S1").unwrap();
    assert_eq!((own.class.as_str(), own.cases), ("complete", 1));
    assert!(
        coverage
            .strata
            .iter()
            .all(|s| s.verdict == StratumVerdict::Pass && s.margin.is_some())
    );
}

#[test]
fn whatever_does_not_add_up_stops_the_run() {
    let design = definition("stratified", "");
    let faults = [
        // An id in two final codes.
        (FRAME, ANSWERS, CASES.replace("\n10,", "\n9,"), Code::CaseRepeated),
        // A code that nobody explained.
        (FRAME, ANSWERS, CASES.replace("2.11", "9.9"), Code::CaseCodeUnknown),
        // A case that nobody can be found by.
        (FRAME, ANSWERS, CASES.replace("\n10,", "\n,"), Code::CaseWithoutId),
        // Fewer cases than the frame says were drawn.
        (FRAME, ANSWERS, CASES.replace("10,south,2.2,phone\n", ""), Code::CasesUnbalanced),
        // An answer of somebody who was not drawn.
        (FRAME, ANSWERS, CASES.replace("\n8,", "\n11,"), Code::CasesUnbalanced),
        // An answer of somebody who is said to have refused.
        (FRAME, ANSWERS, CASES.replace("complete", "refusal"), Code::CasesUnbalanced),
        // An interview without answers.
        (FRAME, ANSWERS, CASES.replace("2.11", "1.1"), Code::CasesUnbalanced),
    ];
    for (frame, answers, cases, code) in faults {
        assert!(codes(run(&design, frame, answers, &cases)).contains(&code), "{code:?}");
    }
}

/// Where only counts are known their sums have to agree with the numbers drawn and with the persons who answered.
#[test]
fn a_table_of_counts_has_to_add_up() {
    const COUNTS: &str =
        "region,complete,partial,refusal,non_contact,unknown_household,not_eligible\nnorth,2,1,1,1,0,1\nsouth,2,0,0,1,1,0\n";
    let design = definition("stratified", "").replace("cases = ", "dispositions = ");
    assert!(run(&design, FRAME, ANSWERS, COUNTS).is_ok());
    let faults = [
        ("north,2,1,1,", "north,2,1,2,"), // more than were drawn
        ("south,2,0,0,", "south,1,0,1,"), // fewer interviews than persons
        ("south,2,0", "west,2,0"),        // a stratum that nobody knows
        ("south,2,0,0,1,1,0\n", ""),      // a stratum left out
    ];
    for (right, wrong) in faults {
        let found = codes(run(&design, FRAME, ANSWERS, &COUNTS.replace(right, wrong)));
        assert!(found.contains(&Code::DispositionsUnbalanced), "{wrong}: {found:?}");
    }
    // Counts of the whole wave: their sum is all that can be held against the frame.
    let whole = "complete,partial,refusal,non_contact,unknown_household,not_eligible\n4,1,1,2,1,1\n";
    assert!(run(&design, FRAME, ANSWERS, whole).is_ok());
    let more = whole.replace("4,1,1,2", "4,1,1,3");
    assert_eq!(codes(run(&design, FRAME, ANSWERS, &more)), [Code::DispositionsUnbalanced]);
    // Without identities nobody can tell how many persons answered: a reservation.
    let anonymous = design.replace("respondent = \"id\"\n", "");
    let fewer = COUNTS.replace("south,2,0,0,", "south,1,0,1,");
    let told = run(&anonymous, FRAME, ANSWERS, &fewer).unwrap().assessment;
    assert!(
        told.waves[0].findings.iter().any(|f| f.code == Code::DispositionsDisagree),
        "{:?}",
        told.waves[0].findings
    );
}

#[test]
fn samples_that_are_not_random_have_no_margin() {
    for method in ["quota", "opt-in-panel", "convenience"] {
        let run = run(&definition(method, ""), FRAME, ANSWERS, CASES).unwrap();
        let wave = &run.assessment.waves[0];
        assert!(!wave.coverage.probability_sample);
        assert!(wave.coverage.strata.iter().all(|s| s.margin.is_none()), "{method}");
        assert!(wave.representativeness.r_indicator.is_none());
    }
}

#[test]
fn the_publish_gate_names_what_is_missing() {
    let closed = run(&definition("stratified", ""), FRAME, ANSWERS, CASES)
        .unwrap()
        .assessment
        .disclosure;
    assert_eq!((closed.items.len(), closed.publishable), (19, false));
    assert!(closed.items[0].missing.contains(&"sponsor".to_owned()));
    let told =
        "[disclosure]\nsubcontractors = \"none\"\ngeography = \"all\"\nexclusions = \"none\"\nlength = \"2 min\"\nshortfall = \"a test\"\n";
    let head = "sponsor = \"A\"\nconductor = \"B\"\npopulation = \"C\"\nmode = \"web\"\n";
    let waves = definition("stratified", told).replace("frame = ", "field_start = \"2025-01-01\"\nfield_end = \"2025-01-31\"\nframe = ");
    let open = run(&format!("{head}{waves}"), FRAME, ANSWERS, CASES).unwrap().assessment.disclosure;
    let lacking: Vec<u8> = open
        .items
        .iter()
        .filter(|i| i.gate && !i.missing.is_empty())
        .map(|i| i.item)
        .collect();
    assert!(open.publishable, "{lacking:?}");
}
