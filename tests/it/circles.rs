//! No files of `src` need each other in a circle, so that each can be read after those that it needs.
//!
//! A file needs the file that defines what it imports or names by a path; of what is re-exported, the file behind. A
//! folder is one thing that hands over to its parts, and its parts may use its nouns: what a `mod.rs` takes from the files
//! below it does not count. What only tests take does not count either.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use syn::visit::{self, Visit};
use syn::{ItemMod, ItemUse, Macro, MetaList, UseTree};

use crate::architecture::without_tests;

/// How often a re-export of a re-export is followed.
const MOST_FOLLOWED: usize = 6;

/// `office::duty` in its parts, which is one file. The root of the library has none.
type Module = Vec<String>;

/// The files of a library, with what each says of others.
struct Library(BTreeMap<Module, Mentions>);

#[derive(Default)]
struct Mentions {
    /// The files below this one.
    parts: Vec<String>,
    /// The path behind each name that is imported.
    imports: BTreeMap<String, Vec<String>>,
    paths: BTreeSet<Vec<String>>,
}

impl Mentions {
    fn of(text: &str) -> Mentions {
        let text: String = without_tests(text).flat_map(|line| [line, "\n"]).collect();
        let mut mentions = Mentions::default();
        mentions.visit_file(&syn::parse_file(&text).expect("Rust"));
        mentions
    }

    fn import(&mut self, path: &[String], tree: &UseTree) {
        let with = |name: &dyn ToString| [path, &[name.to_string()]].concat();
        match tree {
            UseTree::Path(tree) => self.import(&with(&tree.ident), &tree.tree),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.import(path, tree)),
            UseTree::Name(tree) if tree.ident == "self" => self.name(path[path.len() - 1].clone(), path.to_vec()),
            UseTree::Name(tree) => self.name(tree.ident.to_string(), with(&tree.ident)),
            UseTree::Rename(tree) => self.name(tree.rename.to_string(), with(&tree.ident)),
            UseTree::Glob(_) => self.name("*".to_owned(), with(&"*")),
        }
    }

    fn name(&mut self, name: String, path: Vec<String>) {
        self.imports.insert(name, path.clone());
        self.paths.insert(path);
    }

    /// The paths among what a macro or an attribute is given, which is no Rust before these have read it.
    fn tokens(&mut self, tokens: &str) {
        let tokens = tokens.replace(" :: ", "::");
        let paths = tokens.split(|next: char| !next.is_alphanumeric() && !"_:".contains(next));
        let paths = paths.filter(|path| path.contains("::"));
        self.paths.extend(paths.map(|path| path.split("::").map(str::to_owned).collect()));
    }
}

