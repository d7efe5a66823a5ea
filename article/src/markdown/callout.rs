//! Callouts: quotations that begin with `[!NOTE]` or one of its four sisters.

use std::ops::Range;

use diagram::suggestion::did_you_mean;
use pulldown_cmark::BlockQuoteKind;

use super::Reader;
use crate::page::Callout;

impl Reader<'_> {
    /// `> [!NOTE]` is only a callout if the text follows on the very next line, and only for five words.
    pub(super) fn check_for_missed_callout(&mut self, span: &Range<usize>) {
        let first = self.source[span.clone()].lines().next().unwrap_or_default();
        let Some(rest) = first.trim_start_matches(['>', ' ']).strip_prefix("[!") else {
            return;
        };
        let Some((word, _)) = rest.split_once(']') else {
            return;
        };
        let known = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];
        // The bracket is also an undefined reference; one mistake is reported once.
        self.problems.retain(|problem| {
            !(span.contains(&problem.span.start) && problem.message.starts_with("`[!"))
        });
        let length = first.trim_end().len();
        let place = span.start..span.start + length;
        if known.contains(&word.to_uppercase().as_str()) {
            self.problem_with(
                place,
                format!("the text of a callout has to begin on the line after `[!{word}]`"),
                Some("remove the empty line or the words behind the bracket".to_owned()),
            );
        } else {
            let help = did_you_mean(word, known)
                .unwrap_or_else(|| format!("the kinds are {}", known.join(", ")));
            self.problem_with(place, format!("there is no callout `{word}`"), Some(help));
        }
    }
}

pub(super) fn callout(kind: BlockQuoteKind) -> Callout {
    match kind {
        BlockQuoteKind::Note => Callout::Note,
        BlockQuoteKind::Tip => Callout::Tip,
        BlockQuoteKind::Important => Callout::Important,
        BlockQuoteKind::Warning => Callout::Warning,
        BlockQuoteKind::Caution => Callout::Caution,
    }
}
