//! 显示: a number in a cell as its format shows it. The value of a cell that shows only a month is a day of that month.

use chrono::{Days, NaiveDate};

/// Serial days up to the end of the year 9999.
const LAST_DAY: f64 = 2_958_466.0;

/// The text of a cell with a number. `from_1904`: days are counted from 1904, as on old Macintoshes.
pub fn number(value: f64, format: &str, from_1904: bool) -> String {
    /// No format that a program makes is longer.
    const LONGEST: usize = 1_000;
    if format.len() > LONGEST || format == "General" {
        return general(value);
    }
    let shape = Shape::of(format);
    if let Some(parts) = shape.parts
        && (0.0..LAST_DAY).contains(&value)
        && let Some(text) = date(value, parts, from_1904)
    {
        return text;
    }
    shape.digits.map_or_else(|| general(value), |digits| digits.show(value))
}

/// Without the noise behind fifteen digits: 0.1 + 0.2 is 0.3.
fn general(value: f64) -> String {
    format!("{value:.14e}").parse::<f64>().unwrap_or(value).to_string()
}

/// Which parts of a date or time a format shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Parts {
    year: bool,
    month: bool,
    day: bool,
    time: bool,
}

fn date(value: f64, parts: Parts, from_1904: bool) -> Option<String> {
    const MINUTES: f64 = 1440.0;
    let days = value.floor() as u64;
    // The first count of days has a 29 February 1900, which there was not.
    let (first, days) = if from_1904 {
        (NaiveDate::from_ymd_opt(1904, 1, 1)?, days)
    } else if days < 60 {
        (NaiveDate::from_ymd_opt(1899, 12, 31)?, days)
    } else {
        (NaiveDate::from_ymd_opt(1899, 12, 30)?, days)
    };
    let day = first.checked_add_days(Days::new(days))?;
    let minutes = ((value - value.floor()) * MINUTES).round() as u64;
    Some(match parts {
        Parts { day: true, .. } => day.format("%Y年%-m月%-d日").to_string(),
        Parts { year: true, month: true, .. } => day.format("%Y年%-m月").to_string(),
        Parts { year: true, .. } => day.format("%Y年").to_string(),
        Parts { month: true, .. } => day.format("%-m月").to_string(),
        Parts { .. } => format!("{}:{:02}", minutes / 60, minutes % 60),
    })
}

/// How a format shows digits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Digits {
    before: String,
    /// The fewest before the point.
    whole: usize,
    /// Those behind the point that always show, and the most.
    fraction: (usize, usize),
    grouped: bool,
    percent: bool,
    after: String,
}

impl Digits {
    fn show(&self, value: f64) -> String {
        let value = if self.percent { value * 100.0 } else { value };
        let printed = format!("{:.*}", self.fraction.1, value.abs());
        let (whole, fraction) = printed.split_once('.').unwrap_or((&printed, ""));
        let fraction = match fraction.trim_end_matches('0').len().max(self.fraction.0) {
            0 => String::new(),
            length => format!(".{}", &fraction[..length]),
        };
        let mut whole = format!("{whole:0>width$}", width = self.whole);
        if self.grouped {
            for at in (1..whole.len()).rev().filter(|at| (whole.len() - at) % 3 == 0).collect::<Vec<_>>() {
                whole.insert(at, ',');
            }
        }
        let sign = if value < 0.0 { "-" } else { "" };
        let percent = if self.percent { "%" } else { "" };
        format!("{}{sign}{whole}{fraction}{percent}{}", self.before, self.after)
    }
}

/// What a format shows: parts of a date, or digits; neither where it leaves that to the value.
#[derive(Debug, Default, PartialEq, Eq)]
struct Shape {
    parts: Option<Parts>,
    digits: Option<Digits>,
}

