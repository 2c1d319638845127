//! How much room there is: what the database takes, and what its disk has left.

use std::io;
use std::path::Path;

use crate::files;

/// Bytes that the database takes, its write-ahead log included.
pub fn size_of(database: &Path) -> io::Result<u64> {
    let mut log = database.as_os_str().to_owned();
    log.push("-wal");
    // Without a log it is all in the one file.
    Ok(files::size(database)? + files::size(Path::new(&log)).unwrap_or_default())
}

/// Bytes left for us on the disk that holds a file or folder.
pub fn free_beside(path: &Path) -> io::Result<u64> {
    let disk = rustix::fs::statvfs(path)?;
    Ok(disk.f_bavail.saturating_mul(disk.f_frsize))
}

/// `1.5 GB`, in powers of 1024.
pub fn shown(bytes: u64) -> String {
    const UNITS: [(u64, &str); 3] = [(1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "KB")];
    let unit = UNITS.into_iter().find(|(size, _)| bytes >= *size);
    unit.map_or_else(
        || format!("{bytes} B"),
        |(size, name)| {
            let tenths = bytes / (size / 10).max(1);
            format!("{}.{} {name}", tenths / 10, tenths % 10)
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_is_told_in_round_figures() {
        assert_eq!(
            [0, 1023, 1 << 10, 1_600 << 10, 3 << 30].map(shown),
            ["0 B", "1023 B", "1.0 KB", "1.5 MB", "3.0 GB"]
        );
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("duban.db");
        std::fs::write(&file, [0; 100]).unwrap();
        std::fs::write(folder.path().join("duban.db-wal"), [0; 10]).unwrap();
        assert_eq!(size_of(&file).unwrap(), 110);
        assert!(free_beside(&file).unwrap() > 0);
    }
}
