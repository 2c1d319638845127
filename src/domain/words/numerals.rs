//! Chinese numerals as people type them: 十二, 二十三, 六, 两.

/// The value of a numeral below one hundred million, in digits or Chinese characters; `None` for anything else.
pub fn parse(text: &str) -> Option<u32> {
    if text.is_empty() {
        return None;
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok();
    }
    let mut total = 0_u32;
    let mut digit = None;
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

/// The characters that a numeral may consist of, as the inside of a regular expression's brackets.
pub const CHARACTERS: &str = "0-9一二三四五六七八九十百两〇零";

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
    use super::parse;

    #[test]
    fn numerals() {
        let cases =
            [("5", Some(5)), ("十二", Some(12)), ("二十三", Some(23)), ("两", Some(2)), ("一百零五", Some(105))];
        for (text, value) in cases {
            assert_eq!(parse(text), value, "{text}");
        }
        for text in ["", "五六", "百", "3个", "零十"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
