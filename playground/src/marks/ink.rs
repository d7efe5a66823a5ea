//! The colours of requests, in terms of the page's tokens: how old they are, and how they ended.

use simulator::SimDuration;

/// The colours that requests are drawn in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ink {
    /// An answer on its way back.
    Answer,
    /// A request whose client has given up.
    GivenUp,
    /// Sent a moment ago.
    Fresh,
    /// A quarter of the objective old.
    Young,
    /// Half of it.
    Middle,
    /// Three quarters.
    Old,
    /// Older than the objective allows.
    Overdue,
    /// Failed.
    Failed,
}

impl Ink {
    /// Every ink, in order: an ink's place is its number.
    pub const ALL: [Self; 8] = [
        Self::Answer,
        Self::GivenUp,
        Self::Fresh,
        Self::Young,
        Self::Middle,
        Self::Old,
        Self::Overdue,
        Self::Failed,
    ];

    /// The colour in terms of the page's tokens.
    #[must_use]
    pub const fn css(self) -> &'static str {
        match self {
            Self::Answer => "var(--answer, #56b4e9)",
            Self::GivenUp => "var(--muted, #59636e)",
            Self::Fresh => "var(--accent, #0072b2)",
            Self::Young => "color-mix(in srgb, var(--late, #e69f00) 30%, var(--accent, #0072b2))",
            Self::Middle => "color-mix(in srgb, var(--late, #e69f00) 65%, var(--accent, #0072b2))",
            Self::Old => "var(--late, #e69f00)",
            Self::Overdue | Self::Failed => "var(--failed, #d55e00)",
        }
    }

    /// The colour of a request of this age.
    #[must_use]
    pub fn of_age(age: SimDuration, slo: SimDuration) -> Self {
        let share = age.as_secs_f64() / slo.as_secs_f64().max(1e-9);
        match share {
            share if share > 1.0 => Self::Overdue,
            share if share > 0.75 => Self::Old,
            share if share > 0.5 => Self::Middle,
            share if share > 0.25 => Self::Young,
            _ => Self::Fresh,
        }
    }
}
