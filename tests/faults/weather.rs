//! How bad the network is: which fault, if any, befalls a request.

use std::time::Duration;

use super::chance::Chance;

/// How often in a thousand each fault happens.
#[derive(Clone, Copy, Debug, Default)]
pub struct Weather {
    pub too_many: u32,
    pub bad_gateway: u32,
    pub reset_before: u32,
    pub reset_after: u32,
    pub hang: u32,
    pub half: u32,
    /// The longest time that an answer takes.
    pub delay: Duration,
}

/// What befalls one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// 429: not accepted, with so many seconds to wait.
    TooMany(u64),
    /// 502 from something in front of Telegram, whether or not Telegram had the request.
    BadGateway { accepted: bool },
    /// The connection breaks before the request is accepted.
    ResetBefore,
    /// The request is accepted, then the connection breaks.
    ResetAfter,
    /// No answer at all, whether or not the request was accepted.
    Hang { accepted: bool },
    /// Accepted, and half of the answer comes.
    Half,
}

impl Fault {
    /// Whether the other side cannot know if the request was accepted.
    pub fn is_ambiguous(self) -> bool {
        !matches!(self, Fault::TooMany(_))
    }

    pub fn accepts(self) -> bool {
        matches!(
            self,
            Fault::BadGateway { accepted: true } | Fault::ResetAfter | Fault::Hang { accepted: true } | Fault::Half
        )
    }
}

impl Weather {
    /// Answers come at once and right.
    pub fn fair() -> Weather {
        Weather::default()
    }

    /// Right, and not at once.
    pub fn slow(delay: Duration) -> Weather {
        Weather { delay, ..Weather::default() }
    }

    /// Every fault, about one request in eight.
    pub fn foul(delay: Duration) -> Weather {
        Weather { too_many: 10, bad_gateway: 30, reset_before: 25, reset_after: 25, hang: 5, half: 30, delay }
    }

    pub fn fault(&self, chance: &mut Chance) -> Option<Fault> {
        let accepted = chance.happens(500);
        let faults = [
            (self.too_many, Fault::TooMany(1 + chance.next() % 3)),
            (self.bad_gateway, Fault::BadGateway { accepted }),
            (self.reset_before, Fault::ResetBefore),
            (self.reset_after, Fault::ResetAfter),
            (self.hang, Fault::Hang { accepted }),
            (self.half, Fault::Half),
        ];
        faults.into_iter().find(|(per_mille, _)| chance.happens(*per_mille)).map(|(_, fault)| fault)
    }
}
