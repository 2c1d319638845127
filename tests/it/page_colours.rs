//! The demo's page can be read: each colour of letters stands out from what it stands on, by day and by night.

use std::collections::BTreeMap;

/// WCAG 2.1, 1.4.3.
const LEAST: f64 = 4.5;
const PAGE: &str = include_str!("../../src/sandbox/page/page.css");
/// Letters, and what they stand on.
const PAIRS: [(&str, &[&str]); 8] = [
    ("ink", &["paper", "back", "own", "own-deep", "hover", "code", "accent-soft"]),
    ("muted", &["paper", "back", "hover", "code"]),
    ("accent-ink", &["paper", "back", "own", "hover", "accent-soft"]),
    ("seal-ink", &["paper", "seal-soft"]),
    ("own-ink", &["own", "own-deep"]),
    ("warning-ink", &["warning"]),
    ("alarm-ink", &["alarm"]),
    ("white", &["accent", "seal", "navy"]),
];

type Colours = BTreeMap<String, String>;

fn colours(text: &str) -> Colours {
    let lines = text.lines().filter_map(|line| line.trim().strip_prefix("--")?.strip_suffix(';')?.split_once(": #"));
    lines.map(|(name, colour)| (name.to_owned(), colour.to_owned())).collect()
}

/// The relative luminance of `rrggbb`.
fn luminance(colour: &str) -> f64 {
    let part = |at: usize| f64::from(u8::from_str_radix(&colour[at..at + 2], 16).expect("two digits")) / 255.0;
    let linear = |part: f64| if part <= 0.03928 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) };
    0.2126 * linear(part(0)) + 0.7152 * linear(part(2)) + 0.0722 * linear(part(4))
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn letters_stand_out() {
    assert!((contrast("ffffff", "000000") - 21.0).abs() < 0.01 && contrast("687a8b", "ffffff") < LEAST);
    let (light, rest) = PAGE.split_once("@media (prefers-color-scheme: dark)").expect("a dark page");
    let mut light = colours(light);
    light.insert("white".into(), "ffffff".into());
    let mut dark = light.clone();
    dark.extend(colours(rest));
    let faces = PAGE.lines().filter_map(|line| line.strip_prefix(".hue-")?.split_once("background: #"));
    let faces: Vec<&str> = faces.map(|(_, colour)| &colour[..6]).collect();
    assert_eq!(faces.len(), 7, "the faces");
    let mut faint = Vec::new();
    for (name, colours) in [("light", &light), ("dark", &dark)] {
        for (letters, grounds) in PAIRS {
            let pairs = grounds.iter().map(|ground| (*ground, colours[*ground].as_str()));
            let weak = pairs.filter(|(_, ground)| contrast(&colours[letters], ground) < LEAST);
            faint.extend(weak.map(|(ground, _)| format!("{name}: {letters} on {ground}")));
        }
    }
    faint.extend(faces.iter().filter(|face| contrast("ffffff", face) < LEAST).map(|face| format!("white on {face}")));
    assert!(faint.is_empty(), "{faint:?}");
}
