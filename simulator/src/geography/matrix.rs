//! Round-trip times between places: the ones of a scenario, or those of known regions.

use super::check::faults;
use super::{GeographyError, Region};
use crate::source::{Quality, Source};
use crate::time::SimDuration;

/// A zone in a region.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Its place in [`Geography::regions`].
    pub region: u8,
    /// Zones of a region are equally far from each other; any number names one.
    pub zone: u8,
}

/// Whether the way back is the way there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Symmetry {
    /// Both directions have to be the same.
    Symmetric,
    /// The row is where a packet starts: A to B and B to A may differ.
    Directed,
}

/// Round-trip times between all places of a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Geography {
    regions: Vec<String>,
    /// Row by row.
    round_trips: Vec<SimDuration>,
    same_zone: SimDuration,
    other_zone: SimDuration,
}

impl Geography {
    /// How many regions there can be.
    pub const MAX_REGIONS: usize = 64;
    /// Twice the longest latency of a link: beyond any network on Earth.
    pub const MAX_ROUND_TRIP: SimDuration = SimDuration::from_secs(120);

    /// Between two machines in one zone.
    pub const SAME_ZONE: SimDuration = SimDuration::from_micros(250);
    /// Where [`Geography::SAME_ZONE`] comes from.
    pub const SAME_ZONE_SOURCE: Source = Source {
        name: "sirupsen/napkin-math",
        date: "2026-03",
        quality: Quality::Measured,
    };
    /// Between two zones of one region: published measurements range from 0.25 to 3.37 ms, and lie
    /// around 1 ms in us-east-1.
    pub const OTHER_ZONE: SimDuration = SimDuration::from_millis(1);
    /// Where [`Geography::OTHER_ZONE`] comes from.
    pub const OTHER_ZONE_SOURCE: Source = Source {
        name: "xkyle.com, rounded within the range it measured",
        date: "undated",
        quality: Quality::RuleOfThumb,
    };

    /// Known regions, as they were measured in 2019; a region that is named twice counts once.
    #[must_use]
    pub fn known(regions: &[Region]) -> Self {
        let mut list: Vec<Region> = Vec::with_capacity(regions.len());
        for &region in regions {
            if !list.contains(&region) {
                list.push(region);
            }
        }
        Self {
            regions: list.iter().map(|region| region.code().into()).collect(),
            round_trips: list
                .iter()
                .flat_map(|a| list.iter().map(|b| a.round_trip(*b)))
                .collect(),
            same_zone: Self::SAME_ZONE,
            other_zone: Self::OTHER_ZONE,
        }
    }

