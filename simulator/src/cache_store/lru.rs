//! Least recently used: whatever is used moves to the back, the front is evicted.

use super::order::Order;

pub(super) fn on_use(order: &mut Order, entry: u32) {
    order.move_to_back(entry);
}

pub(super) const fn victim(order: &Order) -> u32 {
    order.front()
}
