//! A part of the map: what fails together, or is cut off.

use super::Place;

/// A region, or one zone of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Area {
    /// Its place in [`Geography::regions`](super::Geography::regions).
    pub region: u8,
    /// Which of its zones; `None` for all of them.
    pub zone: Option<u8>,
}

impl Area {
    /// All zones of a region.
    #[must_use]
    pub const fn region(region: u8) -> Self {
        Self { region, zone: None }
    }

    /// One zone of a region.
    #[must_use]
    pub const fn zone(region: u8, zone: u8) -> Self {
        let zone = Some(zone);
        Self { region, zone }
    }

    /// Whether a place lies in it.
    #[must_use]
    pub fn contains(self, place: Place) -> bool {
        place.region == self.region && self.zone.is_none_or(|zone| place.zone == zone)
    }
}
