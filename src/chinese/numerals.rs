//! Chinese numerals as people type them: 十二, 二十三, 六, 两, １２.

/// The value of a numeral below one hundred million, in digits (full-width too) or Chinese characters, whose units fall;
/// `None` for anything else.
pub fn parse(text: &str) -> Option<u32> {
    if text.is_empty() {
        return None;
    }
    if text.chars().all(|character| arabic(character).is_some()) {
        return positional(text);
    }
    let mut total = 0_u32;
    let mut digit = None;
    let mut last_unit = u32::MAX;
    for character in text.chars() {
        if character == '零' && total > 0 {
            continue;
        }
        if let Some(value) = digit_of(character) {
            if digit.replace(value).is_some() {
                return None;
            }
            continue;
        }
        let unit = match character {
            '十' => 10,
            '百' => 100,
            '千' => 1_000,
            _ => return None,
        };
        if std::mem::replace(&mut last_unit, unit) <= unit {
            return None;
        }
        let factor = match digit.take() {
            Some(0) => return None,
            Some(factor) => factor,
            None if unit == 10 => 1,
            None => return None,
        };
        total = total.checked_add(factor * unit)?;
    }
    Some(total + digit.unwrap_or(0))
}

/// How many numbers a text holds, in figures or in characters, and how many characters the longest has.
pub fn extent(text: &str) -> (usize, usize) {
    let is_numeral = |character: char| arabic(character).is_some() || CHINESE.contains(character);
    let lengths = text.split(|character| !is_numeral(character)).map(|part| part.chars().count());
    lengths.filter(|length| *length > 0).fold((0, 0), |(count, longest), length| (count + 1, longest.max(length)))
}

/// The value of digits written one after another, as in a year: 2019, ２０１９, 二〇一九.
pub fn positional(text: &str) -> Option<u32> {
    if text.is_empty() {
        return None;
    }
    text.chars().try_fold(0_u32, |value, character| {
        let digit = arabic(character).or_else(|| digit_of(character))?;
        value.checked_mul(10)?.checked_add(digit)
    })
}

/// The Chinese characters that a numeral may consist of, as the inside of a regular expression's brackets.
pub const CHINESE: &str = "一二三四五六七八九十百两〇零";

/// The characters that a numeral may consist of, as the inside of a regular expression's brackets.
pub const CHARACTERS: &str = "0-9一二三四五六七八九十百两〇零";

fn arabic(character: char) -> Option<u32> {
    match character {
        '0'..='9' => Some(character as u32 - '0' as u32),
        '０'..='９' => Some(character as u32 - '０' as u32),
        _ => None,
    }
}

fn digit_of(character: char) -> Option<u32> {
    let digits = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    match character {
        '〇' => Some(0),
        '两' => Some(2),
        _ => digits.iter().position(|digit| *digit == character).map(|index| index as u32),
    }
}

#[cfg(test)]
mod tests {
    use super::{parse, positional};

    #[test]
    fn digits_one_after_another() {
        assert_eq!(positional("二〇二〇"), Some(2020));
        assert_eq!(positional("２０１９"), Some(2019));
        assert_eq!(positional("二十"), None);
        assert_eq!(positional("99999999999"), None);
    }

    #[test]
    fn numerals() {
        let cases = [
            ("5", Some(5)),
            ("１２", Some(12)),
            ("十二", Some(12)),
            ("二十三", Some(23)),
            ("两", Some(2)),
            ("一百零五", Some(105)),
        ];
        for (text, value) in cases {
            assert_eq!(parse(text), value, "{text}");
        }
        for text in ["", "五六", "百", "3个", "零十", "五十二十六", "十十", "一百二百", "二十三百"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
