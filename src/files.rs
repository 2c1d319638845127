//! Files that somebody names: what they may be, how much of them is read, and who else may read them.

use std::fs::{File, Permissions};
use std::io::{ErrorKind, Read};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::{fs, io};

/// What everybody but the owner may do.
const RIGHTS_OF_OTHERS: u32 = 0o077;
const FEWEST_DESCRIPTORS: usize = 40;
/// What is read whole is small. A plan has a limit of its own, by its format.
pub const LARGEST: u64 = 16 << 20;

/// The size of a file. What is no file is refused before it is opened: a pipe waits for its writer, and a device never ends.
pub fn size(path: &Path) -> io::Result<u64> {
    let about = fs::metadata(path)?;
    if about.is_file() { Ok(about.len()) } else { Err(io::Error::new(ErrorKind::InvalidInput, "不是普通文件")) }
}

/// Reads a file whole that holds no more than `largest` bytes.
pub fn read(path: &Path, largest: u64) -> io::Result<Vec<u8>> {
    let too_large = || io::Error::new(ErrorKind::FileTooLarge, format!("超过 {} KB", largest >> 10));
    if size(path)? > largest {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    // It may have grown since, and what the system makes up as it is read has no size.
    File::open(path)?.take(largest + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > largest { Err(too_large()) } else { Ok(bytes) }
}

/// The same for a text.
pub fn read_text(path: &Path, largest: u64) -> io::Result<String> {
    let bytes = read(path, largest)?;
    String::from_utf8(bytes).map_err(|_| io::Error::new(ErrorKind::InvalidData, "不是 UTF-8 文本"))
}

/// Whether so many files and connections can be open at once as the smallest command needs: tokio panics where its own cannot
/// be opened.
pub fn are_descriptors_enough() -> bool {
    let held: io::Result<Vec<File>> = (0..FEWEST_DESCRIPTORS).map(|_| File::open("/dev/null")).collect();
    // "Too many open files", here or everywhere.
    !held.is_err_and(|error| matches!(error.raw_os_error(), Some(23 | 24)))
}

/// Takes away what others may do with a file or folder. The log says so where there was something.
pub fn make_private(path: &Path) -> io::Result<()> {
    let mode = fs::metadata(path)?.permissions().mode();
    if mode & RIGHTS_OF_OTHERS == 0 {
        return Ok(());
    }
    fs::set_permissions(path, Permissions::from_mode(mode & !RIGHTS_OF_OTHERS & 0o7777))?;
    tracing::warn!(file = %path.display(), "他人原可读写，已改为仅本人可读写");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_a_bounded_size_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("four");
        fs::write(&path, "four").unwrap();
        assert_eq!(read(&path, 4).unwrap(), b"four");
        assert_eq!(read(&path, 3).unwrap_err().kind(), ErrorKind::FileTooLarge);
        assert_eq!(read(folder.path(), 4).unwrap_err().kind(), ErrorKind::InvalidInput);
        let endless = folder.path().join("endless");
        std::os::unix::fs::symlink("/dev/zero", &endless).unwrap();
        assert_eq!(read(&endless, 4).unwrap_err().kind(), ErrorKind::InvalidInput);
        fs::write(&path, [0xff]).unwrap();
        assert_eq!(read_text(&path, 4).unwrap_err().kind(), ErrorKind::InvalidData);
    }

    #[test]
    fn others_lose_their_rights() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        fs::write(&path, "").unwrap();
        for (before, after) in [(0o644, 0o600), (0o640, 0o600), (0o400, 0o400), (0o606, 0o600)] {
            fs::set_permissions(&path, Permissions::from_mode(before)).unwrap();
            make_private(&path).unwrap();
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, after);
        }
    }
}
