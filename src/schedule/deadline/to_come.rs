//! What running text says is to come, without 前: 10月接受考察, 9月23日举办, 立即整改, 长期坚持.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::office::plan::MilestoneKind;
use crate::schedule::deadline::meaning::{BUILT, DESCRIBES, Meaning, Reader};
use crate::schedule::deadline::{Place, clause};

/// 10月接受专家进校考察, 9月23日举办: what is to come. 8月以来 and 8月均 are of another kind.
static TO_COME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:组团|前往|赴|[^\W\d以起至到的均度内间中底初末上下前后，。；、：])\p{Han}").expect("a constant")
});

/// 立即启用备用水源, but not 立即报告, which is how work is done.
static URGENT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        "^立即(?:整改|启用|停止|停产|叫停|组织|启动|拆除|清理|清除|关停|开通|恢复|修复|部署|纠正|撤离|处置|修补|抢修|开展|核实|核查|排查|查处)",
    )
    .expect("a constant")
});

/// 一旦发现险情，立即撤离: how work is done whenever that happens.
static WHENEVER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("一旦|发现|发生|如遇|如有|遇到|遇有|出现|接到|接报|收到|情况下|[时后应须要]，?$").expect("a constant")
});

/// 一期项目4月开工: after the thing itself.
static OF_PROJECT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("^(?:全面|全部|正式)?(?:开工|投产|完工|竣工|投用|投运|通车|开园|上线|交付使用|建成投用|进行|举行|召开|举办)(?:[，。、；]|$)")
        .expect("a constant")
});

impl Reader<'_> {
    /// In running text such words are a clause of their own: …，长期坚持。
    pub fn words(&self, captures: &Captures, range: &Range<usize>) -> Option<Meaning> {
        let (before, after) = (&self.text[..range.start], &self.text[range.end..]);
        let whole_clause = self.starts_clause(range.start) && (after.is_empty() || after.starts_with(clause::ENDS));
        let says_enough = self.text[range.clone()].chars().count() > 2;
        let in_field = self.place == Place::Field;
        let (kind, stands) = if captures.name("immediate").is_some() {
            // 当即办理 and 即办件 are other words.
            let other = before.ends_with(['当', '随']) || after.starts_with(['件', '理']);
            (MilestoneKind::Immediate, !other && (in_field || self.urges(range)))
        } else {
            (MilestoneKind::Ongoing, in_field)
        };
        (stands || (whole_clause && says_enough)).then_some(Meaning { kind, due: None, doubt: None })
    }

    /// Whether a sentence asks for something at once: 立即启用备用水源, 请县交通局立即组织修补.
    fn urges(&self, range: &Range<usize>) -> bool {
        let sentence = self.text[..range.start].rsplit(['。', '；', '\n']).next().unwrap_or_default();
        let asks = self.starts_clause(range.start) || !WHENEVER.is_match(sentence);
        asks && URGENT.is_match(&self.text[range.start..])
    }

    /// Whether running text tells of what is to be done in a month or on a day.
    pub fn is_to_come(&self, range: &Range<usize>) -> bool {
        let after = &self.text[range.end..];
        let comes = || TO_COME.is_match(after) && !DESCRIBES.is_match(after) && !BUILT.is_match(after);
        OF_PROJECT.is_match(after) || (self.starts_clause(range.start) && comes())
    }
}
