//! A few values by their names: a sorted list.
//!
//! The standard library's tree would do the same with several kilobytes of code for each kind of
//! value, which the reader downloads; there are never more names here than nodes or fields.

/// Values by name.
#[derive(Clone, Debug, PartialEq)]
pub struct ByName<V>(Vec<(String, V)>);

impl<V> Default for ByName<V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<V> ByName<V> {
    /// The value called `name`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&V> {
        self.place(name).ok().map(|place| &self.0[place].1)
    }

    /// Whether there is a value called `name`.
    #[cfg(test)]
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.place(name).is_ok()
    }

    /// Sets the value called `name`.
    pub fn insert(&mut self, name: String, value: V) {
        match self.place(&name) {
            Ok(place) => self.0[place].1 = value,
            Err(place) => self.0.insert(place, (name, value)),
        }
    }

    /// Takes the value called `name` out, if there is one.
    pub fn remove(&mut self, name: &str) {
        if let Ok(place) = self.place(name) {
            self.0.remove(place);
        }
    }

    /// Takes out the values whose names are not to be kept.
    pub fn retain(&mut self, mut keep: impl FnMut(&str) -> bool) {
        self.0.retain(|(name, _)| keep(name));
    }

    /// Takes all values out.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Whether there are no values.
    #[cfg(test)]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All names and values, in the order of the names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &V)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    fn place(&self, name: &str) -> Result<usize, usize> {
        self.0
            .binary_search_by(|(known, _)| known.as_str().cmp(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_replaced_and_removed_by_name() {
        let mut values = ByName::default();
        for (name, value) in [("web-2", 2), ("db", 1), ("web-10", 3), ("db", 4)] {
            values.insert(name.to_owned(), value);
        }
        assert_eq!(
            values.iter().collect::<Vec<_>>(),
            [("db", &4), ("web-10", &3), ("web-2", &2)]
        );
        values.remove("web-10");
        values.remove("web-11");
        assert_eq!(
            (values.get("web-2"), values.get("web-10")),
            (Some(&2), None)
        );
    }
}
