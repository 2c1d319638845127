//! 部件: the parts of a .docx package, as its relationships name them, and those that other programs have written (altChunk).

use std::collections::HashMap;

use crate::office::plan::Problem;
use crate::plan::file::container::Container;
use crate::plan::file::docx::content;
use crate::plan::file::format::Format;
use crate::plan::file::xml::{Piece, Xml};
use crate::plan::file::{Content, format, read_as};
use crate::plan::unreadable::Unreadable;

pub struct Package<'a, 'b> {
    container: &'a mut Container<'b>,
    main: String,
    /// The parts that the text refers to, by the name that it calls them.
    related: HashMap<String, String>,
    headers: Vec<String>,
}

impl<'a, 'b> Package<'a, 'b> {
    pub fn open(container: &'a mut Container<'b>) -> Result<Package<'a, 'b>, Unreadable> {
        const USUAL: &str = "word/document.xml";
        let roots = relationships(container, "_rels/.rels")?;
        let main = roots.into_iter().find(|(_, kind, _)| kind.ends_with("/officeDocument"));
        let main = main.map_or(USUAL.to_owned(), |(_, _, target)| target.trim_start_matches('/').to_owned());
        let (folder, name) = main.rsplit_once('/').unwrap_or(("", &main));
        let related = relationships(container, &format!("{folder}/_rels/{name}.rels"))?;
        let is_header =
            |(_, kind, _): &&(String, String, String)| kind.ends_with("/header") || kind.ends_with("/footer");
        let headers = related.iter().filter(is_header).map(|(_, _, target)| resolved(folder, target)).collect();
        let related = related.into_iter().map(|(id, _, target)| (id, resolved(folder, &target))).collect();
        Ok(Package { container, main, related, headers })
    }

    pub fn main(&mut self) -> Result<String, Unreadable> {
        self.container.part(&self.main)?.ok_or(Unreadable::NotDocument)
    }

    /// A part in the folder of the text.
    pub fn beside(&mut self, name: &str) -> Result<Option<String>, Unreadable> {
        self.container.part(&resolved(self.folder(), name))
    }

    /// The parts that pages have at their top.
    pub fn headers(&mut self) -> Result<Vec<String>, Unreadable> {
        let headers: Result<Vec<_>, _> = self.headers.iter().map(|header| self.container.part(header)).collect();
        Ok(headers?.into_iter().flatten().collect())
    }

    fn folder(&self) -> &str {
        self.main.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The content of the part that another program has written. What cannot be read is said.
    pub fn chunk(&mut self, id: &str) -> Result<Content, Unreadable> {
        let target = self.related.get(id).cloned().unwrap_or_default();
        let Some(bytes) = self.container.bytes(&target)? else { return Ok(not_read(&target)) };
        let read = match Format::of(&format::ending(&target), &bytes) {
            Ok(Format::Document) => {
                let mut inner = Container::open_within(&bytes, self.container.left())?;
                let content = content(&mut inner, false);
                self.container.leave(inner.left());
                content
            }
            // What is inflated again would escape the limits.
            Ok(format @ (Format::Html | Format::WebArchive | Format::RichText | Format::Text)) => {
                read_as(format, &bytes)
            }
            Ok(_) => return Ok(not_read(&target)),
            Err(refusal) => Err(refusal),
        };
        match read {
            Err(Unreadable::Empty) => Ok(Content::default()),
            Err(Unreadable::Swells | Unreadable::TooManyRows(_)) => read,
            Err(_) => Ok(not_read(&target)),
            Ok(content) => Ok(content),
        }
    }
}

fn not_read(target: &str) -> Content {
    let name = target.rsplit('/').next().unwrap_or_default();
    let named = if name.is_empty() { String::new() } else { format!("（{name}）") };
    let message = format!("文件中嵌入的内容{named}没有读取。");
    let hint = "请用 Word 或 WPS 打开后重新保存一次，再导入。".to_owned();
    Content { blocks: Vec::new(), problems: vec![Problem { line: 1, message, hint }] }
}

/// The name, kind and target of each relationship.
fn relationships(container: &mut Container, part: &str) -> Result<Vec<(String, String, String)>, Unreadable> {
    let text = container.part(part.trim_start_matches('/'))?.unwrap_or_default();
    let mut xml = Xml::new(&text);
    let mut found = Vec::new();
    while let Some(piece) = xml.next()? {
        if let Piece::Start(element) = piece
            && let (Some(kind), Some(target)) = (element.attribute("Type"), element.attribute("Target"))
        {
            found.push((element.attribute("Id").unwrap_or_default(), kind, target));
        }
    }
    Ok(found)
}

/// A target as a part is called: from the root where it begins with `/`, else from the folder of the text.
fn resolved(folder: &str, target: &str) -> String {
    match target.strip_prefix('/') {
        Some(target) => target.to_owned(),
        None if folder.is_empty() => target.to_owned(),
        None => {
            let mut steps: Vec<&str> = folder.split('/').collect();
            for step in target.split('/') {
                match step {
                    ".." => drop(steps.pop()),
                    "." => {}
                    step => steps.push(step),
                }
            }
            steps.join("/")
        }
    }
}
