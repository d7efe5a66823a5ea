//! How long to simulate before starting to.

/// The relative standard error of the mean number in an M/M/1 system at utilisation `rho` (above 0,
/// below 1), estimated over a stationary run of `services` mean services:
/// √(2(1+ρ)/(ρ(1-ρ)²T)). By it, means at 0.9 need eighteen times as long as at 0.5. `None` outside of
/// that. Whitt 1989, "Planning queueing simulations", Management Science 35 (11).
#[must_use]
pub fn mm1_relative_error(rho: f64, services: f64) -> Option<f64> {
    let is_sound = rho > 0.0 && rho < 1.0 && services > 0.0;
    is_sound.then(|| libm::sqrt(factor(rho) / services))
}

/// How many mean services of M/M/1 at utilisation `rho` have to be simulated, in all replications
/// together, for a relative standard error of at most `error` (above 0). `None` outside of that.
#[must_use]
pub fn mm1_services_needed(rho: f64, error: f64) -> Option<f64> {
    let is_sound = rho > 0.0 && rho < 1.0 && error > 0.0;
    is_sound.then(|| factor(rho) / (error * error))
}

fn factor(rho: f64) -> f64 {
    2.0 * (1.0 + rho) / (rho * (1.0 - rho) * (1.0 - rho))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::close;

    #[test]
    fn busy_systems_need_far_longer() {
        for (rho, percent) in [
            (0.5, 0.49),
            (0.8, 1.06),
            (0.9, 2.05),
            (0.95, 4.05),
            (0.99, 20.0),
        ] {
            let error = mm1_relative_error(rho, 1e6).expect("stable");
            close(error * 100.0, percent, 0.01);
            close(mm1_services_needed(rho, error).expect("stable"), 1e6, 1e-12);
        }
        assert_eq!(mm1_relative_error(1.0, 1e6), None);
        assert_eq!(mm1_services_needed(0.5, f64::NAN), None);
    }
}
