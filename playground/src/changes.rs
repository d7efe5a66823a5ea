//! What the reader of a figure changed, as short as it can be said: the link to the playground
//! carries it there.
//!
//! Kept as the edits themselves: comparing two documents would be code that figures do not have.

use diagram::Edit;
use diagram::script::{self, EditsError};

/// The edits that lead from the author's system to the reader's.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes(Vec<Edit>);

impl Changes {
    /// One more edit. A setting that is set again, and a copy that is removed at once, leave no trace.
    pub fn add(&mut self, edit: &Edit) {
        match (edit, self.0.last()) {
            (Edit::Set { path, .. }, _) => {
                let n_others = self.0.iter().rev().take_while(|it| is_setting(it)).count();
                let settings = self.0.len() - n_others;
                let again =
                    |it: &Edit| matches!(it, Edit::Set { path: other, .. } if other == path);
                if let Some(place) = self.0[settings..].iter().position(again) {
                    self.0.remove(settings + place);
                }
            }
            (Edit::Remove { name }, Some(Edit::Duplicate { as_name, .. })) if name == as_name => {
                self.0.pop();
                return;
            }
            _ => {}
        }
        self.0.push(edit.clone());
    }

    /// Forgets all of them: the author's system is back.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// All of them as [`script::read_edits`] reads them; empty where there are none.
    ///
    /// # Errors
    /// [`EditsError::TooLong`] where they are more than it reads.
    pub fn text(&self) -> Result<String, EditsError> {
        script::write_edits(&self.0)
    }
}

fn is_setting(edit: &Edit) -> bool {
    matches!(edit, Edit::Set { .. })
}

#[cfg(test)]
mod tests {
    use diagram::{Control, Document};
    use simulator::Scenario;

    use super::*;
    use crate::dial::{self, Turn};

    fn set(path: &str, value: &str) -> Edit {
        Edit::Set {
            path: path.to_owned(),
            value: value.to_owned(),
        }
    }

    fn changes(edits: &[Edit]) -> Vec<Edit> {
        let mut changes = Changes::default();
        edits.iter().for_each(|edit| changes.add(edit));
        changes.0
    }

    #[test]
    fn only_the_last_value_of_a_setting_counts() {
        let edits = [
            set("a.rate", "1/s"),
            set("b.rate", "2/s"),
            set("a.rate", "3/s"),
        ];
        assert_eq!(
            changes(&edits),
            [set("b.rate", "2/s"), set("a.rate", "3/s")]
        );
    }

    #[test]
    fn a_setting_from_before_another_kind_of_change_stays() {
        let copy = Edit::Duplicate {
            name: "a".to_owned(),
            as_name: "b".to_owned(),
        };
        let edits = [set("a.rate", "1/s"), copy, set("a.rate", "3/s")];
        assert_eq!(changes(&edits), edits);
    }

    #[test]
    fn a_copy_that_is_removed_at_once_never_was() {
        let copy = Edit::Duplicate {
            name: "a".to_owned(),
            as_name: "b".to_owned(),
        };
        let remove = |name: &str| Edit::Remove {
            name: name.to_owned(),
        };
        assert_eq!(changes(&[copy.clone(), remove("b")]), []);
        assert_eq!(changes(&[copy.clone(), remove("a")]), [copy, remove("a")]);
    }

    /// As many nodes and links as there can be, with names as long as they can be.
    fn largest() -> Document {
        let balancers: String = (0..191)
            .map(|i| format!("nodes.b{i:031}.kind = \"balancer\"\n"))
            .collect();
        let (servers, databases) = ("s".repeat(29), "d".repeat(29));
        let text = format!(
            "format = 1\n{balancers}\
             nodes.{users}.kind = \"clients\"\n\
             nodes.{servers} = {{ kind = \"server\", count = 32 }}\n\
             nodes.{databases} = {{ kind = \"database\", count = 32 }}\n\
             links = [{{ from = \"{servers}\", to = \"{databases}\" }}]\n",
            users = "u".repeat(32)
        );
        Document::parse(&text).expect("valid")
    }

    #[test]
    fn the_largest_possible_change_is_carried() {
        let document = largest();
        assert_eq!(document.nodes().len(), Scenario::MAX_NODES);
        assert_eq!(document.links().len(), 1_024);
        let mut changes = Changes::default();
        let to = |text: &str| Turn::To(text.to_owned());
        for (control, turn) in [
            (Control::Servers, to("0")),
            (Control::Load, to("123456.789")),
            (Control::Arrivals, to("even")),
            (Control::Policy, to("least-connections")),
            (Control::Workers, to("10000")),
            (Control::Queries, to("100")),
            (Control::Latency, to("123.456789")),
            (Control::HealthCheck, to("1s")),
        ] {
            let edits = dial::edits(&document, &document, &control, &turn).expect("a value");
            assert!(!edits.is_empty(), "{control:?}");
            edits.iter().for_each(|edit| changes.add(edit));
        }
        let text = changes.text().expect("it is carried");
        assert_eq!(script::read_edits(&text), Ok(changes.0));
    }
}
