//! Character references: the four names that Telegram knows, and numbers.

/// A character reference at the start: the character and how many bytes it takes.
pub(super) fn read_reference(source: &str) -> Option<(char, usize)> {
    let body = source.strip_prefix('&')?;
    if let Some(number) = body.strip_prefix('#') {
        return read_number(number).map(|(c, length)| (c, "&#".len() + length));
    }
    let name: &str = body.split(|c: char| !c.is_ascii_alphabetic()).next()?;
    let c = match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        _ => return None,
    };
    Some((c, "&".len() + name.len() + semicolon(&body[name.len()..])))
}

fn read_number(source: &str) -> Option<(char, usize)> {
    let (prefix, radix) = if source.starts_with('x') { (1, 16) } else { (0, 10) };
    let digits = source[prefix..].split(|c: char| !c.is_digit(radix)).next()?;
    let c = u32::from_str_radix(digits, radix).ok().filter(|code| *code != 0).and_then(char::from_u32)?;
    let length = prefix + digits.len();
    Some((c, length + semicolon(&source[length..])))
}

/// The semicolon may be missing, as in browsers.
fn semicolon(source: &str) -> usize {
    usize::from(source.starts_with(';'))
}
