//! Classes of requests: a page, an API read, an upload.

/// A class of requests that are alike.
#[derive(Clone, Debug, PartialEq)]
pub struct RequestClass {
    /// Unique in its mix: "page", "upload".
    pub name: String,
    /// Its share of all requests, relative to the sum over all classes; more than 0, at most 1e6.
    pub share: f64,
    /// Whether it changes data, so that only a primary can serve it.
    pub is_write: bool,
    /// Which requests are served and kept first: 0 is the most important, as in Envoy.
    pub priority: u8,
    /// Size of the answer, at most 1 TB.
    pub response_bytes: u64,
    /// Whether a shared cache may keep the answer.
    pub is_cacheable: bool,
}

/// What the requests of one source are: 1 to 32 classes, with their shares.
#[derive(Clone, Debug, PartialEq)]
pub struct RequestMix {
    classes: Vec<RequestClass>,
    /// For each class, the share of it and of all before it; 1 for the last.
    cumulative: Vec<f64>,
}

/// What is wrong with a mix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestMixFault {
    /// Place of the class in the list; 0 where the list itself is at fault.
    pub class: usize,
    /// The field.
    pub parameter: &'static str,
    /// Its range in words.
    pub range: &'static str,
}

impl RequestMix {
    /// How many classes there can be.
    pub const MAX_CLASSES: usize = 32;
    /// The largest answer: 1 TB.
    pub const MAX_RESPONSE_BYTES: u64 = 1_000_000_000_000;

    /// Checks all classes.
    ///
    /// # Errors
    /// One fault for each parameter out of range, each doubled name, and a list of the wrong length.
    pub fn try_new(classes: Vec<RequestClass>) -> Result<Self, Vec<RequestMixFault>> {
        let faults = faults(&classes);
        if !faults.is_empty() {
            return Err(faults);
        }
        let sum: f64 = classes.iter().map(|class| class.share).sum();
        let mut below = 0.0;
        let mut cumulative: Vec<f64> = classes
            .iter()
            .map(|class| {
                below += class.share;
                below / sum
            })
            .collect();
        // Whatever rounding made of it.
        if let Some(last) = cumulative.last_mut() {
            *last = 1.0;
        }
        Ok(Self {
            classes,
            cumulative,
        })
    }

    /// All classes, in the order in which they were given.
    #[must_use]
    pub fn classes(&self) -> &[RequestClass] {
        &self.classes
    }

    /// The class that `uniform`, a number above 0 and at most 1, stands for, as a place in
    /// [`RequestMix::classes`]. A larger number never stands for an earlier class, so a small edit of
    /// the shares changes the class of few requests.
    #[must_use]
    pub fn choose(&self, uniform: f64) -> usize {
        self.cumulative
            .iter()
            .position(|&share| uniform <= share)
            .unwrap_or(self.classes.len() - 1)
    }

    /// The share of requests that only read, 0 to 1.
    #[must_use]
    pub fn read_share(&self) -> f64 {
        self.mean(|class| f64::from(u8::from(!class.is_write)))
    }

    /// The mean size of an answer, in bytes.
    #[must_use]
    pub fn mean_response_bytes(&self) -> f64 {
        self.mean(|class| class.response_bytes as f64)
    }

    fn mean(&self, value: impl Fn(&RequestClass) -> f64) -> f64 {
        let (weighted, sum) = self.classes.iter().fold((0.0, 0.0), |(weighted, sum), it| {
            (weighted + it.share * value(it), sum + it.share)
        });
        weighted / sum
    }
}

fn faults(classes: &[RequestClass]) -> Vec<RequestMixFault> {
    let mut faults = Vec::new();
    let mut check = |is_in_range: bool, class, parameter, range| {
        if !is_in_range {
            faults.push(RequestMixFault {
                class,
                parameter,
                range,
            });
        }
    };
    let lengths = 1..=RequestMix::MAX_CLASSES;
    check(lengths.contains(&classes.len()), 0, "classes", "1 to 32");
    for (place, class) in classes.iter().enumerate().take(RequestMix::MAX_CLASSES) {
        let is_new = classes[..place].iter().all(|it| it.name != class.name);
        check(is_new, place, "name", "unlike the other names");
        let is_share = 0.0 < class.share && class.share <= 1e6;
        check(is_share, place, "share", "more than 0, at most 1,000,000");
        let is_size = class.response_bytes <= RequestMix::MAX_RESPONSE_BYTES;
        check(is_size, place, "response_bytes", "at most 1 TB");
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Draws, request_key};

    fn class(name: &str, share: f64) -> RequestClass {
        RequestClass {
            name: name.into(),
            share,
            is_write: name == "upload",
            priority: 0,
            response_bytes: if name == "upload" { 100 } else { 50_000 },
            is_cacheable: name == "page",
        }
    }

    #[test]
    fn one_uniform_number_chooses_a_class() {
        let mix = RequestMix::try_new(vec![
            class("page", 6.0),
            class("read", 3.0),
            class("upload", 1.0),
        ])
        .expect("sound");
        for (uniform, place) in [
            (1e-16, 0),
            (0.6, 0),
            (0.600_001, 1),
            (0.9, 1),
            (0.900_001, 2),
            (1.0, 2),
        ] {
            assert_eq!(mix.choose(uniform), place, "{uniform}");
        }
        assert!((mix.read_share() - 0.9).abs() < 1e-12);
        assert!((mix.mean_response_bytes() - 45_010.0).abs() < 1e-6);
    }

    #[test]
    fn every_class_gets_its_share() {
        let mix = RequestMix::try_new(vec![class("page", 0.5), class("read", 0.25)])
            .expect("shares need not add up to one");
        let n = 100_000_u32;
        let pages = (0..n)
            .filter(|&i| mix.choose(Draws::new(request_key(1, u64::from(i)), 0).uniform()) == 0)
            .count();
        let (share, p) = (pages as f64 / f64::from(n), 2.0 / 3.0);
        assert!((share - p).abs() < 4.5 * (p * (1.0 - p) / f64::from(n)).sqrt());
    }

    #[test]
    fn all_faults_are_reported() {
        let mut huge = class("page", 1.0);
        huge.response_bytes = u64::MAX;
        let faults = RequestMix::try_new(vec![class("page", 0.0), class("x", f64::NAN), huge])
            .expect_err("three classes, four faults");
        let found: Vec<(usize, &str)> = faults.iter().map(|it| (it.class, it.parameter)).collect();
        assert_eq!(
            found,
            [
                (0, "share"),
                (1, "share"),
                (2, "name"),
                (2, "response_bytes")
            ]
        );
        assert!(RequestMix::try_new(Vec::new()).is_err());
        assert!(RequestMix::try_new(vec![class("page", 1.0); 40]).is_err());
    }
}
