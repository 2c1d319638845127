//! What people may do, sensible or not: a small grammar from which whole days are made up.

use proptest::prelude::*;
use proptest::sample::select;

pub const POLICE: i64 = -500;
pub const FINANCE: i64 = -600;
pub const JUSTICE: i64 = -800;
pub const COORDINATORS: i64 = -900;
const UNBOUND: i64 = -700;

pub const CONTACT: i64 = 11;
pub const OTHER_CONTACT: i64 = 21;
pub const COORDINATOR: i64 = 91;
const STRANGER: i64 = 99;
/// Telegram's accounts for admins who hide their names, and for channels.
pub const NAMELESS: [i64; 2] = [1_087_968_824, 136_817_688];

/// Who speaks, and where: a chat and a person.
pub const SENDERS: [(i64, i64); 20] = [
    (POLICE, CONTACT),
    (POLICE, CONTACT),
    (FINANCE, OTHER_CONTACT),
    (COORDINATORS, COORDINATOR),
    (CONTACT, CONTACT),
    (COORDINATOR, COORDINATOR),
    (POLICE, 12),
    (POLICE, 13),
    (JUSTICE, 31),
    (JUSTICE, 32),
    (POLICE, OTHER_CONTACT),
    (POLICE, COORDINATOR),
    (POLICE, NAMELESS[0]),
    (POLICE, NAMELESS[1]),
    (FINANCE, 22),
    (COORDINATORS, 92),
    (COORDINATORS, STRANGER),
    (UNBOUND, STRANGER),
    (OTHER_CONTACT, OTHER_CONTACT),
    (STRANGER, STRANGER),
];

/// How people call themselves: mostly by a name.
pub const NAMES: [&str; 4] = ["某", "<b>李</b>&\"", "\u{202e}王\u{2066}", "👨‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿\u{0}"];

/// Something that happens. Numbers choose among what is there by then, the newest first.
#[derive(Clone, Debug)]
pub enum Act {
    Say {
        by: usize,
        name: usize,
        words: String,
        reply: Reply,
        marked: bool,
    },
    /// With a file, perhaps as a part of an album.
    Show {
        by: usize,
        kind: &'static str,
        caption: String,
        album: Option<u8>,
        reply: Reply,
    },
    /// `by`: somebody else than its author, as Telegram would never tell.
    Edit {
        which: usize,
        words: String,
        by: Option<usize>,
    },
    /// A button that was drawn: by somebody in its chat, or with its data from another.
    Press {
        which: usize,
        by: By,
    },
    /// Data that nobody drew.
    Forge {
        by: usize,
        data: String,
    },
    /// Telegram brings an update once more.
    Again {
        which: usize,
    },
    Pass {
        minutes: i64,
    },
    Restart,
    /// The bot's place in a group, or somebody leaves it.
    Membership {
        by: usize,
        standing: &'static str,
        departed: bool,
    },
}

#[derive(Clone, Copy, Debug)]
pub enum By {
    Here(i64),
    Elsewhere(usize),
}

#[derive(Clone, Copy, Debug)]
pub enum Reply {
    Nothing,
    ToBot(usize),
    ToPerson(usize),
    ToNothingKnown(i64),
}

/// What becomes of what waits to be sent after an act.
#[derive(Clone, Copy, Debug)]
pub enum Delivery {
    Sent,
    Waits,
    InDoubt,
    Refused,
}

pub fn acts() -> impl Strategy<Value = Vec<(Act, Delivery)>> {
    let delivery = prop_oneof![
        16 => Just(Delivery::Sent),
        2 => Just(Delivery::Waits),
        1 => Just(Delivery::InDoubt),
        1 => Just(Delivery::Refused),
    ];
    prop::collection::vec((act(), delivery), 30..50)
}

