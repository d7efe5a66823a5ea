//! The site's own words, in one place, and the languages that it has them in.

/// A language that the site's own words exist in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Language {
    /// English, which has no prefix in addresses.
    English,
}

impl Language {
    const ALL: [Self; 1] = [Self::English];

    /// As in the folder's name and in `lang=`.
    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
        }
    }

    /// The first folder of addresses in this language; empty for the one without.
    pub(crate) const fn prefix(self) -> &'static str {
        match self {
            Self::English => "",
        }
    }

    pub(crate) fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.tag() == tag)
    }

    pub(crate) fn tags() -> Vec<&'static str> {
        Self::ALL.into_iter().map(Self::tag).collect()
    }
}

/// The name of the site.
pub(crate) const SITE_NAME: &str = "Zero to a Million";
