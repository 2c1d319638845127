//! Chance that can be had again: a small generator whose seed is printed.

use std::time::Duration;

/// SplitMix64 (Steele, Lea and Flood 2014): enough for choosing, and the same on every machine.
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// Each row has its own sequence, so that one row alone does the same as among the others.
    pub fn new(seed: u64, row: &str) -> Chance {
        let mixed = row.bytes().fold(seed, |mixed, byte| Chance(mixed ^ u64::from(byte)).next());
        Chance(mixed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 up to and without `end`, which is more than 0.
    pub fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).expect("64 bits");
        usize::try_from(self.next() % end).expect("less than a usize")
    }

    /// Whether it happens, so often in a thousand.
    pub fn happens(&mut self, per_mille: u32) -> bool {
        self.next() % 1000 < u64::from(per_mille)
    }

    pub fn pause(&mut self, longest: Duration) -> Duration {
        Duration::from_micros(self.next() % (longest.as_micros() as u64).max(1))
    }

    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}
