//! The models that are run by several programs, as `bench models` names them.

/// A model, and what is known of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Model {
    pub(super) name: String,
    /// What a customer causes on average, the same for all who run it.
    pub(super) events: f64,
    /// How long a customer stays on average, in seconds, by theory.
    mean: f64,
    /// The standard deviation of the mean over a million customers, as a share of it.
    spread: f64,
    /// Which of `bare` and `engine` there are.
    subjects: Vec<String>,
}

impl Model {
    /// Lines such as `models mm1 1000000 2 10 0.0215 bare engine`.
    pub(super) fn read_all(printed: &str) -> Vec<Self> {
        printed.lines().filter_map(Self::read).collect()
    }

    fn read(line: &str) -> Option<Self> {
        let mut words = line.strip_prefix("models ")?.split(' ');
        let name = words.next()?.to_owned();
        let _customers = words.next()?;
        Some(Self {
            name,
            events: words.next()?.parse().ok()?,
            mean: words.next()?.parse().ok()?,
            spread: words.next()?.parse().ok()?,
            subjects: words.map(str::to_owned).collect(),
        })
    }

    pub(super) fn has(&self, subject: &str) -> bool {
        self.subjects.iter().any(|it| it == subject)
    }

    /// Whether so many customers may have stayed so long, by 4.5 standard errors.
    ///
    /// A program that simulates something else is wrong by more.
    pub(super) fn explains(&self, mean: f64, customers: f64) -> bool {
        let error = self.spread * (1e6 / customers).sqrt();
        (mean / self.mean - 1.0).abs() <= 4.5 * error
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_is_read_with_what_is_known_of_it() {
        let models = Model::read_all("models mm1 1000000 2 10 0.02 bare engine\nmodels broken\n");
        let [model] = models.as_slice() else {
            panic!("there is one: {models:?}")
        };
        assert_eq!((model.name.as_str(), model.events), ("mm1", 2.0));
        assert!(model.has("engine") && !model.has("peer"));
    }

    #[test]
    fn a_mean_may_differ_by_its_standard_error() {
        let models = Model::read_all("models mm1 1000000 2 10 0.02 bare");
        for (mean, customers, expected) in [
            (10.8, 1e6, true),
            (11.0, 1e6, false),
            (9.0, 1e6, false),
            (11.0, 2.5e5, true),
            (f64::NAN, 1e6, false),
        ] {
            assert_eq!(models[0].explains(mean, customers), expected, "{mean}");
        }
    }
}
