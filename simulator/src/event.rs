//! What can happen. Every change of the system's state is one of these.

/// Something that is going to happen at a certain time. Nodes, links and calls are named by their
/// slots; an event whose stamp or generation has passed does nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    /// The clients of `node` send their next request.
    Arrival { node: u32, generation: u32 },
    /// A user of a closed loop at `node` has thought enough.
    Thought { user: u32, node: u32 },
    /// A time that a node has set itself has come. What for and which of several stands in `alarm`: the
    /// purpose in the high 8 bits, and a generation below.
    Alarm { node: u32, alarm: u32 },
    /// The earliest deadline in a lane of equal timeouts has come.
    Deadline { lane: u32 },
    /// A call reaches the end of its link, of its service or of its pause.
    Call { call: u32, stamp: u32 },
    /// A balancer's probe reaches the server.
    ProbeArrived { link: u32, generation: u32 },
    /// A balancer learns that its probe went well.
    ProbePassed { link: u32, generation: u32 },
    /// A balancer learns that its probe failed.
    ProbeFailed { link: u32, generation: u32 },
}

/// Bits of a packed event that name its subject: 268 million slots.
const SUBJECT_BITS: u32 = 28;

impl Event {
    /// The event in eight bytes: its kind, its subject, and its stamp or generation.
    pub(crate) const fn pack(self) -> u64 {
        let (kind, subject, stamp) = match self {
            Self::Call { call, stamp } => (0, call, stamp),
            Self::Arrival { node, generation } => (1, node, generation),
            Self::Deadline { lane } => (2, lane, 0),
            Self::ProbeArrived { link, generation } => (3, link, generation),
            Self::ProbePassed { link, generation } => (4, link, generation),
            Self::ProbeFailed { link, generation } => (5, link, generation),
            Self::Thought { user, node } => (6, user, node),
            Self::Alarm { node, alarm } => (7, node, alarm),
        };
        ((kind << SUBJECT_BITS | subject) as u64) << 32 | stamp as u64
    }

    /// The event that [`Event::pack`] made `packed` from.
    pub(crate) const fn unpack(packed: u64) -> Self {
        let stamp = packed as u32;
        let high = (packed >> 32) as u32;
        let subject = high & ((1 << SUBJECT_BITS) - 1);
        match high >> SUBJECT_BITS {
            0 => Self::Call {
                call: subject,
                stamp,
            },
            1 => Self::Arrival {
                node: subject,
                generation: stamp,
            },
            2 => Self::Deadline { lane: subject },
            3 => Self::ProbeArrived {
                link: subject,
                generation: stamp,
            },
            4 => Self::ProbePassed {
                link: subject,
                generation: stamp,
            },
            5 => Self::ProbeFailed {
                link: subject,
                generation: stamp,
            },
            6 => Self::Thought {
                user: subject,
                node: stamp,
            },
            _ => Self::Alarm {
                node: subject,
                alarm: stamp,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_event_survives_packing() {
        let (last, generation) = ((1 << SUBJECT_BITS) - 1, u32::MAX);
        for event in [
            Event::Arrival {
                node: last,
                generation,
            },
            Event::Deadline { lane: last },
            Event::Thought {
                user: last,
                node: generation,
            },
            Event::Alarm {
                node: last,
                alarm: generation,
            },
            Event::Call {
                call: last,
                stamp: generation,
            },
            Event::ProbeArrived {
                link: last,
                generation,
            },
            Event::ProbePassed {
                link: last,
                generation,
            },
            Event::ProbeFailed {
                link: 0,
                generation,
            },
            Event::Thought {
                user: last,
                node: generation,
            },
            Event::Alarm {
                node: last,
                alarm: generation,
            },
        ] {
            assert_eq!(Event::unpack(event.pack()), event);
        }
    }
}
