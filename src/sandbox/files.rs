//! The files that were sent, in memory and bounded: the oldest give way to new ones.

use std::collections::VecDeque;
use std::sync::Arc;

use super::chat::{Attachment, AttachmentKind, Upload};

/// All files together hold no more than this, and neither does one.
pub(super) const CAPACITY: usize = 50 * 1024 * 1024;
/// A request that brings a file has some room for its other parts.
pub(super) const LARGEST_REQUEST: usize = CAPACITY + 64 * 1024;

pub(super) struct Files {
    kept: VecDeque<StoredFile>,
    occupied: usize,
    sent: usize,
}

pub(super) struct StoredFile {
    pub attachment: Attachment,
    /// Where the bot downloads it.
    pub path: String,
    pub bytes: Arc<[u8]>,
}

/// The upload does not fit, however many old files give way.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooLarge;

impl Files {
    pub fn new() -> Files {
        Files { kept: VecDeque::new(), occupied: 0, sent: 0 }
    }

    pub fn keep(&mut self, upload: Upload, kind: AttachmentKind) -> Result<Attachment, TooLarge> {
        let size = upload.bytes.len();
        if size > CAPACITY {
            return Err(TooLarge);
        }
        while self.occupied + size > CAPACITY {
            self.drop_oldest();
        }
        self.sent += 1;
        let attachment = Attachment {
            kind,
            file_id: format!("sandbox-file-{}", self.sent),
            name: upload.name,
            mime_type: upload.mime_type,
            size,
        };
        self.occupied += size;
        self.kept.push_back(StoredFile {
            path: path(self.sent, &attachment),
            attachment: attachment.clone(),
            bytes: upload.bytes.into(),
        });
        Ok(attachment)
    }

    fn drop_oldest(&mut self) {
        if let Some(oldest) = self.kept.pop_front() {
            self.occupied -= oldest.bytes.len();
        }
    }

    pub fn by_id(&self, file_id: &str) -> Option<&StoredFile> {
        self.kept.iter().find(|file| file.attachment.file_id == file_id)
    }

    pub fn by_path(&self, path: &str) -> Option<&StoredFile> {
        self.kept.iter().find(|file| file.path == path)
    }
}

/// A path like Telegram's: a folder by kind, a number, the extension; never the sender's name.
fn path(number: usize, attachment: &Attachment) -> String {
    let folder = match attachment.kind {
        AttachmentKind::Photo => "photos",
        AttachmentKind::Voice => "voice",
        AttachmentKind::Document => "documents",
    };
    let extension = attachment
        .name
        .rsplit_once('.')
        .map(|(_, extension)| extension)
        .filter(|extension| extension.chars().all(|c| c.is_ascii_alphanumeric()));
    match extension {
        Some(extension) => format!("{folder}/file_{number}.{extension}"),
        None => format!("{folder}/file_{number}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn upload(name: &str, size: usize) -> Upload {
        Upload { name: name.into(), mime_type: "application/octet-stream".into(), bytes: vec![0; size] }
    }

    #[test]
    fn old_files_give_way() {
        let mut files = Files::new();
        let kind = AttachmentKind::Document;
        let first = files.keep(upload("a.docx", CAPACITY / 2), kind).unwrap();
        let second = files.keep(upload("b", CAPACITY / 2), kind).unwrap();
        assert!(files.by_id(&first.file_id).is_some());
        files.keep(upload("c", 1), kind).unwrap();
        assert!(files.by_id(&first.file_id).is_none());
        assert!(files.by_id(&second.file_id).is_some());
        assert_eq!(files.keep(upload("d", CAPACITY + 1), kind), Err(TooLarge), "one file alone is too large");
    }

    #[test]
    fn paths_hold_nothing_of_the_name_but_its_extension() {
        let mut files = Files::new();
        let kept = files.keep(upload("../方案.docx", 1), AttachmentKind::Document).unwrap();
        assert_eq!(files.by_id(&kept.file_id).unwrap().path, "documents/file_1.docx");
        assert!(files.by_path("documents/file_1.docx").is_some());
        files.keep(upload("a./etc", 1), AttachmentKind::Photo).unwrap();
        assert!(files.by_path("photos/file_2").is_some());
    }
}