impl Visit<'_> for Mentions {
    fn visit_item_mod(&mut self, part: &ItemMod) {
        self.parts.push(part.ident.to_string());
    }

    fn visit_item_use(&mut self, import: &ItemUse) {
        self.import(&[], &import.tree);
    }

    fn visit_path(&mut self, path: &syn::Path) {
        // A single name is one of this file, or imported.
        if path.segments.len() > 1 {
            self.paths.insert(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &Macro) {
        self.tokens(&call.tokens.to_string());
    }

    fn visit_meta_list(&mut self, attribute: &MetaList) {
        self.tokens(&attribute.tokens.to_string());
    }
}

impl Library {
    /// `text` gives that of a file, by its path below the root, where there is such a file.
    fn read(text: impl Fn(&str) -> Option<String>) -> Library {
        let mut files = BTreeMap::from([(Module::new(), Mentions::of(&text("lib.rs").expect("the root")))]);
        let below = |module: &Module, files: &BTreeMap<Module, Mentions>| -> Vec<Module> {
            files[module].parts.iter().map(|part| module.iter().chain([part]).cloned().collect()).collect()
        };
        let mut waiting = below(&Module::new(), &files);
        while let Some(module) = waiting.pop() {
            let path = module.join("/");
            let text = text(&format!("{path}.rs")).or_else(|| text(&format!("{path}/mod.rs")));
            files.insert(module.clone(), Mentions::of(&text.expect(&path)));
            waiting.extend(below(&module, &files));
        }
        Library(files)
    }

    /// The file that defines what `path` says in the file `here`. Foreign names pass as its own; a file by itself is
    /// nothing that another defines.
    fn home(&self, here: &Module, path: &[String], most: usize) -> Option<Module> {
        let (mut start, mut rest) = (here.clone(), path);
        while let Some((word @ ("crate" | "self" | "super"), further)) =
            rest.split_first().map(|(word, rest)| (word.as_str(), rest))
        {
            match word {
                "crate" => start.clear(),
                "super" => drop(start.pop()),
                _ => {}
            }
            rest = further;
        }
        let path = [&start, rest].concat();
        let length = (0..=path.len()).rev().find(|length| self.0.contains_key(&path[..*length]))?;
        let (file, item) = (path[..length].to_vec(), &path[length..]);
        let (name, within) = item.split_first()?;
        match self.0[&file].imports.get(name).filter(|_| most > 0) {
            Some(import) => self.home(&file, &[import, within].concat(), most - 1),
            None => Some(file),
        }
    }

    /// The files that each file needs, with the items for which it does.
    fn needs(&self) -> BTreeMap<&Module, BTreeMap<Module, BTreeSet<&str>>> {
        let mut needs: BTreeMap<&Module, BTreeMap<Module, BTreeSet<&str>>> = BTreeMap::new();
        for (module, mentions) in &self.0 {
            let needs = needs.entry(module).or_default();
            for path in &mentions.paths {
                let home = self.home(module, path, MOST_FOLLOWED).filter(|home| !home.starts_with(module));
                if let (Some(home), Some(item)) = (home, path.last()) {
                    needs.entry(home).or_default().insert(item);
                }
            }
        }
        needs
    }

    /// A text for each circle, a line for each need within it.
    fn circles(&self) -> Vec<String> {
        let needs = self.needs();
        let reached: BTreeMap<&Module, BTreeSet<&Module>> = needs
            .keys()
            .map(|module| {
                let (mut reached, mut waiting) = (BTreeSet::new(), vec![*module]);
                while let Some(module) = waiting.pop() {
                    waiting.extend(needs[module].keys().filter(|other| reached.insert(*other)));
                }
                (*module, reached)
            })
            .collect();
        let mut circles: BTreeMap<Vec<&Module>, Vec<String>> = BTreeMap::new();
        for (module, needs) in &needs {
            let circle = reached[module].iter().filter(|other| reached[**other].contains(module));
            let circle: Vec<&Module> = circle.copied().collect();
            for (other, items) in needs.iter().filter(|(other, _)| circle.contains(other)) {
                let items = items.iter().copied().collect::<Vec<_>>().join(", ");
                let line = format!("{} needs {} for {items}", module.join("::"), other.join("::"));
                circles.entry(circle.clone()).or_default().push(line);
            }
        }
        circles.into_values().map(|lines| lines.join("\n")).collect()
    }
}

#[test]
fn no_files_need_each_other_in_a_circle() {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"));
    let library = Library::read(|path| fs::read_to_string(root.join(path)).ok());
    assert!(library.0.len() > 100, "the sources are where they are sought");
    let circles = library.circles();
    assert!(circles.is_empty(), "{}", circles.join("\n\n"));
}

#[track_caller]
fn check(files: &[(&str, &str)], expected: &[&str]) {
    let text = |path: &str| files.iter().find(|(known, _)| *known == path).map(|(_, text)| (*text).to_owned());
    assert_eq!(Library::read(text).circles(), expected, "{files:?}");
}

#[test]
fn a_circle_is_found() {
    let root = ("lib.rs", "mod a;\nmod b;\nmod c;");
    let far = ("b.rs", "use crate::c::{self, C};\nfn b() -> C { c::d() }");
    let back = ("c.rs", "struct C;\nfn d() { println!(\"{}\", crate::a::A) }");
    check(
        &[root, ("a.rs", "use super::b::b as other;\nstruct A;"), far, back],
        &["a needs b for b\nb needs c for C, d\nc needs a for A"],
    );
    check(&[root, ("a.rs", "#[cfg(test)]\nmod tests {\n    use super::b::b;\n}\n\nstruct A;"), far, back], &[]);
    let attribute = ("a.rs", "#[with(check = super::b::b)]\nstruct A;");
    check(&[root, attribute, far, back], &["a needs b for b\nb needs c for C, d\nc needs a for A"]);
}

#[test]
fn a_re_export_stands_for_the_file_behind_it() {
    let root = ("lib.rs", "mod other;\nmod room;");
    let room = ("room/mod.rs", "mod part;\npub use part::f;\nuse crate::other::g;\npub struct Noun;");
    let other = ("other.rs", "use crate::room;\nfn g() { room::f() }");
    check(&[root, room, other, ("room/part.rs", "pub fn f() {}")], &[]);
    let part = ("room/part.rs", "pub fn f() { crate::other::g() }");
    check(&[root, room, other, part], &["other needs room::part for f\nroom::part needs other for g"]);
}

#[test]
fn a_part_may_use_its_folders_nouns() {
    let room = ("room/mod.rs", "mod part;\nuse part::f;\npub struct Noun;\nfn g() { part::f(Noun) }");
    check(&[("lib.rs", "mod room;"), room, ("room/part.rs", "use super::Noun;\npub fn f(noun: Noun) {}")], &[]);
}
