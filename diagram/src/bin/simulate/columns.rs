//! Tables and sentences in the width of a terminal: columns are aligned, numbers to the right, and a
//! cell that is too long goes on in the next line.

use diagram::table::Table;

/// How wide terminals are that do not say so.
const USUAL_WIDTH: usize = 80;
/// Between two columns.
const GAP: usize = 2;

/// How many characters a line may have: what the shell says in `COLUMNS`, or 80.
pub(crate) fn width() -> usize {
    let told = std::env::var("COLUMNS").ok();
    told.and_then(|columns| columns.parse().ok())
        .filter(|columns| (40..=1_000).contains(columns))
        .unwrap_or(USUAL_WIDTH)
}

/// A table in columns of together at most `width` characters, where its words allow that.
pub(crate) fn columns(table: &Table, width: usize) -> String {
    let rows: Vec<&Vec<String>> = std::iter::once(&table.head).chain(&table.rows).collect();
    let n_columns = table.head.len();
    let column = |place: usize| {
        rows.iter()
            .map(move |row| row.get(place).map_or("", String::as_str))
    };
    let cells: Vec<Vec<&str>> = (0..n_columns).map(|c| column(c).collect()).collect();
    let widths = widths(&cells, width);
    let is_right: Vec<bool> = (0..n_columns)
        .map(|c| !table.rows.is_empty() && column(c).skip(1).all(is_number))
        .collect();
    let mut out = String::new();
    for row in rows {
        let cells: Vec<Vec<String>> = row.iter().zip(&widths).map(|(c, w)| wrap(c, *w)).collect();
        let n_lines = cells.iter().map(Vec::len).max().unwrap_or(0);
        for line in 0..n_lines {
            let parts: Vec<String> = cells
                .iter()
                .zip(widths.iter().zip(&is_right))
                .map(|(cell, (width, is_right))| {
                    let text = cell.get(line).map_or("", String::as_str);
                    let padding = " ".repeat(width.saturating_sub(length(text)));
                    if *is_right {
                        format!("{padding}{text}")
                    } else {
                        format!("{text}{padding}")
                    }
                })
                .collect();
            out.push_str(parts.join(&" ".repeat(GAP)).trim_end());
            out.push('\n');
        }
    }
    out
}

/// How wide each column of `cells` is.
fn widths(cells: &[Vec<&str>], width: usize) -> Vec<usize> {
    let most = |column: &[&str], of: &dyn Fn(&str) -> usize| -> usize {
        column.iter().map(|cell| of(cell)).max().unwrap_or(0)
    };
    let least: Vec<usize> = cells.iter().map(|c| most(c, &longest_piece)).collect();
    let mut widths: Vec<usize> = cells.iter().map(|c| most(c, &length)).collect();
    let room = width.saturating_sub(GAP * cells.len().saturating_sub(1));
    // The widest column that can give way does, a character at a time.
    while widths.iter().sum::<usize>() > room {
        let can_give = (0..widths.len()).filter(|&c| widths[c] > least[c]);
        let Some(giving) = can_give.max_by_key(|&c| widths[c]) else {
            break;
        };
        widths[giving] -= 1;
    }
    // Words rarely fill what they are given; another column may save a line with the rest.
    let used = |column: &[&str], width: usize| {
        let longest = |cell: &str| wrap(cell, width).iter().map(|line| length(line)).max();
        most(column, &|cell| longest(cell).unwrap_or(0))
    };
    let n_lines = |column: &[&str], width: usize| -> usize {
        column.iter().map(|cell| wrap(cell, width).len()).sum()
    };
    for (column, width) in cells.iter().zip(&mut widths) {
        *width = used(column, *width);
    }
    for (place, column) in cells.iter().enumerate() {
        let rest = room.saturating_sub(widths.iter().sum());
        let (now, wider) = (widths[place], widths[place] + rest);
        if n_lines(column, wider) < n_lines(column, now) {
            widths[place] = used(column, wider);
        }
    }
    widths
}

/// The same table with its rows as columns.
fn turned(table: &Table) -> Table {
    let line = |place: usize| -> Vec<String> {
        let all = std::iter::once(&table.head).chain(&table.rows);
        all.filter_map(|row| row.get(place).cloned()).collect()
    };
    Table {
        caption: table.caption.clone(),
        head: line(0),
        rows: (1..table.head.len()).map(line).collect(),
    }
}

