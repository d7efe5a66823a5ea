//! First in, first out: using an entry changes nothing, the one that came first is evicted.

use super::order::Order;

pub(super) const fn victim(order: &Order) -> u32 {
    order.front()
}
