//! An itemised bill: quantities first, money last.

use std::ops::Add;

use super::price::MONTH;
use super::{Price, Unit};
use crate::time::SimDuration;

/// An amount of money: millionths of a US dollar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MicroDollars(pub u64);

impl Add for MicroDollars {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

/// How much of something was used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// So many of something for so long: node-hours, or what is paid by the month.
    Time {
        /// How many.
        count: u64,
        /// How long each of them.
        time: SimDuration,
    },
    /// Bytes that were moved.
    Moved {
        /// How many.
        bytes: u64,
    },
    /// Bytes that were kept.
    Stored {
        /// How many.
        bytes: u64,
        /// How long.
        time: SimDuration,
    },
    /// Requests that are paid one by one.
    Requests {
        /// How many.
        count: u64,
    },
}

impl Quantity {
    /// In the smallest quantities of `unit`, if that measures the same thing.
    fn measured_in(self, unit: Unit) -> Option<u128> {
        let nanos = |time: SimDuration| u128::from(time.as_nanos());
        // Both factors have 64 bits, so no product overflows.
        match (self, unit) {
            (Self::Time { count, time }, Unit::NodeHour | Unit::Month) => {
                Some(u128::from(count) * nanos(time))
            }
            (Self::Moved { bytes }, Unit::Gigabyte) => Some(u128::from(bytes)),
            (Self::Stored { bytes, time }, Unit::GigabyteMonth) => {
                Some(u128::from(bytes) * nanos(time))
            }
            (Self::Requests { count }, Unit::MillionRequests) => Some(u128::from(count)),
            _ => None,
        }
    }
}

/// The quantity is not of the sort that the price is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitMismatch;

/// One item of a bill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// What is paid for, and at which price.
    pub price: Price,
    /// In nanoseconds, bytes, bytes times nanoseconds or requests, as the unit has it.
    quantity: u128,
}

impl Line {
    /// The amount, to the nearest micro-dollar.
    #[must_use]
    pub fn amount(&self) -> MicroDollars {
        let cost = u128::from(self.price.micro_dollars);
        let amount = share(self.quantity, cost, self.price.unit.size());
        MicroDollars(u64::try_from(amount).unwrap_or(u64::MAX))
    }

    /// How many units, for display: 3.5 node-hours.
    #[must_use]
    pub fn units(&self) -> f64 {
        self.quantity as f64 / self.price.unit.size() as f64
    }
}

/// What is owed, item by item, in the order in which items were first added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bill {
    lines: Vec<Line>,
}

impl Bill {
    /// Adds a quantity to the line of this price, or to a new one. The same name at another price is
    /// a line of its own.
    ///
    /// # Errors
    /// [`UnitMismatch`] if the quantity is not what the price is asked for; the bill is as before.
    pub fn add(&mut self, price: &Price, quantity: Quantity) -> Result<(), UnitMismatch> {
        let quantity = quantity.measured_in(price.unit).ok_or(UnitMismatch)?;
        self.add_line(price, quantity);
        Ok(())
    }

    /// Adds everything that is on another bill.
    pub fn merge(&mut self, other: &Self) {
        for line in &other.lines {
            self.add_line(&line.price, line.quantity);
        }
    }

    fn add_line(&mut self, price: &Price, quantity: u128) {
        match self.lines.iter_mut().find(|line| line.price == *price) {
            Some(line) => line.quantity = line.quantity.saturating_add(quantity),
            None => self.lines.push(Line {
                price: *price,
                quantity,
            }),
        }
    }

    /// All items.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The sum of all amounts.
    #[must_use]
    pub fn total(&self) -> MicroDollars {
        let amounts = self.lines.iter().map(Line::amount);
        amounts.fold(MicroDollars::default(), MicroDollars::add)
    }

    /// The bill of a month of 730 hours that goes on as the time that this bill covers; `None` if it
    /// covers no time.
    ///
    /// A run at the peak hour makes a month of peak hours: whoever simulates a busy hour should say so.
    #[must_use]
    pub fn monthly(&self, covered: SimDuration) -> Option<Self> {
        if covered.is_zero() {
            return None;
        }
        let (month, covered) = (u128::from(MONTH.as_nanos()), u128::from(covered.as_nanos()));
        let stretched = |line: &Line| Line {
            price: line.price,
            quantity: share(line.quantity, month, covered),
        };
        Some(Self {
            lines: self.lines.iter().map(stretched).collect(),
        })
    }

    /// What a million requests cost if `requests` brought this bill about; `None` if there were none.
    #[must_use]
    pub fn per_million(&self, requests: u64) -> Option<MicroDollars> {
        if requests == 0 {
            return None;
        }
        let million = share(u128::from(self.total().0), 1_000_000, u128::from(requests));
        Some(MicroDollars(u64::try_from(million).unwrap_or(u64::MAX)))
    }
}

/// `quantity` times `factor` over `size`, to the nearest whole number; saturates.
///
/// Whole units first. What is left is less than `size`, and `size` times `factor` fits into 128 bits
/// for every unit at the highest price, so nothing overflows but results that are too large anyway.
fn share(quantity: u128, factor: u128, size: u128) -> u128 {
    let (whole, rest) = (quantity / size, quantity % size);
    let rest = rest.saturating_mul(factor).saturating_add(size / 2) / size;
    whole.saturating_mul(factor).saturating_add(rest)
}

#[cfg(test)]
mod tests;
