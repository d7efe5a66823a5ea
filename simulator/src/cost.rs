//! What a system costs: a dated price list and an itemised bill.
//!
//! A [`Bill`] holds whole quantities, bytes and nanoseconds, and no money: amounts are computed when
//! somebody asks, so bills can be added, merged and stretched to a month without rounding twice.
//! Amounts are whole micro-dollars.
//!
//! There are no discounts, tiers, taxes or free allowances: on-demand list prices alone.

mod bill;
mod node_cost;
mod price;
mod price_list;

pub use bill::{Bill, Line, MicroDollars, Quantity, UnitMismatch};
pub use node_cost::NodeCost;
pub use price::{MONTH, Price, Unit};
pub use price_list::{PRICES, price};
