//! Columns of text that line up on a terminal, Chinese characters counted twice.

/// Lines of a table: the first column to the left, the others to the right.
pub fn lines(rows: &[Vec<String>]) -> Vec<String> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widest = |column: usize| {
        rows.iter()
            .filter_map(|row| row.get(column))
            .map(|cell| width(cell))
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(widest).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).enumerate().map(|(at, (cell, wide))| {
            let blank = " ".repeat(wide.saturating_sub(width(cell)));
            if at == 0 {
                format!("{cell}{blank}")
            } else {
                format!("{blank}{cell}")
            }
        });
        let joined = cells.collect::<Vec<_>>().join("  ");
        joined.trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}

/// Columns of a terminal that a text takes.
fn width(text: &str) -> usize {
    let wide = |c: char| matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}' | '\u{20000}'..='\u{3fffd}');
    text.chars().map(|c| if wide(c) { 2 } else { 1 }).sum()
}