impl Shape {
    fn of(format: &str) -> Shape {
        let mut parts = Parts::default();
        let mut digits = Digits::default();
        let (mut has_digits, mut has_point, mut minutes) = (false, false, false);
        let lower = format.to_lowercase();
        if lower == "general" || lower.contains('?') || lower.contains("e+") {
            return Shape::default();
        }
        let mut rest = lower.replace("am/pm", "").replace("a/p", "").replace("general", "");
        rest.truncate(end_of_section(&rest));
        let mut characters = rest.chars();
        while let Some(character) = characters.next() {
            let literal: String = match character {
                '"' => characters.by_ref().take_while(|next| *next != '"').collect(),
                '[' => {
                    let inner: String = characters.by_ref().take_while(|next| *next != ']').collect();
                    parts.time |= inner.starts_with(['h', 's']);
                    continue;
                }
                '_' | '*' => {
                    characters.next();
                    continue;
                }
                '\\' => characters.next().into_iter().collect(),
                'y' => {
                    parts.year = true;
                    continue;
                }
                'm' => {
                    minutes = true;
                    continue;
                }
                'd' => {
                    parts.day = true;
                    continue;
                }
                'h' | 's' => {
                    parts.time = true;
                    continue;
                }
                '0' | '#' => {
                    has_digits = true;
                    let always = usize::from(character == '0');
                    if has_point {
                        digits.fraction = (digits.fraction.0 + always, digits.fraction.1 + 1);
                    } else {
                        digits.whole += always;
                    }
                    continue;
                }
                '.' if has_digits => {
                    has_point = true;
                    continue;
                }
                ',' if has_digits => {
                    digits.grouped = true;
                    continue;
                }
                '%' => {
                    digits.percent = true;
                    continue;
                }
                other => other.to_string(),
            };
            if has_digits { &mut digits.after } else { &mut digits.before }.push_str(&literal);
        }
        // The letter of months is that of minutes too.
        parts.month = minutes && (!parts.time || parts.year || parts.day);
        let shows_date = parts != Parts::default();
        Shape { parts: shows_date.then_some(parts), digits: (!shows_date && has_digits).then_some(digits) }
    }
}

/// A format may say how else numbers below nought, nought and texts show, after a semicolon.
fn end_of_section(format: &str) -> usize {
    let mut quoted = false;
    for (at, character) in format.char_indices() {
        match character {
            '"' => quoted = !quoted,
            ';' if !quoted => return at,
            _ => {}
        }
    }
    format.len()
}

/// The format with a number of its own, as workbooks in Chinese have it ([ECMA-376] 18.8.30).
pub fn built_in(number: u16) -> &'static str {
    match number {
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        14 | 15 | 22 | 30 | 31 => "yyyy/m/d",
        16 | 28 | 29 | 51 | 53 | 54 | 58 => "m/d",
        17 | 27 | 36 | 50 | 52 | 57 => "yyyy/m",
        18..=21 | 32..=35 | 45..=47 | 55 | 56 => "h:mm",
        37 | 38 => "#,##0",
        39 | 40 => "#,##0.00",
        _ => "General",
    }
}

#[cfg(test)]
mod tests {
    use super::{built_in, number};

    #[test]
    fn dates_as_they_show() {
        let day = 45_473.0;
        let cases = [
            ("yyyy\"年\"m\"月\"d\"日\"", "2024年6月30日"),
            ("yyyy\"年\"m\"月\";@", "2024年6月"),
            ("[$-804]yyyy\\-mm", "2024年6月"),
            ("yyyy\"年\"", "2024年"),
            ("m\"月\"", "6月"),
            ("m\"月\"d\"日\"", "2024年6月30日"),
            ("yyyy/m/d h:mm", "2024年6月30日"),
            ("General", "45473"),
            ("@", "45473"),
        ];
        for (format, expected) in cases {
            assert_eq!(number(day, format, false), expected, "{format}");
        }
        assert_eq!(number(day, built_in(57), false), "2024年6月");
        assert_eq!(number(day - 1462.0, built_in(14), true), "2024年6月30日");
        assert_eq!(
            (number(1.0, "yyyy/m/d", false), number(0.75, "h:mm", false)),
            ("1900年1月1日".to_owned(), "18:00".to_owned())
        );
        assert_eq!(number(-3.0, "yyyy/m/d", false), "-3");
    }

    #[test]
    fn digits_as_they_show() {
        let cases = [
            (1.1, "0.00", "1.10"),
            (0.95, "0%", "95%"),
            (0.9555, "0.0#%", "95.55%"),
            (7.0, "000", "007"),
            (1_234_567.5, "#,##0.00", "1,234,567.50"),
            (3.0, "\"第\"0\"项\"", "第3项"),
            (-2.5, "0.0_);(0.0)", "-2.5"),
            (0.1 + 0.2, "General", "0.3"),
            (12.0, "General", "12"),
            (0.5, "# ?/?", "0.5"),
        ];
        for (value, format, expected) in cases {
            assert_eq!(number(value, format, false), expected, "{format}");
        }
    }
}
