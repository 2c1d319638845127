//! The size of a picture, read from the head of a PNG or JPEG file.

const PNG_SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
const JPEG_SIGNATURE: &[u8] = b"\xff\xd8";

/// Width and height; None for anything that is neither PNG nor JPEG.
pub(super) fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    if bytes.starts_with(PNG_SIGNATURE) {
        png(bytes)
    } else if bytes.starts_with(JPEG_SIGNATURE) {
        jpeg(&bytes[JPEG_SIGNATURE.len()..])
    } else {
        None
    }
}

/// The first chunk of a PNG is its header: length, name, width, height.
fn png(bytes: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize| {
        let bytes = bytes.get(at..at + 4)?.try_into().ok()?;
        Some(u32::from_be_bytes(bytes))
    };
    Some((number(16)?, number(20)?))
}

/// Walks over the segments of a JPEG to its start of frame.
fn jpeg(mut segments: &[u8]) -> Option<(u32, u32)> {
    loop {
        let [0xff, marker, high, low, rest @ ..] = segments else {
            return None;
        };
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        if is_start_of_frame(*marker) {
            let [_, height_high, height_low, width_high, width_low, ..] = rest else {
                return None;
            };
            let height = u16::from_be_bytes([*height_high, *height_low]);
            let width = u16::from_be_bytes([*width_high, *width_low]);
            return Some((width.into(), height.into()));
        }
        // The length counts its own two bytes.
        segments = rest.get(length.checked_sub(2)?..)?;
    }
}

fn is_start_of_frame(marker: u8) -> bool {
    // C4, C8 and CC lie in the range but are tables.
    (0xc0..=0xcf).contains(&marker) && ![0xc4, 0xc8, 0xcc].contains(&marker)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_png_tells_its_size() {
        let mut bytes = PNG_SIGNATURE.to_vec();
        bytes.extend(b"\0\0\0\x0dIHDR\0\0\x05\0\0\0\x03\xba");
        assert_eq!(size(&bytes), Some((1280, 954)));
        assert_eq!(size(&bytes[..20]), None);
    }

    #[test]
    fn a_jpeg_tells_its_size() {
        let mut bytes = JPEG_SIGNATURE.to_vec();
        bytes.extend(b"\xff\xe0\0\x04ab");
        bytes.extend(b"\xff\xc0\0\x11\x08\x02\x58\x03\x20");
        assert_eq!(size(&bytes), Some((800, 600)));
        assert_eq!(size(&bytes[..9]), None);
        assert_eq!(size(b"\xff\xd8\xff\xe0\0\0"), None);
    }

    #[test]
    fn other_files_have_none() {
        assert_eq!(size(b"GIF89a"), None);
        assert_eq!(size(b""), None);
    }
}