fn act() -> impl Strategy<Value = Act> {
    let name = prop_oneof![8 => Just(0), 1 => 1..NAMES.len()];
    prop_oneof![
        24 => (sender(), name, words(), reply(), any::<bool>())
            .prop_map(|(by, name, words, reply, marked)| Act::Say { by, name, words, reply, marked }),
        3 => (sender(), select(vec!["photo", "document", "voice", "video_note"]), words(), prop::option::of(0..2_u8), reply())
            .prop_map(|(by, kind, caption, album, reply)| Act::Show { by, kind, caption, album, reply }),
        8 => (recent(), words(), prop::option::weighted(0.15, sender()))
            .prop_map(|(which, words, by)| Act::Edit { which, words, by }),
        22 => (recent(), presser()).prop_map(|(which, by)| Act::Press { which, by }),
        4 => (sender(), forged()).prop_map(|(by, data)| Act::Forge { by, data }),
        2 => recent().prop_map(|which| Act::Again { which }),
        3 => select(vec![1, 10, 300, 1_440, 4_320, 60_000]).prop_map(|minutes| Act::Pass { minutes }),
        1 => Just(Act::Restart),
        2 => (sender(), select(vec!["member", "administrator", "left", "restricted"]), any::<bool>())
            .prop_map(|(by, standing, departed)| Act::Membership { by, standing, departed }),
    ]
}

fn sender() -> impl Strategy<Value = usize> {
    prop_oneof![3 => 0..6_usize, 2 => 0..SENDERS.len()]
}

/// Mostly of the last few.
fn recent() -> impl Strategy<Value = usize> {
    prop_oneof![3 => 0..4_usize, 1 => 0..60_usize]
}

fn presser() -> impl Strategy<Value = By> {
    prop_oneof![
        8 => select(vec![CONTACT, CONTACT, OTHER_CONTACT, COORDINATOR, COORDINATOR, 12, 13, 31, STRANGER]).prop_map(By::Here),
        1 => sender().prop_map(By::Elsewhere),
    ]
}

fn reply() -> impl Strategy<Value = Reply> {
    prop_oneof![
        3 => Just(Reply::Nothing),
        5 => recent().prop_map(Reply::ToBot),
        1 => recent().prop_map(Reply::ToPerson),
        1 => any::<i32>().prop_map(|id| Reply::ToNothingKnown(id.into())),
    ]
}

fn words() -> impl Strategy<Value = String> {
    let number = || prop_oneof![8 => 1..7_u32, 1 => Just(99)];
    prop_oneof![
        8 => (number(), select(REPORTS.to_vec())).prop_map(|(number, said)| said.replace('#', &number.to_string())),
        3 => (number(), number(), select(REPORTS.to_vec()), select(REPORTS.to_vec())).prop_map(|(one, other, said, more)| {
            format!("{}\n{}", said.replace('#', &one.to_string()), more.replace('#', &other.to_string()))
        }),
        6 => (number(), select(COMMANDS.to_vec())).prop_map(|(number, said)| said.replace('#', &number.to_string())),
        3 => (number(), select(OPENINGS.to_vec()), any_text())
            .prop_map(|(number, said, more)| format!("{}{more}", said.replace('#', &number.to_string()))),
        2 => any_text(),
    ]
}

/// Of a task `#`, or of none.
const REPORTS: &[&str] = &[
    "# 进度60%",
    "第#项：已完成",
    "# 已办结",
    "#推进中，问题：数据未打通",
    "# 受阻，困难：经费未到位",
    "# 无进展",
    "# 与我单位无关，请转办",
    "不属我厅职责",
    "# 稍后反馈",
    "稍后反馈",
    "无变化",
    "牵头任务均按计划推进",
    "#、其余正常推进",
    "第1、2项均已完成",
    "进度80%",
    "已完成",
    "推进中",
    "心里有数",
    "收到",
    "撤回",
    "问题已解决",
    "# 问题已解决",
    "申请延期到9月30日，设备未到货",
    "# 申请延期至2019年12月30日，未到货",
    "# 60%。经验：一窗受理",
    "#分解：9月15日 联调；9月20日 上线",
    "第#项",
    "5",
    "不登记",
    "过半",
    "问题：数据未打通",
    "未启动",
    "# 暂缓",
    "# 申请中止，机构改革",
    "谁还没反馈",
    "辛苦了",
    "本月到期",
    "@duban_bot # 已完成",
    "@duban_bot 收到",
];

