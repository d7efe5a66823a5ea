//! The checks behind `Geography::try_new`.

use std::fmt;

use super::{Geography, Symmetry};
use crate::time::SimDuration;

/// Why a matrix is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GeographyError {
    /// No region, or more than [`Geography::MAX_REGIONS`].
    NumberOfRegions,
    /// A region has the name of an earlier one.
    DuplicateRegion {
        /// The second of them.
        region: usize,
    },
    /// There are not as many rows as regions.
    NumberOfRows,
    /// A row does not have as many entries as there are regions.
    RowLength {
        /// Which.
        row: usize,
    },
    /// The way from a region to itself has a time; zones decide about that.
    Diagonal {
        /// Which.
        region: usize,
    },
    /// A time between two regions is zero or above [`Geography::MAX_ROUND_TRIP`].
    OutOfRange {
        /// From where.
        row: usize,
        /// To where.
        column: usize,
    },
    /// Two directions differ.
    NotSymmetric {
        /// The entry above the diagonal.
        row: usize,
        /// The same.
        column: usize,
    },
    /// A time within a region is above [`Geography::MAX_ROUND_TRIP`].
    WithinRegion,
}

impl fmt::Display for GeographyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let most = Geography::MAX_ROUND_TRIP;
        match self {
            Self::NumberOfRegions => {
                write!(f, "there are 1 to {} regions", Geography::MAX_REGIONS)
            }
            Self::DuplicateRegion { region } => {
                write!(f, "region {region} has the name of an earlier one")
            }
            Self::NumberOfRows => f.write_str("there is not one row for each region"),
            Self::RowLength { row } => {
                write!(f, "row {row} does not have one entry for each region")
            }
            Self::Diagonal { region } => {
                write!(f, "the way from region {region} to itself is not zero")
            }
            Self::OutOfRange { row, column } => {
                write!(f, "row {row}, column {column}: more than 0, at most {most}")
            }
            Self::NotSymmetric { row, column } => {
                write!(f, "row {row}, column {column} differs from the way back")
            }
            Self::WithinRegion => write!(f, "within a region a way takes at most {most}"),
        }
    }
}

/// Every fault of a matrix.
pub(super) fn faults(
    regions: &[String],
    rows: &[Vec<SimDuration>],
    symmetry: Symmetry,
) -> Vec<GeographyError> {
    let n = regions.len();
    if n == 0 || n > Geography::MAX_REGIONS {
        return vec![GeographyError::NumberOfRegions];
    }
    let mut faults: Vec<GeographyError> = (0..n)
        .filter(|&region| regions[..region].contains(&regions[region]))
        .map(|region| GeographyError::DuplicateRegion { region })
        .collect();
    if rows.len() != n {
        faults.push(GeographyError::NumberOfRows);
        return faults;
    }
    for (row, times) in rows.iter().enumerate() {
        if times.len() != n {
            faults.push(GeographyError::RowLength { row });
            continue;
        }
        for (column, &time) in times.iter().enumerate() {
            let is_possible = !time.is_zero() && time <= Geography::MAX_ROUND_TRIP;
            if row == column {
                if !time.is_zero() {
                    faults.push(GeographyError::Diagonal { region: row });
                }
            } else if !is_possible {
                faults.push(GeographyError::OutOfRange { row, column });
            } else if symmetry == Symmetry::Symmetric
                && row < column
                && rows[column].get(row).is_some_and(|&back| back != time)
            {
                faults.push(GeographyError::NotSymmetric { row, column });
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_faults_of_a_matrix_are_reported() {
        use GeographyError::*;
        type Case = (
            &'static str,
            &'static [&'static [u64]],
            &'static [GeographyError],
        );
        let table: [Case; 6] = [
            ("", &[], &[NumberOfRegions]),
            ("a b", &[&[0, 1]], &[NumberOfRows]),
            ("a b", &[&[0, 1], &[1]], &[RowLength { row: 1 }]),
            ("a b", &[&[0], &[1, 0]], &[RowLength { row: 0 }]),
            (
                "a a",
                &[&[0, 0], &[200_000, 5]],
                &[
                    DuplicateRegion { region: 1 },
                    OutOfRange { row: 0, column: 1 },
                    OutOfRange { row: 1, column: 0 },
                    Diagonal { region: 1 },
                ],
            ),
            (
                "a b c",
                &[&[0, 1, 2], &[1, 0, 3], &[9, 3, 0]],
                &[NotSymmetric { row: 0, column: 2 }],
            ),
        ];
        for (regions, rows, errors) in table {
            let regions: Vec<String> = regions.split_whitespace().map(String::from).collect();
            let row = |row: &&[u64]| row.iter().map(|&ms| SimDuration::from_millis(ms)).collect();
            let rows: Vec<Vec<SimDuration>> = rows.iter().map(row).collect();
            assert_eq!(
                faults(&regions, &rows, Symmetry::Symmetric),
                errors,
                "{regions:?}"
            );
        }
        let crowd = vec![String::new(); 65];
        assert_eq!(faults(&crowd, &[], Symmetry::Directed), [NumberOfRegions]);
    }
}
