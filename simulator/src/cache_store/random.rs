//! Random replacement: any entry, each with the same chance.
//!
//! The order is still that of the entries' coming, for a policy that might take over.

use super::order::Order;
use crate::random::Stream;

pub(super) fn victim(order: &Order, stream: &mut Stream) -> u32 {
    // Entries are numbered without gaps.
    stream.below(order.len()) as u32
}
