//! What a new connection costs before it can be used.

use crate::time::SimDuration;

/// What two ends say to each other before the first request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handshake {
    /// The connection is open already.
    Open,
    /// TCP: one round trip (RFC 9293, section 3.5).
    Tcp,
    /// TCP and TLS 1.3: two (RFC 8446, section 2).
    Tls13,
    /// TCP and TLS 1.2: three (RFC 5246, section 7.3).
    Tls12,
}

impl Handshake {
    /// Round trips before the request itself can be sent.
    #[must_use]
    pub const fn round_trips(self) -> u64 {
        match self {
            Self::Open => 0,
            Self::Tcp => 1,
            Self::Tls13 => 2,
            Self::Tls12 => 3,
        }
    }

    /// From the first packet to the first byte of the answer: the handshake, the request's own round
    /// trip, and the time that the server takes.
    #[must_use]
    pub fn first_byte(self, round_trip: SimDuration, server: SimDuration) -> SimDuration {
        round_trip.saturating_mul(self.round_trips() + 1) + server
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_byte_is_three_round_trips_away_with_tls_1_3() {
        let millis = SimDuration::from_millis;
        for (handshake, round_trip, first_byte) in [
            (Handshake::Open, 160, 160),
            (Handshake::Tcp, 160, 320),
            (Handshake::Tls13, 160, 480),
            (Handshake::Tls12, 160, 640),
            (Handshake::Tls13, 20, 60),
        ] {
            let got = handshake.first_byte(millis(round_trip), SimDuration::ZERO);
            assert_eq!(got, millis(first_byte), "{handshake:?}");
        }
        let server = millis(12);
        assert_eq!(Handshake::Open.first_byte(millis(40), server), millis(52));
        let longest = Handshake::Tls12.first_byte(SimDuration::MAX, server);
        assert_eq!(longest, SimDuration::MAX);
    }
}