const COMMANDS: &[&str] = &[
    "/report # 70% 已上线",
    "/report # 30%",
    "/done # 已验收",
    "/extend # 2019-12-30 未到货",
    "/step # 9月15日 联调",
    "/step #",
    "/history #",
    "/undo",
    "/undo",
    "/tasks",
    "/task #",
    "/contacts",
    "/contacts 省公安厅",
    "/handover",
    "/leave",
    "/status",
    "/overdue",
    "/due 30",
    "/problems",
    "/practices",
    "/commend",
    "/commend 省公安厅 工作得力",
    "/notice 约谈 省财政厅 逾期",
    "/remind #",
    "/remind # 省财政厅",
    "/silent",
    "/pending",
    "/board",
    "/export",
    "/units",
    "/invite 省司法厅",
    "/policy",
    "/policy digest 0 9 * * *",
    "/preview 6月",
    "/help",
    "/start",
    "/bind {code0}",
    "/bind {code1}",
    "/bind {code2}",
    "/bind {code3}",
    "/bind 错的",
    "/nothing",
    "/bulletin",
    "/suspend # 省公安厅 机构改革",
    "/suspend #",
    "/resume # 省公安厅",
    "/resume #",
    "/reopen # 省公安厅 复核未通过",
    "/reopen #",
    "/stop",
    "/stop@duban_bot",
    "/start@duban_bot",
    "/inspect 全部 9月20日前 报送自查情况",
    "/inspect",
    "/mute 3天",
];

const OPENINGS: &[&str] = &[
    "# 进度60% ",
    "# 受阻，问题：",
    "# 推进中。经验：",
    "/report # 50% ",
    "/done # ",
    "/extend # 2019-12-30 ",
    "/step # 9月15日 ",
    "问题：",
    "/notice 约谈 省公安厅 ",
    "/commend 省财政厅 ",
    "/policy digest ",
    "/policy ",
    "/unit ",
    "/remind ",
    "/invite ",
    "/preview ",
    "/bind ",
    "第",
    "已完成",
    "/suspend # ",
    "/inspect 全部 9月20日前 ",
];

fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        select(vec![
            "<b>",
            "</b>",
            "<a href=\"x\">",
            "&amp;",
            "&",
            "<",
            "\"",
            "\u{202e}",
            "\u{2066}",
            "שלום",
            "مرحبا",
            "👨‍👩‍👧‍👦",
            "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
            "\u{0}",
            "\u{7}",
            "\r\n",
            "\n",
            "\u{200b}",
            "=1+1",
            "'; drop table report; --",
            "𠮷",
            "已登记 第1项 甲：提请办结",
            "第３项",
            "100%",
            "/done 1",
            "一二三",
            "9月31日",
            "；",
        ])
        .prop_map(str::to_owned),
        "\\PC{0,12}",
    ];
    let some = prop::collection::vec(piece.clone(), 0..8).prop_map(|pieces| pieces.concat());
    let long = piece.prop_map(|piece| format!("{piece}字").repeat(4096));
    prop_oneof![5 => some, 2 => any::<String>(), 1 => long].prop_map(|text| within_a_message(&text))
}

/// Telegram takes 4096 UTF-16 units; a part before it is short.
fn within_a_message(text: &str) -> String {
    let mut left = 4_060;
    text.chars()
        .take_while(|character| {
            left -= i32::try_from(character.len_utf16()).unwrap();
            left >= 0
        })
        .collect()
}

fn forged() -> impl Strategy<Value = String> {
    let action = select(vec![
        "undo",
        "pick",
        "ask",
        "contact",
        "handover",
        "dismiss",
        "page",
        "answer",
        "close",
        "solved",
        "recommend",
        "cite",
        "cited",
        "uncite",
        "preview",
        "import",
        "drop",
        "step",
        "nudge",
        "steps",
        "clock",
        "grant",
        "refuse",
        "accept",
        "return",
        "mean:claim",
        "mean:progress",
        "set:digest=",
        "suspend",
        "resume",
        "reopen",
        "withdraw",
    ]);
    let number = prop_oneof![8 => 0..16_i64, 4 => 1..30_i64, 1 => any::<i64>(), 1 => Just(737_300)];
    prop_oneof![
        6 => (action, prop::collection::vec(number, 0..4)).prop_map(|(action, numbers)| {
            numbers.iter().fold(format!("v1:{action}"), |data, number| format!("{data}:{number}"))
        }),
        1 => any_text().prop_map(|text| text.chars().take(16).collect()),
    ]
}
