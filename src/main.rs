//! The binary: parse, hand over, print one error.

fn main() {}