    /// Regions of one's own, with one row of round-trip times for each.
    ///
    /// # Errors
    /// Every fault: rows that do not fit, times out of range, directions that differ although
    /// `symmetry` says that they do not, names that come twice.
    pub fn try_new(
        regions: Vec<String>,
        rows: &[Vec<SimDuration>],
        symmetry: Symmetry,
    ) -> Result<Self, Vec<GeographyError>> {
        let faults = faults(&regions, rows, symmetry);
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Self {
            regions,
            round_trips: rows.concat(),
            same_zone: Self::SAME_ZONE,
            other_zone: Self::OTHER_ZONE,
        })
    }

    /// The same map with other round-trip times within regions.
    ///
    /// # Errors
    /// [`GeographyError::WithinRegion`] if one of them is above [`Geography::MAX_ROUND_TRIP`].
    pub fn with_zones(
        self,
        same_zone: SimDuration,
        other_zone: SimDuration,
    ) -> Result<Self, GeographyError> {
        if same_zone.max(other_zone) > Self::MAX_ROUND_TRIP {
            return Err(GeographyError::WithinRegion);
        }
        Ok(Self {
            same_zone,
            other_zone,
            ..self
        })
    }

    /// The names of the regions.
    #[must_use]
    pub fn regions(&self) -> &[String] {
        &self.regions
    }

    /// The round-trip time of a packet that starts at `from`, or `None` for a region that is not on
    /// the map.
    #[must_use]
    pub fn round_trip(&self, from: Place, to: Place) -> Option<SimDuration> {
        let (row, column) = (usize::from(from.region), usize::from(to.region));
        let n = self.regions.len();
        if row >= n || column >= n {
            return None;
        }
        Some(if row != column {
            self.round_trips[row * n + column]
        } else if from.zone != to.zone {
            self.other_zone
        } else {
            self.same_zone
        })
    }

    /// The time of one way: half a round trip.
    #[must_use]
    pub fn one_way(&self, from: Place, to: Place) -> Option<SimDuration> {
        let round_trip = self.round_trip(from, to)?;
        Some(SimDuration::from_nanos(round_trip.as_nanos() / 2))
    }

    /// Which of `candidates` answers soonest, the first of them if several do: what GeoDNS and anycast
    /// try to find.
    #[must_use]
    pub fn nearest(&self, from: Place, candidates: &[Place]) -> Option<usize> {
        let times = candidates
            .iter()
            .enumerate()
            .filter_map(|(place, &to)| Some((self.round_trip(from, to)?, place)));
        times.min().map(|(_, place)| place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn millis(rows: &[&[u64]]) -> Vec<Vec<SimDuration>> {
        let row = |row: &&[u64]| row.iter().map(|&ms| SimDuration::from_millis(ms)).collect();
        rows.iter().map(row).collect()
    }

    fn names(list: &str) -> Vec<String> {
        list.split_whitespace().map(String::from).collect()
    }

    const fn place(region: u8, zone: u8) -> Place {
        Place { region, zone }
    }

    #[test]
    fn zones_decide_within_a_region_and_the_matrix_between_them() {
        let map = Geography::known(&[Region::Virginia, Region::Ireland, Region::Virginia]);
        assert_eq!(map.regions(), ["us-east-1", "eu-west-1"]);
        for (from, to, micros) in [
            (place(0, 0), place(0, 0), 250),
            (place(0, 0), place(0, 3), 1_000),
            (place(0, 0), place(1, 0), 80_000),
            (place(1, 2), place(0, 2), 80_000),
        ] {
            let round_trip = SimDuration::from_micros(micros);
            assert_eq!(map.round_trip(from, to), Some(round_trip));
            let one_way = SimDuration::from_micros(micros / 2);
            assert_eq!(map.one_way(from, to), Some(one_way));
        }
        assert_eq!(map.round_trip(place(0, 0), place(2, 0)), None);
        assert_eq!(map.one_way(place(7, 0), place(0, 0)), None);
    }

    #[test]
    fn all_known_regions_are_symmetric() {
        let map = Geography::known(&Region::ALL);
        for a in 0..11 {
            for b in 0..11 {
                let (a, b) = (place(a, 0), place(b, 0));
                assert_eq!(map.round_trip(a, b), map.round_trip(b, a));
            }
        }
    }

    #[test]
    fn a_map_of_ones_own_replaces_the_known_one() {
        let rows = millis(&[&[0, 30], &[50, 0]]);
        let error = Geography::try_new(names("here there"), &rows, Symmetry::Symmetric);
        let unequal = GeographyError::NotSymmetric { row: 0, column: 1 };
        assert_eq!(error, Err(vec![unequal]));
        let map = Geography::try_new(names("here there"), &rows, Symmetry::Directed)
            .expect("directions may differ")
            .with_zones(SimDuration::ZERO, SimDuration::from_millis(2))
            .expect("in range");
        let there_and_back = [
            map.round_trip(place(0, 0), place(1, 0)),
            map.round_trip(place(1, 0), place(0, 0)),
            map.round_trip(place(1, 0), place(1, 1)),
        ];
        assert_eq!(
            there_and_back,
            [30, 50, 2].map(|ms| Some(SimDuration::from_millis(ms)))
        );
        let too_far = map.with_zones(SimDuration::MAX, SimDuration::ZERO);
        assert_eq!(too_far, Err(GeographyError::WithinRegion));
    }

    #[test]
    fn the_nearest_place_is_the_one_that_answers_soonest() {
        let map = Geography::known(&[
            Region::Sydney,
            Region::Virginia,
            Region::Ireland,
            Region::Tokyo,
        ]);
        let sites = [place(1, 0), place(2, 0), place(3, 0), place(3, 1)];
        assert_eq!(map.nearest(place(0, 0), &sites), Some(2));
        assert_eq!(map.nearest(place(2, 5), &sites), Some(1));
        assert_eq!(map.nearest(place(1, 0), &sites[1..]), Some(0));
        assert_eq!(map.nearest(place(3, 1), &sites), Some(3));
        assert_eq!(map.nearest(place(0, 0), &[]), None);
        assert_eq!(map.nearest(place(0, 0), &[place(9, 0)]), None);
    }
}
