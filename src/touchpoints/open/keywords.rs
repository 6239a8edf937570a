//! Chinese text → words that carry content.
//!
//! Words are those of the segmenter `jieba-rs` with its dictionary; nouns, verbs, adjectives and idioms of at least two characters stay,
//! names of persons and words that say little of any service go. A word that is negated right before it is another word: `不满意` is
//! not counted as `满意`.

use jieba_rs::Jieba;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Built when the first open answer is met: its dictionary takes some tenths of a second and some tens of megabytes.
static DICTIONARY: LazyLock<Jieba> = LazyLock::new(Jieba::new);

/// Words that say little of any service.
const STOP: &str = include_str!("stop_words.txt");

/// Words that negate the one after them.
const NEGATING: [&str; 12] = ["不", "没", "没有", "未", "无", "别", "不太", "不够", "不是", "不大", "并不", "从不"];

/// Words for people in their work, which the dictionary takes for names.
const ROLES: [&str; 4] = ["师傅", "师父", "客服", "店长"];

/// Turns texts into words.
pub(super) struct Segmenter {
    own: Option<Box<Jieba>>,
    words: BTreeSet<String>,
    stop: BTreeSet<String>,
}

impl Segmenter {
    /// With words of a trade that the dictionary does not know, and more words that are no keywords.
    pub(super) fn new(words: &[String], stop: &[String]) -> Self {
        let own = (!words.is_empty()).then(|| {
            let mut own = Box::new(DICTIONARY.clone());
            for word in words {
                own.add_word(word, None, Some("n"));
            }
            own
        });
        let usual = STOP
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with('#'));
        Self {
            own,
            words: words.iter().cloned().collect(),
            stop: usual.map(str::to_owned).chain(stop.iter().cloned()).collect(),
        }
    }

    /// Content words of a text, in their order, with repetitions. What stands between 【 and 】 is a mark and no word of anybody.
    pub(super) fn words(&self, text: &str) -> Vec<String> {
        let dictionary = self.own.as_deref().unwrap_or(&DICTIONARY);
        let mut words = Vec::new();
        for part in text.split('【').enumerate().map(|(at, part)| {
            if at == 0 {
                part
            } else {
                part.split_once('】').map_or(part, |p| p.1)
            }
        }) {
            let mut negated = false;
            // Without guessing: what the dictionary does not know is no word that could be explained to anybody.
            for tag in dictionary.tag(part, false) {
                if NEGATING.contains(&tag.word) {
                    negated = true;
                    continue;
                }
                let carries = self.words.contains(tag.word) || carries_content(tag.word, tag.tag);
                if carries && !self.stop.contains(tag.word) {
                    words.push(if negated { format!("不{}", tag.word) } else { tag.word.to_owned() });
                }
                negated = false;
            }
        }
        words
    }
}

fn carries_content(word: &str, tag: &str) -> bool {
    let long = word.chars().count() >= 2 && word.chars().all(char::is_alphabetic);
    let person = tag.starts_with("nr") && !ROLES.contains(&word);
    let content = tag.starts_with(['n', 'v', 'a', 'i', 'l', 'j']);
    long && content && !person
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        Segmenter::new(&[], &[]).words(text)
    }

    #[test]
    fn content_words_stay_and_the_rest_goes() {
        let found = words("师傅上门很准时，修得也仔细");
        for word in ["师傅", "上门", "准时", "仔细"] {
            assert!(found.contains(&word.to_owned()), "{word}: {found:?}");
        }
        assert!(!found.iter().any(|w| w == "很" || w == "也"), "{found:?}");
    }

    #[test]
    fn a_negated_word_is_another_word() {
        let found = words("对收费不满意");
        assert!(
            found.contains(&"不满意".to_owned()) && !found.contains(&"满意".to_owned()),
            "{found:?}"
        );
    }

    #[test]
    fn words_of_the_trade_are_kept_whole_and_own_stop_words_go() {
        let own = Segmenter::new(&["延保卡券".to_owned()], &["上门".to_owned()]);
        let found = own.words("延保卡券不能用，师傅上门才说");
        assert!(found.iter().any(|w| w.contains("延保卡券")), "{found:?}");
        assert!(!found.contains(&"上门".to_owned()));
    }

    #[test]
    fn marks_are_no_words() {
        assert!(words("【姓名】师傅【手机】").iter().all(|w| w != "姓名" && w != "手机"));
    }
}
