//! What is asked of the bot that it does not do, or not by such words.

/// What is asked of the bot that it does not do, or not by such words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beyond {
    /// Another command does it.
    Command(Deed),
    /// 催办 of nobody who is named, or of several.
    RemindWhom,
    /// 催办 at another time.
    RemindLater,
    /// An alarm for the coordinator.
    OwnAlarm,
    /// A paper of a unit, of a task, or for a unit.
    PaperOfPart,
    /// A paper as things stood.
    PastPaper,
    /// Words for a unit.
    Message,
    /// What nobody has told the bot.
    NotHeld,
    /// Tasks by how far they are.
    ByShare,
    /// All data, or all files, in one file.
    Whole,
    /// A writ, a speech or another paper that the bot does not write.
    OtherPaper,
    /// Several units or tasks in one question.
    OneAtATime,
    /// Telephone, post, print, and whatever else is done outside.
    Outside,
}

/// What a command does that no words do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    Amend,
    Drop,
    Rule,
    /// What a unit said by telephone.
    Record,
    Invite,
    Unbind,
    Assign,
    Policy,
    Issue,
}
