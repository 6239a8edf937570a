//! Names: after a word that announces one, and family names before a form of address.

use super::{Found, PersonalKind, Plain};

/// Words after which a name stands.
const ANNOUNCING: [&str; 15] = [
    "姓名",
    "我叫",
    "本人叫",
    "名字叫",
    "名字是",
    "名叫",
    "联系人",
    "联系",
    "收货人",
    "收件人",
    "投诉人",
    "反馈人",
    "经办人",
    "署名",
    "户主",
];

/// Forms of address that follow a family name.
const ADDRESS: [&str; 12] = [
    "先生",
    "女士",
    "小姐",
    "太太",
    "师傅",
    "师父",
    "工程师",
    "经理",
    "主管",
    "主任",
    "店长",
    "老师",
];

/// Family names of two characters.
const DOUBLE: [&str; 12] = [
    "欧阳", "司马", "上官", "诸葛", "夏侯", "东方", "皇甫", "尉迟", "公孙", "慕容", "司徒", "令狐",
];

/// The most frequent family names (those of more than nine tenths of the population), without such as are also common words.
const FAMILY: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫雷龙史陶贺毛郝顾龚邵万覃武钱戴严莫孔汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申耿关兰焦俞左柳甘祝包宁尚符舒阮纪梅童凌毕单裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝谢高";

/// Characters that join words and do not stand in given names.
const FUNCTION: &str =
    "的了是很在有个位名把被和与到来去就都也还又不没这那您你我他她们让叫找请给对从跟为以上下中后前师先女小经主老太服客第一二三次吗呢吧啊";

/// Words that begin like a family name.
const NOT_NAMES: [&str; 40] = [
    "高级", "高层", "周末", "周一", "周二", "周三", "周四", "周五", "周六", "周日", "周到", "安装", "安排", "马上", "方便", "万一", "任何",
    "于是", "平时", "明天", "严重", "包修", "车来", "师傅", "时候", "时间", "和你", "全部", "应该", "成功", "文明", "白天", "谢谢", "游客",
    "方式", "费劲", "费时", "费用", "经理", "应当",
];

/// Family names that are also words which often stand before a form of address: `谢谢师傅`, `最高经理`, `和师傅`.
const DOUBTFUL: &str = "谢高和时师明全应成于任方安有连应单管关解商项景古中";

pub(super) fn find(plain: &Plain) -> Vec<Found> {
    let mut found = Vec::new();
    for start in 0..plain.characters.len() {
        for word in ANNOUNCING {
            if plain.begins(start, word) {
                found.extend(after(plain, start + word.chars().count()));
            }
        }
        if ADDRESS.iter().any(|word| plain.begins(start, word)) {
            found.extend(before(plain, start));
        }
    }
    found
}

impl Plain {
    /// True when a word stands at a place.
    fn begins(&self, at: usize, word: &str) -> bool {
        word.chars().enumerate().all(|(i, c)| self.character(at + i) == Some(c))
    }
}

fn is_han(character: Option<char>) -> bool {
    character.is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(&c) || ('\u{20000}'..='\u{2fa1f}').contains(&c))
}

fn is_family(character: Option<char>) -> bool {
    character.is_some_and(|c| FAMILY.contains(c))
}

fn is_given(character: Option<char>) -> bool {
    is_han(character) && character.is_some_and(|c| !FUNCTION.contains(c))
}

/// The name that begins after an announcing word, past `是`, `为`, a colon and spaces.
fn after(plain: &Plain, mut at: usize) -> Option<Found> {
    while matches!(plain.character(at), Some('是' | '为' | '叫' | ':' | ' ')) {
        at += 1;
    }
    let double = DOUBLE.iter().any(|name| plain.begins(at, name));
    if !double && (!is_family(plain.character(at)) || NOT_NAMES.iter().any(|word| plain.begins(at, word))) {
        return None;
    }
    let given = at + if double { 2 } else { 1 };
    // The first character of a given name may be any; whether the second belongs to it can only be guessed.
    if !is_han(plain.character(given)) {
        return None;
    }
    let end = given + 1 + usize::from(is_given(plain.character(given + 1)));
    Some(Found {
        at: at..end,
        kind: PersonalKind::Name,
    })
}

/// The family name, or the whole name, that stands before a form of address.
fn before(plain: &Plain, address: usize) -> Option<Found> {
    let name = |from: usize| Found {
        at: from..address,
        kind: PersonalKind::Name,
    };
    let whole = |length: usize| {
        let from = address.checked_sub(length)?;
        let given = (from + 1..address).all(|at| is_given(plain.character(at)));
        let family = is_family(plain.character(from)) && !plain.character(from).is_some_and(|c| DOUBTFUL.contains(c));
        let word = NOT_NAMES.iter().any(|word| plain.begins(from, word));
        (family && given && !word).then(|| name(from))
    };
    if let Some(from) = address
        .checked_sub(2)
        .filter(|from| DOUBLE.iter().any(|double| plain.begins(*from, double)))
    {
        return Some(name(from));
    }
    whole(3).or_else(|| whole(2)).or_else(|| whole(1))
}
