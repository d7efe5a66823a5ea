//! The engine beside a bare loop of the same model, and beside other simulators.

use std::path::Path;

use super::ROUNDS;
use super::median::median;
use super::model::Model;
use super::subject::{Run, Subject};
use crate::failure::Failure;
use crate::machine::Machine;
use crate::workspace::Workspace;

/// Runs of one model by one subject, a run for each round; none where it does not have the model.
type Runs = Vec<Run>;

/// Prints what an event costs each of the subjects, and how much more than the first of them that is.
///
/// Fails when somebody simulated something else, as their mean then tells.
pub(super) fn measure(
    machine: &Machine,
    workspace: &Workspace,
    native: &Path,
    subjects: Vec<Subject<'_>>,
) -> Result<(), Failure> {
    let models = Model::read_all(&machine.tool(native).arg("models").read()?);
    // By subject, then by model.
    let mut measured: Vec<Vec<Runs>> = vec![vec![Runs::new(); models.len()]; subjects.len()];
    for round in 1..=ROUNDS {
        for (place, model) in models.iter().enumerate() {
            println!("{}, round {round} of {ROUNDS}", model.name);
            for (subject, runs) in subjects.iter().zip(&mut measured) {
                if subject.has(model) {
                    runs[place].push(subject.run(machine, workspace, model, round)?);
                }
            }
        }
    }
    let comparison = Comparison {
        models,
        subjects,
        measured,
    };
    comparison.print();
    comparison.check()
}

struct Comparison<'a> {
    models: Vec<Model>,
    subjects: Vec<Subject<'a>>,
    measured: Vec<Vec<Runs>>,
}

impl Comparison<'_> {
    fn print(&self) {
        let cost =
            |model: usize, run: &Run| run.seconds * 1e9 / run.customers / self.models[model].events;
        self.table(
            &format!("nanoseconds for each event of the model, median of {ROUNDS} rounds in turns"),
            |subject, model| {
                median(
                    self.measured[subject][model]
                        .iter()
                        .map(|it| cost(model, it)),
                )
            },
        );
        self.table(
            "times the bare loop of the same round, median of the ratios",
            |subject, model| {
                let runs = &self.measured[subject][model];
                let bare = &self.measured[0][model];
                median(
                    runs.iter()
                        .zip(bare)
                        .map(|(run, bare)| cost(model, run) / cost(model, bare)),
                )
            },
        );
        self.table("millions of bytes of memory, at most", |subject, model| {
            let memory = self.measured[subject][model]
                .iter()
                .filter_map(|it| it.memory);
            memory.fold(f64::NAN, f64::max) / 1e6
        });
    }

    /// A line for each subject and a column for each model, empty where there is no number.
    fn table(&self, title: &str, number: impl Fn(usize, usize) -> f64) {
        println!("\n{title}\n");
        print!("{:24}", "");
        for model in &self.models {
            print!(" {:>10}", model.name);
        }
        println!();
        for (subject, runs) in self.subjects.iter().zip(0..) {
            let numbers: Vec<f64> = (0..self.models.len()).map(|it| number(runs, it)).collect();
            if numbers.iter().all(|it| it.is_nan()) {
                continue;
            }
            print!("{:24}", subject.name);
            for number in numbers {
                print!(" {:>10}", in_three_digits(number));
            }
            println!();
        }
    }

    /// Whether everybody's customers stayed as long as theory says.
    fn check(&self) -> Result<(), Failure> {
        for (subject, by_model) in self.subjects.iter().zip(&self.measured) {
            for (model, runs) in self.models.iter().zip(by_model) {
                let with_mean = runs.iter().filter_map(|it| Some((it.customers, it.mean?)));
                let (customers, seconds) = with_mean.fold((0.0, 0.0), |(customers, sum), it| {
                    (customers + it.0, sum + it.0 * it.1)
                });
                if customers > 0.0 && !model.explains(seconds / customers, customers) {
                    return Err(Failure::new(format!(
                        "{} does not simulate {}: its customers stay {} s on average",
                        subject.name,
                        model.name,
                        seconds / customers
                    )));
                }
            }
        }
        Ok(())
    }
}

/// `1.15`, `35.3`, `3920`: nobody can measure more of a busy machine.
fn in_three_digits(number: f64) -> String {
    if number.is_nan() {
        return String::new();
    }
    let digits = match number {
        ..10.0 => 2,
        ..100.0 => 1,
        _ => 0,
    };
    format!("{number:.digits$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_digits_are_shown() {
        for (number, shown) in [
            (1.154, "1.15"),
            (35.26, "35.3"),
            (3_920.4, "3920"),
            (f64::NAN, ""),
        ] {
            assert_eq!(in_three_digits(number), shown);
        }
    }
}
