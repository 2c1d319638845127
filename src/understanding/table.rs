//! Tables that were typed or pasted: a line of heads over lines of cells, parted by bars or blanks.

use std::ops::Range;

/// The cells under a line of heads, in bytes of the plain form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    heads: Vec<String>,
    rows: Vec<Vec<Range<usize>>>,
}

/// The longest head, in characters.
const LONGEST_HEAD: usize = 8;

// Under which the numbers of tasks stand.
pattern!(NUMBERS_TASKS, "^(?:序号|项号?|任务(?:序?号|编号)?|事项号?|编号|号)$");
// Under which stands what is wrong.
pattern!(
    TROUBLE,
    "^(?:存在的?|主要|突出)?(?:问题|困难|难点|堵点)(?:和困难|及困难|与困难|困难)?$|^需要?协调(?:解决)?(?:的)?(?:问题|事项)$"
);
pattern!(NONE, r"^(?:无|暂无|没有|/|-|—)*$");
// Under which a share is that of the whole task.
pattern!(SHARE, "^(?:总体|当前|目前)?(?:完成|工作|推进|办理)?(?:进度|进展|率|比例|百分比)$");

/// The tables of a text, in its order.
pub fn tables(plain: &str) -> Vec<Table> {
    let mut tables: Vec<Table> = Vec::new();
    let mut current: Option<Table> = None;
    let mut from = 0;
    for line in plain.split('\n') {
        let cells = cells(plain, from..from + line.len());
        from += line.len() + 1;
        let of_table = current.as_ref().is_some_and(|table| (2..=table.heads.len()).contains(&cells.len()));
        match current.as_mut().filter(|_| of_table) {
            Some(table) => table.rows.push(cells),
            None => {
                tables.extend(current.take().filter(|table| table.rows.len() > 1));
                current = heads(plain, &cells).map(|heads| Table { heads, rows: Vec::new() });
            }
        }
    }
    tables.extend(current.filter(|table| table.rows.len() > 1));
    tables
}

/// The cells of a line, without the blanks around them.
fn cells(plain: &str, line: Range<usize>) -> Vec<Range<usize>> {
    let text = &plain[line.clone()];
    let bar = if text.contains('|') { '|' } else { ' ' };
    let text = text.trim_matches([bar, ' ']);
    let start = text.as_ptr() as usize - plain.as_ptr() as usize;
    let cell = |(at, cell): (usize, &str)| {
        let bare = cell.trim();
        let from = start + at + (cell.len() - cell.trim_start().len());
        from..from + bare.len()
    };
    let mut at = 0;
    text.split(bar)
        .map(|part| {
            let placed = (at, part);
            at += part.len() + 1;
            cell(placed)
        })
        .collect()
}

/// The heads in a line, where it holds nothing else.
fn heads(plain: &str, cells: &[Range<usize>]) -> Option<Vec<String>> {
    let is_head = |cell: &Range<usize>| {
        let words = &plain[cell.clone()];
        let length = words.chars().count();
        (1..=LONGEST_HEAD).contains(&length)
            && !without_sign(words).contains(|sign: char| sign.is_ascii_digit() || "，。；：%".contains(sign))
    };
    let heads = || cells.iter().map(|cell| plain[cell.clone()].to_owned()).collect();
    (cells.len() > 1 && cells.iter().all(is_head)).then(heads)
}

/// 完成率 of 完成率（%）.
fn without_sign(head: &str) -> &str {
    head.strip_suffix("(%)").or_else(|| head.strip_suffix("（%）")).unwrap_or(head)
}

impl Table {
    /// The cells with the places of their columns.
    fn cells(&self) -> impl Iterator<Item = (usize, &Range<usize>)> {
        self.rows.iter().flat_map(|row| row.iter().enumerate())
    }

    fn begins_with_figures(&self, plain: &str) -> bool {
        self.rows.iter().all(|row| plain[row[0].clone()].starts_with(|sign: char| sign.is_ascii_digit()))
    }

    /// Where the cells stand that name no task, whatever numbers they hold: 落户｜36｜已办.
    pub fn counts(&self) -> impl Iterator<Item = &Range<usize>> {
        self.cells()
            .filter(|(column, _)| *column > 0 && !NUMBERS_TASKS.is_match(&self.heads[*column]))
            .map(|(_, cell)| cell)
    }

    /// Where the shares of whole tasks begin, each in the line of its task.
    pub fn shares(&self, plain: &str) -> Vec<usize> {
        if !self.begins_with_figures(plain) {
            return Vec::new();
        }
        let shares = self.cells().filter(|(column, cell)| {
            *column > 0 && SHARE.is_match(&self.heads[*column]) && plain[(*cell).clone()].ends_with('%')
        });
        shares.map(|(_, cell)| cell.start).collect()
    }

    /// Where the cells stand that tell of a problem.
    pub fn troubles<'a>(&'a self, plain: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        let told = |cell: &Range<usize>| !NONE.is_match(&plain[cell.clone()]);
        self.cells()
            .filter(move |(column, cell)| *column > 0 && TROUBLE.is_match(&self.heads[*column]) && told(cell))
            .map(|(_, cell)| cell.clone())
    }

    /// The shares whose sign stands in their head, 完成率（%）, in hundredths, with where they stand.
    pub fn signless_shares(&self, plain: &str) -> Vec<(Range<usize>, u8)> {
        let of_share = |column: usize| {
            let bare = without_sign(&self.heads[column]);
            bare.len() < self.heads[column].len() && SHARE.is_match(bare)
        };
        let share = |cell: &Range<usize>| plain[cell.clone()].parse().ok().filter(|share: &u8| *share <= 100);
        self.cells()
            .filter(|(column, _)| *column > 0 && of_share(*column))
            .filter_map(|(_, cell)| Some((cell.clone(), share(cell)?)))
            .collect()
    }

    /// Where it stands, if it tells figures of things and not of tasks: 县市 应建 已建.
    pub fn figures(&self, plain: &str) -> Option<Range<usize>> {
        let is_figure = |cell: &Range<usize>| plain[cell.clone()].starts_with(|sign: char| sign.is_ascii_digit());
        let counts = self.cells().any(|(column, cell)| column > 0 && is_figure(cell));
        let (first, last) = (self.rows.first()?.first()?, self.rows.last()?.last()?);
        (counts && !self.begins_with_figures(plain)).then_some(first.start..last.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_has_heads_and_cells() {
        let plain = "县市 应建 已建\n衡南 23 23\n祁东 24 20";
        let [table] = tables(plain).try_into().unwrap();
        let counts: Vec<&str> = table.counts().map(|cell| &plain[cell.clone()]).collect();
        assert_eq!(counts, ["23", "23", "24", "20"]);
        assert_eq!(table.figures(plain).map(|range| plain[range].to_owned()), Some("衡南 23 23\n祁东 24 20".into()));
        let plain = "|序号|进展情况|完成率|\n|22|清单调整|90%|\n|25|已完成|100%|";
        let [table] = tables(plain).try_into().unwrap();
        let shares: Vec<&str> = table.shares(plain).into_iter().map(|at| &plain[at..at + 3]).collect();
        assert_eq!(shares, ["90%", "100"]);
        assert_eq!(table.figures(plain), None);
    }

    #[test]
    fn other_lines_are_no_table() {
        for plain in ["5 已完成\n26 60%", "进展如下\n1 方案 已印发\n2 系统 在建", "事项 进度\n23 60%", "", "\n\n"]
        {
            assert!(tables(plain).is_empty(), "{plain}");
        }
    }
}
