//! How far reads scale when every server does every write.

use super::{are_positive, is_share};

/// Requests per second that `servers` copies can take, each good for `server_rate`, when a share
/// `write_share` (0 to 1) of the requests are writes, which all copies do, while reads are spread:
/// X(n) = µ/(w + (1-w)/n). `None` for no servers, no rate or no share.
#[must_use]
pub fn replication_capacity(server_rate: f64, write_share: f64, servers: u32) -> Option<f64> {
    let is_sound = are_positive(&[server_rate]) && is_share(write_share) && servers > 0;
    is_sound.then(|| server_rate / (write_share + (1.0 - write_share) / f64::from(servers)))
}

/// The limit for ever more servers, µ/w: like Amdahl's law. `None` without writes, where there is no
/// limit, and for no rate or no share.
#[must_use]
pub fn replication_limit(server_rate: f64, write_share: f64) -> Option<f64> {
    let is_sound = are_positive(&[server_rate, write_share]) && is_share(write_share);
    is_sound.then(|| server_rate / write_share)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theory::close;

    #[test]
    fn reads_scale_and_writes_do_not() {
        for (writes, servers, want) in [
            (0.0, 4, 400.0),
            (1.0, 4, 100.0),
            (0.1, 1, 100.0),
            (0.1, 9, 500.0),
        ] {
            let got = replication_capacity(100.0, writes, servers).expect("servers");
            close(got, want);
        }
        close(replication_limit(100.0, 0.1).expect("writes"), 1_000.0);
        assert_eq!(replication_limit(100.0, 0.0), None);
        assert_eq!(replication_capacity(100.0, 0.1, 0), None);
    }
}