/// A table in columns, or, where only that fits, with its rows as columns.
pub(crate) fn columns_or_rows(table: &Table, width: usize) -> String {
    let widest = |text: &str| text.lines().map(length).max().unwrap_or(0);
    let (upright, turned) = (columns(table, width), columns(&turned(table), width));
    if widest(&upright) <= width || widest(&upright) <= widest(&turned) {
        upright
    } else {
        turned
    }
}

/// Sentences in lines of at most `width` characters.
pub(crate) fn paragraph(text: &str, width: usize) -> String {
    let mut out = wrap(text, width).join("\n");
    out.push('\n');
    out
}

fn length(text: &str) -> usize {
    text.chars().count()
}

/// What reads best when its last digits stand below each other.
fn is_number(cell: &str) -> bool {
    let begins = cell.starts_with(|c: char| c.is_ascii_digit() || "–+−".contains(c));
    begins && !cell.contains('(') && !cell.contains(';')
}

fn longest_piece(cell: &str) -> usize {
    let lengths = pieces(cell).into_iter().map(|piece| length(piece.text));
    lengths.max().unwrap_or(0)
}

/// A text in lines of at most `width` characters, but never less than one piece in a line.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for piece in pieces(text) {
        let space = usize::from(piece.has_space);
        match lines.last_mut() {
            Some(last) if length(last) + space + length(piece.text) <= width => {
                if piece.has_space {
                    last.push(' ');
                }
                last.push_str(piece.text);
            }
            _ => lines.push(piece.text.to_owned()),
        }
    }
    lines
}

/// What may not be broken.
struct Piece<'t> {
    text: &'t str,
    /// Whether a space parts it from the piece before.
    has_space: bool,
}

/// Words, but a number keeps its unit, and a long name breaks at its dashes.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    const LONG: usize = 16;
    let mut words = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices(' ') {
        let before = &text[start..at];
        let after = text[at + 1..].split(' ').next().unwrap_or("");
        let letters = after
            .find(|c: char| !c.is_alphabetic())
            .map_or(after, |end| &after[..end]);
        let is_unit =
            matches!(letters, "ms" | "s" | "µs") && before.ends_with(|c: char| c.is_ascii_digit());
        if !is_unit && !after.starts_with(['±', '·']) && !before.ends_with(['±', '≈', 'ρ']) {
            words.push(before);
            start = at + 1;
        }
    }
    words.push(&text[start..]);
    let parts = |word| -> Vec<&str> {
        if length(word) > LONG && !word.contains(' ') {
            word.split_inclusive('-').collect()
        } else {
            vec![word]
        }
    };
    words
        .into_iter()
        .flat_map(|word| parts(word).into_iter().enumerate())
        .map(|(place, text)| Piece {
            text,
            has_space: place == 0,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&[&str]]) -> Table {
        let texts = |row: &&[&str]| row.iter().map(|&cell| cell.to_owned()).collect();
        let mut rows: Vec<Vec<String>> = rows.iter().map(texts).collect();
        Table {
            caption: String::new(),
            head: rows.remove(0),
            rows,
        }
    }

    #[test]
    fn numbers_stand_to_the_right_and_words_to_the_left() {
        let shown = columns(
            &table(&[
                &["Run", "Goodput", "Failed"],
                &["As drawn", "1,403/s", "0"],
                &["Fewer", "96.5/s", "12 (timed out)"],
            ]),
            80,
        );
        let expected = "Run       Goodput  Failed\n\
                        As drawn  1,403/s  0\n\
                        Fewer      96.5/s  12 (timed out)\n";
        assert_eq!(shown, expected);
    }

    #[test]
    fn what_is_too_wide_goes_on_below_and_numbers_keep_their_units() {
        let shown = columns(
            &table(&[
                &["Node", "What it is", "Wait"],
                &[
                    "mobile-application-users",
                    "clients, 20 req/s, even",
                    "12 ms",
                ],
                &["web", "server, 2 workers · 8 ms", "–"],
            ]),
            40,
        );
        let expected = "\
Node               What it is       Wait
mobile-            clients, 20     12 ms
application-users  req/s, even
web                server, 2           –
                   workers · 8 ms
";
        assert_eq!(shown, expected, "{shown}");
    }

    #[test]
    fn a_paragraph_keeps_to_its_width() {
        let text = "Computed for 60 s of simulated time, the first 10 s left out: seed 7.";
        let shown = paragraph(text, 30);
        assert!(
            shown.lines().all(|line| line.chars().count() <= 30),
            "{shown}"
        );
        assert_eq!(shown.trim_end().replace('\n', " "), text);
    }
}
