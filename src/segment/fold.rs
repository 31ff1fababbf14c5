//! What one character becomes in the normal form: width, odd punctuation, compatibility ideographs, traditional script.
//! Takes and gives single characters; the few whose form depends on their neighbours are in [`by_context`].

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Marks, in the table, a character that the normal form leaves out.
pub(super) const DROPPED: char = '\0';

const PAIRS: &str = include_str!("traditional.txt");
const COMPATIBILITY: &str = include_str!("compatibility.txt");

/// Punctuation that Chinese papers print in several forms, each followed by its normal form.
const PUNCTUATION: &str = "﹒.﹪%﹝〔﹞〕﹐,﹑、﹔;﹕:﹖?﹗!﹙(﹚)﹛{﹜}﹟#﹠&﹡*﹢+﹣-﹤<﹥>﹦=﹩$﹫@\
    ‐-‑-‒-–-−-―—─—・·•·･·‧·∙·｡。｢“｣”､、「“」”『‘』’｟(｠)〘〔〙〕〖【〗】¥￥﹁“﹂”﹃‘﹄’〝“〞”〟”";

struct Table {
    basic: Box<[char]>,
    beyond: FxHashMap<char, char>,
}

static TABLE: LazyLock<Table> = LazyLock::new(Table::build);

impl Table {
    fn build() -> Self {
        let mut map: FxHashMap<char, char> = FxHashMap::default();
        let simplified = pairs(PAIRS.lines().filter(|l| !l.starts_with('#')).flat_map(str::chars));
        map.extend(simplified);
        // 薴 → 苧 → 苎: the last form of a chain is the normal one.
        let chained: Vec<_> = map.iter().filter_map(|(&from, to)| Some((from, *map.get(to)?))).collect();
        map.extend(chained);
        for entry in COMPATIBILITY.lines().filter(|l| !l.starts_with('#')).flat_map(str::split_whitespace) {
            let (code, plain) = entry.split_once('=').expect("every entry of the bundled table is CODE=character");
            let code = u32::from_str_radix(code, 16).ok().and_then(char::from_u32);
            let code = code.expect("every code of the bundled table is a character");
            let plain = plain.chars().next().expect("every entry of the bundled table names a character");
            let plain = map.get(&plain).copied().unwrap_or(plain);
            map.insert(code, plain);
        }
        for code in 0xFF01..=0xFF5E_u32 {
            map.extend(char::from_u32(code).zip(char::from_u32(code - 0xFEE0)));
        }
        map.extend(pairs(PUNCTUATION.chars()));
        map.extend([('\u{ffe5}', '￥'), ('\u{ffe0}', '¢'), ('\u{ffe1}', '£')]);
        map.extend(dropped().map(|c| (c, DROPPED)));
        let mut basic: Box<[char]> =
            (0..0x1_0000).map(|code| char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
        let mut beyond = FxHashMap::default();
        for (from, to) in map {
            match basic.get_mut(from as usize) {
                Some(slot) => *slot = to,
                None => drop(beyond.insert(from, to)),
            }
        }
        Self { basic, beyond }
    }
}

fn pairs(chars: impl Iterator<Item = char>) -> Vec<(char, char)> {
    let chars: Vec<char> = chars.collect();
    chars.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
}

/// Zero-width and formatting characters, soft hyphen, variation selectors.
fn dropped() -> impl Iterator<Item = char> {
    let ranges = [
        '\u{ad}'..='\u{ad}',
        '\u{180e}'..='\u{180e}',
        '\u{200b}'..='\u{200f}',
        '\u{202a}'..='\u{202e}',
        '\u{2060}'..='\u{2069}',
        '\u{fe00}'..='\u{fe0f}',
        '\u{feff}'..='\u{feff}',
        '\u{e0100}'..='\u{e01ef}',
    ];
    ranges.into_iter().flatten()
}

/// The normal form of `c` standing alone; [`DROPPED`] where the normal form leaves it out.
pub(super) fn fold(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    TABLE.basic.get(c as usize).copied().unwrap_or_else(|| TABLE.beyond.get(&c).copied().unwrap_or(c))
}

/// The form of a character that depends on its neighbours (both already folded): 乾隆 keeps its 乾 where 乾燥 becomes
/// 干燥, 著名 its 著 where 著力 becomes 着力. Any other character is given back as it is.
pub(super) fn by_context(before: Option<char>, c: char, after: Option<char>) -> char {
    let before_in = |set: &str| before.is_some_and(|b| set.contains(b));
    let after_in = |set: &str| after.is_some_and(|a| set.contains(a));
    match c {
        '乾' if after_in("隆坤元县陵清卦嘉道宁德宅纲造象旦") || before_in("康雍旋转") => '乾',
        '乾' => '干',
        '著' if after_in("力重眼手陆落急想装实") || before_in("随沿朝绕接味有本") && !after_in("作名述书者录称") => {
            '着'
        }
        '藉' if before_in("慰狼枕蕴") => '藉',
        '藉' if after_in("口由助此以机故") || before_in("凭") => '借',
        '瞭' if after_in("解如然") || before_in("明") => '了',
        '覆' if before_in("反答回函批申") || after_in("函核审议诊查") => '复',
        '徵' if after_in("羽") || before_in("角商") => '徵',
        '徵' => '征',
        other => other,
    }
}

/// Whether [`by_context`] may change this character.
pub(super) fn depends_on_context(c: char) -> bool {
    matches!(c, '乾' | '著' | '藉' | '瞭' | '覆' | '徵')
}

/// Whether `c` is a Chinese character.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '〇' | '々')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_normal_form_of_a_normal_character_is_itself() {
        for c in (0..=0x10_ffff).filter_map(char::from_u32) {
            let folded = fold(c);
            assert_eq!(fold(folded), folded, "{c} → {folded}");
        }
    }

    #[test]
    fn radicals_of_pdf_files_become_characters() {
        assert_eq!("⺠⻓⻔⾧⼀".chars().map(fold).collect::<String>(), "民长门长一");
    }

    #[test]
    fn widths_and_small_forms_meet() {
        assert_eq!("Ａ１，﹒﹪﹝﹞".chars().map(fold).collect::<String>(), "A1,.%〔〕");
    }
}
