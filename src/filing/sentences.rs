//! Sentences about the board behind its link.

pub const GOES_ON: &str = "已恢复提醒。";

/// To whoever opens a link to the board page that is not, or no longer, one.
pub const BOARD_CLOSED: &str = "链接无效或已过期。请督办员在聊天中发送 /board 重新获取。\n";

/// To whoever comes by a name that is not the server's own, or from another page.
pub const WRONG_DOOR: &str = "拒绝访问。请在浏览器地址栏输入启动时显示的网址，或点击机器人给出的链接。\n";

pub const BOARD_UNREADABLE: &str = "暂时无法读取数据，请稍后再试。\n";

/// Below the board's picture: where the same is read as a page.
pub fn board_link(link: &str, hours: i64) -> String {
    format!("网页看板（{hours}小时内有效，持链接即可查看，请勿转发）：\n{link}")
}
