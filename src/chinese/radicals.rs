//! 部首: the characters that radicals look like. Fonts show both by one glyph, so that PDF files often name the wrong one.

/// What the Kangxi radicals, U+2F00 to U+2FD5, look like in fonts of the mainland, in their order.
const KANGXI: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈户手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨青非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黄黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";
/// Of the other radicals those that are characters too.
const OTHERS: &str = "⺁厂⺇几⺌小⺎兀⺗心⺝月⺟母⺠民⺫目⺬示⻁虎⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻫斉⻬齐⻮齿⻰龙⻳龟";

/// The character that a radical looks like; all others stay.
pub fn as_character(character: char) -> char {
    match character {
        '\u{2f00}'..='\u{2fd5}' => KANGXI.chars().nth(character as usize - 0x2f00).unwrap_or(character),
        '\u{2e80}'..='\u{2ef3}' => {
            let at = OTHERS.chars().step_by(2).position(|other| other == character);
            at.and_then(|at| OTHERS.chars().nth(at * 2 + 1)).unwrap_or(character)
        }
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use super::{KANGXI, OTHERS, as_character};

    #[test]
    fn radicals_are_characters() {
        assert_eq!((KANGXI.chars().count(), OTHERS.chars().count() % 2), (214, 0));
        assert_eq!("⼀⽅⻓⻔⿕县".chars().map(as_character).collect::<String>(), "一方长门龠县");
    }
}
